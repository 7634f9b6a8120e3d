"""Which models and terms of the stock a question speaks of, and which of them are a car that somebody has.

Joins the ways of naming a car in their order: designations, terms, numbers beside a class, numbers alone.
Refuses to know each of them, and what is wanted.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from assistants.showroom.language.asides import is_owned
from assistants.showroom.language.designations import Named, read_designations
from assistants.showroom.language.indices import (
    is_joined,
    is_measured,
    read_indices,
    read_joined,
    read_series,
)
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.mentions import cars_in, read_mentions
from assistants.showroom.language.naming import Atom, Mention
from assistants.showroom.language.of_the_owned import is_model_of, with_its_year
from assistants.showroom.language.spans import Span
from core.quantities import Quantity


def named_in(
    row: list[Atom], numbers: Sequence[Quantity], series: Collection[int], spelling: str, lexicon: Lexicon
) -> tuple[list[Named], list[Mention], set[int], list[Span]]:
    """The models and the terms that are spoken of, and the places they take; a car of the visitor's own is
    none of them, and is told by where it stands with what leads to it.
    """
    equipped = _in_names_of_equipment(row, lexicon)
    names = [
        name
        for name in read_designations(row, numbers, lexicon)
        if not equipped & {*range(name.start, name.end)}
    ]
    taken = {place for name in names for place in range(name.start, name.end)}
    mentions = [
        mention
        for mention in read_mentions(row, names, taken, lexicon)
        if not any(is_measured(atom, numbers) for atom in row[mention.start : mention.end])
    ]  # «к 5 миллионам» is no Kia K5
    spoken_of: list[Named | Mention] = [*names, *mentions]
    cars = cars_in(row, lexicon)
    owned = [car for car in spoken_of if is_owned(spelling, row[car.start].start, cars)]
    taken |= {place for car in owned for place in range(car.start, car.end)}
    names = [name for name in names if name not in owned]
    mentions = [mention for mention in mentions if mention not in owned]
    taken |= {place for mention in mentions for place in range(mention.start, mention.end)}
    names += read_indices(row, mentions, taken, numbers, lexicon)
    loose = [name for name in names if row[name.start].number and is_joined(row, name.start, names)]
    names = [name for name in names if name not in loose]
    taken -= {place for name in loose for place in range(name.start, name.end)}
    names += read_joined(row, names, taken, numbers, lexicon)
    taken |= {place for name in names for place in range(name.start, name.end)}
    names += read_series(row, taken, series, numbers, lexicon)
    taken |= {place for name in names for place in range(name.start, name.end)}
    theirs = [name for name in names if is_model_of(name, owned, row, lexicon)]
    names = [name for name in names if name not in theirs]
    asked_for: list[Named | Mention] = [*names, *mentions]
    wanted = {place for each in asked_for for place in range(each.start, each.end)}
    return names, mentions, taken, [with_its_year(row, car.start, car.end, wanted) for car in owned]


def _in_names_of_equipment(row: Sequence[Atom], lexicon: Lexicon) -> set[int]:
    """Where what a car has is named by several words with a number: «4D» of «Burmester 4D» is no car."""
    return {
        place
        for mention in lexicon.names["option"].find(row)
        if any(atom.number for atom in row[mention.start + 1 : mention.end])
        for place in range(mention.start, mention.end)
    }
