"""A piece of a text by its places, and a text with such pieces left out."""

from __future__ import annotations

# The place of the first letter, and that behind the last.
Span = tuple[int, int]


def blanked(text: str, *spans: Span) -> str:
    """The text with spaces in the place of these pieces: every other letter keeps its place."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text
