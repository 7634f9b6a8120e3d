"""How far the two ends of a kind of cars lie apart: «разброс цен на GLE», «насколько самый накатанный GLC
проехал больше наименее накатанного?».

Knows how such ends are said. Refuses to know the difference of prices of two cars (`difference.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistants.showroom.desk import rendering
from assistants.showroom.desk.bounded_by_cars import none_of
from assistants.showroom.desk.memory import Talk, told
from assistants.showroom.desk.replies import StockReply
from assistants.showroom.desk.stock import VALUES, select
from assistants.showroom.desk.wording import in_brackets, kilometres, money
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.reading import Reading
from assistants.showroom.language.wish import Wish
from core.facts import Car

_PRICE = r"(?:цен|стоимост|ценник|прайс)\w*"
_MILEAGE = r"(?:пробег|километраж)\w*"
_SPREAD = re.compile(
    rf"\b(?:разброс|разбег|размах)\w* (?:\w+ ){{0,2}}?(?P<of>{_PRICE}|{_MILEAGE})"
    rf"|\b(?P<said>{_PRICE}|{_MILEAGE})[^,.?!]* (?:разброс|разбег|размах)\w*"
)
_APART = re.compile(
    r"\bна ?сколько\b|\bсколько (?:\w+ )?между\b|\bразниц\w+|\b(?:отлича|различа)\w*тся\b|\bразрыв\w*"
)
_OF_MILEAGE = re.compile(
    rf"{_MILEAGE}|\b(?:на|у)(?:катан|езжен|кат|езд)\w*|\b(?:намота|накрут|проеха)\w*|\bкилометр\w*"
)
_MOST = re.compile(
    r"(?<!менее )\b(?:накатанн|наезженн|укатанн)\w+|\b(?:наи)?больш(?!е)\w+|\bмаксимальн\w+|\bвысок\w+"
)
_LEAST = re.compile(
    r"\b(?:наи)?менее \w+|\b(?:наи)?меньш(?!е)\w+|\bмаленьк\w+|\bмало(?:пробежн|накатан)\w+"
    r"|\bминимальн\w+|\bмал(?:ый|ым|ого|ому)\b|\bнизк\w+|\bненакатанн\w+|\bсвеж\w+ по пробегу"
)


@dataclass(frozen=True)
class Spread:
    """The stock with its words."""

    lexicon: Lexicon

    def answer(self, reading: Reading, spelling: str, talk: Talk) -> StockReply | None:
        """None where it is not asked for."""
        attribute = _asked(spelling)
        if attribute is None:
            return None
        if None not in reading.wish.values(f"{attribute}_from", f"{attribute}_to"):
            return None  # «разброс цен от 8 до 13 миллионов» bounds them
        wish = _of_which(reading, talk).without("order", "limit")
        cars = sorted(select(wish, self.lexicon).cars, key=VALUES[attribute])
        if not cars:
            return none_of(wish, self.lexicon)
        if len(cars) == 1:
            text = f"Такой автомобиль в наличии один: {rendering.described(cars[0])}."
            alone = f"{text}\nДругого такого нет, сравнивать не с чем."
            return StockReply(alone, tuple(cars), reason="not_in_stock", memory=told(wish, cars))
        ends = (cars[0], cars[-1])
        text = f"{_said(attribute, ends, in_brackets(wish, self.lexicon))}:\n{rendering.listed(ends)}"
        return StockReply(text, ends, memory=told(wish, ends))


def _asked(spelling: str) -> str | None:
    """Of what the ends are set apart."""
    if (match := _SPREAD.search(spelling)) is not None:
        return "mileage" if _OF_MILEAGE.search(match["of"] or match["said"]) else "price"
    apart = _APART.search(spelling) and _OF_MILEAGE.search(spelling)
    return "mileage" if apart and _MOST.search(spelling) and _LEAST.search(spelling) else None


def _of_which(reading: Reading, talk: Talk) -> Wish:
    """What the question names; what it leans on where it says it by that alone."""
    before, leans = talk.asked_last, reading.follows or reading.lacks_subject or reading.within
    if before is None or reading.wish.names_a_car or not leans:
        return reading.wish
    return before.without("order", "limit").then(reading.wish)


def _said(attribute: str, ends: Sequence[Car], among: str) -> str:
    low, high = (VALUES[attribute](car) for car in ends)
    if attribute == "price":
        return f"Цены{among} — от {money(low)} до {money(high)}, разница — {money(high - low)}"
    return f"Пробег{among} — от {kilometres(low)} до {kilometres(high)}, разница — {kilometres(high - low)}"
