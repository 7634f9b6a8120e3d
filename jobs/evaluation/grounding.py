"""Whether everything in an answer that can be checked stands in the facts that it cites.

Numbers, percentages, clock times, phones, links, Latin words and proper names; the facts are the cited rows,
passages and calculations, the owner's fixed sentences, and the visitor's own words said back. The parser is
the judge's own: `core.guard` decides what is shown, and would find everything grounded that it let through.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from functools import lru_cache

from jobs.evaluation.amounts import CARS, MORE_CARS, Number, numbers, phones, plain
from jobs.evaluation.answers import Answer
from jobs.evaluation.desk import ASKED_AT
from jobs.evaluation.money import STOCK_FACT
from jobs.evaluation.safety import own_words
from jobs.evaluation.stocks import Stock

_LINK = re.compile(r"(?:https?://|www\.)[^\s»)]+|[\w.+-]+@[\w-]+\.[\w.]+")
_LATIN = re.compile(r"[a-z]{2,}")
_NAME = re.compile(r"(?<![.!?…:;»\"\n\d)-])[^\S\n][«\"(]*([А-ЯЁ][а-яё]{3,})")
_STAMP = re.compile(r"По данным на \d{1,2}:\d{2} \d{1,2} [а-я]+\.?")
_MISSING = re.compile(r"[^.\n₽]*нет в наличии[^.\n₽]*")  # what is not there stands in no fact
_NAME_LETTERS = 5
_HARMLESS = frozenset({1.0})


@dataclass(frozen=True)
class Evidence:
    numbers: frozenset[float]
    latin: frozenset[str]
    stems: frozenset[str]
    phones: frozenset[str]
    links: frozenset[str]

    @classmethod
    def of(cls, texts: Iterable[str], values: Iterable[float] = ()) -> Evidence:
        joined = "\n".join(texts)
        spelling = plain(joined)
        said = {float(each) for each in re.findall(r"\d+", spelling)}
        return cls(
            numbers=frozenset({*(number.value for number in numbers(joined)), *said, *values}),
            latin=frozenset(_LATIN.findall(spelling)),
            stems=frozenset(word[:_NAME_LETTERS] for word in re.findall(r"[а-я]+", spelling)),
            phones=frozenset(phones(joined)),
            links=frozenset(link.rstrip(".,") for link in _LINK.findall(spelling)),
        )

    def __or__(self, other: Evidence) -> Evidence:
        return Evidence(*(getattr(self, each.name) | getattr(other, each.name) for each in fields(self)))


def ungrounded(
    answer: Answer, stock: Stock, said_back: Iterable[str], fixed: Iterable[str], true: Iterable[float]
) -> list[str]:
    """What stands in no fact, as it is written.

    An answer that cites the stock cites all of its rows. `said_back` are the visitor's words, `true` the
    numbers that were found so.
    """
    evidence = Evidence.of((*_texts(answer), *said_back), (*_values(answer, stock), *map(float, true)))
    evidence |= _of_owner(tuple(fixed))
    if any(each.kind == STOCK_FACT for each in answer.sources):
        evidence |= _of_stock(stock)
    text = _MISSING.sub(" ", _without_stamp(own_words(answer.text, fixed)))
    spelling = plain(text)
    return [
        *(phone for phone in phones(text) if phone not in evidence.phones),
        *(
            link
            for link in (each.rstrip(".,") for each in _LINK.findall(spelling))
            if link not in evidence.links
        ),
        *(
            spelling[number.start : number.end]
            for number in numbers(_LINK.sub(" ", text))
            if not _is_known(number, evidence)
        ),
        *(word for word in _LATIN.findall(_LINK.sub(" ", spelling)) if word not in evidence.latin),
        *(name for name in _NAME.findall(text) if plain(name)[:_NAME_LETTERS] not in evidence.stems),
    ]


@lru_cache(maxsize=4)
def _of_owner(fixed: tuple[str, ...]) -> Evidence:
    return Evidence.of(fixed)


@lru_cache(maxsize=8)
def _of_stock(stock: Stock) -> Evidence:
    return Evidence.of((stock.data().decode(),))


def _is_known(number: Number, evidence: Evidence) -> bool:
    if number.value in evidence.numbers or (number.value in _HARMLESS and not number.unit):
        return True
    if number.unit in (CARS, MORE_CARS):
        return False
    return any(number.states(value) for value in evidence.numbers) if number.precise_to > 1 else False


def _texts(answer: Answer) -> Iterator[str]:
    for fact in answer.facts:
        yield from (str(value) for value in _leaves(fact.values) if not isinstance(value, int | float))
    yield from (source.title for source in answer.sources)


def _values(answer: Answer, stock: Stock) -> Iterator[float]:
    """Numbers of the cited facts, and the differences of the cited prices."""
    vins = {fact.id for fact in answer.facts if fact.kind == STOCK_FACT}
    known = [float(car.price_rub) for car in stock.cars if car.vin in vins]
    yield from (abs(left - right) for left in known for right in known)
    for fact in answer.facts:
        yield from (float(value) for value in _leaves(fact.values) if isinstance(value, int | float))


def _leaves(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _leaves(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _leaves(each)
    else:
        yield value


def _without_stamp(text: str) -> str:
    """«По данным на 12:00 23 ноября.» is the moment of the snapshot, which the evaluation itself has set."""
    return _STAMP.sub(lambda match: " " if f" {ASKED_AT.day} " in match.group() else match.group(), text)
