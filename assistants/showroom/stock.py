"""Runs a wish on the rows of the snapshot.

Knows criteria and rows. What is found is exactly what holds; what is near is chosen by loosening one
criterion at a time. Refuses to know words and sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistants.showroom.lexicon import Lexicon
from assistants.showroom.naming import atoms
from assistants.showroom.wish import NEW_MILEAGE_KM, Condition, Order, Wish
from core.facts import Car

_ALTERNATIVES = 3


@dataclass(frozen=True)
class Selection:
    """Cars that hold every criterion, ordered; where there is none, the nearest ones and what was given
    up.
    """

    cars: tuple[Car, ...]
    nearest: tuple[Car, ...] = ()


def select(wish: Wish, lexicon: Lexicon) -> Selection:
    cars = ordered((car for car in lexicon.cars if holds(car, wish, lexicon)), wish.order)
    if cars:
        return Selection(tuple(cars))
    return Selection((), tuple(_nearest(wish, lexicon)))


def holds(car: Car, wish: Wish, lexicon: Lexicon) -> bool:
    if wish.absent:
        return False
    profile = lexicon.profiles[car.vin]
    kinds = (
        ("class", wish.classes), ("body", wish.bodies), ("color", wish.colors), ("fuel", wish.fuels),
        ("brand", wish.brands), ("feature", wish.features),
    )  # fmt: skip
    if any(wanted and not profile[kind] & set(wanted) for kind, wanted in kinds):
        return False
    parts = lexicon.models[car.model]
    if any(_is_denied(name, profile, parts) for name in wish.excluded):
        return False
    if wish.models and not any(_has_run(parts, run) for run in wish.models):
        return False
    if not all(_has_run(parts, run) for run in wish.words):
        return False
    return _in_bounds(car, wish)


def _is_denied(name: str, profile: Mapping[str, frozenset[str]], parts: Sequence[str]) -> bool:
    kind, identity = name.split(":", 1)
    return _has_run(parts, identity) if kind == "model" else identity in profile.get(kind, ())


def _in_bounds(car: Car, wish: Wish) -> bool:
    for value, low, high in (
        (car.price_rub, wish.price_from, wish.price_to),
        (car.year, wish.year_from, wish.year_to),
        (car.mileage_km, wish.mileage_from, wish.mileage_to),
    ):
        if (low is not None and value < low) or (high is not None and value > high):
            return False
    if wish.condition is None:
        return True
    return (car.mileage_km <= NEW_MILEAGE_KM) == (wish.condition is Condition.NEW)


def _has_run(parts: Sequence[str], run: str) -> bool:
    wanted = run.split()
    return any(list(parts[at : at + len(wanted)]) == wanted for at in range(len(parts) - len(wanted) + 1))


_KEYS: dict[Order, Callable[[Car], tuple[int, ...]]] = {
    Order.CHEAPEST: lambda car: (car.price_rub, -car.year),
    Order.DEAREST: lambda car: (-car.price_rub, -car.year),
    Order.NEWEST: lambda car: (-car.year, car.mileage_km, car.price_rub),
    Order.OLDEST: lambda car: (car.year, car.price_rub),
    Order.LEAST_MILEAGE: lambda car: (car.mileage_km, car.price_rub),
}
_LEADS: dict[Order, Callable[[Car], int]] = {
    Order.CHEAPEST: lambda car: car.price_rub,
    Order.DEAREST: lambda car: car.price_rub,
    Order.NEWEST: lambda car: car.year,
    Order.OLDEST: lambda car: car.year,
    Order.LEAST_MILEAGE: lambda car: car.mileage_km,
}


def ordered(cars: Iterable[Car], order: Order | None) -> list[Car]:
    """By the wish's order, the cheapest first where there is none."""
    key = _KEYS[order or Order.CHEAPEST]
    return sorted(cars, key=lambda car: (*key(car), car.vin))


def leaders(cars: Sequence[Car], order: Order) -> list[Car]:
    """All cars that share the first place: three at the lowest price are three."""
    if not cars:
        return []
    lead = _LEADS[order]
    return [car for car in cars if lead(car) == lead(cars[0])]


def _nearest(wish: Wish, lexicon: Lexicon) -> list[Car]:
    """The nearest alternatives: other colours and years of the same car, then its class, then its price."""
    loosened = [
        wish.model_copy(update={"colors": (), "excluded": (), "year_from": None, "year_to": None}),
        wish.model_copy(update={"colors": (), "condition": None, "mileage_from": None, "mileage_to": None}),
        wish.model_copy(update={"price_from": None, "price_to": None}),
        wish.model_copy(update={"bodies": (), "fuels": (), "words": (), "colors": (), "features": ()}),
        Wish(classes=wish.classes, models=wish.models) if wish.classes or wish.models else None,
        Wish(classes=tuple(hinted_classes(wish, lexicon))),
        Wish(price_from=wish.price_from, price_to=wish.price_to, bodies=wish.bodies, colors=wish.colors),
        Wish(price_from=wish.price_from, price_to=wish.price_to, bodies=wish.bodies),
        Wish(bodies=wish.bodies, colors=wish.colors),
    ]
    for candidate in loosened:
        if candidate is None or candidate == wish or not candidate.narrows:
            continue
        cars = ordered((car for car in lexicon.cars if holds(car, candidate, lexicon)), None)
        if cars:
            return _closest_in_price(cars, wish)[:_ALTERNATIVES]
    if wish.price_to is not None or wish.price_from is not None:
        return _closest_in_price(ordered(lexicon.cars, None), wish)[:_ALTERNATIVES]
    return []


def _closest_in_price(cars: list[Car], wish: Wish) -> list[Car]:
    target = wish.price_to if wish.price_to is not None else wish.price_from
    if target is None:
        return cars
    return sorted(cars, key=lambda car: (abs(car.price_rub - target), car.vin))


def hinted_classes(wish: Wish, lexicon: Lexicon) -> list[str]:
    """The classes that an absent model would belong to («C 250» is a C), by the vocabulary or by the
    stock.
    """
    found: list[str] = list(wish.classes)
    for said in wish.absent:
        row = atoms(said)
        found += [mention.term.id for mention in lexicon.names["hint"].find(row)]
        found += [mention.term.id for mention in lexicon.names["class"].find(row)]
        for car in lexicon.cars:
            parts = lexicon.models[car.model]
            if parts and row and parts[0] in lexicon.as_model_atoms(row[0].text):
                found += lexicon.profiles[car.vin]["class"]
    return list(dict.fromkeys(found))
