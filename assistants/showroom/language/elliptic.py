"""Follow-ups that leave out what the wish before makes plain: «а если 8?», «и новее», «или до 10 тысяч».

Knows which word is left out. Refuses to know whether there is such a car.
"""

from __future__ import annotations

import re

from assistants.showroom.language.raised import with_raised
from assistants.showroom.language.replaced_numbers import with_number_replaced
from assistants.showroom.language.wish import Order, Wish

_OPENING = r"\W*(?:(?:ну|а|и|или|да|тогда|если|может|хорошо|ладно)\W+)*"
_NUMBER = re.compile(rf"({_OPENING})(?:до |за |в )?(\d{{1,2}}(?:[.,]\d)?)\W*", re.IGNORECASE)
_OPEN_END = re.compile(
    r"\W*(?:и|или|либо|да)\s+(?:(?P<low>новее|моложе|младше|свежее|позже|выше)|(?P<high>старше|старее|раньше))\W*",
    re.IGNORECASE,
)
# «А 22 чёрный?» where years were spoken of.
_SHORT_YEAR = re.compile(
    rf"(?P<led>{_OPENING})(?P<year>1[5-9]|2[0-9])(?:-?(?:й|го|ый|ого))?"
    r"(?P<behind>(?:\s+(?!млн|мил|лям|тыс|км|год|г\b|лет|руб)[а-яё]+){0,2})\W*",
    re.IGNORECASE,
)
_SMALL_SUM = re.compile(
    rf"({_OPENING})((?:до|не больше|не более|меньше|максимум) (?:\w+ )?\w+ (?:тыс\w*|км)\W*)", re.IGNORECASE
)
# «А на заднем?» where a drive was spoken of.
_DRIVEN = re.compile(
    rf"{_OPENING}(?:(?:есть|а|только|лучше|если)\s+)*(?:на|с|со)?\s*(?:полн|задн|передн)(?:ем|ым|им|ом)"
    r"\W*",
    re.IGNORECASE,
)


# «Самый маленький» of nothing that is said.
_BARE_SIZE = re.compile(
    r"\b(?:сам(?:ый|ого|ому|ым)\s+(?:маленьк|больш|низк|высок|малы)|наименьш|наибольш|минимальн|максимальн)[а-яё]+"
    r"(?=\s*(?:$|[?,.!;—–]|из\b|среди\b|у\b|какой\b|если\b|без\b|с\b|тогда\b))(?!.*пробег(?!ом|а))",
    re.IGNORECASE,
)
_SAME = (
    r"(?:\b(?:с|со|на|при|по|в|во|за|под|из)\s+)?\b"
    r"(?:т(?:е|ем|еми|ех|от|ом|ому|ой|у|а|о|ого)\s+же(?:\s+сам\w+)?|так(?:ие|ими|их|им|ой|ом|ую|ая|ому|ого)\s+же"
    r"|аналогичн\w+|прежн\w+|этими\s+же)\s+"
)
_ALL_THE_SAME = re.compile(
    rf"[\s,]*(?:{_SAME}(?:услови\w+|параметр\w*|критери\w+|требовани\w+|характеристик\w*|ограничени\w+"
    r"|вводн\w+|фильтр\w*|пожелани\w+)"
    r"|\b(?:вс[её]|остальное)\s+(?:остальное\s+)?(?:то же(?: самое)?|так же|такое же|без изменений|прежнее)\b"
    r"|\bто же(?: самое)?\b(?=[\s,]+(?:но|только|по|для|про)\b)|\bпри прочих равных\b)",
    re.IGNORECASE,
)
# What is said to stay -> the criteria of it.
_KEPT = (
    (r"(?:бюджет\w*|деньг\w+|цен\w+|сумм\w+|стоимост\w+|ценник\w*)", ("price_from", "price_to")),
    (r"год\w*(?: выпуска)?", ("year_from", "year_to")),
    (r"пробег\w*", ("mileage_from", "mileage_to", "condition")),
    (r"(?:цвет\w*|окрас\w*)", ("colors",)), (r"кузов\w*", ("bodies",)),
    (r"(?:двигател\w+|мотор\w*|топлив\w+)", ("fuels",)),
)  # fmt: skip
_SAME_OF_A_KIND = tuple(
    (re.compile(rf"[\s,]*{_SAME}{kind}\b", re.IGNORECASE), fields) for kind, fields in _KEPT
)


def _kept(question: str, before: Wish) -> str:
    """«GLB с теми же условиями», «а GLB того же года?»: without what says that criteria stay, as a question
    that leans on them; the question itself where there is no such criterion.
    """
    rest = _ALL_THE_SAME.sub(" ", question) if before.narrows else question
    for pattern, fields in _SAME_OF_A_KIND:
        if any(getattr(before, name) not in ((), None) for name in fields):
            rest = pattern.sub(" ", rest)
    if rest == question or not re.search(r"\w", rest):
        return question
    return f"а {rest.strip(' ,')}"


def _with_year(question: str, before: Wish, *, bounded: bool) -> str:
    """«А 22 чёрный?» behind «23 год»; a number alone may be a sum where one was spoken of."""
    match = _SHORT_YEAR.fullmatch(question) if before.year_from is not None else None
    if match is None or (bounded and not match["behind"]):
        return question
    return f"{match['led']}20{match['year']} года{match['behind']}"


def _with_mileage(question: str, before: Wish) -> str:
    """«А самый маленький, если новые не считать?» behind «самый большой пробег среди GLC?»"""
    if before.order not in (Order.MOST_MILEAGE, Order.LEAST_MILEAGE):
        return question
    return _BARE_SIZE.sub(lambda match: f"{match[0]} пробег", question, count=1)


def completed(question: str, before: Wish | None) -> str:
    """The question with what it leaves out, or itself."""
    if before is None:
        return question
    question = _kept(question, before)
    question = as_changed(question, before, before)
    bounded = before.price_to is not None or before.price_from is not None
    question = _with_year(question, before, bounded=bounded)
    if bounded and (match := _NUMBER.fullmatch(question)):
        return f"{match[1]}до {match[2]} млн"
    question = _with_mileage(question, before)
    year = before.year_from
    if year is not None and year == before.year_to and (match := _OPEN_END.fullmatch(question)):
        return f"а с {year} года" if match["low"] else f"а до {year} года"
    driven = before.condition is not None or before.mileage_to is not None or before.mileage_from is not None
    if driven and "пробег" not in question.lower() and (match := _SMALL_SUM.fullmatch(question)):
        return f"{match[1]}пробег {match[2]}"
    return question


def as_changed(question: str, last: Wish | None, spoken_of: Wish | None) -> str:
    """The question with the limit, the drive or the number that it puts in another's place; `last` is what
    was asked for last, there or not, `spoken_of` what was told.
    """
    return with_number_replaced(with_drive(with_raised(question, last), spoken_of), last)


def with_drive(question: str, before: Wish | None) -> str:
    """«А на заднем?» with the word for what it is, where a property such as the drive was spoken of."""
    spoken_of = before is not None and (
        before.features or any(pair.startswith("feature:") for pair in before.excluded)
    )
    if not spoken_of or not _DRIVEN.fullmatch(question):
        return question
    return f"{question.rstrip(' ?.!')} приводе"
