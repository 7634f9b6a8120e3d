"""Which models a question about options means, by its own words or by what was spoken of before.

Knows that what was asked for and is not there has no options to be told of, and that another engine or drive
is another car. Refuses to know options and their names.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistants.showroom.desk import rendering
from assistants.showroom.desk.alternatives import alternatives, bears, has_run, has_whole_run
from assistants.showroom.desk.memory import Talk
from assistants.showroom.desk.stock import select
from assistants.showroom.desk.wording import in_brackets
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.naming import name_parts
from assistants.showroom.language.reading import Reading
from assistants.showroom.language.wish import Wish
from core.facts import Snapshot, TrimOption


@dataclass(frozen=True)
class Meant:
    """The models, None where no car is meant; `gone` is the wish that no car in stock meets, `near` are the
    models of its engine's other letters.
    """

    models: frozenset[str] | None
    gone: Wish | None = None
    near: frozenset[str] = frozenset()

    def has(self, model: str) -> bool:
        return self.models is None or is_one_of(model, self.models)


def models_meant(wish: Wish, reading: Reading, talk: Talk, snapshot: Snapshot, lexicon: Lexicon) -> Meant:
    asked = _of_the_talk(reading, talk) if not wish.names_a_car else _plain(wish)
    if asked is None:
        vins = _told(reading, talk)
        told = frozenset(car.model for car in lexicon.cars if car.vin in vins)
        return Meant(told or None, talk.failed)  # one of those told instead of what is not there
    plain = _plain(asked)
    stocked = plain.narrows and not plain.absent
    cars = select(plain, lexicon).cars if stocked else ()
    models = frozenset(car.model for car in cars) | _listed(plain, snapshot, lexicon)
    is_there = bool(select(asked.without("order", "limit"), lexicon).cars)
    return Meant(models, None if is_there else asked, frozenset() if models else _near(plain, lexicon))


def of_no_car(meant: Meant, asked: Sequence[str], rows: Sequence[TrimOption], lexicon: Lexicon) -> str:
    """Of a car that there is none of, with the options `asked` of the models that come nearest."""
    if meant.gone is None or not meant.gone.narrows:
        return rendering.CLARIFY
    about = in_brackets(meant.gone, lexicon)
    lacks = f", и такой опции для него в данных салона нет: {', '.join(asked)}" if asked else ""
    said = f"Такого автомобиля сейчас нет в наличии{about}{lacks}."
    near = [row for row in rows if is_one_of(row.model, meant.near)]
    beside = f"Ближайшее из того, что есть. {rendering.trim_options(near)}" if near else ""
    return "\n".join(filter(None, (said, beside, rendering.CALLBACK)))


def is_one_of(name: str, models: Collection[str]) -> bool:
    return any(name_parts(model) == name_parts(name) for model in models)


def _of_the_talk(reading: Reading, talk: Talk) -> Wish | None:
    """What was asked for last and is not there, or is named and was not shown."""
    if reading.pointed or talk.picked is not None:
        return None
    if talk.failed is not None:
        return talk.failed
    named = talk.wish is not None and talk.wish.names_a_car
    return talk.wish if named and not talk.shown else None


def _told(reading: Reading, talk: Talk) -> tuple[str, ...]:
    """The car of those shown that is pointed at or was picked, else all of them."""
    place, shown = reading.pointed, talk.shown
    if place and len(shown) >= max(place, 1):
        return (shown[place - 1 if place > 0 else -1],)
    return (talk.picked,) if talk.picked is not None else shown


def _plain(wish: Wish) -> Wish:
    """What of a wish is said in the name of a model."""
    return wish.named().model_copy(update={"features": wish.features})


def _listed(wish: Wish, snapshot: Snapshot, lexicon: Lexicon) -> frozenset[str]:
    """The models of the list of options that are called so, whether or not there is a car of them."""
    names = (*(run for run in wish.models if lexicon.names_a_model(run)), *wish.absent)
    runs = [" ".join(name_parts(name)) for name in names]
    return frozenset(
        row.model
        for row in snapshot.options
        if any(has_whole_run(name_parts(row.model), run) for run in runs)
        and all(has_run(name_parts(row.model), word) for word in wish.words)
        and {*wish.features} <= lexicon.features_of(row.model)
    )


def _near(wish: Wish, lexicon: Lexicon) -> frozenset[str]:
    """«V 250 d» where «V 250» is asked for."""
    named = alternatives(wish.without("features"), lexicon)
    return frozenset(
        car.model for car in lexicon.cars if any(bears(car, one, lexicon, lettered=True) for one in named)
    )
