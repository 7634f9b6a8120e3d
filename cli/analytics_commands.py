"""`attendant analytics …`: write the files now, ask a saved query, list the queries: docs/analytics.md.

Knows names, options and their help. Refuses to do anything itself, as `main.py`.
"""

# ruff: noqa: PLC0415  imports stand in the commands on purpose: `--help` answers at once
# ruff: noqa: PLR0917  the parameters of a command are its options

from __future__ import annotations

import json
from typing import Annotated

import typer

from cli.failures import AttendantGroup
from cli.options import Assistant, Home, Json, Outputs

analytics_commands = typer.Typer(
    cls=AttendantGroup, no_args_is_help=True, help="Numbers of the dialogues: docs/analytics.md."
)


@analytics_commands.command("export")
def export(
    everything: Annotated[bool, typer.Option("--everything", help="Days just written, too.")] = False,
    home: Home = "local",
    outputs: Outputs = None,
) -> None:
    """Write the files now, masked, instead of at the next quarter of an hour."""
    from cli import analytics
    from cli.deployment import find

    done = analytics.export(find(home, outputs), everything=everything)
    rows = ", ".join(f"{count} of {table}" for table, count in sorted(done["rows"].items()))
    print(f"{done['days']} days written: {rows or 'no rows'}")
    if done["left"]:
        print(f"{done['left']} days are left to the next run")


@analytics_commands.command("query")
def query(
    name: Annotated[str, typer.Argument(help="As `attendant analytics list` has it.")],
    assistant: Assistant,
    days: Annotated[int, typer.Option(min=1, max=3650, help="The salon's days up to today.")] = 30,
    as_json: Json = False,
    home: Home = "local",
    outputs: Outputs = None,
) -> None:
    """Ask one saved query: the same text that Athena has, over the same files."""
    from cli import analytics
    from cli.deployment import find

    found = analytics.query(find(home, outputs), name, assistant, days)
    if as_json:
        print(json.dumps(list(found.each()), ensure_ascii=False, default=str))
        return
    print("\t".join(found.columns))
    for row in found.rows:
        print("\t".join(analytics.shown(value) for value in row))


@analytics_commands.command("list")
def list_queries() -> None:
    """Name the saved queries."""
    from core.analytics.queries import query_names, query_purpose

    for name in query_names():
        print(f"{name:<12} {query_purpose(name)}")
