"""`attendant brochure …`: the PDFs that an assistant hands out, looked at and changed.

Knows names, options and their help. Refuses to do anything itself, as `main.py`.
"""

# ruff: noqa: PLC0415  imports stand in the commands on purpose: `--help` answers at once
# ruff: noqa: PLR0917  the parameters of a command are its options

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.failures import AttendantGroup
from cli.options import Assistant, Home, Json, Outputs

if TYPE_CHECKING:
    from cli.brochures import BrochureShelf

brochure_commands = typer.Typer(
    cls=AttendantGroup, no_args_is_help=True, help="PDFs that an assistant hands out by link and by e-mail."
)
Brochure = Annotated[str, typer.Argument(metavar="ID", help="As in `list`.")]


@brochure_commands.command("add")
def add(
    assistant: Assistant,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A whole PDF, 25 MB at most.")],
    title: Annotated[str, typer.Option(help="What visitors read, in Russian.")],
    model: Annotated[
        list[str] | None, typer.Option(help="A car that it is about, e.g. GLE; may be said again. None: all.")
    ] = None,
    brochure_id: Annotated[
        str | None, typer.Option("--id", help="Its name in the link. Default: from the file's name.")
    ] = None,
    home: Home = "local",
    outputs: Outputs = None,
) -> None:
    """Put a PDF on the site and into the assistant's list; one of the same id is replaced."""
    from cli.brochures import LIVE

    listed = _shelf(assistant, home, outputs).add(
        file, title=title, models=model or (), brochure_id=brochure_id
    )
    print(f"{listed.brochure.id}: {listed.link or listed.brochure.title}; {LIVE}")


@brochure_commands.command("list")
def list_all(
    assistant: Assistant, as_json: Json = False, home: Home = "local", outputs: Outputs = None
) -> None:
    """Show what the assistant hands out."""
    for listed in _shelf(assistant, home, outputs).list():
        brochure = listed.brochure
        if as_json:
            print(json.dumps({**brochure.model_dump(), "link": listed.link}, ensure_ascii=False))
            continue
        about = ", ".join(brochure.models) or "all models"
        print(
            f"{brochure.id}  {brochure.title}  ({about}; {brochure.bytes / 1024:.0f} KB)  {listed.link or ''}"
        )


@brochure_commands.command("remove")
def remove(assistant: Assistant, brochure: Brochure, home: Home = "local", outputs: Outputs = None) -> None:
    """Take a brochure out of the list and off the site."""
    _shelf(assistant, home, outputs).remove(brochure)
    print(f"{brochure} is handed out no longer")


def _shelf(assistant: str, home: str, outputs: Path | None) -> BrochureShelf:
    from cli.brochures import BrochureShelf
    from cli.deployment import find, home_settings

    deployment = find(home, outputs)
    site_url = deployment.outputs.get("SiteUrl") if outputs is not None else home_settings(home).address
    return BrochureShelf(deployment, assistant, site_url)
