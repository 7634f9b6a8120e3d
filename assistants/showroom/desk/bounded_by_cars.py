"""Cars on one side of another car: «что есть дешевле C 180?», «сколько GLC дороже самой дорогой GLA?».

Knows what is looked for and what bounds it, which may be the first or the last of a kind. Refuses to know any
other comparison (`comparing.py`), and a bound that was shown before (`beyond.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistants.showroom.desk import rendering
from assistants.showroom.desk.alternatives import splits
from assistants.showroom.desk.calculations import FIRST_OF, RELATIVES, halves, is_difference
from assistants.showroom.desk.memory import Talk, denied, told
from assistants.showroom.desk.nearest import nearest
from assistants.showroom.desk.replies import StockReply
from assistants.showroom.desk.stock import VALUES, leaders, ordered, select
from assistants.showroom.desk.wording import cars_counted, criteria, in_brackets
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.reading import Reading, read
from assistants.showroom.language.wish import Order, Wish
from core.quantities import quantities

_BOUNDS = {
    ("price", "less"): ("price_to", min, -1, "Дешевле"),
    ("price", "more"): ("price_from", max, 1, "Дороже"),
    ("year", "more"): ("year_from", max, 1, "Новее"),
    ("year", "less"): ("year_to", min, -1, "Старше"),
}
ENDS = {
    Order.CHEAPEST: "самый доступный", Order.DEAREST: "самый дорогой",
    Order.NEWEST: "самый новый", Order.OLDEST: "самый старый",
    Order.LEAST_MILEAGE: "с самым маленьким пробегом", Order.MOST_MILEAGE: "с самым большим пробегом",
}  # fmt: skip
_SUPERLATIVE = re.compile(r"^\W*(?:у )?(?:\w+ )?сам\w+ ")
_ASKS = ("есть", "покажите", "покажи", "найдется", "какие")
_OF_THE_SEARCHED = ("classes", "models", "words", "brands", "absent")


@dataclass(frozen=True)
class BoundedByCars:
    """The stock with its words."""

    lexicon: Lexicon
    this_year: int

    def answer(self, reading: Reading, spelling: str, parts: Sequence[Wish]) -> StockReply | None:
        """«Что есть дешевле C 180?»: the car behind the word is the bound of what is looked for."""
        pieces = halves(spelling)
        if pieces is None or not reading.wish.names_a_car or is_difference(spelling):
            return None
        left, word, right = pieces
        if _opens_with_a_sum(right):  # «не дороже 17 млн CLA 220 d»: the sum is the bound
            return None
        searched, bound = self._read(left).wish, self._read(right).wish.named()
        both = len(parts) > 1
        asks = any(sign in left.split() for sign in _ASKS)
        if not bound.names_a_car or (both and not (searched.names_a_car and asks)) or "или" in right.split():
            return None
        names = {name: getattr(searched, name) for name in _OF_THE_SEARCHED}
        rest = reading.wish.model_copy(update={**names, "order": None})
        return self._beyond(rest, bound, RELATIVES[word], FIRST_OF[RELATIVES[word]])

    def by_an_end(self, spelling: str, talk: Talk) -> StockReply | None:
        """«Сколько GLC стоят дороже самой дорогой GLA?»: what stands before the word is looked for, the first
        of what stands behind it is the bound.
        """
        pieces = halves(spelling)
        if pieces is None or not _SUPERLATIVE.match(pieces[2]) or is_difference(spelling):
            return None
        left, word, right = pieces
        searched, bound = self._read(left), self._read(right)
        end = bound.wish.order
        alone = bound.wish.names_a_car and len(splits(bound.wish.named(), self.lexicon)) == 1
        last = bound.row[max(bound.car_places, default=0)].end if bound.row else 0
        behind = self._read(right[last:]).wish
        if end is None or not alone or bound.residue or searched.residue or behind.narrows:
            return None  # «дешевле самого дорогого EQE в чёрном цвете»: which of both is to be black?
        wish = searched.wish
        if not wish.narrows and not searched.cars_meant and talk.wish is not None:
            wish = talk.wish.without(*talk.wish.borrowed, "borrowed", "order", "limit")
        whole = bound.wish.without("order", "limit")
        if end in (Order.NEWEST, Order.OLDEST):  # «самого нового»: by its year
            whole = whole.without("condition")
        reply = self._beyond(wish, whole, RELATIVES[word], end)
        return replace(reply, bounded=True) if reply is not None else None

    def _read(self, text: str) -> Reading:
        return read(text, self.lexicon, self.this_year)

    def _beyond(self, wish: Wish, bound: Wish, relative: tuple[str, str], end: Order) -> StockReply | None:
        field, choose, step, word = _BOUNDS[relative]
        cars = select(bound, self.lexicon).cars
        if not cars:
            return none_of(bound, self.lexicon)
        value = VALUES[relative[0]]
        ends = leaders(ordered(cars, end), end)
        if len({value(car) for car in ends}) > 1:  # two newest cars of different prices
            return None
        edge = choose(value(car) for car in ends)
        of = next(car for car in ordered(ends, end) if value(car) == edge)
        head = f"{criteria(bound, self.lexicon)}, {ENDS[end]} в наличии — {rendering.described(of)}."
        order, wish = wish.order, wish.without("order", "limit")
        limited = wish.model_copy(update={field: edge + step, "borrowed": (field,)})
        found = select(limited, self.lexicon).cars
        if order is not None and found:
            found = tuple(leaders(ordered(found, order), order))
        among = in_brackets(wish, self.lexicon)
        memory = told(limited, found[: rendering.LISTED] or (of,))
        if not found:
            return StockReply(f"{head}\n{word} ничего нет{among}.", (of,), memory=memory)
        count = cars_counted(len(found))
        said = f"{word} в наличии {count}{among}" if order is None else f"{word}, {ENDS[order]}{among}"
        text = f"{head}\n{said}:\n{rendering.listed(found)}"
        return StockReply(text, found[: rendering.LISTED], memory=memory)


def _opens_with_a_sum(text: str) -> bool:
    return any(not text[: number.start].strip(" ,") for number in quantities(text))


def none_of(wish: Wish, lexicon: Lexicon) -> StockReply:
    """There is none such; the nearest there is."""
    wish = wish.without("order", "limit")
    near = nearest(wish, lexicon)
    text = rendering.missing(wish, near, lexicon)
    return StockReply(text, near, reason="not_in_stock", memory=denied(wish, near))
