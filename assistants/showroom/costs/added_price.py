"""What the options of a sum add to it: «на сколько это дороже, чем без них?»

Knows how that is asked behind a sum. Refuses the price of an option by itself (`desk/trim.py`).
"""

from __future__ import annotations

import re
from typing import Any

from assistants.showroom.costs.case import Case
from assistants.showroom.costs.purchase import work_out
from assistants.showroom.costs.terms import Terms
from assistants.showroom.desk import rendering
from assistants.showroom.desk.replies import StockReply
from assistants.showroom.desk.wording import money
from core.dialogue import Fact

_MORE = re.compile(
    r"\bна ?сколько\b.*\b(?:дороже|дешевле|больше|меньше|выше|ниже|подорож\w+|удорож\w+|увелич\w+)"
    r"|\bразниц\w+"
)
_WITHOUT = re.compile(
    r"\bчем (?:просто|обычн\w+)\b|\b(?:без|чем|с) (?:без )?(?:н[еи]\w+|опци\w+|доп\w*)"
    r"|\bразниц\w+ (?:с|между)\b"
)
_OF_THIS = re.compile(
    r"^\W*(?:(?:а|и|ну)\W+)*(?:это )?на ?сколько (?:это |так |выходит |получается )*дороже\W*$"
)


def asks_what_they_add(case: Case) -> bool:
    """Whether it is asked of the options of the sum before, and of no other car and no other option."""
    summed = case.before is not None and bool(case.before.options)
    wish = case.reading.wish.without("order", "limit")
    other = wish.narrows and (case.talk.wish is None or wish != case.talk.wish.named())
    named = bool(case.option_places) or other  # «чем просто C 200» behind a sum of one
    spelling = case.spelling
    of_them = bool(_OF_THIS.match(spelling)) or bool(_MORE.search(spelling) and _WITHOUT.search(spelling))
    return summed and not named and of_them


def added_price(case: Case, memory: dict[str, Any]) -> StockReply | None:
    """The least sum with them, the least price without; None where no car can have them."""
    snapshot = case.stock.snapshot
    options = case.before.options if case.before is not None else ()
    prices = {(row.model, row.option): row for row in (snapshot.options if snapshot is not None else ())}
    cars = case.spoken_of
    bills = [
        work_out(car, [prices[car.model, name] for name in options], Terms(), None)
        for car in cars
        if all((car.model, name) in prices for name in options)
    ]
    if not bills:
        return None
    best, bare = min(bills, key=lambda bill: bill.total_rub), min(cars, key=lambda car: car.price_rub)
    names = ", ".join(row.option for row in best.options)
    lines = [
        f"С опциями ({names}) — {money(best.total_rub)}: {rendering.described(best.car or bare)}.",
        f"Без них — {money(bare.price_rub)}: {rendering.described(bare)}.",
        f"Разница — {money(best.total_rub - bare.price_rub)}.",
    ]
    gap = Fact(
        kind="calculation", id="difference", values={"difference_rub": best.total_rub - bare.price_rub}
    )
    told = tuple(dict.fromkeys(car for car in (best.car, bare) if car is not None))
    return StockReply(
        "\n".join(lines), told, options=best.options, memory=memory, calculations=(*best.facts(), gap)
    )
