"""What an answer claims of the stock, held against the rows and against the truth of the question.

False is: a car that is not in stock or not what was asked for, a value that is not the car's, an amount that
comes from nowhere, another count or number than the true one, a denial of what is there, an assertion of what
is not. Judges by the text that a visitor reads; what the flow cites must be in stock as it is cited. Refuses
to know the flow's code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from jobs.evaluation.amounts import CARS, KM, RUB, YEAR, plain
from jobs.evaluation.answers import Answer
from jobs.evaluation.catalogue import Catalogue, atoms
from jobs.evaluation.compared_with import is_set_beside, is_the_bound
from jobs.evaluation.counts import counts_told
from jobs.evaluation.money import STOCK_FACT, Purse, names_option
from jobs.evaluation.own_prices import calls_it_the_total, is_own_price
from jobs.evaluation.pieces import Piece, asserts, denies, pieces, shown_more
from jobs.evaluation.stocks import Stock
from jobs.evaluation.truth import VIN, Truth

_LEADS = re.compile(r"\bсам(?:ый|ая|ое|ые)\b|дешевле всего|дороже всего|средн|итого|разниц")
_NEW = re.compile(r"без пробега|\bнов(?:ый|ая|ое)\b")
_UNIT = {"count": CARS, "price_rub": RUB, "year": YEAR, "mileage_km": KM}
_DESIGNATION = re.compile(r"\b[A-Z]{1,4} ?\d{2,3}\b")


@dataclass(frozen=True)
class StockClaims:
    """One answer, on one stock. `asked` are the visitor's words in this dialogue so far, `shown_before` the
    cars that its earlier answers cite, `truth` what is known to be true.
    """

    answer: Answer
    stock: Stock
    catalogue: Catalogue
    asked: tuple[str, ...]
    truth: Truth | None = None
    shown_before: frozenset[str] = frozenset()

    @cached_property
    def pieces(self) -> list[Piece]:
        return pieces(self.answer.text, self.catalogue)

    @cached_property
    def offers(self) -> list[Piece]:
        """The pieces that show a car as an answer: no alternative, and nothing that was compared with."""
        return [
            piece
            for piece in self.pieces
            if piece.is_offer
            and not piece.alternative
            and not self._names_option(piece)
            and not self._is_compared_with(piece)
        ]

    @cached_property
    def denied(self) -> bool:
        return denies(self.answer.text)

    @property
    def affirmed(self) -> bool:
        """Whether it says or shows that there is something."""
        from_passages = self.answer.sources and all(each.kind != STOCK_FACT for each in self.answer.sources)
        if self.denied or from_passages:
            return False
        return bool(self.offers) or asserts(self.answer.text) or any(piece.counts() for piece in self.pieces)

    @property
    def speaks_of_shown(self) -> bool:
        """Whether all it shows was shown before: «самый новый из них» of alternatives to what is absent."""
        told = [{car.vin for car in piece.meant.cars} for piece in self.offers]
        return bool(told) and all(not vins.isdisjoint(self.shown_before) for vins in told)

    def falsehoods(self) -> list[str]:
        """What is false whatever was asked: codes with what they are about."""
        purse = Purse(self.stock, self.answer, self.asked, self.truth)
        return [
            *(f"cited_not_in_stock:{vin}" for vin in self._cited_wrongly()),
            *(f"no_such_car:{piece.text.strip()[:80]}" for piece in self.pieces if self._shows_no_car(piece)),
            *(f"amount_from_nowhere:{said}" for said in purse.unaccounted(self.pieces)),
            *(f"not_in_stock_at_all:{name}" for name in self._strangers()),
            *(f"wrong_share:{label}={count}" for label, count in self._wrong_pairs()),
        ]

    def against_truth(self) -> list[str]:
        """What is false of the answer to this very question."""
        if self.truth is None:
            return []
        if self.truth.absent:
            return ["asserts_what_is_not"] if self.affirmed and not self.speaks_of_shown else []
        if self.denied and not self._shows_the_truth:
            return ["denies_what_is_there"]
        if self.truth.column == VIN:
            return [*self._offered_outside(), *self._wrong_count()]
        return self._wrong_number()

    @property
    def complete(self) -> bool:
        """Whether the answer says all of the truth: every car or how many there are, or the number."""
        truth = self.truth
        if truth is None:
            return False
        if truth.absent:
            return self.denied
        if truth.column == VIN:
            return len(truth.cars) in self.counts_said or len(self.offers) >= len(truth.cars)
        return self.predicted is not None and abs(self.predicted - (truth.number or 0)) <= _allowed(truth)

    @property
    def partial(self) -> bool:
        """Whether it shows at least something of the truth."""
        return self._shows_the_truth

    @cached_property
    def counts_said(self) -> set[int]:
        """Every way in which the answer says how many there are."""
        said = counts_told(self.pieces, self.offers)
        options = sum(len(piece.amounts) for piece in self.pieces if self._names_option(piece))
        if options and self.truth is not None and self.truth.column == "count":
            said.add(options)
        return said

    @property
    def numbers_told(self) -> list[float]:
        """Every count and amount in the text: those that are found true, where nothing was found false."""
        counts = [count for piece in self.pieces for count in piece.counts()]
        shares = [count for piece in self.pieces for _, count in piece.pairs()]
        amounts = [amount.value for piece in self.pieces for amount in piece.amounts]
        return [*counts, *shown_more(self.pieces), *shares, *amounts]

    @cached_property
    def predicted(self) -> float | None:
        """The number that the answer states where the truth is one; for a set of cars, how many it says."""
        truth = self.truth
        if truth is None:
            return None
        if truth.column in (VIN, "count"):
            return self._count_predicted(truth)
        if truth.number is None:
            return None
        stated = self._stated(truth.column)
        near = [value for value in stated if abs(value - truth.number) <= _allowed(truth)]
        return near[0] if near else next(iter(stated), None)

    def _count_predicted(self, truth: Truth) -> float | None:
        true = len(truth.cars) if truth.column == VIN else truth.number or 0
        if true in self.counts_said or len(self.offers) == true:
            return true
        if self.counts_said:
            return max(self.counts_said)
        if self.offers:
            return len(self.offers)
        return 0 if self.denied else None

    def _stated(self, column: str) -> list[float]:
        unit = _UNIT[column]
        told = [
            piece
            for piece in self.pieces
            if not piece.alternative and not (column == "price_rub" and self._names_another_option(piece))
        ]
        found = [
            number.value
            for piece in told
            for number in piece.meant.found
            if number.unit == unit and not (column == "price_rub" and is_own_price(piece, number, self.truth))
        ]
        if column == "mileage_km" and any(_NEW.search(plain(piece.text)) for piece in told):
            found.append(0.0)
        return found

    def _names_another_option(self, piece: Piece) -> bool:
        """The price of an option where another price is asked for: told as what it is, and no answer."""
        true = self.truth.number if self.truth is not None else None
        if not self._names_option(piece) or calls_it_the_total(piece):
            return False
        return not any(amount.states(true or 0) for amount in piece.amounts)

    def _wrong_number(self) -> list[str]:
        truth = self.truth
        if truth is None or self.predicted is None or self.complete:
            return []
        if truth.column == "count" and not self.counts_said:
            return []  # it shows some cars and does not say how many there are
        if (
            truth.column == "price_rub"
            and len(self.offers) > 1
            and not _LEADS.search(plain(self.answer.text))
        ):
            return []  # it shows some cars with their own prices and calls none of them the one
        return [f"another_{truth.column}:{self.predicted:.0f}"]

    def _wrong_count(self) -> list[str]:
        """Where all of the truth is shown, a count may be of something else: of all like it, of the stock."""
        true = len(self.truth.cars) if self.truth is not None else 0
        if true in self.counts_said:
            return []
        told = self.counts_said
        if len(self.offers) >= true:
            told = {
                count
                for piece in self.pieces
                for count in piece.counts()
                if count not in (len(piece.meant.like), len(piece.meant.cars), len(self.stock.cars))
            }
        return [f"another_count:{max(told)}"] if told else []

    def _offered_outside(self) -> list[str]:
        true = self.truth.cars if self.truth is not None else frozenset()
        return [
            f"not_what_was_asked:{piece.text.strip()[:80]}"
            for piece in self.offers
            if piece.meant.cars and not any(car.vin in true for car in piece.meant.cars)
        ]

    @cached_property
    def _shows_the_truth(self) -> bool:
        truth = self.truth
        if truth is None:
            return False
        if truth.column == VIN:
            shown = any(car.vin in truth.cars for piece in self.offers for car in piece.meant.cars)
            return shown or len(truth.cars) in self.counts_said
        return self.predicted is not None and abs(self.predicted - (truth.number or 0)) <= _allowed(truth)

    def _cited_wrongly(self) -> list[str]:
        rows = {car.vin: car.model_dump() for car in self.stock.cars}
        return [
            fact.id
            for fact in self.answer.facts
            if fact.kind == STOCK_FACT
            and not (fact.id in rows and all(rows[fact.id].get(k) == v for k, v in fact.values.items()))
        ]

    def _shows_no_car(self, piece: Piece) -> bool:
        """A model with a price, a year or a colour that no car of it has."""
        if not piece.is_offer or piece.meant.cars or self._names_option(piece):
            return False
        return not any(map(piece.is_bound, piece.meant.found))

    def _names_option(self, piece: Piece) -> bool:
        """«C 180: Фаркоп — 118 000 ₽» shows no car."""
        said = plain(piece.text)
        return any(names_option(said, option) for option in self.stock.options)

    def _strangers(self) -> list[str]:
        """Designations that the stock does not know, spoken of as if they were there."""
        known = {atom.text for model in self.catalogue.models for atom in atoms(model)}
        cited = " ".join(str(fact.values) for fact in self.answer.facts if fact.kind != STOCK_FACT)
        return [
            match.group()
            for piece in self.pieces
            if asserts(piece.text) or piece.counts()
            for match in _DESIGNATION.finditer(piece.text)
            if not {atom.text for atom in atoms(match.group())} <= known and match.group() not in cited
        ]

    def _wrong_pairs(self) -> list[tuple[str, int]]:
        """«C-Class — 4» where there are not 4 among the cars in question."""
        cars = self._in_question
        wrong = []
        for piece in self.pieces:
            for label, count in piece.pairs():
                meant = self.catalogue.labelled(label)
                among = [car for car in meant if car.vin in cars]
                if meant and count not in (len(among), len(meant)):
                    wrong.append((label, count))
        return wrong

    @property
    def _in_question(self) -> frozenset[str]:
        if self.truth is not None and self.truth.column == VIN and self.truth.cars:
            return self.truth.cars
        return frozenset(car.vin for car in self.stock.cars)

    def _is_compared_with(self, piece: Piece) -> bool:
        """A car that others are compared with, outside of the truth: it is told of, and not offered."""
        true = self.truth.cars if self.truth is not None else frozenset()
        if any(car.vin in true for car in piece.meant.cars):
            return False
        return is_set_beside(piece, self.asked, self.catalogue) or is_the_bound(
            piece, self.pieces, self.asked, self.catalogue
        )


def _allowed(truth: Truth) -> float:
    """A mean may be rounded either way."""
    return 1.0 if truth.column in ("price_rub", "mileage_km") else 0.0
