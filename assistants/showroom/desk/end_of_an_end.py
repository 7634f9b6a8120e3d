"""«Самый дешёвый из самых свежих»: the end of those that share another one.

Knows that cars share the newest or the oldest year, and which it is of those that are asked about. Refuses
ends that no two cars need share («самый новый из самых дешёвых»): the visitor is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from assistants.showroom.desk.asking import Asking
from assistants.showroom.desk.memory import Talk
from assistants.showroom.desk.stock import ordered, select
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.reading import Reading
from assistants.showroom.language.wish import Order
from core.russian import normalise

_AMONG_AN_END = re.compile(
    r",?\s*\b(?:из|среди) (?:(?:всех|этих|ваших) )?(?P<end>(?:сам(?:ых|ой)|наиболее) (?:нов|свеж|стар)\w+)"
    r"(?: (?:машин|автомобилей|авто|вариантов|экземпляров)\b)?"
)


def with_its_year(
    question: str, talk: Talk, lexicon: Lexicon, asking: Asking, read: Callable[[str], Reading]
) -> str:
    """The question with the year that those cars share."""
    spelling = normalise(question)
    match = _AMONG_AN_END.search(spelling)
    if match is None or len(spelling) != len(question):
        return question
    rest = f"{question[: match.start()]} {question[match.end() :]}".strip()
    reading, end = read(rest), read(match["end"]).wish.order
    if reading.wish.order is None or reading.residue or end not in (Order.NEWEST, Order.OLDEST):
        return question
    wish = asking.wish(reading, talk.asked_last, rest) or reading.wish
    cars = ordered(select(wish.without("order", "limit"), lexicon).cars, end)
    return f"{rest.rstrip(' ?!.')} {cars[0].year} года?" if cars else question
