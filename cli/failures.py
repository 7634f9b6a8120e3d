"""What a command says when it cannot go on: one sentence, the way out, an exit code. Never a traceback.

Knows exit codes: 1 when something that should work does not, 2 when the command was called wrongly.
"""

from __future__ import annotations

import errno
import sys
from typing import Any

import typer
from typer.core import TyperGroup

from cli.embedded_cloud.errors import EmbeddedCloudError
from core.errors import EvaluationRefused, StoreAway

NO_AWS = "AWS, or the emulator of it, refused or did not answer"
AWS_WAY_OUT = "is it up? attendant status; in an account: attendant doctor --outputs FILE"


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
        except EvaluationRefused as refused:
            _tell(str(refused), "docs/evaluation.md and docs/pilot.md have the formats")
            ctx.exit(2)
        except BrokenPipeError:
            sys.stderr.close()  # the reader of our output went away; there is nobody to tell
            ctx.exit(0)
        except StoreAway as error:
            _tell(f"{NO_AWS}: {error}", AWS_WAY_OUT)
            ctx.exit(1)
        except OSError as error:
            _tell(*_of_the_machine(error))
            ctx.exit(1)
        except Exception as error:
            if not type(error).__module__.startswith("botocore"):  # not imported for the sake of a name
                raise
            _tell(f"{NO_AWS}: {_first_line(error)}", AWS_WAY_OUT)
            ctx.exit(1)


def _of_the_machine(error: OSError) -> tuple[str, str]:
    """A sentence and the way out."""
    place = error.filename or "a file"
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return f"no space is left for {place}", "free some and say it again: what is finished is kept"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{place} must not be written or read here", "give yourself the right to it, or work on a copy"
    return f"{error.strerror or type(error).__name__} ({place})", ""


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


def _tell(sentence: str, way_out: str) -> None:
    typer.echo(f"attendant: {sentence}", err=True)
    if way_out:
        typer.echo(f"  {way_out}", err=True)
