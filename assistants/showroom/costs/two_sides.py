"""Where two purchases that are set side by side part: «EQS с Burmester и EQE с Burmester», «C 200 с камерой
или CLA 220 d с ней же», «на сколько GLC с люком дороже GLE с ним же».

Knows the words between two sides. Refuses to know cars and options: it is told where they are named.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from assistants.showroom.desk.calculations import RELATIVES
from assistants.showroom.language.naming import Atom

_OR = re.compile(r"\b(?:или|либо)\b")
_BETWEEN = re.compile(
    rf"\b(?:и|или|либо|чем|от|против|относительно|по сравнению с|{'|'.join(RELATIVES)})\b(?:,? чем\b)?|[,;]"
)
_WITH_THE_SAME = re.compile(
    r"\b(?:тоже |также )?со? (?:н(?:ей|им|ими)|т(?:ой|ем|еми)|так(?:ой|им|ими)|эт(?:ой|им|ими))"
    r"(?: (?:же|самой|самым))*(?: опци\w+)?(?=\W|$)(?! [а-я]+(?:ой|ым|ими)\b)"
)


def alternatives_said(spelling: str) -> list[str]:
    """The pieces that «или» parts."""
    return _OR.split(spelling)


def sides_compared(spelling: str, row: Sequence[Atom], cars: Collection[int]) -> list[str]:
    """The pieces of which each names one car; `cars` are the places of their names in `row`."""
    begins = [at for at in sorted(cars) if at - 1 not in cars]
    edges = [0]
    for one, other in pairwise(begins):
        behind, ahead = row[_last(one, cars)].end, row[other].start
        parts = [*_BETWEEN.finditer(spelling, behind, ahead)]
        if not parts:
            return []
        edges.append(parts[-1].end())
    return [spelling[start:end] for start, end in pairwise([*edges, len(spelling)])]


def with_the_same(pieces: Sequence[str], said: str) -> list[str]:
    """The pieces with the words of the first one's option in place of «с ней же»."""
    return (
        [pieces[0], *(_WITH_THE_SAME.sub(f" с {said} ", piece) for piece in pieces[1:])]
        if said
        else [*pieces]
    )


def _last(place: int, cars: Collection[int]) -> int:
    while place + 1 in cars:
        place += 1
    return place
