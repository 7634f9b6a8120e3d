"""The part of a page that a measurement writes. Refuses to know what it says."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


def renew(page: Path, begin: str, end: str, lines: Sequence[str]) -> None:
    """Puts the lines between the two marks, at the end of a page that has none, and leaves the rest alone."""
    text = page.read_text(encoding="utf-8")
    part = "\n".join([begin, *lines, "", end])
    if begin in text:
        head, _, rest = text.partition(begin)
        text = head + part + rest.partition(end)[2]
    else:
        text = text.rstrip("\n") + "\n\n" + part + "\n"
    page.write_text(text, encoding="utf-8")
