"""What comes near a wish that no car fulfils.

One criterion after another is given up: the very shade, then other colours and years of the same car, then
its class, its price, its body; at last whatever is nearest in year or price. Refuses to know sentences.
"""

from __future__ import annotations

from assistants.showroom.desk.alternatives import has_whole_run, hinted_classes, lettered_runs
from assistants.showroom.desk.stock import ordered, select
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.wish import BOUNDS, Wish
from core.facts import Car

_ALTERNATIVES = 3


def nearest(wish: Wish, lexicon: Lexicon) -> tuple[Car, ...]:
    """The nearest cars; none where the wish holds nothing that a car could be near to (a colour alone, a
    brand that is not sold).
    """
    wish = wish.without("order", "limit")
    lettered = tuple(name for run in wish.models for name in lettered_runs(run, lexicon))
    if lettered and not any(
        has_whole_run(parts, run) for run in wish.models for parts in lexicon.models.values()
    ):
        whole = wish.model_copy(update={"models": lettered})
        cars = select(whole, lexicon).cars
        return tuple(_closest(cars, wish)[:_ALTERNATIVES]) if cars else nearest(whole, lexicon)
    if (line := _of_another_line(wish, lexicon)) is not None:
        return select(line, lexicon).cars[:_ALTERNATIVES] or nearest(line, lexicon)
    for candidate in _loosened(wish, lexicon):
        if candidate == wish or not candidate.narrows:
            continue
        cars = select(candidate, lexicon).cars
        if cars:
            return tuple(_closest(cars, wish)[:_ALTERNATIVES])
    if any(getattr(wish, name) is not None for pair in BOUNDS for name in pair):
        return tuple(_closest(lexicon.cars, wish)[:_ALTERNATIVES])
    return ()


def _of_another_line(wish: Wish, lexicon: Lexicon) -> Wish | None:
    """A Maybach S 580 for the one «S 580» that is not there: the same name in another line of cars."""
    lines = lexicon.lines_of(wish.models[0]) if len(wish.models) == 1 and not wish.classes else frozenset()
    if not lines:
        return None
    return wish.without("models").model_copy(
        update={"classes": tuple(sorted(lines)), "words": (*wish.models, *wish.words)}
    )


def _loosened(wish: Wish, lexicon: Lexicon) -> list[Wish]:
    """Wishes that ask for less and less. The name of a car that is not there is never merely dropped: its
    class takes its place.
    """
    classes = [*wish.classes, *(name for said in wish.absent for name in hinted_classes(said, lexicon))]
    hinted = Wish(classes=tuple(dict.fromkeys(classes)))
    named = wish.named()
    loosened = [
        _with_shades(wish, lexicon),
        wish.without("colors", "excluded", "year_from", "year_to"),
        wish.without("colors", "condition", "mileage_from", "mileage_to"),
        wish.without("price_from", "price_to"),
        wish.without("bodies", "fuels", "words", "colors", "features"),
        named,
    ]
    if named.narrows:
        loosened = [candidate for candidate in loosened if candidate.names_a_car]
    price = {"price_from": wish.price_from, "price_to": wish.price_to}
    return [
        *loosened, hinted,
        Wish(**price, bodies=wish.bodies, colors=wish.colors, fuels=wish.fuels),
        Wish(**price, bodies=wish.bodies), Wish(bodies=wish.bodies, colors=wish.colors),
        Wish(bodies=wish.bodies), Wish(colors=wish.colors, fuels=wish.fuels), Wish(fuels=wish.fuels),
        _with_shades(Wish(bodies=wish.bodies, colors=wish.colors), lexicon),
    ]  # fmt: skip


def _with_shades(wish: Wish, lexicon: Lexicon) -> Wish:
    """A red car for a «бордовый» one, a «родстер» for a «кабриолет»."""
    changes = {}
    for field, kind in (("colors", "color"), ("bodies", "body")):
        heads = {lexicon.near.get((kind, name), name) for name in getattr(wish, field)}
        near = [name for (each, name), head in lexicon.near.items() if each == kind and head in heads]
        changes[field] = tuple(near)
    return wish.model_copy(update=changes).without("finishes")


def _closest(cars: tuple[Car, ...], wish: Wish) -> list[Car]:
    """The nearest in price, then in year, then in mileage, of those that the wish bounds."""

    def distance(car: Car) -> tuple[int | str, ...]:
        return (
            _gap(car.price_rub, wish.price_from, wish.price_to),
            _gap(car.year, wish.year_from, wish.year_to),
            _gap(car.mileage_km, wish.mileage_from, wish.mileage_to),
            car.vin if wish.price_to is not None or wish.price_from is not None else "",
        )

    return sorted(ordered(cars, None), key=distance)


def _gap(value: int, low: int | None, high: int | None) -> int:
    if low is not None and value < low:
        return low - value
    return value - high if high is not None and value > high else 0
