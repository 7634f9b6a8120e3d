"""Runs a wish on the rows of the snapshot.

Knows criteria and rows: what is found is exactly what holds. Refuses to know words and sentences; what comes
near where nothing holds is chosen in `nearest.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistants.showroom.desk.alternatives import alternatives, bears, has_run, of_its_fuel
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.naming import atoms
from assistants.showroom.language.wish import NEW_MILEAGE_KM, Condition, Order, Wish
from core.facts import Car
from core.russian import normalise


@dataclass(frozen=True)
class Selection:
    """Cars that hold every criterion, ordered; `unmet` are the named cars of which there is none among
    them.
    """

    cars: tuple[Car, ...]
    unmet: tuple[Wish, ...] = ()


def select(wish: Wish, lexicon: Lexicon) -> Selection:
    options = alternatives(wish, lexicon)
    lettered = bool(wish.fuels)  # «GLS 450 дизель» is a GLS 450 d: the fuel is the letter
    wishes = [(option, of_its_fuel(option, options, wish)) for option in options]
    cars = [
        car
        for car in lexicon.cars
        if (not options and _holds(car, wish, lexicon))
        or any(
            bears(car, option, lexicon, lettered=lettered) and _holds(car, each, lexicon)
            for option, each in wishes
        )
    ]
    unmet = [
        option
        for option in options
        if not any(bears(car, option, lexicon, lettered=lettered) for car in cars)
    ]
    in_order = tuple(ordered(cars, wish.order or wish.sorting))
    return Selection(in_order, tuple(unmet) if len(options) > 1 else ())


def _holds(car: Car, wish: Wish, lexicon: Lexicon) -> bool:
    """Whether every criterion but the car's name holds."""
    profile = lexicon.profiles[car.vin]
    kinds = (
        ("body", wish.bodies), ("color", wish.colors), ("fuel", wish.fuels), ("feature", wish.features),
    )  # fmt: skip
    if any(wanted and not profile[kind] & set(wanted) for kind, wanted in kinds):
        return False
    if not all(stem in normalise(car.color) for stem in wish.finishes):
        return False
    if any(_is_denied(name, car, wish, lexicon) for name in wish.excluded):
        return False
    return _in_bounds(car, wish)


def _is_denied(name: str, car: Car, wish: Wish, lexicon: Lexicon) -> bool:
    kind, identity = name.split(":", 1)
    profile, parts = lexicon.profiles[car.vin], lexicon.models[car.model]
    if kind == "model":
        return has_run(parts, identity)
    if (
        kind == "class"
        and profile["class"].intersection(wish.classes)
        and _is_built_on(identity, parts, lexicon)
    ):
        return True
    return identity in profile.get(kind, ())


def _is_built_on(denied: str, parts: Sequence[str], lexicon: Lexicon) -> bool:
    """«Майбах, но не GLS»: inside a class that is named the letters of another one behind its name say which
    of its cars are meant.
    """
    row = atoms(" ".join(parts))
    own = {end for end, _, _ in lexicon.names["class"].find_at(row, 0)} if row else set()
    letters = [atom.text for atom in atoms(denied)]
    return any([*parts[end : end + len(letters)]] == letters for end in own)


def _in_bounds(car: Car, wish: Wish) -> bool:
    for value, low, high in (
        (car.price_rub, wish.price_from, wish.price_to),
        (car.year, wish.year_from, wish.year_to),
        (car.mileage_km, wish.mileage_from, wish.mileage_to),
    ):
        if (low is not None and value < low) or (high is not None and value > high):
            return False
    if car.year in wish.other_years:
        return False
    if wish.condition is None:
        return True
    return (car.mileage_km <= NEW_MILEAGE_KM) == (wish.condition is Condition.NEW)


# What cars are compared by.
VALUES: dict[str, Callable[[Car], int]] = {
    "price": lambda car: car.price_rub,
    "year": lambda car: car.year,
    "mileage": lambda car: car.mileage_km,
}
_KEYS: dict[Order, Callable[[Car], tuple[int, ...]]] = {
    Order.CHEAPEST: lambda car: (car.price_rub, -car.year),
    Order.DEAREST: lambda car: (-car.price_rub, -car.year),
    Order.NEWEST: lambda car: (-car.year, car.mileage_km, car.price_rub),
    Order.OLDEST: lambda car: (car.year, car.price_rub),
    Order.LEAST_MILEAGE: lambda car: (car.mileage_km, car.price_rub),
    Order.MOST_MILEAGE: lambda car: (-car.mileage_km, car.price_rub),
}


def ordered(cars: Iterable[Car], order: Order | None) -> list[Car]:
    """By the wish's order, the cheapest first where there is none."""
    key = _KEYS[order or Order.CHEAPEST]
    return sorted(cars, key=lambda car: (*key(car), car.vin))


def leaders(cars: Sequence[Car], order: Order, limit: int | None = None) -> list[Car]:
    """The first `limit` cars (one) and all that share the place of the last of them: three at the lowest
    price are three.
    """
    values = [_KEYS[order](car)[0] for car in cars]
    last = min(limit or 1, len(cars)) - 1
    return [car for place, car in enumerate(cars) if place <= last or values[place] == values[last]]
