"""Every rouble of an answer has to come from somewhere; what comes from nowhere is a price that was made up.

An amount may be the price of a car in stock that its piece is about, of an option named beside it, a sum of
these, the difference or the mean of prices, a value that a cited passage or calculation holds, the truth
itself, or the visitor's own bound said back as a bound, raised or lowered by what he adds or takes.
Refuses to know what else an answer claims.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise
from statistics import fmean
from typing import Any

from core.facts import Car, TrimOption
from jobs.evaluation.amounts import PLAIN, RUB, Number, numbers, plain
from jobs.evaluation.answers import Answer
from jobs.evaluation.catalogue import Meant
from jobs.evaluation.pieces import Piece
from jobs.evaluation.stocks import Stock
from jobs.evaluation.truth import Truth

_MOST_OPTIONS = 8
_OF_A_PRICE = re.compile(r"(?:цен\w*|сто[ия]\w*|прода\w*|отда\w*|сумм\w*),? (?:\w+ ){0,2}(?:- )?$")
_CRITERIA = re.compile(r"\([^()]*$")
_AROUND = re.compile(r"плюс[\s-]*минус|\+\s?/?\s?-|±|около|примерно|в районе|порядка")
_STUCK = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=лям|лимон|миллион|млн|тыс|руб)")  # «до5лямов»
_MEAN = re.compile(r"средн")
_DIFFERENCE = re.compile(r"разниц|разница|дороже|дешевле|выгод")
# «Накину ещё миллион», «на 500 тысяч меньше»: what a limit is raised or lowered by.
_WORDS = r"(?: [^\W\d]+){0,4} $"
_RAISES = re.compile(
    r"\b(?:(?:накин|накид|добав|доброс|прибав|подкин|долож|докин|докид)\w*|плюс|еще"
    rf"|(?:подн[яи]|увелич|расшир)\w*(?: [^\W\d]+)? на){_WORDS}|\+ ?$"
)
_LOWERS = re.compile(
    r"\b(?:(?:убав|убер|урез|уреж|сброс|скин|отним|вычт)\w*|минус"
    rf"|(?:уменьш|сни[жз]|опу[щс]|сокра)\w*(?: [^\W\d]+)? на){_WORDS}"
)
_BY = re.compile(r"\bна (?:[^\W\d]+ )?$")
_UP, _DOWN = re.compile(r"\W*(?:больше|дороже|выше|сверху)\b"), re.compile(r"\W*(?:меньше|дешевле|ниже)\b")
_HALF_A_MILLION = re.compile(r"\bпол(?:миллиона|лимона|ляма)\b")
_LEAST_STEP, _MOST_ROUBLES = 10_000, 500_000_000
_NOUNS = {"тройк": 3, "пятерк": 5, "семерк": 7, "десятк": 10, "пятнашк": 15, "двадцатк": 20}
STOCK_FACT, OPTION_FACT = "stock", "option"


@dataclass(frozen=True)
class Purse:
    """Where the amounts of one answer may come from."""

    stock: Stock
    answer: Answer
    asked: tuple[str, ...]
    truth: Truth | None = None

    def unaccounted(self, found: Sequence[Piece]) -> list[str]:
        """The amounts that come from nowhere, as they are written."""
        prices = {price for piece in found for price in self._prices_told(piece)}
        prices |= {car.price_rub for car in self.stock.cars if car.vin in self._cited}
        cited = list(self._cited_amounts())
        return [
            plain(piece.text)[number.start : number.end]
            for piece in found
            for number in piece.amounts
            if not (
                self._is_a_price(piece, number)
                or any(number.states(value) for value in cited)
                or self._is_the_truth(number)
                or self._is_of_options(piece, number, found)
                or _is_computed(piece, number, prices)
                or self._is_echo(piece, number)
            )
        ]

    @property
    def _cited(self) -> set[str]:
        return {fact.id for fact in self.answer.facts if fact.kind == STOCK_FACT}

    def _is_the_truth(self, number: Number) -> bool:
        if self.truth is None or self.truth.column != "price_rub" or self.truth.number is None:
            return False
        return abs(number.value - self.truth.number) <= 1

    def _cars_of(self, meant: Meant) -> Iterable[Car]:
        """The cars that a piece is about; where it names none, those in question, or any."""
        if meant.by & {"model", "class"}:
            return meant.named
        if self.truth is None or not self.truth.cars:
            return self.stock.cars
        return [car for car in self.stock.cars if car.vin in self._cited | self.truth.cars]

    def _prices_told(self, piece: Piece) -> Iterator[int]:
        for car in self._cars_of(piece.meant):
            if any(number.states(car.price_rub) for number in piece.amounts):
                yield car.price_rub

    def _is_a_price(self, piece: Piece, number: Number) -> bool:
        return any(number.states(car.price_rub) for car in self._cars_of(piece.meant))

    def _cited_amounts(self) -> Iterator[float]:
        """What passages, calculations and options cite; a car's own row counts for that car alone."""
        for fact in self.answer.facts:
            if fact.kind not in (STOCK_FACT, OPTION_FACT):
                yield from _numbers_in(fact.values)

    def _is_of_options(self, piece: Piece, number: Number, found: Sequence[Piece]) -> bool:
        """The price of an option that the piece names, of some of them together, or with the car."""
        models = {mention for each in (piece, *found) for m in each.meant.mentions for mention in m.models}
        own = {model for mention in piece.meant.mentions for model in mention.models}
        said = plain(" ".join((piece.text, *self.asked)))
        options = [
            option
            for option in self.stock.options
            if (not (own or models) or option.model in (own or models)) and names_option(said, option)
        ][:_MOST_OPTIONS]
        bases = [0, *(car.price_rub for car in self._cars_of(piece.meant))] if piece.meant.by else [0]
        sums = {
            sum(option.price_rub for option in some)
            for count in range(1, len(options) + 1)
            for some in combinations(options, count)
        }
        return any(number.states(base + extra) for base in bases for extra in sums)

    def _is_echo(self, piece: Piece, number: Number) -> bool:
        """The visitor's own amount, said back as a bound and not as a price."""
        asked = {
            round(value * scale, 2)  # 4,1 * 1e6 is a little less than 4 100 000
            for text in (*self.asked, *(_STUCK.sub(" ", each) for each in self.asked))
            for value in (each.value for each in numbers(text) if each.unit in (RUB, PLAIN))
            for scale in (1.0, 1e3, 1e6)
        }
        asked |= {amount for text in self.asked for amount in _spoken(plain(text))}
        if _AROUND.search(plain(" ".join(self.asked))):  # «6 млн плюс-минус 200 тысяч»
            asked |= {
                value + sign * share for value in asked for share in (*asked, value / 10) for sign in (1, -1)
            }
        asked |= set(_changed_limits(self.asked))
        if number.value not in asked:
            return False
        if self._is_quoted(piece, number):
            return True
        before = plain(piece.text)[: number.start]
        if _OF_A_PRICE.search(before) and not piece.denies:
            return False
        return piece.is_bound(number) or piece.denies or bool(_CRITERIA.search(before) and not piece.is_offer)

    def _is_quoted(self, piece: Piece, number: Number) -> bool:
        """The visitor's words as he wrote them, between «»: they claim nothing."""
        text = plain(piece.text)
        opened, closed = text.rfind("«", 0, number.start), text.find("»", number.end)
        quoted = text[opened + 1 : closed] if 0 <= opened < closed else ""
        return bool(quoted) and any(quoted in plain(said) for said in self.asked)


def _spoken(text: str) -> Iterator[float]:
    """«До пяти триста» and «дороже десятки», said of what cars cost."""
    found = list(numbers(text))
    for left, right in pairwise(found):
        if 0 < left.value < 100 and 50 <= right.value < 1_000 and not text[left.end : right.start].strip():
            yield left.value * 1e6 + right.value * 1e3
    for stem, value in _NOUNS.items():
        if re.search(rf"\b{stem}(?:а|и|у|е|ой)\b", text):
            yield value * 1e6


def _changed_limits(asked: Sequence[str]) -> Iterator[float]:
    """The sums of the dialogue, each raised or lowered by what the visitor adds or takes after them."""
    limits: set[float] = set()
    for text in asked:
        steps: list[float] = []
        spelling = _HALF_A_MILLION.sub("500 тысяч", plain(text))
        for number in numbers(spelling):
            if number.unit in (RUB, PLAIN):
                sign = _sign_of(spelling[: number.start], spelling[number.end :])
                scaled = {
                    number.value * scale for scale in ((1.0,) if number.unit == RUB else (1.0, 1e3, 1e6))
                }
                sums = {value for value in scaled if _LEAST_STEP <= value <= _MOST_ROUBLES}
                steps += [sign * value for value in sums if sign]
                limits |= sums if not sign else set()
        changed = {limit + step for limit in limits for step in steps}
        yield from changed
        limits |= changed


def _sign_of(before: str, behind: str) -> int:
    """Whether a sum is put upon another, taken from it, or neither."""
    by = bool(_BY.search(before))
    if _RAISES.search(before) or (by and _UP.match(behind)):
        return 1
    return -1 if _LOWERS.search(before) or (by and _DOWN.match(behind)) else 0


def names_option(said: str, option: TrimOption) -> bool:
    """Whether a text, as `plain` gives it, names the option: every longer word of it, in any ending."""
    stems = _stems(option.option)
    return bool(stems) and all(stem in said for stem in stems)


@lru_cache
def _stems(name: str) -> tuple[str, ...]:
    words = [word for word in re.findall(r"\w+", plain(name)) if len(word) > 3 or word.isascii()]
    return tuple(word[: max(4, len(word) - 2)] for word in words)


def _is_computed(piece: Piece, number: Number, prices: set[int]) -> bool:
    """The difference of two prices of the answer, or the mean of all that the piece is about."""
    spelling = plain(piece.text)
    if _DIFFERENCE.search(spelling) and any(
        abs(abs(left - right) - number.value) <= 1 for left, right in combinations(prices, 2)
    ):
        return True
    about = [car.price_rub for car in piece.meant.like]
    return bool(about and _MEAN.search(spelling) and abs(fmean(about) - number.value) <= 1)


def _numbers_in(value: Any) -> Iterator[float]:
    if isinstance(value, str):
        yield from (number.value for number in numbers(value))
    elif isinstance(value, bool):
        return
    elif isinstance(value, int | float):
        yield float(value)
    elif isinstance(value, dict):
        for each in value.values():
            yield from _numbers_in(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _numbers_in(each)
