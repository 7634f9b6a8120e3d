"""A question repeated as an indirect one: «Какого года самый дешёвый GLS? Хотим понять, насколько он старый».

Knows when what stands behind a question only says what the visitor wants to know by it. Refuses what asks for
more than the stock tells: «насколько он надёжный».
"""

from __future__ import annotations

import re

from assistants.showroom.language import phrases
from core.russian import lemma, normalise

_WANTS_TO_KNOW = (
    r"(?:(?:я|мы|мне|нам|просто|очень|вот|так|это|чтоб|чтобы|для того)\s+)*"
    r"(?:хо(?:чу|тим|чется|тел\w*)|интересно|надо|нужно|важно|чтобы?)(?: бы)?(?: \w+)?"
    r"(?: (?:понять|понимать|знать|узнать|прикинуть|оценить|представить|увидеть|посмотреть))?"
)
_HOW = r"(?:насколько|на сколько|как сильно|сильно ли|очень ли)"
_IT = r"(?:он[аои]?|это|машина|авто)"
_INDIRECT = re.compile(
    rf"(?<=\?)\W*{_WANTS_TO_KNOW},? {_HOW} "
    rf"(?:(?:{_IT}|уже|там|ещё|еще|вообще|у вас) )*(?P<quality>\w+)(?: {_IT})?\W*$"
)
_OF_THE_STOCK = (
    phrases.NEW | phrases.FRESH | phrases.OLD | phrases.CHEAP | phrases.DEAR | phrases.USED | phrases.DRIVES
    | {"дорога"}  # what «дорогой» may be, too
)  # fmt: skip


def without_indirect(question: str) -> str:
    """The question without what repeats it; else itself."""
    spelling = normalise(question)
    match = _INDIRECT.search(spelling)
    if match is None or len(spelling) != len(question) or lemma(match["quality"]) not in _OF_THE_STOCK:
        return question
    return question[: match.start()]
