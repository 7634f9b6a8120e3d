"""Factory codes of generations: «W213», «S213», «в 213-м кузове».

Knows which class a code of the vocabulary is of, and which body. No stock has generations: a code stands for
its class (and body), and is told as what was not taken into account. Refuses to know readings and rows.
"""

from __future__ import annotations

import re

from assistants.showroom.language.lexicon import Lexicon
from core.russian import normalise

# What a Cyrillic letter stands for in a code, by its look and by its sound.
_LETTERS = {"а": "a", "с": "cs", "х": "x", "н": "hn", "в": "vw", "з": "z", "р": "r"}
_PREFIX = r"(?:\b(?:в|с)\s+)?(?:\bкузов\w*\s+)?"
# A Cyrillic letter apart from the number is a preposition.
_CODE = re.compile(rf"{_PREFIX}\b(?:([a-z])[ -]?|([асхнвзр])-?)(\d{{3}}[aа]?)\b", re.IGNORECASE)
_BY_NUMBER = re.compile(
    r"(?:\bв\s+)?(?:\b(\d{3})(?:-?(?:й|м|ом|го|ого|му|ому))?\s+кузов\w*|\bкузов\w*\s+(\d{3})\b)",
    re.IGNORECASE,
)


def without_codes(question: str, lexicon: Lexicon) -> tuple[str, tuple[str, ...]]:
    """The question with classes and bodies in the place of codes, and the codes as they are written."""
    said: list[str] = []
    spelling = normalise(question)

    def named(match: re.Match[str]) -> str:
        letter, number = (match[1] or match[2]).lower(), match[3].lower().replace("а", "a")
        for code in (f"{each}{number}" for each in _LETTERS.get(letter, letter)):
            if code in lexicon.codes:
                said.append(_written(match[0]))
                return " ".join(name for name in lexicon.codes[code] if normalise(name) not in spelling)
        return match[0]

    def numbered(match: re.Match[str]) -> str:
        number = match[1] or match[2]
        classes = {names[-1] for code, names in lexicon.codes.items() if code[1:] == number}
        if not classes:
            return match[0]
        said.append(_written(match[0]))
        return classes.pop() if len(classes) == 1 else ""  # 167 is a GLE and a GLS: its class is named beside

    return _BY_NUMBER.sub(numbered, _CODE.sub(named, question)), tuple(said)


def _written(found: str) -> str:
    return found.removeprefix("в ").removeprefix("с ").strip()
