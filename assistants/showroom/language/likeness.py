"""A car of the salon's that is likened to one it does not sell: «а аналог у вас, V-класс?».

Knows how Russian says that one thing stands in for another; once the other was denied, such words add nothing
to the name beside them. Refuses to know which cars are alike.
"""

from __future__ import annotations

import re

from core.russian import normalise

_TO_IT = r"(?:\s+(?:(?:к|ко|на|с|от|по)\s+)?(?:не(?:му|й|го|е)|ним|них|ему|ей|им|его|ее|их|этому|этой)\b)*"
_OF_A_CAR = r"(?:цвет|окрас|год|кузов|цен|стоим|пробег|топлив|двиг|мотор|класс)"
_LIKENESS = re.compile(
    r"\b(?:сам\w+ )?(?:аналог\w*|альтернатив\w*|замен\w*|соперни\w+|конкурент\w*|похож\w*|схож\w*"
    r"|подобн\w*|близк\w*|ближайш\w*|равноценн\w*|сопоставим\w*|сравним\w*|эквивалент\w*|соответств\w+"
    rf"|ближе (?:всего|всех)|взамен|вместо|ответ(?= (?:ей|ему|им)\b)){_TO_IT}"
    rf"|\b(?:ему|ей|им) ближе (?:всего|всех)\b"
    rf"|\b(?:так|т)(?:ого|ой|ом|ие|их) же (?!{_OF_A_CAR})\w+"
    r"|\bпо (?:размер\w+|габарит\w+|уровн\w+|формат\w+)\b|\bкак (?:он|она|они)\b"
)


def without_likeness(question: str) -> str:
    """The question without the words that liken one car to another."""
    spelling = normalise(question)
    if len(spelling) != len(question):
        question = spelling
    for match in reversed(list(_LIKENESS.finditer(spelling))):
        question = question[: match.start()] + question[match.end() :]
    return " ".join(question.split())
