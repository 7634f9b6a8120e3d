"""A designation's number put in the place of another: «не 300, а 200», «вместо 450 посмотрим 350», «ой, 400 d
имел в виду» behind «GLC 300».

Knows which number was told before. Refuses to know whose letters stand before it (`indices.py`).
"""

from __future__ import annotations

import re

from assistants.showroom.language.wish import Wish
from core.russian import normalise

_ENDING = r"(?:-?(?:й|го|ый|ой|ая|ую|м|ым|ую|е|ые|х|ых)\b)?"
_SUFFIX = r"(?:[\s-]?(?:de|[des])\b)?"
_OLD, _NEW = rf"(?P<old>\d{{2,3}}){_SUFFIX}{_ENDING}", rf"(?P<new>\d{{2,3}}{_SUFFIX}{_ENDING})"
_LED = (
    r"\W*(?:(?:нет|ой|ах|извините|простите|пардон|сорри|ну|а|и|тогда|давайте|давай|лучше|все-таки|покажите|покажи|мне|нам"
    r"|посмотрим|хочу|хотим|нужен|нужна|можно|пусть|будет)\W+)*"
)
_INSTEAD = r"(?:вместо|взамен|заместо)"
_REPLACED = (
    re.compile(rf"{_LED}не {_OLD}\W*(?:а|но|лучше)\s+{_NEW}"),
    re.compile(rf"{_LED}{_NEW}\W*(?:а )?не {_OLD}"),
    re.compile(
        rf"{_LED}{_INSTEAD} {_OLD}\W*(?:(?:давайте|давай|лучше|посмотрим|хочу|покажите|тогда|а)\W+)*{_NEW}"
    ),
    re.compile(rf"{_LED}{_NEW} {_INSTEAD} {_OLD}"),
)
# «Ой, 200», «оговорился, 400 d имел в виду», «нет, лучше 350».
_TAKES_BACK = (
    r"\W*(?:(?:нет|не-а|ой|ах|извините|простите|пардон|сорри|оговорил\w+|ошиб\w+|описал\w+|перепутал\w*|точнее|вернее"
    r"|то есть|лучше|давайте|давай|тогда|все-таки|хотя|пусть|будет|мне|нам|я)\W+)+"
)
_MEANT = (
    r"(?:\W*(?:я )?(?:имел\w?(?: в)? ?виду|хотел\w?(?: сказать)?|лучше|нужен|нужна|интересует|давайте)\b)?"
)
_CORRECTED = re.compile(rf"{_TAKES_BACK}{_NEW}{_MEANT}(?=\s*(?:$|[.,;:!?]))")


def with_number_replaced(question: str, before: Wish | None) -> str:
    """The question with the new number alone, as one that leans; itself where the number that it replaces is
    not that of the car spoken of.
    """
    if before is None:
        return question
    spelling = normalise(question)
    told = {part for run in (*before.models, *before.absent) for part in run.split() if part.isdigit()}
    if len(spelling) != len(question) or len(told) != 1:
        return question
    for pattern in _REPLACED:
        match = pattern.match(spelling)
        if match is not None and match["old"] in told and match["new"] != match["old"]:
            return f"а {match['new']}{question[match.end() :]}"
    match = _CORRECTED.match(spelling)
    return f"а {match['new']}{question[match.end() :]}" if match is not None else question
