"""Whether a question calls for a calculation: a loan, a part payment, a car with its options.

Knows the Russian of asking for one. Refuses to know the cars (`case.py`), and to calculate.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from assistants.showroom.costs.added import is_added
from assistants.showroom.costs.case import PRICED, Case
from assistants.showroom.costs.following import follows
from assistants.showroom.costs.summing import asks_the_least_option, asks_the_sum
from assistants.showroom.costs.told_beside import told_beside
from assistants.showroom.desk.alternatives import alternatives
from assistants.showroom.desk.calculations import is_difference
from assistants.showroom.desk.options_asked import asks_to_have, asks_whether
from assistants.showroom.language.intents import Ask
from assistants.showroom.language.phrases import FOLLOW_UP_OPENINGS
from assistants.showroom.language.two_sets import sides_with_ends
from assistants.showroom.language.wish import Order
from core.russian import part_of_speech, words

_YES_OR_NO = re.compile(r"^(?:а )?(?:можно|дают|даете|выдаете|оформ\w+|есть ли|возможно|реально|работаете)\b")
_SURCHARGE = re.compile(r"\bдоплат\w*|\bдоплач\w*|\bразниц\w+")
# «А если с вентиляцией?», «итого с машиной сколько выйдет?».
_IF_WITH = re.compile(r"^\W*(?:(?:а|и|ну|хорошо|ладно)\W+)*если (?:бы )?(?:\w+ )?(?:со?|ещ[её])\b")
_WITH = re.compile(r"^\W*(?:(?:а|и|ну|хорошо|ладно)\W+)*со?\b")
_ADDED = re.compile(r"\bдобав\w+|\bдоукомплект\w+|\bпостав(?:ить|лю|им|ите)\b")


@dataclass(frozen=True)
class Call:
    """The case that the question makes."""

    case: Case

    @cached_property
    def is_made(self) -> bool:
        terms, named = self.case.asked.terms, self.case.wish.names_a_car
        if self._speaks_of_something_else and not (self.case.asked.insists and (named or terms.named)):
            return False
        if self.case.asked.of_what_is_left or follows(self.case) or self._asks_of_the_same:
            return True
        if terms.loan:
            return self._asks_for_a_loan
        if terms.trade_in and (self.case.asked.owns or terms.trade_in_rub is not None):
            counted = self.case.asked.computes and (
                terms.trade_in_rub is not None or bool(_SURCHARGE.search(self.case.spelling))
            )
            if counted:
                return named or terms.trade_in_rub is not None
        return self._sums_up_options

    @property
    def _asks_of_the_same(self) -> bool:
        """«А купе с ним же?», and no list of those that there are."""
        return bool(self.case.same_options) and not asks_whether(self.case.spelling)

    @property
    def _asks_for_a_loan(self) -> bool:
        terms = self.case.asked.terms
        if _YES_OR_NO.search(self.case.spelling) and not self.case.asked.computes:
            return False
        if self.case.asked.insists or (terms.named and self.case.asked.computes):
            return True
        meant = self.case.wish.names_a_car or terms.amount_rub is not None or self.case.leans
        return meant and (terms.named or self.case.asked.computes)

    @property
    def _sums_up_options(self) -> bool:
        """«Сколько стоит C 180 с панорамой?», not «Сколько стоит панорама на C 180?»."""
        case = self.case
        if self._is_the_least_of_all or _is_of_two_ends(case):
            return not _is_of_two_ends(case) and case.is_of_an_option
        if case.adds_to_what_was_told and case.is_of_an_option:
            return True
        places = case.reading.car_places
        adds = case.leans and len(case.cars) == 1 and bool(_ADDED.search(case.spelling))
        summed = _WITH.search(case.spelling) and asks_the_sum(case.spelling)
        goes_on = case.leans and bool(_IF_WITH.search(case.spelling) or summed) and bool(case.options)
        if goes_on and len({car.model for car in case.cars}) == 1:
            return True
        if not (places or case.means_that_option or adds) or is_difference(case.spelling):
            return False
        with_it = any(is_added(case.reading, place, case.option_places) for place in case.option_places)
        summed_up = case.asked.insists or asks_the_sum(case.spelling)
        had = self._is_bare or summed_up or asks_to_have(case.reading, case.spelling)
        if with_it and (had or case.reading.ask is Ask.PRICE or PRICED.search(case.spelling)):
            return case.is_of_an_option
        return summed_up and (bool(case.options) or (case.means_that_option and case.is_of_an_option))

    @property
    def _is_the_least_of_all(self) -> bool:
        """«Какая машина вместе с панорамой выйдет дешевле всего?»"""
        reading = self.case.reading
        of_a_car = reading.cars_meant or bool(reading.wish.bodies)
        of_a_car = of_a_car and not asks_the_least_option(self.case.spelling)
        least = of_a_car and self.case.wish.order is Order.CHEAPEST and bool(self.case.option_places)
        return least and asks_the_sum(self.case.spelling) and not is_difference(self.case.spelling)

    @property
    def _is_bare(self) -> bool:
        """«GLB с панорамой», «а GLB с панорамой?»: the car, the option and no other word."""
        named, beside = {*self.case.reading.car_places, *self.case.option_places}, {"с", "со"}
        row = self.case.reading.row
        opens = next((at for at, atom in enumerate(row) if atom.text not in FOLLOW_UP_OPENINGS), 0)
        return all(at in named or atom.text in beside for at, atom in enumerate(row[opens:], opens))

    @property
    def _speaks_of_something_else(self) -> bool:
        if self.case.changed.changes:
            return False
        if self.case.adds_to_what_was_told and self.case.is_of_an_option:
            return False  # «а с подогревом руля сколько? руки мёрзнут»
        named = self.case.is_of_an_option
        left = {word for phrase in self.case.named_beside[1] for word in words(phrase)} if named else None
        nouns = [word for word in self.case.reading.residue if part_of_speech(word) == "NOUN"]
        return any((left is None or word in left) and word not in self._told_beside for word in nouns)

    @cached_property
    def _told_beside(self) -> frozenset[str]:
        named = {*self.case.reading.car_places, *self.case.option_places}
        return told_beside(self.case.asked.wanted, self.case.reading.row, named)


def _is_of_two_ends(case: Case) -> bool:
    """«Самый дешёвый V 300 d и самый дешёвый E 220 d с панорамой»: what both come to is no sum of one car."""
    several = len(alternatives(case.reading.wish, case.stock.lexicon)) > 1
    return several and sides_with_ends(case.spelling) is not None
