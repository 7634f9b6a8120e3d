"""A car by its number: «W1N1676151F000001», typed by hand or copied from an advertisement.

Knows which number is the visitor's own car's. Refuses to know how a VIN is built and typed
(`core/personal_data/marks.py`) and which of them the stock has: one that it has not is absent.
"""

from __future__ import annotations

import re

from assistants.showroom.language.asides import is_owned
from assistants.showroom.language.spans import blanked
from core.personal_data.folding import fold
from core.personal_data.marks import vins
from core.russian import normalise

# «Мой VIN», «у моей машины вин».
_MINE = re.compile(r"\b(?:мо(?:й|я|его|ей|ю)|наш(?:а|ей|у|его)?|сво(?:й|я|его|ей|ю))\b[^.,;!?]{0,40}$")


def number_spans(text: str) -> list[tuple[int, int]]:
    """Where the numbers of cars stand, from left to right."""
    whole = fold(text)
    return sorted(whole.original(each.start, each.end) for each in vins(whole))


def numbered_cars(text: str) -> tuple[tuple[str, ...], str]:
    """The numbers that are asked for, and the text with spaces in the place of every number."""
    found, rest, whole = list[str](), text, fold(text)
    for each in vins(whole):
        start, end = whole.original(each.start, each.end)
        rest = blanked(rest, (start, end))
        before = normalise(text[:start])
        if not (_MINE.search(before) or is_owned(before, len(before))):
            found.append(each.key)
    return tuple(dict.fromkeys(found)), rest
