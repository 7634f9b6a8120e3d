"""Answers what can be answered from the stock alone, without the model.

Knows which questions those are, how a follow-up leans on the wish before, and when a snapshot may be spoken
of. Refuses to know FAQ and passages: what it hands back as None is for them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from assistants.showroom import rendering
from assistants.showroom.intents import Ask
from assistants.showroom.lexicon import Lexicon
from assistants.showroom.naming import atoms
from assistants.showroom.phrases import ABBREVIATIONS
from assistants.showroom.reading import Reading, read
from assistants.showroom.stock import leaders, select
from assistants.showroom.trim import asks_options, find_options
from assistants.showroom.wish import Order, Wish, remembered
from core.facts import Car, Snapshot, TrimOption
from core.knowledge import Knowledge
from core.russian import is_known, lemma, normalise, part_of_speech

_COMPARES = re.compile(
    r"отлича|отличи|разниц|сравн|что лучше|какой лучше|какая лучше|лучше чем"
    r"|\bчем (?:[\w-]+ ){0,3}(?:лучше|хуже|хорош|плох|выгод|надеж|эконом|интерес|полез)"
    r"|расскаж\w* (?:\w+ )?(?:про|о|об)\b|что за зверь|что значит|что такое|зачем|почему|для чего"
)
_SUPERLATIVE_PRICE = re.compile(r"что дешевле|что дороже|кто дешевле")


@dataclass(frozen=True)
class StockReply:
    """A rendered answer; `cars` are those that it tells of, `reason` why it is not a plain answer."""

    text: str
    cars: tuple[Car, ...] = ()
    options: tuple[TrimOption, ...] = ()
    reason: str | None = None
    dated: bool = True
    memory: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class CarQuestion:
    """«Можно ли взять GLC в кредит?»: the question without its car, and the words that it is about."""

    without_car: str
    about: tuple[str, ...]


@dataclass(frozen=True)
class StockDesk:
    """One snapshot (or none) with the salon's words and what is known beside it."""

    snapshot: Snapshot | None
    lexicon: Lexicon
    knowledge: Knowledge | None
    max_age: timedelta

    def answer(self, question: str, memory: dict[str, Any], now: datetime) -> StockReply | None:
        """None where the question is not about the stock."""
        reading = read(question, self.lexicon, now.year)
        before, shown = remembered(memory)
        reading = self._with_names(question, reading)
        about_shown = self._about_shown(reading, shown)
        wish = self._wish(reading, before, question)
        options = asks_options(reading, question, self.snapshot)
        if wish is None and about_shown is None and not options:
            return _clarified(reading, memory)
        if self.snapshot is None or not self.snapshot.is_current(now, self.max_age):
            return StockReply(rendering.NO_DATA, reason="no_current_stock", dated=False, memory=memory)
        if options:
            rows, text = find_options(reading, question, shown, self.snapshot, self.lexicon)
            return StockReply(text, options=tuple(rows), memory=memory, reason=None if rows else "no_fact")
        if about_shown is not None:
            return about_shown
        if wish is None:
            return None
        return self._from_stock(wish, reading, before)

    def expanded(self, question: str) -> str:
        """Abbreviations spelled out: «ТО» in small letters would be a particle."""
        if question.isupper():
            return question
        for sign, word in ABBREVIATIONS.items():
            question = re.sub(rf"\b{sign}\b", word, question)
        return question

    def car_question(self, question: str, now: datetime) -> CarQuestion | None:
        """A question that names a car and asks about something else; None where it does not."""
        reading = read(question, self.lexicon, now.year)
        if not reading.wish.names_a_car or not reading.residue or _COMPARES.search(normalise(question)):
            return None
        spelling = normalise(question)
        pieces, start = [], 0
        for atom in (reading.row[place] for place in reading.car_places):
            pieces.append(spelling[start : atom.start])
            start = atom.end
        rest = " ".join("".join((*pieces, spelling[start:])).split())
        return CarQuestion(without_car=rest, about=reading.residue)

    def classes_named(self, question: str) -> frozenset[str]:
        """Ids of the classes that a question names, by a class's name or by a designation («E 200»)."""
        row = atoms(question)
        designated = list(self.lexicon.names["hint"].find(row))
        within = {place for mention in designated for place in range(mention.start, mention.end)}
        classes = [
            mention for mention in self.lexicon.names["class"].find(row) if mention.start not in within
        ]
        return frozenset(mention.term.id for mention in (*designated, *classes))

    def named(self, question: str, memory: dict[str, Any], now: datetime) -> dict[str, Any]:
        """The memory after a question that passages answer: the car it named is what «он» means next."""
        wish = read(question, self.lexicon, now.year).wish
        if not (wish.classes or wish.models):
            return memory
        spoken = Wish(classes=wish.classes, models=wish.models)
        return {"wish": spoken.model_dump(mode="json", exclude_defaults=True), "shown": []}

    def _with_names(self, question: str, reading: Reading) -> Reading:
        """Names that neither stock nor vocabulary has («Камри») become absent instead of being ignored."""
        if self._brand_is_absent(reading.wish):
            rest = tuple(
                word for word in reading.residue if not self._is_name(word, question) and len(word) > 1
            )
            return replace(reading, residue=rest)
        if not (reading.about_stock or reading.cars_meant) or reading.wish.names_a_car:
            return reading
        strange = tuple(word for word in reading.residue if self._is_name(word, question))
        if not strange:
            return reading
        wish = reading.wish.model_copy(update={"absent": strange})
        rest = tuple(word for word in reading.residue if word not in strange)
        return replace(reading, wish=wish, residue=rest, about_stock=True)

    def _brand_is_absent(self, wish: Wish) -> bool:
        """Whether a brand is named that no car of the stock has: what stands beside it is its model's
        name.
        """
        stocked = frozenset().union(*(profile["brand"] for profile in self.lexicon.profiles.values()))
        return bool(wish.brands) and not stocked & set(wish.brands)

    def _is_name(self, word: str, question: str) -> bool:
        """Whether an unknown word may be a car's name: a noun that no preposition leads to."""
        if word.isdigit() or len(word) < 2 or self._is_topical(word):
            return False
        led_to = re.search(rf"\b(?:через|из|от|для|под|с|в|к|без)\s+{re.escape(word)}\b", normalise(question))
        if led_to or part_of_speech(word) not in ("NOUN", "LATN", ""):
            return False
        if word.isascii():
            return True
        if not is_known(word):
            return len(word) > 2
        capital = re.compile(rf"(?<![.!?…]\s)(?<!^)\b{re.escape(word[0].upper())}\w*")
        return any(normalise(match.group()) == word for match in capital.finditer(question))

    def _is_topical(self, word: str) -> bool:
        """Whether the passages and FAQ speak of it."""
        return self.knowledge is not None and lemma(word) in self.knowledge.lemmas

    def _wish(  # noqa: PLR0911 - the cases in their order, one return each
        self, reading: Reading, before: Wish | None, question: str
    ) -> Wish | None:
        """The wish to run, or None where this is no question about the stock."""
        spelling = normalise(question)
        if _COMPARES.search(spelling) and not _SUPERLATIVE_PRICE.search(spelling):
            return None
        wish = reading.wish
        triggered = reading.about_stock and _is_triggered(reading, spelling)
        if reading.residue and (reading.of_a_car or not self._tolerates(reading, triggered)):
            return None
        if before is not None and before.narrows and reading.follows and wish.narrows and not reading.renewed:
            opens = spelling.split()[:1] and spelling.split()[0] in ("а", "и", "ну", "тогда")
            if opens or not wish.names_a_car:
                return before.then(wish)
        if before is not None and before.narrows and not wish.narrows:
            order = _ORDERS.get(reading.relative or "") if reading.follows else None
            if order is not None:
                return before.model_copy(update={"order": order})
            if _asks_again(reading):
                return before
        if wish.narrows:
            return wish
        asks_values = reading.ask is Ask.VALUES and reading.attribute in _LISTED_ATTRIBUTES
        if triggered and (reading.cars_meant or asks_values or _is_bare(spelling)):
            return wish
        return None

    def _tolerates(self, reading: Reading, triggered: bool) -> bool:
        """Whether words that were not understood may stand beside a question about the stock: the car must be
        named or narrowed, something must ask for stock, and no FAQ may ask about those words.
        """
        if not (triggered and reading.wish.narrows):
            return False
        if self.knowledge is None:
            return True
        return not any(lemma(word) in self.knowledge.question_lemmas for word in reading.residue)

    def _from_stock(self, wish: Wish, reading: Reading, before: Wish | None = None) -> StockReply:
        lexicon = self.lexicon
        selection = select(wish, lexicon)
        kept = wish
        if not selection.cars and before is not None and not reading.wish.names_a_car and reading.follows:
            kept = before  # a criterion that led to nothing does not weigh on the next question
        memory: dict[str, Any] = {"wish": kept.model_dump(mode="json", exclude_defaults=True)}
        if not selection.cars:
            shown = selection.nearest
            text = rendering.missing(wish, shown, lexicon)
        elif reading.ask is Ask.VALUES and reading.attribute in _LISTED_ATTRIBUTES:
            shown = selection.cars
            text = rendering.values(shown, reading.attribute, wish, lexicon)
        elif not wish.narrows and reading.ask is not Ask.PRICE:
            shown = selection.cars
            text = rendering.overview(shown, lexicon)
        elif wish.order is not None:
            shown = tuple(leaders(selection.cars, wish.order))
            text = rendering.found(shown, wish, lexicon)
        elif reading.ask is Ask.PRICE:
            shown = selection.cars
            text = rendering.priced(shown, wish, lexicon)
        else:
            shown = selection.cars
            text = rendering.found(
                shown, wish, lexicon, asked_count=reading.ask is Ask.COUNT, restated=wish != reading.wish
            )
        if reading.unclear and selection.cars:
            text += "\n" + rendering.unchecked(reading.unclear)
        memory["shown"] = [car.vin for car in shown[: rendering.LISTED]]
        return StockReply(
            text, shown[: rendering.LISTED], memory=memory, reason=None if selection.cars else "not_in_stock"
        )

    def _about_shown(  # noqa: PLR0911 - the cases in their order, one return each
        self, reading: Reading, shown: Sequence[str]
    ) -> StockReply | None:
        """«второй вариант», «сколько он стоит», «а дешевле?»: about the cars shown before."""
        cars = [car for vin in shown for car in self.lexicon.cars if car.vin == vin]
        if not cars or reading.residue or reading.wish.names_a_car:
            return None
        if reading.relative is not None and not _narrows_beside_order(reading.wish):
            return self._relative(reading.relative, cars)
        if reading.wish.narrows:
            return None
        if reading.pointed:
            place = len(cars) if reading.pointed == -1 else reading.pointed
            if place > len(cars):
                return None
            return self._details([cars[place - 1]], reading, keep=cars)
        leans = reading.points or (reading.follows and reading.ask is Ask.DETAIL)
        if leans and reading.ask in (Ask.DETAIL, Ask.PRICE):
            return self._details(cars, reading, keep=cars)
        return None

    def _details(self, cars: list[Car], reading: Reading, keep: list[Car]) -> StockReply:
        attribute = reading.attribute
        if attribute is None:
            text = "\n".join(f"{rendering.described(car)}." for car in cars)
        else:
            text = "\n".join(rendering.detail(car, attribute) for car in cars)
        chosen = cars if len(cars) == 1 else keep
        return StockReply(text, tuple(cars), memory={"wish": None, "shown": [car.vin for car in chosen]})

    def _relative(self, relative: str, cars: list[Car]) -> StockReply:
        """Cheaper, dearer, newer or other cars of the same classes than those shown."""
        classes = tuple(sorted({name for car in cars for name in self.lexicon.profiles[car.vin]["class"]}))
        prices = [car.price_rub for car in cars]
        wish = {
            "cheaper": Wish(classes=classes, price_to=min(prices) - 1),
            "dearer": Wish(classes=classes, price_from=max(prices) + 1),
            "newer": Wish(classes=classes, year_from=max(car.year for car in cars) + 1),
            "other": Wish(classes=classes),
        }[relative]
        if relative == "other":
            seen = {car.vin for car in cars}
            rest = tuple(car for car in select(wish, self.lexicon).cars if car.vin not in seen)
            if not rest:
                text = f"Других таких автомобилей сейчас нет.\n{rendering.CALLBACK}"
                return StockReply(text, memory={"wish": wish.model_dump(mode="json", exclude_defaults=True)})
            text = f"Ещё в наличии {rendering.cars_counted(len(rest))}:\n{rendering.listed(rest)}"
            return StockReply(
                text, rest[: rendering.LISTED],
                memory={
                    "wish": wish.model_dump(mode="json", exclude_defaults=True),
                    "shown": [car.vin for car in rest[: rendering.LISTED]],
                },
            )  # fmt: skip
        return self._from_stock(wish, _EMPTY)


_ORDERS = {"cheaper": Order.CHEAPEST, "dearer": Order.DEAREST, "newer": Order.NEWEST}
_LISTED_ATTRIBUTES = ("color", "body", "fuel", "year", "class", "model")


def _clarified(reading: Reading, memory: dict[str, Any]) -> StockReply | None:
    """«Сколько он стоит?», «А дешевле?» where nothing was spoken of."""
    asks_of_it = reading.points and reading.ask in (Ask.PRICE, Ask.DETAIL) and not reading.pointed
    compares = reading.relative in _ORDERS and not reading.wish.narrows
    if (asks_of_it or compares) and not reading.residue:
        return StockReply(rendering.CLARIFY, reason="clarify", dated=False, memory=memory)
    return None


def _narrows_beside_order(wish: Wish) -> bool:
    return wish.model_copy(update={"order": None}).narrows


def _asks_again(reading: Reading) -> bool:
    """«а сколько стоит?», «какие есть цвета?»: the wish stays, something else is asked of it."""
    return reading.follows and reading.ask in (Ask.PRICE, Ask.VALUES, Ask.COUNT) and not reading.cars_meant


def _is_triggered(reading: Reading, spelling: str) -> bool:
    if reading.ask in (Ask.PRICE, Ask.VALUES, Ask.COUNT) or reading.wish.order is not None:
        return True
    return bool(
        re.search(
            r"\bесть\b|налич|\bкупи|приобре|подбер|подобр|покаж|предлож|посовет|ищу|хочу|хотел|нуж[ен]"
            r"|интересу|имеется|имеются|\bвзять\b|склад|продаж|продаете|что[- "
            r"]нибудь|найд|остал|рассматрива|\bкакие\b|присматрив|выбира|бюджет",
            spelling,
        )
    )


def _is_bare(spelling: str) -> bool:
    """«Что есть в наличии?»: the whole stock."""
    return bool(re.search(r"налич|ассортимент|что у вас есть|что есть|какой выбор", spelling))


_EMPTY = Reading(
    wish=Wish(), ask=Ask.LIST, attribute=None, about_stock=True, follows=False, points=False, pointed=0,
    relative=None, residue=(), unclear=(), renewed=False, options=False, cars_meant=True,
)  # fmt: skip
