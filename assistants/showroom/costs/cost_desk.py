"""Answers what a purchase comes to, from the prices of the stock and the terms that were named.

Knows what goes into a calculation and what is missing for one. A rate is the visitor's or the owner's, and
where nobody named one there is none. Refuses to know when a calculation is asked for (`call.py`), the sums
(`purchase.py`) and the sentences (`telling.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from assistants.showroom.costs import telling
from assistants.showroom.costs.added_price import added_price, asks_what_they_add
from assistants.showroom.costs.asked import read_terms, without_stray_term
from assistants.showroom.costs.call import Call
from assistants.showroom.costs.case import Case
from assistants.showroom.costs.either import Either
from assistants.showroom.costs.following import follows
from assistants.showroom.costs.left_over import cheapest, headed, is_of_several, with_budget
from assistants.showroom.costs.loan import share
from assistants.showroom.costs.purchase import Bill, work_out
from assistants.showroom.costs.terms import Terms
from assistants.showroom.desk import rendering
from assistants.showroom.desk.auditing import besides
from assistants.showroom.desk.memory import remembered, told, told_last
from assistants.showroom.desk.replies import StockReply
from assistants.showroom.desk.stock_desk import StockDesk
from assistants.showroom.desk.trim import option_asked
from assistants.showroom.desk.wording import criteria
from assistants.showroom.language.indices import with_class
from core.facts import Car
from core.spec import CreditTerms

_KEY = "purchase"
_OF_THE_UNMET = ("failed", "picked")
_SHORTEST, _LONGEST = 1, 360


@dataclass(frozen=True)
class CostDesk:
    """`credit` are the owner's terms, if the owner gave any."""

    stock: StockDesk
    credit: CreditTerms | None

    def answer(self, question: str, memory: dict[str, Any], now: datetime) -> StockReply | None:
        """None where nothing is to be calculated."""
        before, talk = _kept(memory), remembered(memory)
        question = with_class(question, talk.asked_last, self.stock.lexicon)
        asked = read_terms(question, before)
        if asked is not None and asked.of_what_is_left:
            asked, talk = with_budget(asked, before, talk)
        if asked is None:
            return None
        reading = self.stock.reading(asked.wanted, now)
        if before is None:
            asked = without_stray_term(asked)
        paid = asked.terms.loan or asked.terms.trade_in or asked.of_what_is_left
        current = self.stock.is_current(now)
        either = Either(self.stock).answer(question, talk, now) if current and not paid else None
        if either is not None:
            return either
        case = Case(question, asked, reading, talk, before, self.stock)
        added = added_price(case, memory) if current and asks_what_they_add(case) else None
        if added is not None or not Call(case).is_made:
            return added
        if not current:
            return StockReply(rendering.NO_DATA, reason="no_current_stock", dated=False, memory=memory)
        terms = _named(case)
        objection = telling.BELOW_ZERO if asked.below_zero else self._objection(terms)
        if objection is not None:
            return StockReply(objection, reason="clarify", dated=False, memory=memory)
        return _with_last_told(self._calculated(case, terms, memory), case)

    def _completed(self, terms: Terms) -> Terms:
        """With the owner's least first payment where nothing was said of one."""
        pays = (terms.first_percent, terms.first_rub, terms.trade_in_rub, terms.principal_rub)
        if terms.loan and self.credit is not None and all(value is None for value in pays):
            return terms.model_copy(update={"first_percent": self.credit.least_first_percent or None})
        return terms

    def _rate(self, terms: Terms) -> Decimal | None:
        owners = self.credit.annual_percent if self.credit is not None else None
        return terms.annual_percent if terms.annual_percent is not None else owners

    def _objection(self, terms: Terms) -> str | None:
        """What cannot be calculated with, whatever the price."""
        shortest, longest = self.credit.months if self.credit is not None else (_SHORTEST, _LONGEST)
        if any(not shortest <= months <= longest for months in terms.months):
            return telling.wrong_term(shortest, longest)
        if terms.first_percent is not None and not 0 <= terms.first_percent <= 100:
            return telling.WRONG_SHARE
        if terms.annual_percent is not None and not 0 <= terms.annual_percent <= 100:
            return telling.WRONG_RATE
        return None

    def _calculated(self, case: Case, named: Terms, memory: dict[str, Any]) -> StockReply:
        terms = self._completed(named)
        if case.gone is not None and not (terms.loan or terms.trade_in):
            text = telling.no_sum_of(case.gone, self.stock.lexicon, with_option=terms.budget_rub is None)
            kept = self._with_option(case, memory if terms.budget_rub is None else _with(memory, named))
            return StockReply(text, reason="not_in_stock", memory=kept)
        named_so = case.wish.names_a_car or (terms.budget_rub is not None and case.wish.narrows)
        if not case.cars and named_so:
            reply = self.stock.missing(case.wish, case.reading, case.talk)
            return reply if terms.budget_rub is None else replace(reply, memory=_with(reply.memory, named))
        several = terms.budget_rub is not None and is_of_several(case)
        if several or (not case.cars and terms.amount_rub is None):
            text = telling.NAME_ONE_CAR if several else telling.NAME_THE_CAR
            return StockReply(text, reason="clarify", dated=False, memory=_with(memory, named))
        if case.lacking and (named.options or not (terms.loan or terms.trade_in)):
            about = criteria(case.wish.without("order", "limit"), self.stock.lexicon)
            text = telling.no_such_options(case.cars, about, case.lacking)
            kept = {**memory, **told(case.wish, ())} if case.wish.narrows else memory
            return StockReply(text, reason="not_in_stock", memory=_with(self._with_option(case, kept), named))
        if case.apart:
            text = telling.never_together(case.apart, named.options, self.stock.snapshot)
            return StockReply(text, reason="not_in_stock", memory=_with(memory, named))
        lead = [rendering.missing_by(case.unmet, self.stock.lexicon)] if case.unmet is not None else []
        cars = case.cars if terms.budget_rub is None else cheapest(case)
        shown = cars[: rendering.LISTED]
        bills = [self._bill(terms, car) for car in shown or (None,)]
        if shown:
            of_those = case.adds_to_what_was_told and not case.wish.without("order", "limit").narrows
            kept = told(case.wish if case.wish.narrows and not of_those else case.talk.wish, shown)
            memory = {**kept, **{name: memory[name] for name in _OF_THE_UNMET if name in memory and lead}}
        lines = telling.bills(bills, terms, len(cars))
        lines = headed(lines, shown, case) if terms.budget_rub is not None else lines
        reply = StockReply(
            "\n".join([*lead, *lines, *self._closing(terms, bills)]),
            shown,
            options=tuple(row for bill in bills for row in bill.options),
            dated=bool(shown),
            memory=_with(memory, named),
            calculations=tuple(fact for bill in bills for fact in bill.facts()),
        )
        return besides(reply, case.named_beside[1]) if terms.budget_rub is not None else reply

    def _with_option(self, case: Case, memory: dict[str, Any]) -> dict[str, Any]:
        """The memory with the option that was named for a car that is not there."""
        snapshot = self.stock.snapshot
        named = option_asked(case.reading, snapshot, self.stock.lexicon) if snapshot is not None else None
        return {**memory, "option": named} if named is not None else memory

    def _bill(self, terms: Terms, car: Car | None) -> Bill:
        rows = self.stock.snapshot.options if self.stock.snapshot is not None and car is not None else ()
        wanted = tuple(
            row for row in rows if car is not None and row.option in terms.options and row.model == car.model
        )
        return work_out(car, wanted, terms, self._rate(terms))

    def _closing(self, terms: Terms, bills: Sequence[Bill]) -> list[str]:
        """What is still to be named, and what the calculation rests on."""
        said = [telling.PERHAPS_INCLUDED] if any(bill.options for bill in bills) else []
        if terms.trade_in_rub is not None:
            said.append(telling.BY_VALUATION)
        elif terms.trade_in:
            said.append(telling.NAME_THE_VALUE)
        if not terms.loan or all(bill.borrowed_rub <= 0 for bill in bills):
            return said
        least = self.credit.least_first_percent if self.credit is not None else Decimal(0)
        if any(bill.paid_first_rub < share(bill.total_rub, least) for bill in bills if bill.car is not None):
            said.append(telling.least_first(least))
        if self._rate(terms) is None:
            return [*said, telling.NAME_THE_RATE if terms.months else telling.NAME_RATE_AND_TERM]
        if not terms.months:
            return [*said, telling.NAME_THE_TERM]
        if terms.annual_percent is None:
            said.append(telling.OWNERS_RATE)
        return [*said, telling.ROUNDED]


def _named(case: Case) -> Terms:
    """The terms of the question, or those before with its changes."""
    options = case.options
    if options:  # «а если ещё подогрев руля?»
        options = tuple(dict.fromkeys((*case.carried, *options)))
    terms = case.asked.terms.model_copy(update={"options": options})
    before = case.before
    if before is not None and case.changed.changes:
        before = before.model_copy(update={"options": ()})
    if before is not None and (follows(case) or (case.leans and not case.asked.insists)):
        return before.then(terms)
    return terms


def _with_last_told(reply: StockReply, case: Case) -> StockReply:
    """The reply that remembers which options it was asked about: «а обе вместе?»."""
    if not case.changed.wanted:
        return reply
    last = told_last(case.talk.options, case.changed.wanted)
    return replace(reply, memory={**reply.memory, "options": [*last]})


def _kept(memory: dict[str, Any]) -> Terms | None:
    """The terms of the calculation before; what cannot be read counts as forgotten."""
    try:
        return Terms.model_validate(memory[_KEY]) if _KEY in memory else None
    except ValidationError:
        return None


def _with(memory: dict[str, Any], terms: Terms) -> dict[str, Any]:
    return {**memory, _KEY: terms.model_dump(mode="json", exclude_defaults=True)}
