"""Calculates over the rows: which of several cars is cheaper and by how much, counts of each.

Every number is computed from the rows of the snapshot, and the answer says from how many. Refuses to know
how the question was worded (`calculations.py`), and what is cheaper than a car (`bounded_by_cars.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistants.showroom.desk import rendering
from assistants.showroom.desk.alternatives import splits
from assistants.showroom.desk.bounded_by_cars import BoundedByCars, none_of
from assistants.showroom.desk.calculations import (
    FIRST_OF,
    asks_a_gap,
    asks_of_which,
    compared,
    compared_pieces,
    direction,
    is_difference,
    is_extremes,
    one_of_a_kind,
    residue_of,
)  # fmt: skip
from assistants.showroom.desk.difference import difference
from assistants.showroom.desk.memory import Talk, told
from assistants.showroom.desk.replies import StockReply
from assistants.showroom.desk.stock import VALUES, leaders, ordered, select
from assistants.showroom.desk.wording import (
    cars_counted,
    in_brackets,
    kilometres,
    money,
    part_label,
)
from assistants.showroom.language.intents import Ask
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.reading import Reading, read
from assistants.showroom.language.two_sets import sides_with_ends
from assistants.showroom.language.wish import NAMES, Order, Wish
from core.facts import Car

_ONE_AND_OTHER = re.compile(
    r"\bиз (?:одних|первых)\b.*\bиз (?:других|вторых)\b|\bодн\w+ .*\bот друг\w+|\bдруг от друга\b"
    r"|\bмежду собой\b"
)
# «Что дешевле, GLA или GLB? И сколько?» asks what it costs.
_AND_HOW_MUCH = re.compile(r"(?:[?.!,—–-]\s*|\b)(?:и|а)? ?(?:за |на )?сколько(?: же)?(?: это| он| она)?\W*$")
_USUAL = {"price": "less", "year": "more", "mileage": "less"}


@dataclass(frozen=True)
class Calculator:
    """The stock with its words."""

    lexicon: Lexicon
    this_year: int

    def answer(self, reading: Reading, spelling: str, talk: Talk) -> StockReply | None:
        """None where nothing is to be calculated."""
        if not reading.purposes.issuperset(residue_of(reading, spelling)):  # «для офиса» is asked of neither
            return None
        wish = self._wish(reading, spelling, talk)
        parts = splits(wish, self.lexicon)
        before = talk.wish or Wish()
        each = splits(before, self.lexicon)
        if is_difference(spelling) and len(each) > 1 and _ONE_AND_OTHER.search(spelling):
            return self._compared(each, before, spelling, reading.wish.order or Order.CHEAPEST)
        gap = difference(spelling, wish, self.lexicon, self.this_year) if is_difference(spelling) else None
        if gap is not None or (is_extremes(spelling) and not self._are_of_two(spelling)):
            return gap or self._extremes(wish)
        priced = is_difference(spelling) or (compared(spelling) and _AND_HOW_MUCH.search(spelling))
        if len(parts) > 1 and reading.ask is Ask.COUNT and not (priced or asks_a_gap(spelling)):
            return self._counts(parts, wish)
        sides = self._sides(spelling) if len(parts) == 1 else ()
        if len(sides) > 1:
            cars = [car for side in sides for car in select(side, self.lexicon).cars]
            models = dict.fromkeys(" ".join(self.lexicon.models[car.model]) for car in cars)
            parts, wish = sides, wish.without(*NAMES).model_copy(update={"models": tuple(models)})
        first = one_of_a_kind(spelling)
        if first is not None and len(parts) == 1 and reading.wish.names_a_car:
            return self._first(wish.model_copy(update={"order": first}), first)
        bounded = BoundedByCars(self.lexicon, self.this_year)
        return bounded.answer(reading, spelling, parts) or self._compared(parts, wish, spelling)

    def _sides(self, spelling: str) -> tuple[Wish, ...]:
        """«G 63 дороже G 500»: each side read alone, where both together read as one name."""
        if compared(spelling) is None:
            return ()
        named = [wish for wish in map(self._named, compared_pieces(spelling)) if wish.names_a_car]
        return tuple(dict.fromkeys(named))

    def _are_of_two(self, spelling: str) -> bool:
        """«Самый дорогой GLE и самый дешёвый C-класс»: each end is of a car of its own."""
        left, right = map(self._named, sides_with_ends(spelling) or ("", ""))
        return left.names_a_car and right.names_a_car and left != right

    def _first(self, wish: Wish, order: Order) -> StockReply:
        cars = select(wish, self.lexicon).cars
        if not cars:
            return none_of(wish, self.lexicon)
        best = tuple(leaders(cars, order, wish.limit))
        return StockReply(rendering.leading(best, wish, self.lexicon), best, memory=told(wish, best))

    def _wish(self, reading: Reading, spelling: str, talk: Talk) -> Wish:
        """«А на сколько GLE дороже?» compares with the car spoken of before."""
        wish, before = reading.wish, talk.wish
        one = len(splits(wish, self.lexicon)) == 1
        leans = reading.follows or (asks_of_which(spelling) and not wish.narrows)
        if before is None or not before.narrows or not leans:
            return wish
        if wish.names_a_car and before.names_a_car and one and is_difference(spelling):
            names = {
                name: tuple(dict.fromkeys((*getattr(before, name), *value)))
                for name, value in wish.named()
                if value
            }
            return wish.model_copy(update={**before.named().model_dump(exclude_defaults=True), **names})
        return wish if wish.names_a_car else before.then(wish)

    def _compared(
        self, parts: Sequence[Wish], wish: Wish, spelling: str, order: Order | None = None
    ) -> StockReply | None:
        """By the ends that `order` names, or by those that are usually meant."""
        attribute = compared(spelling)
        if attribute is None or len(parts) < 2:
            return None
        bounded = any(getattr(wish, f"{attribute}_{end}") is not None for end in ("from", "to"))
        if bounded and not is_difference(spelling):
            return None
        end = (attribute, direction(spelling) or _USUAL[attribute])
        end = next((each for each, first in FIRST_OF.items() if first is order), end)
        lines, leads, gone = [], [], []
        for part in parts:
            label = part_label(part, wish, self.lexicon)
            cars = ordered(select(part.without("order"), self.lexicon).cars, FIRST_OF[end])
            if not cars:
                gone.append(label)
                continue
            leads.append((label, cars[0]))
            lines.append(f"{label}: {cars_counted(len(cars))}, {ranged(cars, attribute)}")
        if not leads:
            return none_of(wish, self.lexicon)
        head = f"{_HEADS[attribute]}{self._common(parts, wish)}:"
        alone = f"{_TOLD[end][1]} — {rendering.described(leads[0][1])}."
        text = "\n".join([f"В наличии {lines[0]}.", alone] if len(leads) == 1 else [head, *lines])
        if gone:
            text += f"\nСейчас нет в наличии: {', '.join(gone)}"
            text += ", поэтому сравнить не с чем." if len(leads) == 1 else "."
        if len(leads) > 1:
            text += f"\n{_conclusion(leads, end)}"
        first = tuple(car for _, car in leads)
        return StockReply(text, first, memory=told(wish.without("order"), first))

    def _common(self, parts: Sequence[Wish], wish: Wish) -> str:
        """The criteria that all compared cars share."""
        shared = {name: value for name, value in wish if all(getattr(part, name) == value for part in parts)}
        return in_brackets(Wish.model_validate(shared).without("order", "limit"), self.lexicon)

    def _named(self, text: str) -> Wish:
        return read(text, self.lexicon, self.this_year).wish.named()

    def _extremes(self, wish: Wish) -> StockReply | None:
        wish = wish.without("order", "limit")
        cars = select(wish, self.lexicon).cars
        if not cars:
            return none_of(wish, self.lexicon)
        ends = ordered(cars, Order.CHEAPEST)[:1] + ordered(cars, Order.DEAREST)[:1]
        lines = [
            rendering.leading([car], wish.model_copy(update={"order": order}), self.lexicon)
            for car, order in zip(ends, (Order.CHEAPEST, Order.DEAREST), strict=True)
        ]
        ends = list({car.vin: car for car in ends}.values())
        return StockReply("\n".join(lines), tuple(ends), memory=told(wish, ends))

    def _counts(self, parts: Sequence[Wish], wish: Wish) -> StockReply | None:
        rows = [(part_label(part, wish, self.lexicon), select(part, self.lexicon).cars) for part in parts]
        shown = [car for _, cars in rows for car in cars][: rendering.LISTED]
        if not shown:
            return none_of(wish, self.lexicon)
        lines = [f"{label}: {cars_counted(len(cars)) if cars else 'нет'}" for label, cars in rows]
        total = len({car.vin for _, cars in rows for car in cars})
        text = f"В наличии {cars_counted(total)}{self._common(parts, wish)}:\n" + "\n".join(lines)
        return StockReply(text, tuple(shown), memory=told(wish, shown))


_HEADS = {
    "price": "Сравниваю по ценам автомобилей в наличии",
    "year": "Сравниваю по годам выпуска автомобилей в наличии",
    "mileage": "Сравниваю по пробегу автомобилей в наличии",
}

# How the first is told, the car of it, the car of each other, and where all are the same.
_TOLD = {
    ("price", "less"): ("Дешевле всего", "Самый доступный", "самый доступный стоит",
                        "Самые доступные из них стоят одинаково"),
    ("price", "more"): ("Дороже всего", "Самый дорогой", "самый дорогой стоит",
                        "Самые дорогие из них стоят одинаково"),
    ("year", "more"): ("Новее всего", "Самый новый", "", "Самые новые — одного года"),
    ("year", "less"): ("Старше всего", "Самый старый", "", "Самые старые — одного года"),
    ("mileage", "less"): ("Самый маленький пробег", "С ним", "самый маленький пробег —",
                          "Самый маленький пробег одинаков"),
    ("mileage", "more"): ("Самый большой пробег", "С ним", "самый большой пробег —",
                          "Самый большой пробег одинаков"),
}  # fmt: skip


def _said(value: int, attribute: str) -> str:
    return {"price": money(value), "year": str(value), "mileage": kilometres(value)}[attribute]


def ranged(cars: Sequence[Car], attribute: str) -> str:
    """«цены от … до …», «пробег от … до …»."""
    values = [VALUES[attribute](car) for car in cars]
    low, high = min(values), max(values)
    if attribute == "price":
        return rendering.spread(values)
    name = {"year": "год выпуска —", "mileage": "пробег"}[attribute]
    if low == high:
        return f"{name} {_said(low, attribute)}"
    return f"{name} от {_said(low, attribute)} до {_said(high, attribute)}"


def _conclusion(leads: Sequence[tuple[str, Car]], end: tuple[str, str]) -> str:
    """Which is first, and what parts it from each other."""
    attribute, value = end[0], VALUES[end[0]]
    first, of_it, of_other, alike = _TOLD[end]
    row = sorted(leads, key=lambda lead: value(lead[1]), reverse=end[1] == "more")
    (label, best), rest = row[0], row[1:]
    if all(value(car) == value(best) for _, car in rest):
        return f"{alike}: {_said(value(best), attribute)}."
    text = f"{first}: {label}. {of_it} — {rendering.described(best)}."
    for other, car in rest:
        gap = abs(value(car) - value(best))
        said = _said(value(car), attribute)
        if attribute == "price" and gap:
            text += f"\n{other}: {of_other} {said}, разница — {money(gap)}."
        elif attribute == "mileage" and gap:
            text += f"\n{other}: {of_other} {said}."
        else:
            text += f"\n{other}: {said}{' год' if attribute == 'year' else ''}."
    return text
