"""One question about what a purchase comes to, with what it leans on.

Knows when a calculation is asked for, which cars it is about, and how it follows from the one before
(«а на три года?»). Refuses to calculate.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from assistants.showroom.costs.added import is_added
from assistants.showroom.costs.asked import Asked
from assistants.showroom.costs.terms import Terms
from assistants.showroom.costs.that_option import means_that_option
from assistants.showroom.costs.told_beside import told_beside
from assistants.showroom.desk.calculations import is_difference
from assistants.showroom.desk.memory import Talk
from assistants.showroom.desk.options_asked import asks_to_have
from assistants.showroom.desk.stock import leaders, select
from assistants.showroom.desk.stock_desk import StockDesk
from assistants.showroom.desk.trim import beside, car_meant, lacking, option_places
from assistants.showroom.language.intents import Ask
from assistants.showroom.language.phrases import FOLLOW_UP_OPENINGS, LEANS
from assistants.showroom.language.reading import Reading
from assistants.showroom.language.wish import Order, Wish
from core.facts import Car
from core.russian import normalise, part_of_speech, words

_YES_OR_NO = re.compile(r"^(?:а )?(?:можно|дают|даете|выдаете|оформ\w+|есть ли|возможно|реально|работаете)\b")
_SURCHARGE = re.compile(r"\bдоплат\w*|\bдоплач\w*|\bразниц\w+")
_TOGETHER = re.compile(
    r"\bвместе\b|\bитог\w*|\bв сумме\b|\b(?:общ|полн)\w+ (?:цен|стоим|сумм)\w*|\bбудет стоить\b|\bобойд\w+"
    r"|\bвыйдет\b|\bвстанет\b|\bполуч\w+|\bс учетом\b|\bплюс\b|\+|\bдобав\w+|\bсколько всего\b"
)
_PRICED = re.compile(r"\bсколько\b|\bот скольк\w*|\bпочем\b|\bцен|\bсто[ия]")
_ADDS = re.compile(r"\bеще\b|\bдобав\w*|\bплюс\b|\bтакже\b|\b(?:а|и) (?:если )?со?\b")
_ASKS_STOCK = re.compile(r"\bесть\b|\bналич|\bскольк\w*|\bкак(?:ой|ая|ие)\b|\bтак(?:ой|ом|ая|ие)\b")
# «А если с вентиляцией?», «итого с машиной сколько выйдет?».
_IF_WITH = re.compile(r"^\W*(?:(?:а|и|ну|хорошо|ладно)\W+)*если (?:бы )?(?:\w+ )?(?:со?|ещ[её])\b")
_WITH = re.compile(r"^\W*(?:(?:а|и|ну|хорошо|ладно)\W+)*со?\b")
_ADDED = re.compile(r"\bдобав\w+|\bдоукомплект\w+|\bпостав(?:ить|лю|им|ите)\b")
_IS_THERE = re.compile(r"\bесть\b|\bможно\b|\bбыва\w+|\bстав\w+|\bдоступн\w+|\bвозможн\w+|\bкаки[ех]\b")
_WORDS_OF_A_FOLLOW_UP = 10


@dataclass(frozen=True)
class Case:
    """`before` are the terms of the last calculation of the dialogue."""

    question: str
    asked: Asked
    reading: Reading
    talk: Talk
    before: Terms | None
    stock: StockDesk

    @cached_property
    def wish(self) -> Wish:
        wish = car_meant(self.reading, self.stock.snapshot, self.stock.lexicon)
        before = self.talk.failed or self.talk.wish
        chosen = self.talk.picked is not None and not wish.narrows
        leans = (self._means_that_option and not chosen) or self._narrows_what_was_told
        return before.then(wish) if leans and before is not None else wish

    @cached_property
    def _narrows_what_was_told(self) -> bool:
        """«А если 24 года и с панорамой?»: of the cars before, with it."""
        wish = self.reading.wish
        bare = wish.without("order", "limit").narrows and not wish.names_a_car
        return bare and bool(self._option_places) and bool(LEANS.search(self._spelling))

    @property
    def unmet(self) -> Wish | None:
        """What was asked for last, is not there, and is leant on: «а с панорамой?» behind «красных нет»."""
        leans = not self.reading.wish.without("order", "limit").narrows
        return self.talk.failed if leans and (self._means_that_option or self._option_places) else None

    @property
    def gone(self) -> Wish | None:  # `unmet` where nobody chose a car that was told instead
        return self.unmet if self.talk.picked is None and not self.reading.pointed else None

    @cached_property
    def cars(self) -> tuple[Car, ...]:
        """Those that the question names; where it names none, those shown before."""
        wish, terms, lexicon = self.wish, self.asked.terms, self.stock.lexicon
        if self.gone is not None:
            return ()
        if self.adds_to_what_was_told:
            return self._with_its_options(self._spoken_of)
        if self._criteria.narrows:
            return self._of_the_wish(wish)
        if terms.amount_rub is not None:
            return ()
        shown, place = self.talk.shown, self.reading.pointed
        if place and len(shown) >= max(place, 1):  # the last one (-1) of none is none
            shown = (shown[place - 1 if place > 0 else -1],)
        elif self.talk.picked is not None:
            shown = (self.talk.picked,)
        elif not shown and self.talk.wish is not None and self.talk.wish.names_a_car:
            return select(self.talk.wish, lexicon).cars
        by_vin = {car.vin: car for car in lexicon.cars}
        return tuple(by_vin[vin] for vin in shown if vin in by_vin)

    def _of_the_wish(self, wish: Wish) -> tuple[Car, ...]:
        cars = select(wish, self.stock.lexicon).cars
        if self._option_places and wish.order in (None, Order.CHEAPEST):  # of those that can have it
            able = self._with_its_options(cars)
            return able if wish.order is None else able[:1]
        return tuple(leaders(cars, wish.order, wish.limit)) if wish.order is not None and cars else cars

    @cached_property
    def _spoken_of(self) -> tuple[Car, ...]:
        """The car that was picked, or all those that were found, not only those that were listed."""
        lexicon, talk, wish = self.stock.lexicon, self.talk, self.talk.wish
        if self._narrows_what_was_told:
            return select(self.wish, lexicon).cars
        shown = tuple(car for vin in talk.shown for car in lexicon.cars if car.vin == vin)
        place = self.reading.pointed
        if place and len(shown) >= max(place, 1):
            return (shown[place - 1 if place > 0 else -1],)
        if talk.picked is not None or wish is None or not wish.narrows:
            return tuple(car for car in lexicon.cars if car.vin == talk.picked) or shown
        cars = select(wish, lexicon).cars
        return tuple(leaders(cars, wish.order, wish.limit)) if wish.order is not None and cars else cars

    def _with_its_options(self, cars: tuple[Car, ...]) -> tuple[Car, ...]:
        """Those of the cars that can have what is named, the least sum first."""
        snapshot = self.stock.snapshot
        models = dict.fromkeys(car.model for car in cars)
        if snapshot is None:
            return cars
        rows, _ = beside(self.reading, list(models), snapshot, self.stock.lexicon)
        sums = {model: sum(row.price_rub for row in rows if row.model == model) for model in models}
        able = [car for car in cars if sums[car.model]]
        return tuple(sorted(able, key=lambda car: car.price_rub + sums[car.model])) or cars

    @cached_property
    def adds_to_what_was_told(self) -> bool:
        """«А с панорамой сколько?» behind cars that were told: of them, with it."""
        reading, talk = self.reading, self.talk
        named = talk.wish is not None and talk.wish.names_a_car
        told = bool(talk.shown) or talk.failed is not None or named
        narrows = reading.wish.without("order", "limit").narrows and not self._narrows_what_was_told
        if not told or narrows or is_difference(self._spelling):
            return False
        if _IS_THERE.search(self._spelling) and not _PRICED.search(self._spelling):
            return False
        return any(is_added(self.reading, place, self._option_places) for place in self._option_places)

    @cached_property
    def _option_places(self) -> tuple[int, ...]:
        return option_places(self.reading, self.stock.snapshot, self.stock.lexicon)

    @cached_property
    def options(self) -> tuple[str, ...]:
        """The options of these cars that the question names, or «эта опция»."""
        return self._beside[0] or (
            (self.talk.option,) if self.talk.option and self._means_that_option and self._is_had else ()
        )

    @property
    def _means_that_option(self) -> bool:
        return means_that_option(self._spelling, self.reading, self.talk.option)

    @property
    def _is_had(self) -> bool:
        """Whether the option told last is one of these cars."""
        snapshot, models = self.stock.snapshot, {car.model for car in self.cars}
        rows = snapshot.options if snapshot is not None else ()
        return any(row.option == self.talk.option and row.model in models for row in rows)

    @cached_property
    def lacking(self) -> tuple[str, ...]:
        """Options that the question names, or «эта опция», and none of the cars can have."""
        models = dict.fromkeys(car.model for car in self.cars)
        if models and self.talk.option and self._means_that_option and not self._is_had:
            return (self.talk.option,)
        return lacking(self.reading, models, self.stock.snapshot, self.stock.lexicon)

    @property
    def _is_of_an_option(self) -> bool:
        """Whether something can be said of what is named: a sum, or that there is none."""
        missing = self.gone is not None or (self.wish.names_a_car and not self.cars)
        return missing or bool(self.options or self.lacking)

    @cached_property
    def is_calculation(self) -> bool:
        terms, named = self.asked.terms, self.wish.names_a_car
        if self._speaks_of_something_else and not (self.asked.insists and (named or terms.named)):
            return False
        if self.follows:
            return True
        if terms.loan:
            return self._asks_for_a_loan
        if terms.trade_in and (self.asked.owns or terms.trade_in_rub is not None):
            counted = self.asked.computes and (
                terms.trade_in_rub is not None or bool(_SURCHARGE.search(self._spelling))
            )
            if counted:
                return named or terms.trade_in_rub is not None
        return self._sums_up_options

    @cached_property
    def follows(self) -> bool:
        """The calculation before with something changed: «а на три года?», «а по GLC?»."""
        said = words(self.question)
        if self.before is None or len(said) > _WORDS_OF_A_FOLLOW_UP or self.asked.insists:
            return False
        if self.asked.terms.named or (self.options and _ADDS.search(self._spelling)):
            return True
        return self._opens_on and (self.asked.terms.loan or (self._names_only_a_car and bool(self.cars)))

    @property
    def leans(self) -> bool:
        """On a car spoken of before."""
        points = self.reading.points or bool(self.reading.pointed) or self._opens_on
        return points and (bool(self.talk.shown) or (self.talk.wish or Wish()).names_a_car)

    @property
    def _spelling(self) -> str:
        return normalise(self.question)

    @property
    def _opens_on(self) -> bool:
        return bool({*words(self.question)[:1]} & FOLLOW_UP_OPENINGS)

    @property
    def _names_only_a_car(self) -> bool:
        reading, wish = self.reading, self.wish
        asks = reading.ask is not Ask.LIST or reading.relative is not None or reading.residue
        return (
            wish.names_a_car and wish == wish.named() and not asks and not _ASKS_STOCK.search(self._spelling)
        )

    @property
    def _criteria(self) -> Wish:
        """What is wanted of the car: a price that is said of no car in particular is only a price."""
        priced = self.asked.terms.price_rub is not None
        return self.wish.without("price_from", "price_to") if priced else self.wish

    @property
    def _asks_for_a_loan(self) -> bool:
        terms = self.asked.terms
        if _YES_OR_NO.search(self._spelling) and not self.asked.computes:
            return False
        if self.asked.insists or (terms.named and self.asked.computes):
            return True
        meant = self.wish.names_a_car or terms.amount_rub is not None or self.leans
        return meant and (terms.named or self.asked.computes)

    @property
    def _sums_up_options(self) -> bool:
        """«Сколько стоит C 180 с панорамой?», not «Сколько стоит панорама на C 180?»."""
        if self.adds_to_what_was_told and self._is_of_an_option:
            return True
        places = self.reading.car_places
        adds = self.leans and len(self.cars) == 1 and bool(_ADDED.search(self._spelling))
        summed = _WITH.search(self._spelling) and _TOGETHER.search(self._spelling)
        goes_on = self.leans and bool(_IF_WITH.search(self._spelling) or summed) and bool(self.options)
        if goes_on and len({car.model for car in self.cars}) == 1:
            return True
        if not (places or self._means_that_option or adds) or is_difference(self._spelling):
            return False
        with_it = any(is_added(self.reading, place, self._option_places) for place in self._option_places)
        summed_up = self.asked.insists or bool(_TOGETHER.search(self._spelling))
        had = self._is_bare or summed_up or asks_to_have(self.reading, self._spelling)
        if with_it and (had or self.reading.ask is Ask.PRICE or _PRICED.search(self._spelling)):
            return self._is_of_an_option
        return summed_up and (bool(self.options) or (self._means_that_option and self._is_of_an_option))

    @property
    def _is_bare(self) -> bool:
        """«GLB с панорамой»: the car, the option and no other word."""
        named = {*self.reading.car_places, *self._option_places}
        return all(at in named or atom.text in ("с", "со") for at, atom in enumerate(self.reading.row))

    @property
    def _speaks_of_something_else(self) -> bool:
        if self.adds_to_what_was_told and self._is_of_an_option:
            return False  # «а с подогревом руля сколько? руки мёрзнут»
        named = self._is_of_an_option
        left = {word for phrase in self._beside[1] for word in words(phrase)} if named else None
        nouns = [word for word in self.reading.residue if part_of_speech(word) == "NOUN"]
        return any((left is None or word in left) and word not in self._told_beside for word in nouns)

    @cached_property
    def _told_beside(self) -> frozenset[str]:
        named = {*self.reading.car_places, *self._option_places}
        return told_beside(self.asked.wanted, self.reading.row, named)

    @cached_property
    def _beside(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Names of options, and what stays unclear of the question."""
        snapshot = self.stock.snapshot
        if snapshot is None or not snapshot.options:
            return (), self.reading.unclear
        rows, unclear = beside(self.reading, [car.model for car in self.cars], snapshot, self.stock.lexicon)
        return tuple(dict.fromkeys(row.option for row in rows)), unclear
