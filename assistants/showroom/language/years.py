"""Years that stand beside each other or are not wanted: «2021 либо 2024 года», «кроме 2019-го».

Knows which numbers are years and what joins them. Refuses to know which bound a single year sets
(`bounds.py`) and how far a denial reaches (`denials.py`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from assistants.showroom.language.naming import Atom
from assistants.showroom.language.setting_bounds import NEWER, OLDER, has_open_end
from core.quantities import Quantity
from core.russian import words

_FULL, _SHORT, _CENTURY = range(1950, 2101), range(13, 40), 2000
_BEHIND = re.compile(r"(?:-?(?:й|го|ый|ого|м|ом|е))?(?:\s*(?:год\w*|гг?\b\.?))?(?: выпуска)?(?!\w)")
_JOINED = re.compile(r"\s*(?:,|/|,?\s*\b(?:и|или|либо)\b)\s*(?:(?:и|или|либо)\b\s*)?")
_LEADS = frozenset({*NEWER, *OLDER, "между"})


@dataclass(frozen=True, slots=True)
class Year:
    """A year in full, its number, and its atoms from `start` up to `end`, what belongs to it included."""

    value: int
    number: Quantity
    start: int
    end: int


def read_years(row: Sequence[Atom], numbers: Sequence[Quantity], spelling: str) -> list[Year]:
    return [year for number in numbers for year in _year(row, number, spelling)]


def _year(row: Sequence[Atom], number: Quantity, spelling: str) -> Iterator[Year]:
    full = number.value in _FULL and not number.scaled and number.unit in ("", "year")
    short = number.value in _SHORT and number.unit == "year" and not number.scaled
    if not (full or short) or spelling[number.start : number.end].endswith("лет"):
        return
    behind = _BEHIND.match(spelling, number.end)
    stop = behind.end() if behind is not None else number.end
    places = [place for place, atom in enumerate(row) if number.start <= atom.start < stop]
    if not places:
        return
    value = int(number.value) + (0 if full else _CENTURY)
    yield Year(value, number, places[0], places[-1] + 1)


def listed(
    years: Sequence[Year], denied: Collection[int], row: Sequence[Atom], spelling: str
) -> tuple[Year, ...]:
    """The first years that nothing but a comma or a conjunction joins, of which any will do; none where a
    word before or behind makes a bound of them.
    """
    run: list[Year] = []
    for year in years:
        between = spelling[row[run[-1].end - 1].end : row[year.start].start] if run else ""
        if year.start in denied or (run and not _JOINED.fullmatch(between)):
            if len(run) > 1:
                break
            run = []
        run += [] if year.start in denied else [year]
    return tuple(run) if len(run) > 1 and not _is_bounded(run, row, spelling) else ()


def _is_bounded(run: Sequence[Year], row: Sequence[Atom], spelling: str) -> bool:
    before = words(spelling[: row[run[0].start].start])[-2:]
    led = bool(before) and (before[-1] in _LEADS or " ".join(before) in _LEADS)
    return led or has_open_end(spelling[run[-1].number.end :])


def between(years: Sequence[Year]) -> tuple[int, ...]:
    """The years between the first and the last of some that are none of them."""
    values = {year.value for year in years}
    return tuple(year for year in range(min(values), max(values)) if year not in values)
