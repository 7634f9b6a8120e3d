"""The difference in price of two cars of which more is said than the name: «GLS 2024 года и GLS 2022-го»,
«Maybach и самый дорогой S-класс».

Knows how two sides are said. Refuses to know any other comparison (`comparing.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistants.showroom.desk import rendering
from assistants.showroom.desk.bounded_by_cars import ENDS
from assistants.showroom.desk.calculations import compared_pieces
from assistants.showroom.desk.memory import denied, told
from assistants.showroom.desk.nearest import nearest
from assistants.showroom.desk.replies import StockReply
from assistants.showroom.desk.stock import leaders, ordered, select
from assistants.showroom.desk.unknown_names import read_wish
from assistants.showroom.desk.wording import criteria, money
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.wish import NAMES, Order, Wish
from core.facts import Car

# «На сколько отличаются максимальные цены GLA и GLE?»: of both of them.
_END_OF_PRICES = re.compile(
    r"\b(?:максим|миним|наибольш|наименьш|(?:сам\w+ |наи)(?:высок|низк|больш|маленьк))\w+ (?:цен|стоимост)"
)


def difference(spelling: str, wish: Wish, lexicon: Lexicon, this_year: int) -> StockReply | None:
    """None where there are not two such sides; a side that names no car is of the other one's name."""
    pieces = compared_pieces(spelling)
    sides = [side for piece in pieces if (side := read_wish(piece, lexicon, this_year)).narrows]
    if len(sides) > 1 and _END_OF_PRICES.search(pieces[0]) and all(side.order is None for side in sides[1:]):
        sides = [side.model_copy(update={"order": sides[0].order}) for side in sides]
    if len(sides) != 2 or not any(side.without(*NAMES).narrows for side in sides):
        return None
    sides = [_completed(side, other) for side, other in zip(sides, reversed(sides), strict=True)]
    named = next((side.named() for side in sides if side.names_a_car), wish.named())
    lines: list[str] = []
    cars: list[Car] = []
    gone: list[Wish] = []
    for side in sides:
        whole = side if side.names_a_car else side.model_copy(update=named.model_dump(exclude_defaults=True))
        found = select(whole, lexicon).cars
        if not found:
            gone.append(whole.without("order"))
            continue
        firsts = leaders(ordered(found, whole.order), whole.order or Order.CHEAPEST)
        if len({car.price_rub for car in firsts}) > 1:  # two newest cars of different prices
            doubt = f"{criteria(whole.without('order'), lexicon)}, {ENDS[whole.order or Order.CHEAPEST]}"
            text = rendering.not_understood((doubt,), wish.without("order"), lexicon)
            return StockReply(text, reason="clarify", dated=False, doubts=(doubt,))
        cars.append(firsts[0])
        lead = ENDS[whole.order or Order.CHEAPEST]
        said = ", ".join(part for part in (criteria(whole, lexicon), lead) if part)
        lines.append(f"{said[:1].upper()}{said[1:]} — {rendering.described(cars[-1])}.")
    if gone:
        return _lacking(lines, cars, gone, lexicon)
    if cars[0] == cars[1]:
        one = f"Такой автомобиль в наличии один: {rendering.described(cars[0])}."
        alone = f"{one}\nДругого такого нет, сравнивать не с чем."
        memory = told(wish.without("order"), cars[:1])
        return StockReply(alone, (cars[0],), reason="not_in_stock", memory=memory)
    gap = abs(cars[0].price_rub - cars[1].price_rub)
    lines.append(f"Разница в цене — {money(gap)}." if gap else "Стоят они одинаково.")
    return StockReply("\n".join(lines), tuple(cars), memory=told(wish.without("order"), cars))


def _lacking(lines: Sequence[str], cars: Sequence[Car], gone: Sequence[Wish], lexicon: Lexicon) -> StockReply:
    """One side, or both, of which there is no car: which, and the car of the other."""
    if cars:
        said = rendering.unmet(gone, lexicon).removesuffix(".")
        text = "\n".join((*lines, f"{said}, поэтому сравнить не с чем."))
        return StockReply(text, tuple(cars), memory=told(gone[0], cars))
    near = nearest(gone[0], lexicon)
    text = f"{rendering.missing(gone[0], near, lexicon)}\n{rendering.unmet(gone[1:], lexicon)}"
    return StockReply(text, near, reason="not_in_stock", memory=denied(gone[0], near))


def _completed(side: Wish, other: Wish) -> Wish:
    """«Самым дорогим и самым дешёвым пикапом»: a side that says only which end is of the other's cars."""
    if side.without("order") != Wish() or side.order is None:
        return side
    return other.model_copy(update={"order": side.order})
