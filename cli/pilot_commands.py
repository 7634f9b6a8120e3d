"""`attendant pilot …`: a shadow run, marks of people, the report of a pilot, gift codes.

Knows names, options and their help. Refuses to do anything itself, as `main.py`.
"""

# ruff: noqa: PLC0415  imports stand in the commands on purpose: `--help` answers at once
# ruff: noqa: PLR0917  the parameters of a command are its options

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.failures import AttendantGroup
from cli.gift_commands import gift_commands
from cli.options import Home, Json, Outputs, Url

pilot_commands = typer.Typer(
    cls=AttendantGroup,
    no_args_is_help=True,
    help="A pilot, from the shadow run to its report: docs/pilot.md.",
)
pilot_commands.add_typer(gift_commands, name="gifts")


@pilot_commands.command("shadow")
def shadow(
    file: Annotated[
        Path, typer.Argument(help="CSV: id, asked_at, dialogue, question, operator_answer.", dir_okay=False)
    ],
    output: Annotated[Path, typer.Option(help="A folder: answers and sheets. A run there goes on.")],
    assistant: Annotated[
        str | None, typer.Option(help="Default: the first one of GET /v1/assistants.")
    ] = None,
    pace: Annotated[str, typer.Option(help="Questions at most, e.g. 10/min.")] = "10/min",
    blind: Annotated[bool, typer.Option("--blind", help="Answers under A and B, the key apart.")] = False,
    raters: Annotated[int, typer.Option(min=1, max=20, help="How many people mark the answers.")] = 2,
    timeout: Annotated[float, typer.Option(help="Seconds until an answer counts as not coming.")] = 180.0,
    url: Url = None,
    home: Home = "local",
) -> None:
    """Ask the assistant what people asked the operators; write both answers side by side, to be marked."""
    from cli import pilot_shadow
    from cli.deployment import address
    from cli.load_command import only_assistant

    reached = url or address(home)
    pilot_shadow.run(
        pilot_shadow.ShadowWish(
            url=reached,
            assistant=assistant or only_assistant(reached),
            file=file,
            output=output,
            pace=pace,
            blind=blind,
            raters=raters,
            timeout_seconds=timeout,
        )
    )


@pilot_commands.command("marks")
def marks(
    sheets: Annotated[list[Path], typer.Argument(help="The sheets as the raters have marked them.")],
    key: Annotated[Path | None, typer.Option(help="sheet-key.json of blind sheets.")] = None,
    as_json: Json = False,
) -> None:
    """Unblind marked sheets: mean marks, which answers are preferred, how far the raters agree."""
    from cli import pilot_marks

    pilot_marks.tell(sheets, key, as_json=as_json)


@pilot_commands.command("report")
def report(
    config: Annotated[Path, typer.Option(help="pilot.toml; docs/pilot.toml is a documented one.")],
    output: Annotated[Path, typer.Option(help="Where to write the page.")],
    home: Home = "local",
    outputs: Outputs = None,
) -> None:
    """Hold a pilot against its targets: figures, intervals, tests and plots as one HTML file."""
    from cli import pilot_report

    pilot_report.write(config, output, home, outputs)
