"""Which of two purchases comes cheaper: «GLB с панорамой или GLB с фаркопом», «E 300 с камерой или пневмой».

Knows how the sides of such a question are told apart and what each lacks. Refuses to know which cars a side
is about (`case.py`), and its sum (`purchase.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from assistants.showroom.costs import telling
from assistants.showroom.costs.added import is_added
from assistants.showroom.costs.asked import read_terms
from assistants.showroom.costs.case import PRICED, Case
from assistants.showroom.costs.purchase import Bill, work_out
from assistants.showroom.costs.summing import asks_the_sum
from assistants.showroom.costs.terms import Terms
from assistants.showroom.costs.two_sides import alternatives_said, sides_compared, with_the_same
from assistants.showroom.desk import rendering
from assistants.showroom.desk.calculations import compared, is_difference
from assistants.showroom.desk.memory import Talk
from assistants.showroom.desk.replies import StockReply
from assistants.showroom.desk.stock_desk import StockDesk
from assistants.showroom.desk.trim import option_places
from assistants.showroom.desk.wording import criteria, money
from assistants.showroom.language.wish import BOUNDS, Order, Wish
from core.dialogue import Fact
from core.russian import normalise

_ALL_DEAREST = re.compile(r"\bсам(?:ые|ых|ыми) дорог\w+")
_SHARED = (*(name for pair in BOUNDS for name in pair), "condition")


@dataclass(frozen=True)
class Either:
    """The stock with its options."""

    stock: StockDesk

    def answer(self, question: str, talk: Talk, now: datetime) -> StockReply | None:
        """None where there are not two such sides."""
        spelling = normalise(question)
        asks = compared(spelling) == "price" or asks_the_sum(spelling) or PRICED.search(spelling)
        sides = self._sides(spelling, now) if asks else []
        if not sides:
            return None
        sides = _completed(sides, talk)
        alike = any(one.wish == other.wish and one.options == other.options for one, other in pairwise(sides))
        if alike or not any(side.wish.narrows for side in sides):
            return None
        first = next(side for side in sides if side.option_places)
        if is_difference(spelling) and _is_of_the_option(first):
            return None
        return self._told(sides) if self._are_cars(first, spelling) else None

    def _sides(self, spelling: str, now: datetime) -> list[Case]:
        """What «или» parts; where a difference is asked for, what parts two cars: one may go without."""
        pieces, bare = alternatives_said(spelling), False
        if len(pieces) < 2 and is_difference(spelling):
            reading, bare = self.stock.reading(spelling, now), True
            options = option_places(reading, self.stock.snapshot, self.stock.lexicon)
            pieces = sides_compared(spelling, reading.row, {*reading.car_places} - {*options})
        first = self._side(pieces[0], now) if len(pieces) > 1 else None
        if first is not None and first.option_places:
            row, places = first.reading.row, first.option_places
            said = " ".join(row[at].text for at in range(min(places), max(places) + 1))
            pieces = with_the_same(pieces, said)
        sides = [side for piece in pieces if (side := self._side(piece, now)) is not None]
        named = [side for side in sides if side.option_places]
        whole = len(sides) == len(pieces) > 1 and (named == sides or (bare and bool(named)))
        return _of_one_end(sides, spelling) if whole and (named == sides or _differ(sides)) else []

    def _side(self, piece: str, now: datetime) -> Case | None:
        """None where the piece speaks of paying."""
        asked = read_terms(piece)
        if asked is None or asked.terms != Terms():
            return None
        reading = self.stock.reading(asked.wanted, now)
        kept = () if reading.wish.order is Order.DEAREST else ("order",)
        reading = replace(reading, wish=reading.wish.without("limit", *kept))
        return Case(piece, asked, reading, Talk(), None, self.stock)

    def _are_cars(self, first: Case, spelling: str) -> bool:
        """«Панорама или фаркоп на GLB, что дешевле?» asks for no car."""
        added = any(is_added(first.reading, place, first.option_places) for place in first.option_places)
        return added or asks_the_sum(spelling)

    def _told(self, sides: Sequence[Case]) -> StockReply:
        bills = [(side, bill) for side in sides if (bill := self._bill(side)) is not None]
        lines = telling.bills([bill for _, bill in bills], Terms(), len(bills)) if bills else []
        if len(bills) > 1:
            lines.append(self._conclusion(bills))
        lines += [self._lacks(side) for side in sides if side not in [each for each, _ in bills]]
        if not bills:
            return StockReply("\n".join((*lines, rendering.CALLBACK)), reason="not_in_stock", memory={})
        cars = tuple(bill.car for _, bill in bills if bill.car is not None)
        first = bills[0][0].wish
        wish = first if all(side.wish == first for side in sides) else None
        return StockReply(
            "\n".join((*lines, telling.PERHAPS_INCLUDED)),
            cars,
            options=tuple(row for _, bill in bills for row in bill.options),
            memory=Talk(wish, tuple(car.vin for car in cars)).as_json(),
            calculations=(*(fact for _, bill in bills for fact in bill.facts()), *_gap(bills)),
        )

    def _bill(self, side: Case) -> Bill | None:
        """Of the car that comes cheapest with all that the side names."""
        snapshot, cars = self.stock.snapshot, side.fitting if side.option_places else side.cars
        if snapshot is None or not cars:
            return None
        rows = [row for row in snapshot.options if row.model == cars[0].model and row.option in side.options]
        return work_out(cars[0], rows, Terms(), None)

    def _conclusion(self, bills: Sequence[tuple[Case, Bill]]) -> str:
        (best, least), *_, (_, most) = sorted(bills, key=lambda each: each[1].total_rub)
        if least.total_rub == most.total_rub:
            return f"Выходит одинаково: {money(least.total_rub)}."
        names = " и ".join(f"«{row.option}»" for row in least.options)
        had = f"с {'опциями' if len(least.options) > 1 else 'опцией'} {names}" if names else ""
        said = ", ".join(filter(None, (criteria(best.wish, self.stock.lexicon), had)))
        gap = f", разница — {money(most.total_rub - least.total_rub)}" if len(bills) == 2 else ""
        return f"Дешевле всего: {said} — {money(least.total_rub)}{gap}."

    def _lacks(self, side: Case) -> str:
        lexicon = self.stock.lexicon
        if not side.cars:
            return rendering.missing_by(side.wish, lexicon)
        if side.apart:
            told = telling.never_together(side.apart, side.options, self.stock.snapshot)
        else:
            told = telling.no_such_options(side.cars, criteria(side.wish, lexicon), side.lacking)
        return told.removesuffix(f"\n{rendering.CALLBACK}")


def _gap(bills: Sequence[tuple[Case, Bill]]) -> tuple[Fact, ...]:
    if len(bills) != 2:
        return ()
    (_, one), (_, other) = bills
    gap = abs(one.total_rub - other.total_rub)
    return (Fact(kind="calculation", id="difference", values={"difference_rub": gap}),)


def _is_of_the_option(side: Case) -> bool:
    """«На сколько панорама на EQS 580 дороже, чем на EQS 450?»: not what the cars cost with it."""
    row, places, cars = side.reading.row, side.option_places, side.reading.car_places
    before, behind = row[max(min(places) - 1, 0)].text, row[max(places) + 1 : max(places) + 2]
    led = bool(behind) and behind[0].text in ("на", "для", "у", "в")
    return led and before not in ("с", "со") and bool(cars) and min(cars) > max(places)


def _completed(sides: Sequence[Case], talk: Talk) -> list[Case]:
    """The sides with the car of each other, or that of the dialogue, where one names none."""
    wishes = [side.wish for side in sides]
    before = talk.asked_last or Wish()
    named = next((wish for wish in wishes if wish.names_a_car), before.without("order", "limit"))
    shared = [side.wish for side in sides if side is sides[-1] or not _is_bounded_behind(side)]
    common = {
        name: next((value for wish in shared if (value := getattr(wish, name)) is not None), None)
        for name in _SHARED
    }
    whole = [wish if wish.names_a_car else named.then(wish) for wish in wishes]
    bounded = [
        wish if wish.bounds or wish.condition is not None else wish.model_copy(update=common)
        for wish in whole
    ]
    return [
        replace(side, reading=replace(side.reading, wish=wish))
        for side, wish in zip(sides, bounded, strict=True)
    ]


def _differ(sides: Sequence[Case]) -> bool:
    """«На сколько GLE с панорамой дороже GLE?» asks what the option costs."""
    return len({side.wish.named() for side in sides}) == len(sides)


def _of_one_end(sides: Sequence[Case], spelling: str) -> list[Case]:
    """«Если брать самые дорогие» is said of every side."""
    if not _ALL_DEAREST.search(spelling):
        return [*sides]
    wishes = [side.reading.wish.model_copy(update={"order": Order.DEAREST}) for side in sides]
    return [
        replace(side, reading=replace(side.reading, wish=wish))
        for side, wish in zip(sides, wishes, strict=True)
    ]


def _is_bounded_behind(side: Case) -> bool:
    """«GLS с фаркопом до 12 млн или …»: a number behind the options is of this side alone."""
    return bool(side.option_places) and any(
        atom.number for atom in side.reading.row[max(side.option_places) + 1 :]
    )
