"""`attendant pilot gifts …`: one-use codes for who came by a campaign's link and rated the dialogue.

Knows names, options and their help. Refuses to do anything itself, as `main.py`.
"""

# ruff: noqa: PLC0415  imports stand in the commands on purpose: `--help` answers at once

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.failures import AttendantGroup
from cli.options import Home, Json, Outputs

if TYPE_CHECKING:
    from lambdas.adapters.gift_codes import GiftCodes

gift_commands = typer.Typer(
    cls=AttendantGroup, no_args_is_help=True, help="One-use codes, given out after a rating."
)


@gift_commands.command("add")
def add(
    campaign: Annotated[str, typer.Argument(help="As the link names it: letters, digits, - and _.")],
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A code a line.")],
    home: Home = "local",
    outputs: Outputs = None,
) -> None:
    """Put codes in for a campaign; those that are known already are left as they are."""
    from cli import pilot_gifts

    print(pilot_gifts.add(_gifts(home, outputs), campaign, file))


@gift_commands.command("list")
def list_all(
    codes: Annotated[bool, typer.Option("--codes", help="Every code with what became of it.")] = False,
    as_json: Json = False,
    home: Home = "local",
    outputs: Outputs = None,
) -> None:
    """Show for each campaign how many codes were given out and redeemed, and how many are left."""
    from cli import pilot_gifts

    found = list(_gifts(home, outputs).all())
    if codes:
        lines = [(pilot_gifts.told(code), asdict(code)) for code in pilot_gifts.in_order(found)]
    else:
        lines = [(stand.sentence, asdict(stand)) for stand in pilot_gifts.standing(found)]
    for sentence, values in lines:
        print(json.dumps(values, ensure_ascii=False, default=str) if as_json else sentence)


@gift_commands.command("redeem")
def redeem(
    code: Annotated[str, typer.Argument(help="As the visitor shows it.")],
    home: Home = "local",
    outputs: Outputs = None,
) -> None:
    """Redeem a code: once, and only one that was given out."""
    from cli import pilot_gifts

    print(pilot_gifts.redeem(_gifts(home, outputs), code))


def _gifts(home: str, outputs: Path | None) -> GiftCodes:
    from cli import deployment, pilot_gifts

    return pilot_gifts.gifts_of(deployment.find(home, outputs))
