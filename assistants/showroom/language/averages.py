"""Averages as they are asked for: «средняя цена», «какой у них средний пробег», «почём в среднем».

Knows of what an average is asked. Refuses to know cars.
"""

from __future__ import annotations

import re

from assistants.showroom.language.spans import Span

_OF_WHAT = r"(?:цен|стоимост|стоят|ценник|прайс|пробег|километраж)"
AVERAGE = re.compile(
    rf"\bсредн(?:яя|ей|юю|ий|его|ем|ее|ие|их|ими?) (?:[\w-]+ ){{0,2}}?{_OF_WHAT}\w*"
    rf"|(?<!\bс )(?<!\bбез )\b{_OF_WHAT}\w* (?:[\w-]+ ){{0,2}}?средн(?:яя|ей|юю|ий|его|ем|ее)\b|\bв среднем\b"
)
_DRIVEN = re.compile(r"\b(?:пробег|километраж|накат|км\b|километр|проехал|проехан|наезд)")
_AGED = re.compile(
    r"\bсредн\w+ (?:год|возраст)|\b(?:год|возраст)\w* (?:\w+ )?в среднем"
    r"|\bв среднем (?:\w+ ){0,2}(?:год|возраст)"
)
_PRICED = re.compile(r"\b(?:цен|стои|стоя|стоимост|почем|прос[яи]т|руб|обойд|выйдет|выход|сколько\W*$)")


def average_of(spelling: str) -> str | None:
    """Of what an average is asked for: "price" or "mileage"."""
    match = AVERAGE.search(spelling)
    if match is None:
        return None
    if _AGED.search(spelling) and not _DRIVEN.search(match.group()):
        return None
    rest = re.sub(r"\b(?:с|без) пробег\w*", " ", spelling)  # «средняя цена GLC с пробегом»
    driven = _DRIVEN.search(match.group()) or (not _PRICED.search(match.group()) and _DRIVEN.search(rest))
    return "mileage" if driven else "price"


def of_an_average(spelling: str) -> list[Span]:
    """Where the words stand that say so."""
    return [
        (match.start() + word.start(), match.start() + word.end())
        for match in AVERAGE.finditer(spelling)
        for word in re.finditer(r"\bсредн\w+", match.group())
    ]
