"""Numbers as they are said of cars' prices and years, unit left out: «девять двести», «дороже десятки»,
«19 и 20 год».

Knows what two numbers side by side and the nouns of numbers stand for. Refuses to know which bound they set
(`bounds.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from core.quantities import Quantity
from core.russian import part_of_speech

_MILLION = 1_000_000
_MOST_MILLIONS = 100
_LEAST_THOUSANDS, _STEP = 50, 10
_NOUNS = {
    "тройк": 3, "четверк": 4, "пятерк": 5, "шестерк": 6, "семерк": 7, "восьмерк": 8, "девятк": 9,
    "десятк": 10, "пятнашк": 15, "двадцатк": 20, "тридцатк": 30,
}  # fmt: skip
_NOUN = re.compile(
    r"\b(?:(?:по)?дешевле|(?:по)?дороже|до|от|около|максимум|потолок|край|минимум|больше|меньше|в пределах) "
    rf"(?P<noun>(?P<stem>{'|'.join(_NOUNS)})(?:а|и|у|е|ой))\b(?: (?P<behind>\w+))?"
    rf"|\b(?P<closed>(?P<root>{'|'.join(_NOUNS)})(?:а|у))(?= (?:край|максимум|потолок|предел)\b)"
)
_JOINED = re.compile(
    r"(?:-?(?:й|го|ый|ого|м|ом))?\s*(?:,|/|,?\s*\b(?:и|или|либо)\b)\s*(?:(?:и|или|либо)\b\s*)?"
)
_SHORT_YEAR = range(10, 40)


def as_meant(spelling: str, numbers: Sequence[Quantity]) -> list[Quantity]:
    """The numbers with those that leave their unit to the listener, in the order of the text."""
    return sorted(
        [*listed_years(spelling, _side_by_side(spelling, numbers)), *_nouns(spelling)],
        key=lambda number: number.start,
    )


def _side_by_side(spelling: str, numbers: Sequence[Quantity]) -> list[Quantity]:
    """«До пяти триста» are millions and thousands."""
    found: list[Quantity] = []
    for number in numbers:
        before = found[-1] if found else None
        if before is not None and _is_million(before) and _is_thousands(number):
            between = spelling[before.end : number.start]
            if not between.strip() and between:
                value = (before.value + number.value / 1_000) * _MILLION
                found[-1] = replace(
                    number, value=value, start=before.start, scaled=True,
                    text=spelling[before.start : number.end],
                )  # fmt: skip
                continue
        found.append(number)
    return found


def _is_million(number: Quantity) -> bool:
    return _is_bare(number) and 1 <= number.value < _MOST_MILLIONS


def _is_thousands(number: Quantity) -> bool:
    return _is_bare(number) and _LEAST_THOUSANDS <= number.value < 1_000 and number.value % _STEP == 0


def _is_bare(number: Quantity) -> bool:
    return number.in_words and not (number.scaled or number.unit or number.ordinal)


def _nouns(spelling: str) -> list[Quantity]:
    """«Дороже десятки», but «дешевле семёрки БМВ» is a car."""
    return [
        Quantity(
            _NOUNS[match["stem"] or match["root"]] * _MILLION,
            *match.span("noun" if match["noun"] else "closed"), scaled=True, in_words=True,
            text=match["noun"] or match["closed"],
        )
        for match in _NOUN.finditer(spelling)
        if match["behind"] is None or part_of_speech(match["behind"]) not in ("NOUN", "LATN", "")
    ]  # fmt: skip


def listed_years(spelling: str, numbers: Sequence[Quantity], latest: int = _SHORT_YEAR[-1]) -> list[Quantity]:
    """«19 и 20 год»: the word behind the last of them is the word of all; `latest` is the greatest of two
    digits that may be a year where designations were not read yet.
    """
    found = list(numbers)
    for place in range(len(found) - 2, -1, -1):
        number, behind = found[place], found[place + 1]
        short = number.value in range(_SHORT_YEAR[0], latest + 1) and not number.scaled
        short = short and number.unit in ("", "year")
        later = behind.value in _SHORT_YEAR or behind.value > 2_000
        of_years = later and "year" in (number.unit, behind.unit) and not behind.scaled
        if short and of_years and _JOINED.fullmatch(spelling[number.end : behind.start]):
            found[place] = replace(number, value=2_000 + number.value, unit="year", ordinal=False)
            if behind.value in _SHORT_YEAR:
                found[place + 1] = replace(behind, value=2_000 + behind.value, unit="year", ordinal=False)
    return found
