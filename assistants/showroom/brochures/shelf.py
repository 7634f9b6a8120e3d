"""Which brochures are about the car that a message names.

Reads what the owner says of a brochure («GLE», «E 200») with the same eyes as a question. Refuses to know
what is asked of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from assistants.showroom.desk.for_passages import classes_named
from assistants.showroom.desk.stock_desk import StockDesk
from assistants.showroom.language.naming import PhraseIndex, Term, atoms, place_of
from assistants.showroom.language.wish import Wish
from core.brochures import Brochure
from core.russian import content_lemmas, stem


@dataclass(frozen=True)
class Shelf:
    """What there is, and the salon's words for cars."""

    brochures: tuple[Brochure, ...]
    stock: StockDesk

    def by_name(self, text: str) -> list[Brochure]:
        """Those whose model stands in the text as the owner has written it, in any case form and alphabet."""
        index = PhraseIndex()
        for brochure in self.brochures:
            for model in brochure.models:
                index.add(model, Term("model", brochure.id, model))
        found = {mention.term.id for mention in index.find(atoms(text))}
        return [brochure for brochure in self.brochures if brochure.id in found]

    def about(self, text: str, wish: Wish, now: datetime) -> list[Brochure]:
        """Those about any car of a wish, or of the text that it was read from: a class takes in its models, a
        model is in its class, two models are two.
        """
        asked = self._classes(text, wish)
        return [
            brochure
            for brochure in self.brochures
            if any(
                self._classes(model, held) & asked
                and (not _is_model(held) or not _is_model(wish) or _begins_alike(model, wish))
                for model in brochure.models
                for held in (self.stock.reading(model, now).wish,)
            )
        ]

    def titled(self, text: str) -> list[Brochure]:
        """Those whose title shares a word with the text, names of cars aside."""
        said = {stem(word) for word in content_lemmas(text) if not word.isascii()}
        return [
            brochure
            for brochure in self.brochures
            if said & {stem(word) for word in content_lemmas(brochure.title)}
        ]

    def _classes(self, text: str, wish: Wish) -> frozenset[str]:
        """Those that are named, and those of the models that are."""
        named = frozenset(wish.classes) | classes_named(text, self.stock.lexicon)
        for run in wish.models:
            named |= classes_named(run, self.stock.lexicon) | self._stocked(run.split())
        return named

    def _stocked(self, run: Sequence[str]) -> frozenset[str]:
        lexicon = self.stock.lexicon
        of_cars = (
            lexicon.profiles[car.vin]["class"]
            for car in lexicon.cars
            if place_of(run, lexicon.models[car.model]) is not None
        )
        return frozenset().union(*of_cars)


def _is_model(wish: Wish) -> bool:
    """Whether it names a car more exactly than by its class."""
    return bool(wish.models or wish.absent)


def _begins_alike(model: str, wish: Wish) -> bool:
    """«GLE 450» is a «GLE 450 4MATIC»."""
    name = [atom.text for atom in atoms(model)]
    return any(place_of(run.split(), name) is not None for run in wish.models)
