"""A price that a visitor quotes: «CLS за 5 220 000» is the car of that very price, not all up to it.

Knows that nobody has a budget to the last ten thousand: «за 4 690 000» is that price, whether a car has it or
not; so is what is written in digits («6 200 000»), unless it is a whole or a half million, and what is asked
of a car that may be sold («GLC за 5 млн ещё не продали?»). Another round sum is one only of an offer that one
has seen («ещё есть?», «что за машина за 5 млн?») and where a car costs exactly so much. Refuses to take from
the question what a car costs that it names: «GLC стоит 5 220 000?» is that price only where one has it.
"""

from __future__ import annotations

import re

from assistants.showroom.desk.stock import select
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.wish import Wish
from core.quantities import quantities

_ROUND, _ROUND_IN_DIGITS = 50_000, 500_000
_LEAST = 300_000
_COMPARED = (
    r"(?:дешевле|дороже|меньше|больше|выше|ниже|более|менее|до|от|не|свыше|максимум|минимум|около|примерно)"
)
_FOR = r"(?:за|по цене|ценой|стоимостью)"
_QUOTES = re.compile(rf"\b(?P<sign>{_FOR}|сто[ия]\w*|цена|ценник\w*|прайс\w*)(?: в)?[\s:—–-]*$")
# «Что у вас стоит 7 290 000?»: of a price alone it is asked which car has it.
_WHICH = re.compile(r"\b(?:что|чего|кто|как(?:ой|ая|ое|ие|ую|ое)|котор\w+)\b")
_BOUNDS = re.compile(rf"\b{_COMPARED}\b[\s,]*(?:чем )?(?:\w+ )?$")
_BOUNDS_BEHIND = re.compile(
    r"\W*(?:рубл\w*|руб|р)?\W*(?:и |или |но )?(?:не )?(?:по)?(?:дешевле|дороже|меньше|больше|ниже|выше)\b"
)
_STILL = (
    r"тут|там|здесь|в продаже|прода[ею]т\w*|не (?:уш|прода|забра|куп|увел|уех)\w*|актуал\w*|стоит|на месте"
)
# «Машина за 4 650 000 ещё продаётся?», «белый за 4 500 000 ещё не ушёл?»
_IS_STILL_THERE = re.compile(
    rf"\bеще (?:{_STILL}|в наличии|есть|доступ\w*|у вас)\b"
    r"|\bне (?:уш|продал|продан|забрал|увел|уех)\w* (?:еще|уже)\b|\bактуальн\w*"
)
_IS_UNSOLD = re.compile(rf"\bеще (?:{_STILL})")


def with_quoted_price(wish: Wish, spelling: str, lexicon: Lexicon) -> Wish:
    """The wish with the price that is quoted as the only one, where some car that is wished for has it."""
    seen = _IS_STILL_THERE.search(spelling) is not None
    for number in quantities(spelling):
        value = round(number.value)
        odd = value % (_ROUND if number.scaled or number.in_words else _ROUND_IN_DIGITS) != 0
        if number.unit not in ("", "rub") or value < _LEAST or not (seen or odd):
            continue
        led = _QUOTES.search(spelling, 0, number.start)
        if (
            led is None
            or _BOUNDS.search(spelling[: led.start()])
            or _BOUNDS_BEHIND.match(spelling, number.end)
        ):
            continue
        exact = wish.model_copy(update={"price_from": value, "price_to": value})
        if wish.price_from not in (None, value) or wish.price_to not in (None, value):
            continue
        told = re.fullmatch(_FOR, led["sign"]) or (_WHICH.search(spelling) and not wish.names_a_car)
        unsold = wish.names_a_car and _IS_UNSOLD.search(spelling)
        if ((odd or unsold) and told) or select(exact, lexicon).cars:
            return exact
    return wish
