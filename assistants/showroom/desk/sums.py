"""Sums of prices: of the first of one kind and the first of another («самый дешёвый GLA и самая дешёвая ешка,
сколько за обе?»), of all cars of a kind («сколько стоят все S-классы вместе?»), of those that were told
(«сколько за обе?»).

Every sum is computed from the rows of the snapshot, and the answer says from how many. Knows how sides are
told apart and which end each is. Refuses a side of which it is not clear what belongs to it, a sum of which
there is no car, and to know how a sum is said (`language/sums.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistants.showroom.desk import rendering
from assistants.showroom.desk.alternatives import alternatives
from assistants.showroom.desk.bounded_by_cars import ENDS, none_of
from assistants.showroom.desk.calculations import RELATIVES
from assistants.showroom.desk.memory import Talk, is_of_one_price, told
from assistants.showroom.desk.replies import StockReply
from assistants.showroom.desk.spoken_of import cars_of, two_told
from assistants.showroom.desk.stock import leaders, ordered, select
from assistants.showroom.desk.unknown_names import read_wish
from assistants.showroom.desk.wording import counted_over, criteria, in_brackets, money
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.reading import Reading
from assistants.showroom.language.sums import asks_sum_of_all, how_many_summed, sum_of_ends
from assistants.showroom.language.wish import Order, Wish
from core.facts import Car

_NO_SUM = re.compile(
    rf"\b(?:или|либо|чем|разниц\w+|(?:отлича|различа|расход|разн)\w*тся|{'|'.join(RELATIVES)})\b"
    r"|\bне (?:\w+ )?вместе\b"
)
_BETWEEN = re.compile(
    r"[,:;.?!—–+()]|\b(?:и|да|плюс|прибав\w+|(?:вместе|разом) со?|(?:а|но) (?:еще|также))\b"
)
_CRITERIA = ("classes", "models", "bodies", "colors", "fuels", "excluded", "absent", "brands")


@dataclass(frozen=True)
class Sums:
    """The stock with its words."""

    lexicon: Lexicon

    def of_all(self, reading: Reading, spelling: str, wish: Wish) -> StockReply | None:
        """None where the sum of all that `wish` names, the question with the one before, is not asked for."""
        if not asks_sum_of_all(spelling) or not (wish.narrows or reading.cars_meant):
            return None
        if wish.order is not None and len(alternatives(wish, self.lexicon)) > 1:
            return None  # of each of them: two ends
        cars = select(wish.without("order", "limit"), self.lexicon).cars
        if not cars:
            return none_of(wish, self.lexicon)
        if wish.order is not None:
            cars = tuple(leaders(ordered(cars, wish.order), wish.order, wish.limit))[: wish.limit]
        return self._sum(cars, wish)

    def of_told(self, spelling: str, talk: Talk) -> StockReply | None:
        """«Сколько за обе вместе?», «эти три в сумме?»: None where not so many were told."""
        count = how_many_summed(spelling)
        cars = cars_of(talk.shown, self.lexicon)
        if count == 2 and len(cars) != 2 and is_of_one_price(talk):
            cars = two_told(talk, self.lexicon)
        elif talk.wish is not None and talk.wish.narrows and talk.wish.order is None:
            cars = list(select(talk.wish, self.lexicon).cars)
        if len(cars) < 2 or (count and len(cars) != count):
            return None
        reply = self._sum(cars, Wish())
        text = f"{reply.text}\n{rendering.listed(cars)}"
        kept = replace(talk, shown=tuple(car.vin for car in cars[: rendering.LISTED]), picked=None)
        return replace(reply, text=text, memory=kept.as_json())

    def _sum(self, cars: Sequence[Car], wish: Wish) -> StockReply:
        total = money(sum(car.price_rub for car in cars))
        text = f"Вместе — {total}{in_brackets(wish, self.lexicon)}: {counted_over(len(cars))}."
        shown = tuple(cars[: rendering.LISTED])
        return StockReply(text, shown, memory=told(wish, shown))

    def of_ends(self, reading: Reading, spelling: str, this_year: int) -> StockReply | None:
        """None where no sum of two or more such cars is asked for."""
        summed = sum_of_ends(spelling)
        if summed is None or reading.wish.order is None or _NO_SUM.search(spelling):
            return None
        doubt = summed.said
        pieces = [read_wish(piece, self.lexicon, this_year) for piece in _BETWEEN.split(spelling)]
        pieces = [piece for piece in pieces if piece.narrows]
        sides = [piece for piece in pieces if piece.without("order").narrows]
        alone = [piece.order for piece in pieces if piece not in sides]
        if len(sides) < 2 or len(alone) > 1:
            return None
        shared = alone[0] if alone else sides[0].order if _is_shared(sides) else None
        sides = [side if side.order else side.model_copy(update={"order": shared}) for side in sides]
        if any(side.order is None or not _is_of_a_kind(side) for side in sides) or _loses(
            reading.wish, sides
        ):
            return self._not_told_apart(reading.wish, doubt)
        return self._told(sides, reading.wish, doubt)

    def _not_told_apart(self, wish: Wish, doubt: str) -> StockReply | None:
        """`doubt` are the words that ask for a sum; without any it may be one price that is asked for."""
        if not doubt:
            return None
        text = rendering.not_understood((doubt,), wish, self.lexicon)
        return StockReply(text, reason="clarify", dated=False, doubts=(doubt,))

    def _told(self, sides: Sequence[Wish], wish: Wish, doubt: str) -> StockReply | None:
        lines: list[str] = []
        cars: list[Car] = []
        gone: list[Wish] = []
        for side in sides:
            found = select(side.without("order", "limit"), self.lexicon).cars
            order = side.order or Order.CHEAPEST
            firsts = leaders(ordered(found, order), order) if found else []
            if len({car.price_rub for car in firsts}) > 1:  # two newest cars of different prices
                return self._not_told_apart(wish, doubt)
            if not firsts:
                gone.append(side.without("order"))
                continue
            cars.append(firsts[0])
            said = f"{criteria(side.without('order'), self.lexicon)}, {ENDS[order]}"
            lines.append(f"{said[:1].upper()}{said[1:]} — {rendering.described(firsts[0])}.")
        kept = told(wish.without("order", "limit"), cars)
        if gone:
            lines.append(
                f"{rendering.unmet(gone, self.lexicon).removesuffix('.')}, поэтому суммы не назвать."
            )
            return StockReply("\n".join(lines), tuple(cars), reason="not_in_stock", memory=kept)
        total = money(sum(car.price_rub for car in cars))
        return StockReply("\n".join((*lines, f"Вместе — {total}.")), tuple(cars), memory=kept)


def _is_shared(sides: Sequence[Wish]) -> bool:
    """«Самые дешёвые GLA и GLE»: the end that is said first is that of each, where no more is said of any."""
    return all(side.order is None and side == side.named() for side in sides[1:])


def _is_of_a_kind(side: Wish) -> bool:
    return side.names_a_car or bool(side.bodies or side.fuels)


def _loses(wish: Wish, sides: Sequence[Wish]) -> bool:
    """Whether the whole question holds a criterion that none of its sides does."""
    return any(
        not {*getattr(wish, name)} <= {value for side in sides for value in getattr(side, name)}
        for name in _CRITERIA
    )
