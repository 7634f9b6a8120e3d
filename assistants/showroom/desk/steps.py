"""Cars one step beyond those shown: cheaper, dearer, newer, older; the second by price, the one after it.

Knows the bound that a shown car sets. Refuses to know which car a question means and what it names itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistants.showroom.desk import rendering
from assistants.showroom.desk.memory import Talk, told
from assistants.showroom.desk.replies import StockReply
from assistants.showroom.desk.spoken_of import base_of, classes_of, denial
from assistants.showroom.desk.stock import leaders, ordered, select
from assistants.showroom.desk.wording import cars_counted, in_brackets
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.wish import NAMES, Order, Wish
from core.facts import Car

# Of what the next car has more or less: the bound, the edge of those shown, the step beyond it, the order.
STEPS: dict[str, tuple[str, Callable[[Car], int], int, Order, str]] = {
    "cheaper": ("price_to", lambda car: car.price_rub, -1, Order.DEAREST, "Дешевле"),
    "dearer": ("price_from", lambda car: car.price_rub, 1, Order.CHEAPEST, "Дороже"),
    "newer": ("year_from", lambda car: car.year, 1, Order.OLDEST, "Новее"),
    "older": ("year_to", lambda car: car.year, -1, Order.NEWEST, "Старше"),
}


_OPPOSITE = {
    "price_to": "price_from", "price_from": "price_to", "year_from": "year_to", "year_to": "year_from",
}  # fmt: skip


def _beyond_bound(base: Wish, relative: str, cars: Sequence[Car], talk: Talk, lexicon: Lexicon) -> int | None:
    """Where the way beyond begins: «до 8 млн» of which there is none, then «а подороже?», is above 8 million;
    where all up to there were told it is beyond them. None where nothing bounds that way.
    """
    field, value, step, _, _ = STEPS[relative]
    bound = getattr(base, _OPPOSITE[field])
    if bound is None:
        return None
    if talk.stands_in:
        return int(bound) + step
    there = {car.vin for car in select(base.without("order", "limit"), lexicon).cars}
    if there <= {*talk.seen, *talk.shown} or field == "year_from":
        return (min if step < 0 else max)(value(car) for car in cars) + step
    return None


def beyond_shown(word: str, found: Sequence[Car], wish: Wish, lexicon: Lexicon) -> str:
    """The bound is the price of a car just shown, and is not said again."""
    among = in_brackets(wish, lexicon)
    return f"{word} показанного в наличии {cars_counted(len(found))}{among}:\n{rendering.listed(found)}"


@dataclass(frozen=True)
class Steps:
    """The stock with its words."""

    lexicon: Lexicon

    def relative(self, relative: str, cars: Sequence[Car], talk: Talk) -> StockReply:
        """Cheaper, dearer, newer or older than those shown: of the same wish, else of its class, else of
        all.
        """
        field, value, step, towards, word = STEPS[relative]
        edge = (min if step < 0 else max)(value(car) for car in cars) + step
        base = base_of(talk, cars, self.lexicon)
        walking, base = base.order is not None, base.without("order", "limit")
        reached = _beyond_bound(base, relative, cars, talk, self.lexicon)
        if reached is not None:
            base, edge = base.without(_OPPOSITE[field]), reached
        bound = {field: edge, "borrowed": (field,)}
        plain = Wish(classes=classes_of(cars, self.lexicon))
        wider = base.without("models", "words", "absent").model_copy(update={"classes": plain.classes})
        for wish in (base, wider, plain, base.without(*NAMES), Wish()):
            limited = wish.model_copy(update=bound)
            found = select(limited, self.lexicon).cars
            if not found:
                continue
            beyond = len(found)
            head = "" if wish == base else f"{word} таких нет{in_brackets(base, self.lexicon)}.\n"
            if walking:
                found = tuple(leaders(ordered(found, towards), towards))
                limited = limited.model_copy(update={"order": towards})
            if talk.stands_in and not walking:
                head = head or denial(talk, self.lexicon)
                text = beyond_shown(word, found, wish, self.lexicon)
                text = head + (text if reached is None else rendering.found(found, limited, self.lexicon))
            else:
                text = head + self._next(found, wish, limited, word, walking=walking)
            if walking and beyond > len(found):
                text += f"\nВсего {word.lower()} — {cars_counted(beyond)}."
            shown = found[: rendering.LISTED]
            kept = wish.model_copy(update={"order": towards}) if walking else limited
            if wish != base:  # the cars that were spoken of stay in mind
                kept = base.model_copy(update={"order": towards}) if walking else base
            return StockReply(text, shown, memory=told(kept, shown))
        text = f"{word} в наличии ничего нет.\n{rendering.CALLBACK}"
        return StockReply(text, tuple(cars), reason="not_in_stock", memory=talk.as_json())

    def _next(self, found: Sequence[Car], wish: Wish, limited: Wish, word: str, *, walking: bool) -> str:
        if not walking:
            return rendering.found(found, limited, self.lexicon)
        among = in_brackets(wish, self.lexicon)
        if len(found) == 1:
            return f"{word}{among}: {rendering.described(found[0])}."
        return f"{word}{among}:\n{rendering.listed(found)}"

    def after(self, car: Car, talk: Talk) -> StockReply | None:
        """«А следующий за ним по цене?» behind the cheapest or the dearest."""
        wish = talk.wish or Wish()
        if wish.order not in (Order.CHEAPEST, Order.DEAREST):
            return None
        every = ordered(select(wish.without("order", "limit"), self.lexicon).cars, wish.order)
        place = next((at for at, each in enumerate(every, 1) if each.vin == car.vin), 0)
        return self.rank(place + 1, talk) if place else None

    def rank(self, place: int, talk: Talk) -> StockReply | None:
        """«А второй по цене?»: counted on from the cheapest, or from the dearest where that was asked."""
        wish = talk.wish or Wish()
        order = wish.order if wish.order is Order.DEAREST else Order.CHEAPEST
        wish = wish.without("order", "limit", *wish.borrowed, "borrowed")
        cars = ordered(select(wish, self.lexicon).cars, order)
        if place < 1 or place > len(cars):
            return None
        start = "самого дорогого" if order is Order.DEAREST else "самого доступного"
        among = in_brackets(wish, self.lexicon)
        text = f"{place}-й по цене, считая от {start}{among}: {rendering.described(cars[place - 1])}."
        memory = told(wish.model_copy(update={"order": order}), [cars[place - 1]])
        return StockReply(text, (cars[place - 1],), memory=memory)
