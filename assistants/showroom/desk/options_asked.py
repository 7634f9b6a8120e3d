"""Whether a question is about options: what they cost, whether a car has them, which cars can.

Knows the Russian of asking for options, and that how one works and what one tells of it is for passages.
Refuses to know rows and models.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from assistants.showroom.desk.memory import Talk
from assistants.showroom.desk.option_names import apposed_words, named_options, without_option_words
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.naming import name_parts
from assistants.showroom.language.phrases import SERVICES
from assistants.showroom.language.reading import Reading
from assistants.showroom.language.second_reading import clauses
from assistants.showroom.language.wish import NAMES, Wish
from core.facts import Snapshot
from core.russian import lemma, normalise, part_of_speech, words

_EXPLAINED = re.compile(
    r"^(?:а )?(?:как|чем|зачем|почему|когда) |что такое|что да[ею]т|в чем |отлич|работа|ремонт|слома|замен"
    r"|почин|чист|мыть|мойк|ухаж|менять|шумит|скрип|гаранти"
)
_WHICH = ("какие", "каких", "каким", "какой", "какую", "какому", "какая")
_WHICH_CARS = re.compile(
    r"\b(?:как(?:ие|их|им|ой|ую|ая|ому)|скольк\w*) (?:\w+ ){0,3}?(?:машин|авто|модел)|\bна каки[ех]\b"
    r"|\b(?:у|для) каких\b|\bк каким\b"
    r"|\b(?:есть|покажи\w*) (?:\w+ ){0,2}?(?:машин|авто|модел|что)"
)
_IS_THERE = re.compile(
    r"\bесть\b|\bможно\b|\bставит|\bстоит\b|\bбыва|\bдоступ|\bпредусмотр|\bимеется\b|\bид[её]т\b"
)
_PRICED = re.compile(r"\b(?:почем|сколько|стои|цен|доплат|доплач)")
_REPAIRED = re.compile(r"ремонт|слома|замен|почин|чист|мойк|менять")
_OF_IT_AS_SUCH = re.compile(r"\b(?:зачем|чем|как|почему|нужн\w+|лучше|хорош\w*|быва\w+|расска\w+)\b")
_TAKEN = re.compile(r"\b(?:можно|вз[яь]\w+|бер\w+|брать|возьм\w+|заказ\w+|куп\w+|добав\w+)")
_WITH = re.compile(r"\bсо? (?:\w+ ){0,3}\w+")
_SENTENCE = re.compile(r"[^.!?…]+[.!?…]*")
# «Есть G 350 d, на который можно фаркоп?»
_FOR_WHICH = re.compile(
    r"\b(?:есть|имеется|имеются|найд\w+|покаж\w+|нужен|нужна|ищ\w+|какие|хочу)\b.*"
    r"\b(?:на|для|к|у|с|со|в) котор(?:ый|ую|ые|ого|ому|ой|ым|ых|ом|ыми)\b"
)
_ON_THE_GO = "ходу"  # «на ходу» asks for no «запас хода»


def asks_options(
    reading: Reading, question: str, talk: Talk, snapshot: Snapshot | None, lexicon: Lexicon
) -> bool:
    """Whether the question is about options: it says so, or names one that the salon prices.

    One that it does not price is asked for by a price or with a car alone: what else is asked of it is for
    passages.
    """
    if snapshot is None or not snapshot.options:
        return False
    spelling = normalise(question)
    if _REPAIRED.search(spelling) or (_EXPLAINED.search(spelling) and not _PRICED.search(spelling)):
        return False
    return reading.options or _names_one(reading, spelling, talk, snapshot, lexicon)


def _names_one(reading: Reading, spelling: str, talk: Talk, snapshot: Snapshot, lexicon: Lexicon) -> bool:
    named = named_options(reading, snapshot, lexicon)
    asked = without_option_words(reading.wish, named.said)
    if not named.said or _asks_something_else(reading, spelling, asked, named.said):
        return False
    if asked.names_a_car and _is_told_alone(reading, spelling, named.said):
        return False
    of_a_car = asked.names_a_car or reading.points
    if not named.options:
        of_a_car = of_a_car or asks_which_cars(reading) or (reading.follows and _speaks_of_cars(talk))
        return of_a_car and _is_asked_for(reading, spelling, named.said)
    left = {word for word in reading.residue if part_of_speech(word) not in ("VERB", "INFN")}
    return of_a_car or left <= named.said


def _asks_something_else(reading: Reading, spelling: str, asked: Wish, said: frozenset[str]) -> bool:
    """«В кредит», «тест-драйв» beside an option: that is what the question is about; cars by their price."""
    beside = _beside_the_price(spelling, said)
    if asks_whether(spelling) or _PRICED.search(spelling):
        beside |= apposed_words(reading, said)
    topics = {*reading.residue} - said - beside
    if any(part_of_speech(word) == "NOUN" for word in topics):
        return True
    return any(value for name, value in asked.without(*NAMES) if name != "features")


def _is_asked_for(reading: Reading, spelling: str, said: Collection[str]) -> bool:
    """«Сколько стоит столик на V 250?», «есть S 450 с массажем?», «а пакет AMG Line?» behind a car."""
    if _PRICED.search(spelling) or _TAKEN.search(spelling):
        return True
    if _OF_IT_AS_SUCH.search(spelling):
        return False
    has_it = reading.wish.names_a_car or is_wanted_with(spelling, said)
    return has_it if asks_whether(spelling) else reading.follows


def is_wanted_with(spelling: str, said: Collection[str]) -> bool:
    """«GLB с третьим рядом»: what is asked for has what is called by the words `said`."""
    return any({*words(match.group())} & {*said} for match in _WITH.finditer(spelling))


def _speaks_of_cars(talk: Talk) -> bool:
    return bool(talk.shown) or talk.failed is not None or (talk.wish or Wish()).names_a_car


def _is_told_alone(reading: Reading, spelling: str, said: Collection[str]) -> bool:
    """«У нас третий ряд — слёзы. Есть у вас GLS?» asks for no third row."""
    cars = {reading.row[place].text for place in reading.car_places}
    sentences = [{*name_parts(text)} for text in _SENTENCE.findall(spelling) if "?" in text]
    return (
        _PRICED.search(spelling) is None
        and any(each & cars for each in sentences)
        and not any(each & {*said} for each in sentences)
    )


def _beside_the_price(spelling: str, said: frozenset[str]) -> frozenset[str]:
    """What other clauses tell where one asks what an option costs: «Под переговоры. Какая доплата за столик?»
    What they ask, and the salon's services, are still asked about.
    """
    each = [spelling[start:end] for start, end in clauses(spelling)]
    if not any(said & {*words(text)} and _PRICED.search(text) for text in each):
        return frozenset()
    told = (words(text) for text in each if not said & {*words(text)} and "?" not in text)
    return frozenset(
        word for text in told for word in text if lemma(word) not in SERVICES or word == _ON_THE_GO
    )


def asks_whether(spelling: str) -> bool:
    """«Есть Burmester?», «можно фаркоп?»"""
    return _IS_THERE.search(spelling) is not None


def asks_a_price(spelling: str) -> bool:
    """«Почём фаркоп?», «сколько доплачивать за пневму?»"""
    return _PRICED.search(spelling) is not None


def asks_to_have(reading: Reading, spelling: str) -> bool:
    """«Можно ли взять B 200 с панорамой?», not «какие GLA можно взять с ней?»"""
    return _TAKEN.search(spelling) is not None and not asks_which_cars(reading)


def asks_which_cars(reading: Reading) -> bool:
    """«На какие машины ставят панораму?», «на какие GLS?»: which cars may have an option."""
    if not reading.wish.names_a_car:
        return _WHICH_CARS.search(words_said(reading)) is not None
    if _FOR_WHICH.search(words_said(reading)):
        return True
    first = min(reading.car_places, default=0)
    return first > 0 and reading.row[first - 1].text in _WHICH


def words_said(reading: Reading) -> str:
    return " ".join(atom.text for atom in reading.row)
