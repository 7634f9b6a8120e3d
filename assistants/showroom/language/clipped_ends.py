"""Ends that are clipped: «мин. пробег», «макс цена», «цена мин».

Knows of which words an end is asked. Refuses what bounds: «макс 5 млн» and «макс. цена 5 млн» keep their
words.
"""

from __future__ import annotations

import re

_OF = r"(?:пробег|километраж|накат|цен|стоимост|ценник|прайс|возраст)\w*"
_MASCULINE = re.compile(r"(?:пробег|километраж|накат|ценник|прайс|возраст)")
_FULL = {"мин": "минимальн", "макс": "максимальн"}
_NUMBER_BEHIND = r"(?![^.,;!?]{0,20}(?:\d|миллион|млн|тысяч))"
_BEFORE = re.compile(rf"\b(?P<end>мин|макс)(?:\.\s?|\s)(?P<of>{_OF})\b{_NUMBER_BEHIND}", re.IGNORECASE)
_BEHIND = re.compile(rf"\b(?P<of>{_OF})\s(?P<end>мин|макс)\b\.?(?=\W*$|[,;!?])", re.IGNORECASE)
_NUMBER = re.compile(r"\bкол-?во\b", re.IGNORECASE)


def with_ends(text: str) -> str:
    """The text with such ends in full, and «кол-во»."""
    return _NUMBER.sub("количество", _BEHIND.sub(_in_full, _BEFORE.sub(_in_full, text)))


def _in_full(match: re.Match[str]) -> str:
    ending = "ый" if _MASCULINE.match(match["of"].lower()) else "ая"
    return f"{_FULL[match['end'].lower()]}{ending} {match['of']}"
