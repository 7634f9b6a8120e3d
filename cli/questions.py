"""Reads files of questions, one a line, whatever the line holds.

Knows encodings. Refuses to stop at a bad line: it comes out as one, with its number and what is wrong.
"""

from __future__ import annotations

import codecs
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cli.failures import CommandFailed

_WIDE_MARKS = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True)
class Line:
    """One line that is not blank. `error` is set, and `text` holds what could be read, when it is damaged."""

    number: int
    text: str
    error: str | None = None


def read_questions(file: Path) -> Iterator[Line]:
    """The lines of `file` that are not blank. Raises CommandFailed when it cannot be read."""
    return (line for line in read_lines(file) if line.text or line.error)


def read_lines(file: Path) -> Iterator[Line]:
    """Every line of `file` ("-" is the standard input). Raises CommandFailed when it cannot be read."""
    try:
        data = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise CommandFailed(f"{file} cannot be read: {error.strerror}", exit_code=2) from error
    for mark, encoding in _WIDE_MARKS:
        if data.startswith(mark):
            data = data.decode(encoding, errors="replace").encode("utf-8", errors="replace")
    text = data.removeprefix(codecs.BOM_UTF8)
    for number, raw in enumerate(text.removesuffix(b"\n").split(b"\n") if text else [], start=1):
        try:
            yield Line(number, raw.decode("utf-8").strip())
        except UnicodeDecodeError as error:
            damaged = raw.decode("utf-8", errors="replace").strip()
            yield Line(number, damaged, f"line {number} is not UTF-8 (byte {error.start + 1})")


def clean(text: str) -> str:
    """A question from the command line. Raises CommandFailed when its bytes were not UTF-8."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise CommandFailed("the question is not valid UTF-8", exit_code=2) from error
    return text
