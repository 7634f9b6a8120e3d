"""Follow-ups that leave out what the wish before makes plain: «а если 8?», «и новее», «или до 10 тысяч».

Knows which word is left out. Refuses to know whether there is such a car.
"""

from __future__ import annotations

import re

from assistants.showroom.language.wish import Wish

_OPENING = r"\W*(?:(?:ну|а|и|или|да|тогда|если|может|хорошо|ладно)\W+)*"
_NUMBER = re.compile(rf"({_OPENING})(?:до |за |в )?(\d{{1,2}}(?:[.,]\d)?)\W*", re.IGNORECASE)
_OPEN_END = re.compile(
    r"\W*(?:и|или|либо|да)\s+(?:(?P<low>новее|моложе|младше|свежее|позже|выше)|(?P<high>старше|старее|раньше))\W*",
    re.IGNORECASE,
)
_SMALL_SUM = re.compile(
    rf"({_OPENING})((?:до|не больше|не более|меньше|максимум) (?:\w+ )?\w+ (?:тыс\w*|км)\W*)", re.IGNORECASE
)


def completed(question: str, before: Wish | None) -> str:
    """The question with what it leaves out, or itself."""
    if before is None:
        return question
    bounded = before.price_to is not None or before.price_from is not None
    if bounded and (match := _NUMBER.fullmatch(question)):
        return f"{match[1]}до {match[2]} млн"
    year = before.year_from
    if year is not None and year == before.year_to and (match := _OPEN_END.fullmatch(question)):
        return f"а с {year} года" if match["low"] else f"а до {year} года"
    driven = before.condition is not None or before.mileage_to is not None or before.mileage_from is not None
    if driven and "пробег" not in question.lower() and (match := _SMALL_SUM.fullmatch(question)):
        return f"{match[1]}пробег {match[2]}"
    return question
