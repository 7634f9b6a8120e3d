"""A year that is corrected while it is spoken: «двадцать третьего нет двадцать четвёртого года».

Knows which two numbers are years with nothing but the correction between them. Refuses to know what else of
a question is taken back (`asides.py`).
"""

from __future__ import annotations

import re
from itertools import pairwise

from core.quantities import Quantity, quantities
from core.russian import normalise

_FULL, _SHORT = range(1950, 2101), range(10, 40)
_YEAR = r"(?:год\w{0,2}|гг?\b\.?)?"
_CORRECTS = re.compile(
    rf"\s*{_YEAR}[\s,.…—–-]*\b(?:ой |ах |тьфу )?(?:нет|не-а|точнее|вернее)\b[\s,.…—–-]*"
    r"(?:(?:лучше|точнее|вернее|давайте|пусть|ой|с|от|до) )*"
)


def with_corrected_years(text: str) -> str:
    """The text with the year alone that holds after all."""
    spelling = normalise(text)
    for first, second in pairwise(quantities(spelling)):
        between = spelling[first.end : second.start]
        if _are_years(first, second) and _CORRECTS.fullmatch(between):
            return with_corrected_years(f"{spelling[: first.start]}{spelling[second.start :]}")
    return text


def _are_years(first: Quantity, second: Quantity) -> bool:
    """One of them is called a year, and the other may be one."""
    called = "year" in (first.unit, second.unit)
    return called and all(_may_be(number) for number in (first, second))


def _may_be(number: Quantity) -> bool:
    short = number.value in _SHORT and (number.ordinal or number.unit == "year" or not number.in_words)
    return (number.value in _FULL or short) and number.unit in ("", "year") and not number.scaled
