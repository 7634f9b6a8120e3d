"""One question about what a purchase comes to, with what it leans on.

Knows which cars it is about, which of them can have what is named, and how it follows from the one before
(«а на три года?»). Refuses to know whether a calculation is asked for (`call.py`), and to calculate.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from assistants.showroom.costs.added import is_added
from assistants.showroom.costs.changed_options import had_by_none
from assistants.showroom.costs.fitted import fitted
from assistants.showroom.costs.options_said import OptionsSaid
from assistants.showroom.costs.summing import adds_more, keeps_one
from assistants.showroom.desk.calculations import is_difference
from assistants.showroom.desk.stock import leaders, select
from assistants.showroom.desk.trim import (
    beside,
    car_meant,
    lacking,
    with_all_named,
)
from assistants.showroom.language.phrases import FOLLOW_UP_OPENINGS, LEANS
from assistants.showroom.language.wish import Order, Wish
from core.facts import Car
from core.russian import words

PRICED = re.compile(r"\bсколько\b|\bот скольк\w*|\bпочем\b|\bцен|\bсто[ия]")
_IS_THERE = re.compile(r"\bесть\b|\bможно\b|\bбыва\w+|\bстав\w+|\bдоступн\w+|\bвозможн\w+|\bкаки[ех]\b")
WORDS_OF_A_FOLLOW_UP = 10
_BY_THE_SUM = (None, Order.CHEAPEST, Order.DEAREST)


@dataclass(frozen=True)
class Case(OptionsSaid):
    """With the cars that it is about."""

    @cached_property
    def _asked_of(self) -> Wish:
        return car_meant(self.reading, self.stock.snapshot, self.stock.lexicon)

    @cached_property
    def wish(self) -> Wish:
        wish = self._asked_of
        before = self.talk.asked_last
        chosen = self.talk.picked is not None and not wish.narrows
        leans = (self.means_that_option and not chosen) or self._narrows_what_was_told
        leans = leans or self._is_left_of_it or bool(self.same_options)
        return before.then(wish) if leans and before is not None else wish

    @cached_property
    def _narrows_what_was_told(self) -> bool:
        """«А если 24 года и с панорамой?»: of the cars before, with it."""
        wish = self.reading.wish
        bare = wish.without("order", "limit").narrows and not wish.names_a_car
        return bare and bool(self.option_places) and bool(LEANS.search(self.spelling))

    @property
    def _is_left_of_it(self) -> bool:
        """«Сколько останется, если взять самый дорогой из них?»: of which, the question before says."""
        wish, reading = self._asked_of, self.reading
        leans = reading.lacks_subject or reading.within
        left = self.asked.of_what_is_left or (self.before is not None and self.before.budget_rub is not None)
        return left and wish.narrows and leans and not wish.names_a_car

    @property
    def unmet(self) -> Wish | None:
        """What was asked for last, is not there, and is leant on: «а с панорамой?» behind «красных нет»."""
        leans = not self.reading.wish.without("order", "limit").narrows
        named = self.means_that_option or self.option_places or self.asked.of_what_is_left
        return self.talk.failed if leans and named else None

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
            return self._with_its_options(self.spoken_of)
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
        with_it = self.option_places or self.same_options
        if with_it and wish.order in _BY_THE_SUM:  # of those that can have it
            able = self._with_its_options(cars)
            able = able[::-1] if wish.order is Order.DEAREST else able
            one = wish.order is not None and able[:1] and able[0].model in self._fitted
            return self._of_the_first_sum(able) if one else able
        return tuple(leaders(cars, wish.order, wish.limit)) if wish.order is not None and cars else cars

    @cached_property
    def spoken_of(self) -> tuple[Car, ...]:
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
        """Those of the cars that can have all that is named, the least sum first; all where none can."""
        return self._fitting(cars) or cars

    @property
    def fitting(self) -> tuple[Car, ...]:
        """Those of the cars that can have all that is named, the least sum first."""
        return self._fitting(self.cars)

    def _fitting(self, cars: tuple[Car, ...]) -> tuple[Car, ...]:
        return tuple(sorted((car for car in cars if car.model in self._fitted), key=self.sum_of))

    def _of_the_first_sum(self, cars: tuple[Car, ...]) -> tuple[Car, ...]:
        return tuple(car for car in cars if self.sum_of(car) == self.sum_of(cars[0]))

    @property
    def names_a_kind(self) -> bool:
        """Whether the cars are those that the question names, and not those shown before."""
        return self._criteria.narrows and not self.adds_to_what_was_told

    def sum_of(self, car: Car) -> int:
        return car.price_rub + self._fitted.get(car.model, 0)

    @cached_property
    def _fitted(self) -> dict[str, int]:
        """The models that can have all that is wanted, and what it costs on each."""
        snapshot, lexicon = self.stock.snapshot, self.stock.lexicon
        if snapshot is None:
            return {}
        models = {car.model for car in lexicon.cars}
        named = with_all_named(self.reading, models, snapshot, lexicon)
        if not self.changed.wanted and (self.changed.changes or self.same_options):
            named = dict.fromkeys(models, ())
        return fitted(named, self.carried, snapshot.options)

    @property
    def carried(self) -> tuple[str, ...]:
        """Options of the calculation before that are wanted beside those of this question."""
        if self.changed.changes:
            return self.changed.kept
        if self.same_options:
            return self.same_options
        if self.before is None or self.asked.insists or len(words(self.question)) > WORDS_OF_A_FOLLOW_UP:
            return ()
        more = adds_more(self.spelling) or (self.asked.terms.named and not keeps_one(self.spelling))
        return self.before.options if more and not self._asked_of.names_a_car else ()

    @property
    def apart(self) -> tuple[Car, ...]:
        """The cars of which none can have together what each or another can have alone."""
        wanted = {*self.options, *self.carried}
        never = len(wanted) > 1 and not any(car.model in self._fitted for car in self.cars)
        named = bool(self.option_places) or self.changed.means_both
        return self.cars if never and named and not self.lacking else ()

    @cached_property
    def adds_to_what_was_told(self) -> bool:
        """«А с панорамой сколько?» behind cars that were told: of them, with it."""
        reading, talk = self.reading, self.talk
        named = talk.wish is not None and talk.wish.names_a_car
        told = bool(talk.shown) or talk.failed is not None or named
        narrows = reading.wish.without("order", "limit").narrows and not self._narrows_what_was_told
        if not told or narrows or is_difference(self.spelling):
            return False
        if _IS_THERE.search(self.spelling) and not PRICED.search(self.spelling):
            return False
        places = self.option_places
        return (
            self.changed.changes
            or self.names_several
            or any(is_added(self.reading, place, places) for place in places)
        )

    @cached_property
    def options(self) -> tuple[str, ...]:
        """The options of these cars that the question names, or «эта опция»."""
        if self.changed.drops or self.changed.means_both:
            return self.changed.kept
        return (
            self.same_options
            or self.named_beside[0]
            or ((self.talk.option,) if self.talk.option and self.means_that_option and self._is_had else ())
        )

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
        if self.same_options or self.changed.drops or self.changed.means_both:
            rows = self.stock.snapshot.options if self.stock.snapshot is not None else ()
            return had_by_none(self.same_options or self.changed.kept, models, rows) if models else ()
        if models and self.talk.option and self.means_that_option and not self._is_had:
            return (self.talk.option,)
        return lacking(self.reading, models, self.stock.snapshot, self.stock.lexicon)

    @property
    def is_of_an_option(self) -> bool:
        """Whether something can be said of what is named: a sum, or that there is none."""
        missing = self.gone is not None or (self.wish.names_a_car and not self.cars)
        return missing or bool(self.options or self.lacking)

    @property
    def leans(self) -> bool:
        """On a car spoken of before."""
        points = self.reading.points or bool(self.reading.pointed) or self.opens_on
        return points and (bool(self.talk.shown) or (self.talk.wish or Wish()).names_a_car)

    @property
    def opens_on(self) -> bool:
        return bool({*words(self.question)[:1]} & FOLLOW_UP_OPENINGS)

    @property
    def _criteria(self) -> Wish:
        """What is wanted of the car: a price that is said of no car in particular is only a price."""
        priced = self.asked.terms.price_rub is not None
        return self.wish.without("price_from", "price_to") if priced else self.wish

    @cached_property
    def named_beside(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Names of options, and what stays unclear of the question."""
        snapshot = self.stock.snapshot
        if snapshot is None or not snapshot.options:
            return (), self.reading.unclear
        rows, unclear = beside(self.reading, [car.model for car in self.cars], snapshot, self.stock.lexicon)
        return tuple(dict.fromkeys(row.option for row in rows)), unclear
