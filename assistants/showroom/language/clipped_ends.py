"""Ends that are clipped: «мин. пробег», «макс цена»; with a sum behind they bound: «макс. цена 5 млн».

Knows of which words an end is asked, and what sums and distances look like. Refuses what is asked («какая
максимальная цена») and what bounds by itself: «макс 5 млн» keeps its words.
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
_SCALE = r"(?:млн|миллион|лям|тыс)[а-яё]*"
_SUM = (
    rf"(?:\d[\d ]*(?:[.,]\d+)?\s?(?:{_SCALE}|руб[а-яё]*|₽|км\b)|\d{{1,3}}(?: \d{{3}}){{1,2}}\b"
    r"|(?:од[ин]|дв|тр[ие]|четыр|пят|шест|сем|вос|девя|деся|полтор|сто|сорок)[а-яё]*"
    rf"(?: [а-яё]+){{0,2}}? {_SCALE})"
)
_BOUND = re.compile(
    rf"(?P<asked>\b(?:как|скольк|сам)[а-яё]+\s)?\b(?P<end>макс|мин)(?:имальн[а-яё]+)?(?:\.\s?|\s)"
    rf"(?P<of>{_OF})\b(?P<between>[^.,;:!?\d]{{0,24}}?)[\s:—–-]+(?P<sum>{_SUM})",
    re.IGNORECASE,
)
_BOUNDED = re.compile(r"\b(?:до|от|за|в|из|среди|под|около|не|у|или|и)\b", re.IGNORECASE)
_LEADS = {"макс": "до", "мин": "от"}


def with_ends(text: str) -> str:
    """The text with such ends in full, with «до» and «от» in their place before a sum, and «кол-во»."""
    text = _BOUND.sub(_as_bound, text)
    return _NUMBER.sub("количество", _BEHIND.sub(_in_full, _BEFORE.sub(_in_full, text)))


def _as_bound(match: re.Match[str]) -> str:
    doubted = match.string[match.end() :].lstrip().startswith("?")  # «максимальная цена GLE 5 млн?»
    if doubted or match["asked"] or _BOUNDED.search(match["between"]):
        return match[0]
    return f"{match['of']}{match['between']} {_LEADS[match['end'].lower()]} {match['sum']}"


def _in_full(match: re.Match[str]) -> str:
    ending = "ый" if _MASCULINE.match(match["of"].lower()) else "ая"
    return f"{_FULL[match['end'].lower()]}{ending} {match['of']}"
