"""Whether the end that was asked for stays: «самый дешёвый гелик», then «а без пробега?», «а чёрный?».

Knows which follow-up speaks of one car and says nothing but which. Refuses to know what it adds to the wish
(`asking.py`).
"""

from __future__ import annotations

import re

from assistants.showroom.language import phrases
from assistants.showroom.language.intents import Ask
from assistants.showroom.language.reading import Reading
from assistants.showroom.language.wish import Order, Wish
from core.quantities import quantities
from core.russian import is_plural, lemma, part_of_speech, words

# What replaces an end: the bounds of what it is an end of.
_MEASURED = {
    Order.CHEAPEST: ("price_from", "price_to"), Order.DEAREST: ("price_from", "price_to"),
    Order.NEWEST: ("year_from", "year_to"), Order.OLDEST: ("year_from", "year_to"),
    Order.LEAST_MILEAGE: ("mileage_from", "mileage_to"),
    Order.MOST_MILEAGE: ("mileage_from", "mileage_to"),
}  # fmt: skip
# «А чёрный есть?», «какие белые?», «покажите дизельный»: asked of all that there are.
_SUBJECTS = (
    phrases.CAR_WORDS | phrases.STOCK_WORDS | phrases.HAVE_WORDS | phrases.BUY_WORDS | phrases.COUNT_WORDS
    | phrases.WHICH_WORDS
)  # fmt: skip
_TAKEN_BACK = re.compile(r"^\W*нет,")  # «нет, чёрный» asks for none
_OF_A_KIND = re.compile(r"^\W*(?:(?:а|и|ну|тогда)\W+)*(?:из|среди) ")  # «а из дизельных?»
_ASKING = ("VERB", "INFN", "PRED", "GRND")
_SEVERAL = re.compile(
    r"\bесли (?:\w+ )?(?:несколько|много|больше (?:одн\w+|1))\b|\bесли (?:\w+ )?не (?:один|одна|одно)\b"
)


def kept_end(wish: Wish, reading: Reading, before: Wish, spelling: str) -> Wish:
    """The wish with the end of the wish before, where the question only says of which car."""
    if before.order is None or wish.order is not None or not _says_of_which(reading, before, spelling):
        return wish
    return wish.model_copy(update={"order": before.order, "limit": before.limit})


def without_tie(wish: Wish, reading: Reading) -> Wish:
    """«Самый дешёвый, если их несколько»: an end that only settles which one is told is no condition."""
    said = " ".join(atom.text for atom in reading.row)
    return wish.without("order", "limit") if _SEVERAL.search(said) else wish


def _says_of_which(reading: Reading, before: Wish, spelling: str) -> bool:
    leans = reading.relative or reading.points or reading.pointed or reading.within or reading.cars_meant
    if leans or reading.residue or reading.ask not in (Ask.LIST, Ask.PRICE):
        return False
    if before.order is not None and any(
        getattr(reading.wish, name) is not None for name in _MEASURED[before.order]
    ):
        return False
    said = _TAKEN_BACK.sub("", spelling)
    if reading.ask is not Ask.PRICE and any(map(_asks, _words(said))):
        return False
    return before.limit is not None or not _names_many(said) or _OF_A_KIND.match(spelling) is not None


def _asks(form: str) -> bool:
    return form in _SUBJECTS or lemma(form) in _SUBJECTS or part_of_speech(form) in _ASKING


def _names_many(said: str) -> bool:
    """«Чёрные», «седаны»; of years and kilometres one car has many, too."""
    for number in reversed(quantities(said)):
        said = f"{said[: number.start]} {said[number.end :]}"
    return any(part_of_speech(form) in ("ADJF", "NOUN") and is_plural(form) for form in _words(said))


def _words(said: str) -> list[str]:
    """Without the letter of «е-класс», which is no word."""
    return [word for word in words(said) if len(word) > 1]
