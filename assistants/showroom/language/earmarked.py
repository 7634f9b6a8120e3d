"""Money that somebody has for a car: «на GLS заложили 15 миллионов», «муж выделил на белый GLC восемь».

Knows how Russian says what a sum is meant for. Refuses to know whose money it is, and cars: it is given which
words are names of the stock.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from assistants.showroom.language.spans import Span
from assistants.showroom.language.word_roles import Word
from core.quantities import Quantity, quantities
from core.russian import grammemes, lemma, words

# What is gone has bought another car.
_SPENT = frozenset(
    {"потратить", "истратить", "тратить", "вложить", "вкладывать", "спустить", "уйти", "заплатить"}
)
_LEAST_SUM = 300_000
# Of what was put by one tells; «отложите мне GLC» and «когда будет готов?» ask for something.
_PUT_BY = re.compile(
    r"\b(?:заложил[аи]?|заложен\w*|закладываю|закладываем|выделил[аи]?|выделен\w*|выделяем|отложил[аи]?|отложен\w*"
    r"|отвел[аи]?|отведен\w*|отводим|одобрил[аи]?|одобрен\w*|согласовал[аи]?|согласован\w*|предусмотрел[аи]?"
    r"|предусмотрен\w*|запланировал[аи]?|запланирован\w*"
    r"|готов[аы]? (?=(?:отдать|потратить|заплатить|дать|выложить)\b))"
)
_STANDS_ON = {"loct", "datv"}


def put_by(spelling: str, *, priced: bool) -> list[Span]:
    """Where it is said of the sum that bounds the price that it is there."""
    return [match.span() for match in _PUT_BY.finditer(spelling)] if priced else []


def is_earmarked(row: Sequence[Word], text: str) -> bool:
    """Whether a piece of a text, the words of `row`, says that a sum is there for a car."""
    if any(lemma(word.text) in _SPENT and "past" in grammemes(word.text) for word in row):
        return False
    return any(_is_meant(row, place) for place in range(len(row))) and any(
        _is_a_sum(number) and words(text[: number.start])[-1:] != ["за"] for number in quantities(text)
    )


def _is_a_sum(number: Quantity) -> bool:
    return number.unit == "rub" or (number.scaled and not number.unit and number.value >= _LEAST_SUM)


def _is_meant(row: Sequence[Word], place: int) -> bool:
    """«На GLS», «на чёрную ешку», but «на ешке» one drives."""
    if row[place].text != "на":
        return False
    named = [*takewhile(lambda word: word.thing or word.part == "ADJF", row[place + 1 :])]
    return any(word.thing for word in named) and not any(_STANDS_ON & grammemes(word.text) for word in named)
