"""Answers what can be answered from the stock alone, without the model.

Knows the order in which a question is tried: options, sums and comparisons, the cars shown before, a wish of
its own; and when a snapshot may be spoken of. Refuses to know FAQ and passages: what it hands back as None
is for them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from assistants.showroom.desk import rendering
from assistants.showroom.desk.asking import LISTED_ATTRIBUTES, ORDERS, Asking, is_comparison
from assistants.showroom.desk.calculations import with_limit
from assistants.showroom.desk.comparing import Calculator
from assistants.showroom.desk.follow_ups import FollowUps
from assistants.showroom.desk.memory import Talk, remembered, told
from assistants.showroom.desk.nearest import nearest
from assistants.showroom.desk.replies import StockReply
from assistants.showroom.desk.stock import Selection, leaders, select
from assistants.showroom.desk.trim import asks_options, beside, find_options
from assistants.showroom.desk.unknown_names import UnknownNames
from assistants.showroom.language import phrases
from assistants.showroom.language.asides import taken_back
from assistants.showroom.language.dictated import with_ordinals
from assistants.showroom.language.elliptic import completed
from assistants.showroom.language.indices import with_class
from assistants.showroom.language.intents import Ask
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.mentions import is_stray
from assistants.showroom.language.naming import atoms
from assistants.showroom.language.phrases import ABBREVIATIONS
from assistants.showroom.language.reading import Reading, read
from assistants.showroom.language.sorting import sorted_by
from assistants.showroom.language.two_sets import sides_of, two_sets
from assistants.showroom.language.wish import NAMES, Order, Wish
from core.facts import Car, Snapshot, TrimOption
from core.knowledge import Knowledge
from core.russian import lemma, normalise

__all__ = ["StockDesk", "StockReply"]


@dataclass(frozen=True)
class StockDesk:
    """One snapshot (or none) with the salon's words and what is known beside it."""

    snapshot: Snapshot | None
    lexicon: Lexicon
    knowledge: Knowledge | None
    max_age: timedelta

    def answer(  # noqa: PLR0911 - the cases in their order, one return each
        self, question: str, memory: dict[str, Any], now: datetime
    ) -> StockReply | None:
        """None where the question is not about the stock."""
        talk = remembered(memory)
        question, sorting = sorted_by(completed(question, talk.failed or talk.wish))
        question, talk = self._after_all(with_class(question, talk.wish or Wish(), self.lexicon), talk, now)
        reading, spelling = self.reading(question, now), normalise(question)
        reading = _in_order(with_limit(reading, spelling), sorting)
        options = asks_options(reading, question, self.snapshot, self.lexicon)
        computed = None
        if not options:
            calculator = Calculator(self.lexicon, now.year)
            computed = calculator.answer(reading, spelling, talk) or FollowUps(self.lexicon).answer(
                reading, spelling, talk
            )
        wish = Asking(self.knowledge).wish(reading, talk.wish, question)
        whole = Asking(self.knowledge).wish(reading, talk.failed, question) if talk.failed else wish
        if wish is None and computed is None and not options:
            return _clarified(reading, memory)
        current = self.snapshot is not None and self.is_current(now)
        if current and computed is None and (both := self._both_sets(question, reading, now)) is not None:
            return self._of_both(both, reading, talk)
        if reading.unheld and computed is None:
            text = rendering.not_understood(reading.unheld)
            return StockReply(text, reason="clarify", dated=False, memory=_lost(memory))
        if memory.get(_LOST) and (computed is not None or wish not in (None, reading.wish)):
            return StockReply(rendering.SAY_ALL, reason="clarify", dated=False, memory=memory)
        if self.snapshot is None or not self.is_current(now):
            return StockReply(rendering.NO_DATA, reason="no_current_stock", dated=False, memory=memory)
        if options:
            rows, text = find_options(reading, talk, self.snapshot, self.lexicon)
            names = {row.option for row in rows}
            kept = replace(talk, option=names.pop() if len(names) == 1 else None).as_json()
            reason = None if rows else "not_in_stock"
            return StockReply(text, options=tuple(rows), memory={**memory, **kept}, reason=reason)
        if computed is not None or wish is None:
            return computed
        if whole is not None and whole not in (wish, reading.wish):
            return self._after_nothing(whole, wish, reading, talk)
        return self._from_stock(wish, reading, talk)

    def _both_sets(self, question: str, reading: Reading, now: datetime) -> tuple[Wish, Wish] | None:
        sides = sides_of(question)
        if sides is None or reading.ask not in (Ask.LIST, Ask.COUNT, Ask.PRICE):
            return None
        left, right = (self.reading(side, now) for side in sides)
        return None if left.residue or right.residue else two_sets(left.wish, right.wish)

    def _of_both(self, both: tuple[Wish, Wish], reading: Reading, talk: Talk) -> StockReply:
        """«Белый GLC или чёрный GLE»: one list after the other, what there is first."""
        told_of = [self._from_stock(wish, reading, Talk()) for wish in both]
        found = [reply for reply in told_of if reply.reason is None]
        if not found:
            return told_of[0]
        gone = [wish for wish, reply in zip(both, told_of, strict=True) if reply.reason is not None]
        text = "\n".join(reply.text for reply in found)
        if gone:
            text += "\n" + rendering.unmet(gone, self.lexicon)
        cars = tuple({car.vin: car for reply in found for car in reply.cars}.values())
        return StockReply(text, cars, memory=replace(talk, shown=tuple(car.vin for car in cars)).as_json())

    def _after_nothing(self, whole: Wish, wish: Wish, reading: Reading, talk: Talk) -> StockReply:
        """«Белый?» after «дизель 2023 года», of which there is none: with all that was said, and without."""
        if select(whole, self.lexicon).cars:
            return self._from_stock(whole, reading, talk)
        alone = self._from_stock(wish, reading, talk)
        if alone.reason is not None:
            return self.missing(whole, reading, talk)
        text = rendering.but_alone(whole, alone.text, self.lexicon)
        memory = replace(remembered(alone.memory), failed=whole).as_json()
        return replace(alone, text=text, memory=memory)

    def _after_all(self, question: str, talk: Talk, now: datetime) -> tuple[str, Talk]:
        """The question that stands after a part was taken back; that part counts as said before."""
        first, rest = taken_back(normalise(question))
        if not first:
            return (question if rest == normalise(question) else rest), talk
        wish = read(first, self.lexicon, now.year).wish
        return f"а {rest}", Talk(wish) if wish.narrows else talk

    def reading(self, question: str, now: datetime) -> Reading:
        """The question as far as it was understood, with names of cars that nobody here sells."""
        reading = read(question, self.lexicon, now.year)
        return UnknownNames(self.lexicon, self.knowledge).recognised(question, reading)

    def is_understood(self, question: str, now: datetime) -> bool:
        """Whether every word that matters was understood as one about the stock."""
        reading = self.reading(question, now)
        return not reading.residue and reading.about_stock

    def sets_apart(self, parts: Sequence[str], now: datetime) -> bool:
        """«Есть белый? А чёрного нет?»: two questions on the stock, the second wants another car."""
        first, second = (self.reading(part, now) for part in parts)
        if first.residue or second.residue or not phrases.LEANS.search(normalise(parts[1])):
            return False
        return any(
            getattr(first.wish, name) and getattr(second.wish, name)
            for name in ("classes", "models", "bodies", "colors", "fuels")
        )

    def is_current(self, now: datetime) -> bool:
        """Whether there is a stock that may be spoken of."""
        return self.snapshot is not None and self.snapshot.is_current(now, self.max_age)

    def expanded(self, question: str) -> str:
        """Abbreviations spelled out: «ТО» in small letters would be a particle."""
        if question.isupper():
            return question
        for sign, word in ABBREVIATIONS.items():
            question = re.sub(rf"\b{sign}\b", word, question)
        return question

    def beside_the_car(self, question: str, now: datetime) -> str | None:
        """What «Можно ли взять GLC в кредит?» asks without its car; None where it names no car or asks of
        nothing else.
        """
        question = with_ordinals(question)
        reading = read(question, self.lexicon, now.year)
        if not reading.wish.names_a_car or not reading.residue or is_comparison(question):
            return None
        spelling = normalise(question)
        pieces, start = [], 0
        for atom in (reading.row[place] for place in reading.car_places):
            pieces.append(spelling[start : atom.start])
            start = atom.end
        return " ".join("".join((*pieces, spelling[start:])).split())

    def classes_named(self, question: str) -> frozenset[str]:
        """Ids of the classes that a question names, by a class's name or by a designation («E 200»)."""
        row = atoms(question)
        designated = list(self.lexicon.names["hint"].find(row))
        within = {place for mention in designated for place in range(mention.start, mention.end)}
        classes = [
            mention
            for mention in self.lexicon.names["class"].find(row)
            if mention.start not in within and not is_stray(row, mention)
        ]
        return frozenset(mention.term.id for mention in (*designated, *classes))

    def named(self, question: str, memory: dict[str, Any], now: datetime) -> dict[str, Any]:
        """The memory after a question that passages answer: the car it named is what «он» means next."""
        reading = read(question, self.lexicon, now.year)
        wish = reading.wish
        if not (wish.classes or wish.models):
            served = {lemma(word) for word in reading.residue} & phrases.SERVICES
            return _lost(memory) if wish.narrows and not served else memory
        return Talk(Wish(classes=wish.classes, models=wish.models)).as_json()

    def _from_stock(self, wish: Wish, reading: Reading, talk: Talk) -> StockReply:
        selection = select(wish, self.lexicon)
        if not selection.cars:
            return self.missing(wish, reading, talk)
        shown, text = self._told(_met(wish, selection.unmet), reading, selection)
        if selection.unmet:
            text += "\n" + rendering.unmet(selection.unmet, self.lexicon)
        rows, unclear = self._beside(reading, shown)
        if rows:
            text += "\n" + rendering.trim_options(rows)
        if unclear:
            text = f"{rendering.unchecked(unclear)} По остальным условиям:\n{text}"
        listed = shown[: max(rendering.LISTED, wish.limit or 0)]
        memory = told(wish, listed)
        if not wish.narrows:  # an overview shows no car, so that «ещё» begins with the first
            memory = Talk(wish, tuple(car.vin for car in listed), seen=("",)).as_json()
        return StockReply(text, listed, options=tuple(rows), memory=memory)

    def _beside(self, reading: Reading, shown: Sequence[Car]) -> tuple[list[TrimOption], tuple[str, ...]]:
        if self.snapshot is None or not self.snapshot.options:
            return [], reading.unclear
        return beside(reading, [car.model for car in shown], self.snapshot, self.lexicon)

    def missing(self, wish: Wish, reading: Reading, talk: Talk) -> StockReply:
        """There is none such; the nearest there is."""
        near, kept = nearest(wish, self.lexicon), wish
        if (
            reading.wish != wish
            and _is_whole(reading)
            and not reading.within
            and select(reading.wish, self.lexicon).cars
        ):
            alone = self._from_stock(reading.wish, reading, talk)
            memory = replace(remembered(alone.memory), failed=wish).as_json()
            text = rendering.but_alone(wish, alone.text, self.lexicon)
            return replace(alone, text=text, memory=memory)
        if talk.wish is not None and not reading.wish.names_a_car and reading.follows:
            # a criterion that led to nothing does not weigh on the next question, unless it replaced another
            stays = ("bodies", "fuels") if reading.wish.bodies or reading.wish.fuels else ()
            replaced = {name: getattr(wish, name) for name in stays if getattr(talk.wish, name)}
            kept = talk.wish.model_copy(update=replaced)
        return StockReply(
            rendering.missing(wish, near, self.lexicon),
            near,
            reason="not_in_stock",
            memory=replace(remembered(told(kept, near)), failed=wish).as_json(),
        )

    def _told(self, wish: Wish, reading: Reading, selection: Selection) -> tuple[tuple[Car, ...], str]:
        cars, lexicon = selection.cars, self.lexicon
        if reading.ask is Ask.VALUES and reading.attribute in LISTED_ATTRIBUTES:
            return cars, rendering.values(cars, reading.attribute, wish, lexicon)
        if not wish.narrows and reading.ask is not Ask.PRICE:
            return cars, rendering.overview(cars, lexicon)
        if wish.order is not None:
            cars = tuple(leaders(cars, wish.order, wish.limit))
        attribute = _attribute_asked(wish, reading)
        if attribute is not None:
            return cars, rendering.details(cars, attribute)
        if reading.ask is Ask.PRICE:
            return cars, rendering.priced(cars, wish, lexicon)
        counted, restated = reading.ask is Ask.COUNT, wish != reading.wish
        return cars, rendering.found(cars, wish, lexicon, asked_count=counted, restated=restated)


_LOST = "lost"


def _lost(memory: dict[str, Any]) -> dict[str, Any]:
    """A criterion was said and not understood: what leans on it would be told of other cars."""
    return {**memory, _LOST: True} if memory.get("wish") else memory


def _in_order(reading: Reading, sorting: Order | None) -> Reading:
    if sorting is None:
        return reading
    return replace(reading, wish=reading.wish.model_copy(update={"sorting": sorting}), about_stock=True)


def _is_whole(reading: Reading) -> bool:
    """Whether a question that leaned on another could stand alone: it says which cars."""
    wish = reading.wish
    plural = any(atom.text == "какие" for atom in reading.row)
    return wish.names_a_car or (bool(wish.bodies) and (plural or wish.without("bodies", "order").narrows))


def _met(wish: Wish, unmet: Sequence[Wish]) -> Wish:
    """The wish without the cars of which there is none."""
    gone = {name: {value for option in unmet for value in getattr(option, name)} for name in NAMES}
    kept = {name: tuple(value for value in getattr(wish, name) if value not in gone[name]) for name in NAMES}
    return wish.model_copy(update={**kept, "words": wish.words})


def _attribute_asked(wish: Wish, reading: Reading) -> str | None:
    """«Какой пробег у CLS 450?»: what is asked of each car, unless the question sets it itself."""
    given = {
        "color": wish.colors, "body": wish.bodies, "fuel": wish.fuels,
        "year": wish.year_from or wish.year_to, "mileage": wish.mileage_from or wish.mileage_to,
    }  # fmt: skip
    if reading.ask is not Ask.DETAIL or not (wish.names_a_car or wish.order is not None):
        return None
    if reading.attribute in ("class", "model", "price") or given.get(reading.attribute or ""):
        return None
    return reading.attribute


def _clarified(reading: Reading, memory: dict[str, Any]) -> StockReply | None:
    """«Сколько он стоит?», «А дешевле?» where nothing was spoken of."""
    asks_of_it = reading.points and reading.ask in (Ask.PRICE, Ask.DETAIL) and not reading.pointed
    compares = reading.relative in ORDERS and not reading.wish.narrows
    if (asks_of_it or compares) and not reading.residue:
        return StockReply(rendering.CLARIFY, reason="clarify", dated=False, memory=memory)
    return None
