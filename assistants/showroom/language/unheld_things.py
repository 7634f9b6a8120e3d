"""Things that no stock knows: persons, floors, garages, the weather, seats, what is paid a month.

Knows which nouns are of a stock of cars and of asking for one. Refuses to know the vocabulary of a salon: a
class or a body is a noun like any other here.
"""

from __future__ import annotations

import re

from assistants.showroom.language import phrases
from core.russian import grammemes, is_known, lemma, part_of_speech, words

OF_THE_STOCK = (
    phrases.STOCK_WORDS | phrases.PRICE_WORDS | phrases.BUY_WORDS | phrases.HAVE_WORDS | phrases.COUNT_WORDS
    | phrases.WHICH_WORDS | phrases.BUDGET_WORDS | phrases.MILEAGE | phrases.YEAR
    | {"продавать", "продать", "торговать"}
)  # fmt: skip

# The unit of a number that bounds nothing: of seats, or of what is paid a month.
UNHELD = "unheld"
_HOW_MANY = (
    r"(?:\d+(?:-?(?:ти|ми|х))?|дв(?:а|ух)|тр(?:и|ех)|четыр(?:е|ех)|пят[ьи]|шест[ьи]|сем[ьи]|вос(?:емь|ьми)"
    r"|девят[ьи])"
)
_SEATS = re.compile(
    rf"\b{_HOW_MANY}[ -]?местн\w+|\b{_HOW_MANY} (?:посадочн\w+ )?(?:мест\w{{0,2}}|человек\w?|пассажир\w*)\b"
)
_MONTH = r"(?:(?:в|за|каждый) мес(?:яц)?\b|ежемесячно|помесячно)"
_AMOUNT = (
    r"(?:\d[\d ]*|сто|двести|триста|полтинник\w?|соточк\w|сотк\w)"
    r"(?:\W*(?:тыс\w*|тыщ\w*|т\b|к\b|руб\w*|р\b))*"
)
_PAYMENT = re.compile(
    rf"(?:\b(?:готов\w*|могу|можем|хочу|хотим) )?(?:\bплат(?:ить|им|еж\w*|ежом) )?"
    rf"(?:\b(?:до|по|за|около|максимум|не (?:больше|дороже|более|выше)|чтоб\w* (?:был )?до) )?"
    rf"\b{_AMOUNT}\W*{_MONTH}"
)
# «Бывает ли GLB семиместным?» asks of the model, and not of those in stock.
_OF_A_MODEL = re.compile(r"\bбыва|\bвмеща|\bвмести|\bзаказать")

ASKED = OF_THE_STOCK - phrases.YEAR


def unheld_in(spelling: str) -> list[tuple[int, int]]:
    """Where it is said what may be paid a month or, in no question on a model as such, how many seats a car
    is to have.
    """
    seats = [] if _OF_A_MODEL.search(spelling) else [match.span() for match in _SEATS.finditer(spelling)]
    return [*payments_in(spelling), *seats]


def payments_in(spelling: str) -> list[tuple[int, int]]:
    """Where a sum is said to be paid a month: «до 50 тысяч в месяц»."""
    return [match.span() for match in _PAYMENT.finditer(spelling)]


def is_apart_from_cars(clause: str) -> bool:
    """«В гараже плюс 5»: whether a clause that names no criterion speaks of something that no stock knows."""
    said = words(clause)
    aside = any(is_strange(word) or _is_aside(word) for word in said)
    return aside and not any(lemma(word) in ASKED for word in said)


def _is_aside(word: str) -> bool:
    """«Зимой», «утром»."""
    return part_of_speech(word) == "ADVB" and is_known(word) and lemma(word) not in phrases.FILLER


def is_strange(word: str) -> bool:
    """A noun that no stock knows; whoever is counted is no car."""
    known = OF_THE_STOCK | phrases.FILLER
    noun = part_of_speech(word) == "NOUN" and is_known(word)
    return noun and ("anim" in grammemes(word) or lemma(word) not in known)
