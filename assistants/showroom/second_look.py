"""Whether what the stock desk answered is a question on the stock at all.

A stock question with words left over may be one that a passage answers («В каком году гелику дали независимую
подвеску?»), a name that nobody knows may be no car's («Сколько стоит посудомойка Bosch?»), and what is new,
red or at most so dear may be no car («Кто играл в новом фильме?»). Knows when the gate's judgement outweighs
the desk's. Refuses to answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import cache

from assistants.showroom.desk.options_asked import asks_a_price, asks_whether, asks_which_cars
from assistants.showroom.desk.stock_desk import StockReply
from assistants.showroom.gate import Decision, Route
from assistants.showroom.language.intents import Ask
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.phrases import CAR_WORDS, FOR_SALE, HAVE_WORDS, PRICE_WORDS, STOCK_WORDS
from assistants.showroom.language.reading import Reading
from assistants.showroom.language.unheld_things import unheld_in
from assistants.showroom.language.wish import Wish
from core.russian import is_known, lemma, normalise, part_of_speech, words

# No question on the stock of the dev split reaches the first with words left over, but such as ask a price.
_ANSWERS, _STRANGE = 0.9, 0.85
# Of what names no car: no question on the stock of the dev split with a word left over comes near it.
_FOREIGN = 0.7
_OF_ANYTHING = {"модель", "вариант", "экземпляр", "предложение", "аппарат", "позиция", "штука"}
# «Не старше трёх лет, до 20 тысяч пробега»: so many kinds of bounds are said of a stock alone.
_OF_A_STOCK = 2
_WITH = re.compile(r"\bсо? \w+(?: \w+)?")
_OCCASION = re.compile(r"\b(?:на|для|под|к|ко) (?:\w+(?:ый|ий|ой|ое|ее|ую|юю|ых|их|ому|ему|ей) )?\w+")
# «V-класс на 7 мест большой семье, есть?»: whatever an article tells of it, which there are is asked.
_IS_THERE = (
    r"(?:есть|имеется|имеются|в наличии|в продаже|найдется)"
    r"(?: (?:ли|сейчас|у вас|в наличии|такой|такая|такие))*"
)
_CLOSES_SO = re.compile(rf"[,;—–-]\s*(?:(?:у вас|такой|такая|такие|сейчас) )*{_IS_THERE}\s*\?\W*$")
_ASKS_SO = re.compile(rf"^\W*(?:а |и |у вас )*{_IS_THERE}\b|\b{_IS_THERE}\s*\?\W*$")
_DESCRIBE = ("class", "body", "color", "fuel", "feature")


def only_describes(reading: Reading, lexicon: Lexicon) -> bool:
    """«Цешка универсал», «C-class универсал для дачи»: a car's name, its properties and perhaps what it is
    for. An article headed so tells of the model; who types it in a salon wants to know which there are.
    """
    wish, row = reading.wish, reading.row
    if not wish.names_a_car or wish.absent or not (wish.bodies or wish.fuels or wish.colors):
        return False
    named = [mention for kind in _DESCRIBE for mention in lexicon.names[kind].find(row)]
    taken = {*reading.car_places, *(at for each in named for at in range(each.start, each.end))}
    return all(
        at in taken or atom.text in reading.purposes or part_of_speech(atom.text) == "PREP"
        for at, atom in enumerate(row)
    )


def second_look(
    question: str, reading: Reading, reply: StockReply, lexicon: Lexicon, decide: Callable[[], Decision]
) -> Decision | None:
    """What the gate says of it where that counts more than the stock's reply; else None."""
    decide = cache(decide)  # a search through all passages
    asked = {lemma(word) for word in words(question)}
    named = reading.wish.names_a_car or reading.points or reading.follows
    of_a_trim = reply.options and (named or asks_which_cars(reading))
    if reply.lacking and not of_a_trim:
        spelling = normalise(question)
        of_a_trim = _with_it(question, reading.residue) or asks_whether(spelling) or asks_a_price(spelling)
        of_a_trim = of_a_trim or reading.points or reading.follows
    priced = reading.ask is Ask.PRICE or asked & PRICE_WORDS
    for_cars = priced or reading.asks_for_cars or reading.wish.bounds >= _OF_A_STOCK
    for_cars = for_cars or _asks_for_such(reading, normalise(question))
    if reading.residue and not (of_a_trim or for_cars or only_describes(reading, lexicon)):
        decision = decide()
        answers = decision.route in (Route.VERBATIM, Route.PASSAGE)
        if answers and decision.certainty >= _ANSWERS:
            return decision
    by_itself = reply.ran == reading.wish or (reply.reason == "clarify" and not reading.follows)
    apart = by_itself and not asked & (CAR_WORDS - _OF_ANYTHING)
    if apart and _names_nothing_of_cars(reading.wish) and _speaks_of_something(question, reading.residue):
        decision = decide()
        if decision.route is Route.OFF_TOPIC and decision.certainty >= _FOREIGN:
            return decision
    asks_stock = asked & (PRICE_WORDS | HAVE_WORDS | STOCK_WORDS) or FOR_SALE & {*words(question)}
    nothing_else = reply.reason == "clarify" and _names_nothing_of_cars(reading.wish.without("absent"))
    missing = reading.wish.absent and (reply.reason == "not_in_stock" or nothing_else)
    if missing and (reading.residue or not asks_stock) and not _names_a_strange_car(reading, lexicon):
        decision = decide()
        strange = decision.route in (Route.SMALL_TALK, Route.OFF_TOPIC)
        if strange and decision.certainty >= _STRANGE:
            return decision
    return None


def _asks_for_such(reading: Reading, spelling: str) -> bool:
    """Whether it is asked if there are cars of a name, beside how many seats they are to have or with the
    question set apart, and nothing but qualities is left over.
    """
    if not reading.wish.names_a_car or any(part_of_speech(word) != "ADJF" for word in reading.residue):
        return False
    of_seats = unheld_in(spelling) and _ASKS_SO.search(spelling)
    return bool(of_seats or _CLOSES_SO.search(spelling))


def _names_a_strange_car(reading: Reading, lexicon: Lexicon) -> bool:
    """«Tesla Model Y»: the vocabulary knows it for a car, and no word of it means something else, too, as
    «гольф» and «соната» do.
    """
    named = lexicon.names["other"].find(reading.row)
    said = [atom for each in named for atom in reading.row[each.start : each.end]]
    return any(atom.latin or not is_known(atom.text) for atom in said)


def _names_nothing_of_cars(wish: Wish) -> bool:
    """Whether all that was understood may be said of anything: a colour, a sum, a year, new, the cheapest."""
    driven = (wish.mileage_from, wish.mileage_to) != (None, None)
    return not (wish.names_a_car or wish.bodies or wish.features or driven)


def _speaks_of_something(question: str, left: Collection[str]) -> bool:
    """Whether a word is left over that is not merely an occasion: «новую на юбилей отцу»."""
    occasions = {word for match in _OCCASION.finditer(normalise(question)) for word in words(match.group())}
    return bool({*left} - occasions)


def _with_it(question: str, named: Collection[str]) -> bool:
    """«S 500 с Burmester»: a car is asked for that has what nobody took for a criterion."""
    return any({*words(match.group())} & {*named} for match in _WITH.finditer(normalise(question)))
