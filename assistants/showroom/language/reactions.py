"""What a visitor says ahead of his next question: «Принято.», «Надо же.», «У меня ещё прицеп с досками.».

Knows that a sentence that names, denies and asks nothing says nothing of a car where «а …» or «и …» follows
it. Refuses to know names: it is told whether a piece of the text has one.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from assistants.showroom.language import phrases
from assistants.showroom.language.requests import is_told
from core.russian import grammemes, lemma, normalise, part_of_speech, words

_FIRST = re.compile(r"\W*(?P<first>[^.!?…\d]+)[.!…)]+\s+(?=(?:а|и|но|ну|тогда|может)\b)")
_LONGEST = 4
# A criterion, its denial, or what is done with it.
_SETS = re.compile(
    r"\b(?:не|ни|без|кроме|только|лишь|люб\w+|все|всех|друг\w+|ин(?:ой|ые|ых)|так\w+|эт\w+|т(?:от|а|е|ой|ех)|или|либо"
    r"|перв\w+|втор\w+|трет\w+|последн\w+|верн\w+|забуд\w+|убер\w+|остав\w+)\b"
)
_OF_CARS = (
    phrases.CHEAP | phrases.DEAR | phrases.NEW | phrases.FRESH | phrases.OLD | phrases.USED | phrases.MOST
    | phrases.MILEAGE | phrases.YEAR | phrases.BUDGET_WORDS | phrases.COUNT_WORDS | phrases.SERVICES
    | {"цвет", "кузов", "класс", "двигатель", "мотор", "топливо", "привод"}
)  # fmt: skip


def without_reactions(
    question: str, names_something: Callable[[str], bool], names_a_thing: Callable[[str], bool]
) -> str:
    """The question without the sentences of that kind that it opens with; what tells of something may have
    any word but a name of the stock.
    """
    spelling = normalise(question)
    if len(spelling) != len(question):
        return question
    while (match := _FIRST.match(spelling)) is not None:
        first = match["first"]
        told = is_told(f"{first}.", (0, len(first))) and not names_a_thing(first)
        if _SETS.search(first) or not (told or _reacts(first, names_something)):
            break
        question, spelling = question[match.end() :], spelling[match.end() :]
    return question


def _reacts(first: str, names_something: Callable[[str], bool]) -> bool:
    said = words(first)
    if len(said) > _LONGEST or names_something(first):
        return False
    if any(lemma(word) in _OF_CARS or part_of_speech(word) == "COMP" for word in said):
        return False
    return not any({"impr", "2per"} & grammemes(word) for word in said)
