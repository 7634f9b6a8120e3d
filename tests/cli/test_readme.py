"""The README names every command that the command line has."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import typer

from cli.main import app

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
GROUP: Any = typer.main.get_command(app)


@pytest.mark.parametrize("name", sorted(GROUP.commands))
def test_a_command_stands_in_the_table(name: str) -> None:
    table = "\n".join(line for line in README.splitlines() if line.startswith("| `"))
    assert re.search(rf"`{name}\b", table)
