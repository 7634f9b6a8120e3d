"""Who pays for a car and how he comes by it: «во сколько компании обойдётся», «за сколько можно забрать».

Knows that beside a question of the price such words say nothing of the car. Refuses to know prices, and verbs
behind which something else than a car is paid for, or time is asked: «за сколько починят», «за сколько
доедет».
"""

from __future__ import annotations

import re

from assistants.showroom.language.spans import Span
from core.russian import is_known, part_of_speech, readings_of

_COSTS = r"(?:обойдется|обходится|встанет|встает|станет|выйдет|выльется|будет стоить)"
_HOW_MUCH = r"\b(?:(?:во|в) )?сколько (?:(?:же|это|всего) )*"
# «Во сколько компании обойдётся», «сколько обойдётся нашей семье».
_PAID_BY = (
    re.compile(rf"{_HOW_MUCH}(?P<payer>\w+(?: \w+){{0,2}}?) {_COSTS}\b"),
    re.compile(rf"{_HOW_MUCH}{_COSTS} (?P<payer>(?:\w+ )?\w+)"),
    re.compile(rf"{_HOW_MUCH}{_COSTS} (?P<payer>\w+)"),
)
_FOR_HOW_MUCH = r"(?:за сколько|за какие деньги|за какую (?:сумму|цену)|по какой цене|почем)"
_BESIDE = (
    r"(?:у вас|сейчас|сегодня|можно|реально|получится|выйдет|удастся|можем|могу|смогу|сможем|я|мы|мне|нам|бы)"
)
_COME_BY = (
    r"(?:забрать|забирать|заберу|заберем|выкупить|выкупать|урвать|отхватить|заполучить|заиметь|получить|увезти"
    r"|унести|обзавестись|стать (?:владельцем|обладателем|хозяином))"
)
_GOT = re.compile(rf"\b{_FOR_HOW_MUCH} (?:{_BESIDE} )*(?P<verb>{_COME_BY})\b")


def buyers(spelling: str) -> list[Span]:
    """Where such words stand in a question of the price."""
    paid = (match for pattern in _PAID_BY for match in pattern.finditer(spelling))
    return [
        *(match.span("payer") for match in paid if _is_a_payer(match["payer"])),
        *(match.span("verb") for match in _GOT.finditer(spelling)),
    ]


def without_buyers(spelling: str) -> str:
    """The question with blanks in their places: «моей жене» is no car of the visitor's own."""
    for start, end in buyers(spelling):
        spelling = f"{spelling[:start]}{' ' * (end - start)}{spelling[end:]}"
    return spelling


def _is_a_payer(said: str) -> bool:
    """«Компании», «нашей семье»: all of it may be in the dative, and its last word is a noun."""
    each = said.split()
    return all(map(_is_given_to, each)) and part_of_speech(each[-1]) == "NOUN"


def _is_given_to(word: str) -> bool:
    """A word that has cases («купе» has none), in the dative and in no nominative of one."""
    cases = [reading.grammemes for reading in readings_of(word)]
    costs = any("Fixd" in tags or {"nomn", "sing"} <= tags for tags in cases)
    return is_known(word) and not costs and any("datv" in tags for tags in cases)
