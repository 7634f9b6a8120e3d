"""What a visitor wants to know or to spare: «чтобы не переплачивать», «чтоб знать, что не брать».

Knows by grammar which purposes say nothing of a car: an infinitive behind «чтобы» is what the visitor does.
Refuses those that name a thing or a number: these may be criteria.
"""

from __future__ import annotations

import re

from assistants.showroom.language.spans import Span
from core.russian import part_of_speech

_TO = r"\bчтоб\w*"
_KNOWN = (
    r"(?:знать|узнать|понимать|понять|представлять|представить|прикинуть|прикидывать|оценить|сориентироваться"
    r"|ориентироваться|определиться|решить|выбрать|осознавать|видеть|увидеть)"
)
_WHAT = r"(?:что|чего|кого|как(?:ие|ую|ой|ая|их|ого)|куда|на что|сколько|стоит ли|надо ли)"
# What may stand behind such a verb and is no thing of the stock.
_BESIDE = (
    r"(?:лишн\w+|много|зря|попусту|потом|долго|деньги|денег|деньгами|время|времени|нервы|нервов|впустую|сильно|слишком"
    r"|больше|за (?:бренд|марку|имя|шильдик|воздух)|туда|сюда|в сторону)"
)
_END = r"(?=\W*(?:[.,;!?)\n]|$))"
_SPARED = re.compile(rf"{_TO} (?:\w+ ){{0,3}}?не (?P<verb>\w+)(?: {_BESIDE}){{0,2}}{_END}")
_LEARNED = re.compile(
    rf"{_TO} (?:\w+ ){{0,2}}?{_KNOWN}(?:,? {_WHAT})?"
    rf"(?: (?:мне|нам|лучше|точно|не|надо|нужно|стоит|можно)){{0,3}}(?: (?P<verb>\w+))?{_END}"
)


def idle_purposes(spelling: str) -> list[Span]:
    """Where they stand."""
    found = {
        match.span()
        for pattern in (_SPARED, _LEARNED)
        for match in pattern.finditer(spelling)
        if match["verb"] is None or part_of_speech(match["verb"]) == "INFN"
    }
    return sorted(found)
