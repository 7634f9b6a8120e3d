"""The cars that a dialogue spoke of: found by their VINs, the wish they were told for, and told once more
with what is asked of them.

Refuses to know which of them a question means.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistants.showroom.desk import rendering
from assistants.showroom.desk.memory import Talk
from assistants.showroom.desk.replies import StockReply
from assistants.showroom.desk.stock import select
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.reading import Reading
from assistants.showroom.language.wish import Wish
from core.facts import Car


def cars_of(vins: Sequence[str], lexicon: Lexicon) -> list[Car]:
    by_vin = {car.vin: car for car in lexicon.cars}
    return [by_vin[vin] for vin in vins if vin in by_vin]


def two_told(talk: Talk, lexicon: Lexicon) -> list[Car]:
    """The two cars told side by side, or one after the other."""
    told_of = talk.shown if len(talk.shown) > 1 or not talk.earlier else (talk.earlier, *talk.shown)
    return cars_of(told_of[:2], lexicon)


def classes_of(cars: Sequence[Car], lexicon: Lexicon) -> tuple[str, ...]:
    return tuple(sorted({name for car in cars for name in lexicon.profiles[car.vin]["class"]}))


def base_of(talk: Talk, cars: Sequence[Car], lexicon: Lexicon) -> Wish:
    """The wish that was answered with these cars; of what was only pointed at, its class."""
    if talk.wish is None:
        return Wish(classes=classes_of(cars, lexicon))
    return talk.wish.without(*talk.wish.borrowed, "borrowed")


def is_called(car: Car, wish: Wish, lexicon: Lexicon) -> bool:
    """Whether the wish names this car, whatever else it asks for."""
    return any(each.vin == car.vin for each in select(wish.named(), lexicon).cars)


def denial(talk: Talk, lexicon: Lexicon) -> str:
    """A line that the car which those shown stand in for is not there; "" where they stand in for none."""
    failed = talk.failed if talk.stands_in else None
    return f"{rendering.missing_by(failed, lexicon)}\n" if failed is not None else ""


def told_again(cars: Sequence[Car], reading: Reading, talk: Talk, lexicon: Lexicon) -> StockReply:
    """The cars with what is asked of them; behind a denial they are what stands in for the car that is not
    there, and its denial is said again.
    """
    text = (
        "\n".join(f"{rendering.described(car)}." for car in cars)
        if reading.attribute is None
        else rendering.details(cars, reading.attribute)
    )
    if talk.stands_in:
        text = f"{denial(talk, lexicon)}Из показанного вместо него:\n{text}"
    wish = talk.wish
    if len(cars) == 1 and (wish is None or not wish.narrows):
        wish = Wish(classes=classes_of(cars, lexicon))
    picked = cars[0].vin if len(cars) == 1 else talk.picked
    return StockReply(text, tuple(cars), memory=replace(talk, wish=wish, picked=picked).as_json())


def asked_which(said: str, talk: Talk, lexicon: Lexicon) -> StockReply:
    """Asks back which car the visitor's words point at."""
    text = rendering.unresolved((said,), Wish(), lexicon)
    return StockReply(text, reason="clarify", dated=False, memory=talk.as_json())
