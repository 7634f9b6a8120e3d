"""The prices that questions before asked for one after the other: «V 300 d почём начинаются?», «а V 250 d?»,
«и какая разница между этими ценами?»

Knows which question asks where a price begins, and whose it was. Refuses to know what two cars of one list
differ by (`reckoning.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from assistants.showroom.desk import rendering
from assistants.showroom.desk.calculations import is_difference
from assistants.showroom.desk.memory import Talk, remembered
from assistants.showroom.desk.replies import StockReply
from assistants.showroom.desk.spoken_of import cars_of
from assistants.showroom.desk.stock import ordered, select
from assistants.showroom.desk.triggers import is_triggered
from assistants.showroom.desk.wording import criteria, money
from assistants.showroom.language.intents import Ask
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.reading import Reading
from assistants.showroom.language.wish import Order, Wish

_LAST = 2
_ENDS = (Order.CHEAPEST, Order.DEAREST)
_NONE = ""  # a price was asked for, and there was no such car
_BARE = re.compile(
    r"^\W*(?:(?:а|и|ну|так|тогда)\W+)*(?:(?:как\w+|сколько|в чем)\W+)?(?:будет |выходит )?разниц\w+"
    r"(?: между (?:ними|этими|этими двумя))?(?: как\w+| сколько)?\W*$"
)


def asks_their_difference(spelling: str, talk: Talk) -> bool:
    """«И какая разница?», «на сколько дешевле?» behind two prices."""
    return len(talk.starts) == _LAST and (is_difference(spelling) or _BARE.match(spelling) is not None)


def is_of_one_of_them(wish: Wish, talk: Talk, lexicon: Lexicon) -> bool:
    """«На сколько GLE дороже?», «на сколько новый дороже?»: of one of the two, or of none by name."""
    if not wish.narrows:
        return True
    meant = {car.vin for car in select(wish, lexicon).cars}
    return wish.order is None and len(meant & {*talk.starts}) == 1


def with_start(
    memory: dict[str, Any], before: Talk, reading: Reading, spelling: str, lexicon: Lexicon
) -> dict[str, Any]:
    """The memory with the price that the last question asked for, behind those before."""
    after = remembered(memory)
    priced = reading.ask is Ask.PRICE or (reading.wish.order in _ENDS and reading.wish.limit is None)
    goes_on = bool(before.starts) and reading.ask is Ask.LIST and reading.wish.narrows
    goes_on = goes_on and reading.wish.order is None and not is_triggered(reading, spelling)
    if not (priced or goes_on) or is_difference(spelling):
        kept = before.starts if reading.ask is Ask.DETAIL else ()
        return {**{name: value for name, value in memory.items() if name != "starts"}, **_as_json(kept)}
    start = _start(after, lexicon)
    starts = before.starts if start is None else (*before.starts, start)[-_LAST:]
    return {**memory, **_as_json(starts)}


def difference_of_starts(wish: Wish, talk: Talk, lexicon: Lexicon) -> StockReply:
    """What the last two of them differ by; `wish` says of which it is asked."""
    cars = cars_of(talk.starts, lexicon)
    memory = replace(talk, shown=tuple(car.vin for car in cars), picked=None).as_json()
    if len(cars) < _LAST:
        told = "".join(f"Названа одна цена: {rendering.described(car)}.\n" for car in cars)
        text = f"{told}Другого такого автомобиля нет, сравнивать не с чем."
        return StockReply(text, tuple(cars), reason="not_in_stock", memory=memory)
    gap = abs(cars[0].price_rub - cars[1].price_rub)
    lines = [f"{number}. {rendering.described(car)}" for number, car in enumerate(cars, 1)]
    if wish.narrows:
        which, other = sorted(cars, key=lambda car: car not in select(wish, lexicon).cars)
        dearer = "дороже" if which.price_rub > other.price_rub else "дешевле"
        lines.append(f"Из них {dearer}: {criteria(wish, lexicon)}.")
    return StockReply("\n".join([f"Разница в цене — {money(gap)}:", *lines]), tuple(cars), memory=memory)


def _start(after: Talk, lexicon: Lexicon) -> str | None:
    if after.failed is not None:
        return _NONE
    wish = after.wish or Wish()
    if not wish.narrows:
        return None
    cars = ordered(select(wish.without("order", "limit"), lexicon).cars, wish.order or Order.CHEAPEST)
    return cars[0].vin if cars else _NONE


def _as_json(starts: Sequence[str]) -> dict[str, Any]:
    return {"starts": list(starts)} if starts else {}
