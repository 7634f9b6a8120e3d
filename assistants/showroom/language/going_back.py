"""«Вернёмся к белым», «возвращаюсь к 2021-му»: a value told before that is wanted again.

Knows that so much replaces what stands in its place, as «а белые?» does. Refuses to know cars that are gone
back to by name or by kind («к дизелям»), and «к первому», «ко всем» (`references.py`, `whole_lists.py`).
"""

from __future__ import annotations

import re

from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.mentions import is_stray
from assistants.showroom.language.naming import atoms
from assistants.showroom.language.phrases import GOES_BACK
from core.quantities import quantities
from core.russian import normalise

_NAMES = ("class", "brand", "hint", "other", "fuel", "body")
_CLAUSE = re.compile(r"[^,.;!?—–]*")
_CONDITION = re.compile(r"\s*(?:новым|новой|новому|подержанн\w+|б\s?/?\s?у|тем,? что (?:с|без) пробег\w+)\b")
_A_YEAR = range(1990, 2100)


def without_going_back(question: str, lexicon: Lexicon) -> str:
    """The question with «а» for «вернёмся к», where a value and no car stands behind it."""
    spelling = normalise(question)
    match = GOES_BACK.search(spelling)
    if match is None or match["all"] or len(spelling) != len(question):
        return question
    behind = _CLAUSE.match(spelling, match.end())
    clause = behind.group() if behind is not None else ""
    if _names(clause, lexicon, _NAMES) or not (_names(clause, lexicon, ("color",)) or _is_a_bound(clause)):
        return question
    return f"{question[: match.start()]}а{question[match.end() :]}"


def _names(clause: str, lexicon: Lexicon, kinds: tuple[str, ...]) -> bool:
    row = atoms(clause)
    return any(not is_stray(row, each) for kind in kinds for each in lexicon.names[kind].find(row))


def _is_a_bound(clause: str) -> bool:
    numbers = quantities(clause)
    bounds = any(each.unit or each.scaled or round(each.value) in _A_YEAR for each in numbers)
    return bounds or _CONDITION.match(clause) is not None
