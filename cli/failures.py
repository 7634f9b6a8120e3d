"""What a command says when it cannot go on: one sentence, the way out, an exit code. Never a traceback.

Knows exit codes: 1 when something that should work does not, 2 when the command was called wrongly.
"""

from __future__ import annotations

import sys
from typing import Any

import typer
from typer.core import TyperGroup

from cli.embedded_cloud.errors import EmbeddedCloudError


class CommandFailed(Exception):
    """Raised by commands. `way_out` is what the reader should do next, as a sentence or a command line."""

    def __init__(self, sentence: str, way_out: str = "", *, exit_code: int = 1) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.way_out = way_out
        self.exit_code = exit_code


class AttendantGroup(TyperGroup):
    """Turns an expected failure and a broken pipe into words and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except CommandFailed as failure:
            _tell(failure.sentence, failure.way_out)
            ctx.exit(failure.exit_code)
        except EmbeddedCloudError as failure:
            _tell(failure.message, failure.way_out)
            ctx.exit(1)
        except BrokenPipeError:
            sys.stderr.close()  # the reader of our output went away; there is nobody to tell
            ctx.exit(0)


def _tell(sentence: str, way_out: str) -> None:
    typer.echo(f"attendant: {sentence}", err=True)
    if way_out:
        typer.echo(f"  {way_out}", err=True)
