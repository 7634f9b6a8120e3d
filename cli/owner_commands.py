"""`attendant owner …`: who may sign in to the owner's page.

Knows names, options and their help. Refuses to do anything itself, as `main.py`.
"""

# ruff: noqa: PLC0415  imports stand in the commands on purpose: `--help` answers at once

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.failures import AttendantGroup
from cli.options import Home, Json, Outputs

if TYPE_CHECKING:
    from cli.owners import OwnerAccounts

owner_commands = typer.Typer(
    cls=AttendantGroup, no_args_is_help=True, help="Who signs in to the owner's page: docs/owner.md."
)
Email = Annotated[str, typer.Argument(help="The owner's address.")]


@owner_commands.command()
def add(email: Email, as_json: Json = False, home: Home = "local", outputs: Outputs = None) -> None:
    """Make an account, or give an old one a new temporary password. It is printed this once."""
    password = _accounts(home, outputs).add(email)
    if as_json:
        print(json.dumps({"email": email, "temporary_password": password}))
        return
    print(f"{email}  temporary password: {password}\nThe first sign-in, within three days, asks for another.")


@owner_commands.command("list")
def list_owners(as_json: Json = False, home: Home = "local", outputs: Outputs = None) -> None:
    """Show who may sign in."""
    for account in _accounts(home, outputs).all():
        told = {"email": account.email, "status": account.status}
        print(json.dumps(told, ensure_ascii=False) if as_json else f"{account.email}  {account.status}")


@owner_commands.command()
def remove(email: Email, home: Home = "local", outputs: Outputs = None) -> None:
    """Take an account away. What its owner has published stays."""
    _accounts(home, outputs).remove(email)
    print(f"{email} cannot sign in any more")


def _accounts(home: str, outputs: Path | None) -> OwnerAccounts:
    from cli.deployment import find
    from cli.owners import OwnerAccounts

    deployment = find(home, outputs)
    return OwnerAccounts(deployment.client("cognito-idp"), deployment.output("OwnerPool"))
