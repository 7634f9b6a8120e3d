"""Two numbers of which the second says the unit for both: «от 5 до 6 млн», «22–23 годов».

Knows what joins the ends of a range. Refuses to know how one number is read (`quantities.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest

from core.quantity import Quantity


def _shares_year(left: Quantity, right: Quantity, between: str) -> bool:
    """«22–23 годов», «с 20 по 22 год», «двадцатого-двадцать первого года»."""
    bare = not (left.unit or left.scaled) and left.value < right.value < 100
    bare = bare and (not left.ordinal or left.value >= _LEAST_SHORT_YEAR)
    return bare and right.unit == "year" and between in (*_DASHES, "до", "по", "или", "и", "либо", ",")


_LEAST_SHORT_YEAR = 10
_DASHES = ("-", "–", "—")
_OPENS_A_RANGE = re.compile(r"(?:^|[,:;(?!.]\s*|\b(?:от|с|со|между|из|где-то|примерно|около)\s+)$")


def _shared_scale(left: Quantity, right: Quantity, spelling: str, between: str) -> float:
    """What the multiplier behind the second number makes of the first; 0 where the first is no end of a
    range: «GLC 200 до 4,5 млн», «AMG 43 до 60 млн».
    """
    opened = bool(_OPENS_A_RANGE.search(spelling[: left.start]))
    if right.text.isdigit() and float(right.text) * 1e3 == right.value >= 1e6:  # «4500–5500 тысяч»
        ends = left.value >= 100 and (opened or between in _DASHES)
        return 1e3 if ends and _ascend(left, right, 1e3) else 0.0
    if between == "до" and left.value >= 10 and not left.in_words and not opened:
        return 0.0
    scales = (1e6, 1e3) if right.value >= 1e6 and opened and left.value >= 100 else (1e6,)
    if right.value < 1e6:
        scales = (1e3,)
    return next((scale for scale in scales if left.value < 1000 and _ascend(left, right, scale)), 0.0)


def _ascend(left: Quantity, right: Quantity, scale: float) -> bool:
    return left.value * scale <= right.value


def with_shared_units(found: list[Quantity], spelling: str) -> Iterator[Quantity]:
    for left, right in zip_longest(found, found[1:]):
        between = spelling[left.end : right.start].strip() if right is not None else ""
        if (
            right is not None
            and right.scaled
            and not left.scaled
            and not left.unit
            and left.value < 10_000
            and (between in (*_DASHES, "до", "или", "и") or (between == "" and left.in_words))
            and right.value >= 1000
            and (scale := _shared_scale(left, right, spelling, between))
        ):
            yield replace(left, value=left.value * scale, scaled=True, unit=right.unit)
        elif right is not None and _shares_year(left, right, between):
            yield replace(left, unit="year")
        else:
            yield left
