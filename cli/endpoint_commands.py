"""`attendant endpoint status | stop | restart | history`: the model's endpoint in the operator's hands.

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
    from cli.endpoint import Operator

endpoint_commands = typer.Typer(
    cls=AttendantGroup,
    no_args_is_help=True,
    help="The model's endpoint: shut it down, restart it. Every command takes the role Operator.",
)


@endpoint_commands.command()
def status(as_json: Json = False, home: Home = "local", outputs: Outputs = None) -> None:
    """Show whether the endpoint may be called, why not, and which alarms ring."""
    from cli import endpoint

    told = _operator(home, outputs).ask("status")
    print(json.dumps(told, ensure_ascii=False) if as_json else "\n".join(endpoint.status_lines(told)))


@endpoint_commands.command()
def stop(
    reason: Annotated[str, typer.Option(help="Why, in words: on-call and the audit get them.")],
    home: Home = "local",
    outputs: Outputs = None,
) -> None:
    """Shut the endpoint down: capacity 0, one message to on-call. Visitors go on with facts."""
    from cli import endpoint

    print(endpoint.stop(_operator(home, outputs), reason))


@endpoint_commands.command()
def restart(
    wait: Annotated[
        bool, typer.Option("--wait", help="Wait for alarms to fall quiet, and until it is closed or open.")
    ] = False,
    home: Home = "local",
    outputs: Outputs = None,
) -> None:
    """Start the tested restart: capacity, health, golden questions, half open, closed."""
    from cli import endpoint

    someone = _operator(home, outputs)
    if not wait:
        print(f"restart {endpoint.restart(someone)} has begun: attendant endpoint status")
        return
    try:
        endpoint.restart_and_wait(someone, lambda line: print(line, flush=True))
    except KeyboardInterrupt:
        print("a restart that has begun goes on by itself: attendant endpoint status")


@endpoint_commands.command()
def history(
    limit: Annotated[int, typer.Option(min=1, max=200, help="How many records.")] = 20,
    as_json: Json = False,
    home: Home = "local",
    outputs: Outputs = None,
) -> None:
    """Show who did what to the endpoint, the newest first."""
    from cli import endpoint

    records = _operator(home, outputs).ask("history", limit=limit)["history"]
    lines = endpoint.history_lines(records)
    print("\n".join([json.dumps(each, ensure_ascii=False) for each in records] if as_json else lines))


def _operator(home: str, outputs: Path | None) -> Operator:
    from cli.deployment import find
    from cli.endpoint import operator

    return operator(find(home, outputs))
