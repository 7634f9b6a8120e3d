"""The letter that closes a designation typed in the other layout: «ПДС 220 в» is «GLC 220 d».

Knows which words the prepositions «в» and «у» lead to. Refuses to know designations: it is told that a name
in the other layout stands before.
"""

from __future__ import annotations

import re

from core.keyboard import typed_in_latin
from core.russian import normalise, readings_of

_CLOSING = re.compile(r"\s?\d{2,3}\s?(?P<letter>ву|в|у)\b(?:\s+(?P<behind>[а-яё]+))?", re.IGNORECASE)
_GOVERNED = {"в": frozenset({"loct", "loc2"}), "у": frozenset({"gent", "gen2"})}


def closing_letter(text: str, end: int) -> list[tuple[int, int, str]]:
    """What to write for the letter behind the number that follows the name ending at `end`."""
    match = _CLOSING.match(text, end)
    if match is None or _leads_to(match["letter"].lower(), normalise(match["behind"] or "")):
        return []
    return [(*match.span("letter"), typed_in_latin(match["letter"]))]


def _leads_to(letter: str, behind: str) -> bool:
    """Whether it is a preposition: «в чёрном», «в кредит», «у вас», but not «в какие есть»."""
    cases = _GOVERNED.get(letter, frozenset())
    readings = readings_of(behind) if behind else ()
    where = any(cases & reading.grammemes for reading in readings)
    whither = letter == "в" and any({"NOUN", "accs"} <= reading.grammemes for reading in readings[:1])
    return where or whither
