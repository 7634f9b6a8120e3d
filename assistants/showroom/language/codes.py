"""Factory codes of generations: «W213», «S213», «в 213-м кузове».

Knows which class a code of the vocabulary is of, and which body. No stock has generations: a code stands for
its class (and body), and is told as what was not taken into account. Refuses to know readings and rows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistants.showroom.language.indices import numbers_known
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.naming import Atom, atoms
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
_ENDING = re.compile(r"\A-?(?:й|я|ю|ей|ую|ая|ый|ой|го|ого)(?!\w)", re.IGNORECASE)
_OF_A_SUM = re.compile(r"т(?:ыс|р\b)|млн|мил|лям|руб|км|кило|лет|год")


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

    rest, by_number = _without_number(_BY_NUMBER.sub(numbered, _CODE.sub(named, question)), lexicon)
    return rest, (*said, *by_number)


def _without_number(question: str, lexicon: Lexicon) -> tuple[str, tuple[str, ...]]:
    """«Ешка 214», «213-я ешка»: the number of a class's code right beside its name, and no designation's."""
    row = atoms(question)
    if len(normalise(question)) != len(question):
        return question, ()
    for mention in lexicon.names["class"].find(row):
        before = mention.start - 1
        before -= before > 0 and row[before - 1].end == row[before].start - 1 and len(row[before].text) < 3
        for place in (mention.end, before):
            if not 0 <= place < len(row) or not _is_code(row, place, mention.term.id, lexicon):
                continue
            behind = _ENDING.sub("", question[row[place].end :], count=1)
            return f"{question[: row[place].start]}{behind.lstrip()}", (row[place].text,)
    return question, ()


def _is_code(row: Sequence[Atom], place: int, class_id: str, lexicon: Lexicon) -> bool:
    number = row[place].text
    if len(number) != 3 or number in numbers_known(lexicon):
        return False
    behind = row[place + 1].text if place + 1 < len(row) else ""
    if behind.isdigit() or _OF_A_SUM.match(behind) or (len(behind) == 1 and behind in "deд"):
        return False  # «E 213 d» is a designation that nobody makes
    names = {named[-1] for code, named in lexicon.codes.items() if code[1:] == number}
    return any(
        each.term.id == class_id for name in names for each in lexicon.names["class"].find(atoms(name))
    )


def _written(found: str) -> str:
    return found.removeprefix("в ").removeprefix("с ").strip()
