"""An answer about the stock taken apart: pieces that speak of one car each, denials, alternatives.

Knows how such answers are built: a line or a sentence a car, «ближайшее» before what was not asked for, «нет
в наличии» for what is missing. Refuses to know what is true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from jobs.evaluation.amounts import CARS, MORE_CARS, RUB, YEAR, Number, plain, roubles
from jobs.evaluation.catalogue import Catalogue, Meant

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=[«\"(]?[A-ZА-ЯЁ])|\n+")
_ABBREVIATION = re.compile(r"(?:^|[\s(])(?:г|гг|тыс|млн|руб|л|с|т|е|др|стр|ул|д|тел)\.$", re.IGNORECASE)
_ALTERNATIVE = re.compile(
    r"ближайш|близк|ближе всего|похож|альтернатив|вместо|взамен|из того, что есть|могу предложить"
    r"|можем предложить|можно рассмотреть|рассмотрите|обратите внимание|зато есть|другие варианты"
)
# The visitor's own words, said back: they say nothing of the cars shown.
_SAID_BACK = re.compile(r"«[^»]*»")
# What an answer owns up to: words of the question and criteria of the dialogue that it does not hold.
_LEFT_OUT = re.compile(r"^(?:Не учтено: (?P<words>«.*»)|Прежние условия не учтены: (?P<before>.*\.$))")
_DENIAL = re.compile(
    r"(?<!сведений )(?<!данных )(?<!информации )\b(?:нет в наличии|в наличии (?:сейчас )?нет"
    r"|нет таких|таких (?:\w+ ){0,3}нет|такого (?:\w+ ){0,4}нет|такой (?:\w+ ){0,4}нет"
    r"|сейчас нет\b|ничего нет|нет ни одно|нет автомобил|нет машин|не наш\w+|не найден|не числ"
    r"|отсутству|не имеется|не осталось|к сожалению, нет|у нас нет|пока нет)"
    r"|^нет[,.! ]|: нет\b"
)
_NO_WORD_OF_STOCK = re.compile(
    r"\b(?:сведений|информации|ответа)\b[^.\n]{0,40}\bнет\b|\bданных (?:у меня )?нет\b"
    r"|\bнет\b[^.\n]{0,15}\b(?:сведений|данных|информации)\b"
)
_ASSERTION = re.compile(
    r"\bда\b[,.! ]|\bесть в наличии|в наличии (?:есть|имеет|\d)|\bимеется|\bесть \w+ автомобил"
    r"|у нас есть|найд[её]тся|\bесть\b[^.\n]{0,40}\bв наличии"
)
_BOUND = re.compile(
    r"(?:\bдо|\bот|\bс|\bпо|дороже|дешевле|более|менее|больше|меньше|выше|ниже|свыше|новее|старше|позже|раньше"
    r"|в пределах|бюджет\w*|около|примерно|порядка|между|цена -|цене -|стоимость -)\s*$"
)
_PAIR = re.compile(r"^(?P<label>.*\S) - (?P<count>\d{1,4})$")


@dataclass(frozen=True)
class Piece:
    """A line or a sentence, cut before a further model where the first has its price; `text` as written."""

    text: str
    meant: Meant
    alternative: bool

    @property
    def denies(self) -> bool:
        return denies(self.text)

    @property
    def amounts(self) -> list[Number]:
        return [number for number in self.meant.found if number.unit == RUB]

    @property
    def is_offer(self) -> bool:
        """Whether it shows a car: a model with its price, or with its year and not as a bound."""
        if not self.meant.mentions or self.denies:
            return False
        units = {number.unit for number in self.meant.found if not self.is_bound(number)}
        return RUB in units or (YEAR in units and bool(self.meant.by & {"color", "body", "fuel", "mileage"}))

    def is_bound(self, number: Number) -> bool:
        """«до 5 000 000 ₽», «с 2021 года», or anything in brackets that is no price of a car beside it."""
        before = plain(self.text)[: number.start]
        return bool(_BOUND.search(before))

    def counts(self, unit: str = CARS) -> list[int]:
        return [
            round(number.value) for number in self.meant.found if number.unit == unit and number.value >= 1
        ]

    def pairs(self) -> Iterator[tuple[str, int]]:
        """«C-Class — 4, E-Class — 10»: each value with its count."""
        _, _, listed = plain(self.text).rpartition(": ")
        for part in re.split(r"[,;]\s+", listed.strip().rstrip(".")):
            match = _PAIR.match(part)
            if match is not None:
                yield match["label"], int(match["count"])


def pieces(text: str, catalogue: Catalogue) -> list[Piece]:
    found = []
    alternative = False
    for sentence in _sentences(text):
        if _LEFT_OUT.match(sentence):
            continue
        alternative = alternative or bool(_ALTERNATIVE.search(_SAID_BACK.sub(" ", plain(sentence))))
        found += [Piece(part, catalogue.meant(part), alternative) for part in _cut(sentence, catalogue)]
    return found


def left_out(text: str) -> tuple[tuple[str, ...], bool]:
    """The words of the question that an answer says it did not take into account, and whether it says so of
    criteria of the dialogue.
    """
    found = [match for sentence in _sentences(text) if (match := _LEFT_OUT.match(sentence)) is not None]
    quoted = [said[1:-1] for match in found for said in _SAID_BACK.findall(match["words"] or "")]
    return tuple(quoted), any(match["before"] for match in found)


def denies(text: str) -> bool:
    """Whether it says that something is not there."""
    return bool(_DENIAL.search(_NO_WORD_OF_STOCK.sub(" ", plain(text))))


def asserts(text: str) -> bool:
    """Whether it says that something is there, and nowhere that it is not."""
    return bool(_ASSERTION.search(plain(text))) and not denies(text)


def shown_more(found: Sequence[Piece]) -> list[int]:
    """«И ещё 7 автомобилей»."""
    return [count for piece in found for count in piece.counts(MORE_CARS)]


def _sentences(text: str) -> Iterator[str]:
    start = 0
    for match in _SENTENCE_END.finditer(text):
        sentence = text[start : match.start()]
        if "\n" not in match.group() and _ABBREVIATION.search(sentence):
            continue
        if sentence.strip():
            yield sentence.strip()
        start = match.end()
    if text[start:].strip():
        yield text[start:].strip()


def _cut(sentence: str, catalogue: Catalogue) -> Iterator[str]:
    """One piece a model and its price. What stands before the first model is told of it."""
    mentions = catalogue.mentions(sentence)
    prices = [number.start for number in roubles(sentence)]
    starts = [
        later.start
        for earlier, later in pairwise(mentions)
        if any(earlier.end <= price < later.start for price in prices)
    ]
    edges = [0, *starts, len(sentence)]
    for left, right in pairwise(edges):
        if sentence[left:right].strip():
            yield sentence[left:right]
