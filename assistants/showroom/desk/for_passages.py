"""What a question that the passages answer says of cars.

Knows which classes it names, what it asks beside the car, and that this car is what «он» means next. Refuses
to know rows, and passages: who answers is judged elsewhere (`gate.py`).
"""

from __future__ import annotations

import re
from typing import Any

from assistants.showroom.desk.asking import is_comparison
from assistants.showroom.desk.asking_back import passed_over
from assistants.showroom.desk.memory import Talk
from assistants.showroom.language import phrases
from assistants.showroom.language.dictated import with_ordinals
from assistants.showroom.language.indices import numbers_known
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.mentions import is_stray
from assistants.showroom.language.naming import atoms
from assistants.showroom.language.reading import read
from core.russian import lemma, normalise

_TESTING = re.compile(r"\b(?:про|по)?тест(?:ировать|ануть|ить)\b", re.IGNORECASE)
_RIDING = re.compile(r"\b(?:прокатиться|покататься|проехаться|порулить)\b", re.IGNORECASE)
_GIVEN_FOR = re.compile(
    r"\b(?:отдать|сдать|продать)\b(?=(?: \w+){0,2},? и (?:пересесть|сесть|перейти|взять|купить)\b)",
    re.IGNORECASE,
)
_ON_IT = re.compile(r"\bна \w", re.IGNORECASE)


def expanded(question: str) -> str:
    """Abbreviations spelled out («ТО» in small letters would be a particle), a test drive and a trade-in by
    their names: «хочу протестировать гелик», «порулить на GLC», «отдать мою и пересесть к вам».
    """
    question = _GIVEN_FOR.sub("сдать в трейд-ин", _TESTING.sub("на тест-драйв", question))
    if _ON_IT.search(question):
        question = _RIDING.sub("на тест-драйв", question)
    if question.isupper():
        return question
    for sign, word in phrases.ABBREVIATIONS.items():
        question = re.sub(rf"\b{sign}\b", word, question)
    return question


def beside_the_car(question: str, lexicon: Lexicon, this_year: int) -> str | None:
    """What «Можно ли взять GLC в кредит?» asks without its car; None where it names no car or asks of nothing
    else.
    """
    question = with_ordinals(question, numbers_known(lexicon))
    reading = read(question, lexicon, this_year)
    if not reading.wish.names_a_car or not reading.residue or is_comparison(question):
        return None
    spelling = normalise(question)
    pieces, start = [], 0
    for atom in (reading.row[place] for place in reading.car_places):
        pieces.append(spelling[start : atom.start])
        start = atom.end
    return " ".join("".join((*pieces, spelling[start:])).split())


def classes_named(question: str, lexicon: Lexicon) -> frozenset[str]:
    """Ids of the classes that a question names, by a class's name or by a designation («E 200»)."""
    row = atoms(question)
    designated = list(lexicon.names["hint"].find(row))
    within = {place for mention in designated for place in range(mention.start, mention.end)}
    classes = [
        mention
        for mention in lexicon.names["class"].find(row)
        if mention.start not in within and not is_stray(row, mention)
    ]
    return frozenset(mention.term.id for mention in (*designated, *classes))


def memory_after(question: str, memory: dict[str, Any], lexicon: Lexicon, this_year: int) -> dict[str, Any]:
    """The memory with the car that the question named, which is what «он» means next."""
    reading = read(question, lexicon, this_year)
    wish = reading.wish
    if not (wish.classes or wish.models):
        served = {lemma(word) for word in reading.residue} & phrases.SERVICES
        lost = (wish.narrows and not served) or (reading.unheld and reading.follows)
        return passed_over(memory, wish, reading.unclear) if lost else memory
    return Talk(wish.without("order", "limit", "sorting", "absent")).as_json()
