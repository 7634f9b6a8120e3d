"""Years that are said without their number: «прошлого года», «трёхлетняя», «последних двух лет».

Knows how Russian counts years back from now. Refuses to know numbers (`bounds.py`).
"""

from __future__ import annotations

import re
from typing import Any

from assistants.showroom.language.setting_bounds import set_year
from core.quantities import Quantity
from core.russian import words

_AGED = re.compile(
    r"\b(?:(?:(?P<least>одно|двух|трех|четырех|пяти|[1-9])(?:лет\w+)?\s?[-–—]\s?)?(?:(?P<count>одно|двух|трех|четырех|пяти|шести|семи|[1-9])-?лет(?:н\w+|к\w)|(?P<one>годовал\w+)))\b"
)
_AGES = {"одно": 1, "двух": 2, "трех": 3, "четырех": 4, "пяти": 5, "шести": 6, "семи": 7}
_GIVE_OR_TAKE = re.compile(r"плюс[\s-]*минус (?:один |1 )?год\b")
_LAST_YEARS = re.compile(r"последн\w+ (\d|двух|трех|четырех|пяти|два|три) (?:лет|года|год)\b")
_SPOKEN = {"двух": 2, "два": 2, "трех": 3, "три": 3, "четырех": 4, "пяти": 5}


def set_spoken_years(fields: dict[str, Any], spelling: str, this_year: int) -> list[tuple[int, int]]:
    """Sets the years in the fields of a wish; the pieces of the text that say them."""
    spans: list[tuple[int, int]] = []
    for pattern, back in (
        (r"\b(?:этого|текущего|нынешнего) года", 0),
        (r"\bпрошлого года|\bпрошлогодн\w+", 1),
        (r"\bпозапрошлого года", 2),
    ):
        if match := re.search(pattern, spelling):
            said_year = Quantity(this_year - back, *match.span())
            led = spelling[max(0, match.start() - 30) : match.start()]
            set_year(fields, said_year, led, this_year, ranged=False)
            spans.append(match.span())
    year = fields.get("year_from")
    if (match := _GIVE_OR_TAKE.search(spelling)) and year is not None and year == fields.get("year_to"):
        fields |= {"year_from": year - 1, "year_to": year + 1}
        spans.append(match.span())
    if match := _AGED.search(spelling):
        said = match["count"] or ""
        year = this_year - (1 if match["one"] else int(said) if said.isdigit() else _AGES[said])
        before = " ".join(words(spelling[: match.start()])[-2:])
        younger = re.search(r"\b(?:не старше|моложе|младше|новее|до)$", before)
        fields["year_from"] = year
        least = match["least"] or said  # «двух-трёхлетка»
        newest = year if match["one"] else this_year - (int(least) if least.isdigit() else _AGES[least])
        fields |= {} if younger else {"year_to": max(year, newest)}
        spans.append(match.span())
    if match := _LAST_YEARS.search(spelling):
        said = match.group(1)
        count = int(said) if said.isdigit() else _SPOKEN[said]
        fields["year_from"] = this_year - count + 1
        spans.append(match.span())
    return spans
