"""What demands cars of the stock, and nothing else: «какие у вас в продаже», «сколько их», «дайте список».

Knows the words by which a piece of a text says that those are to be told that there are. Refuses to know the
cars themselves: it is told where names of the stock begin, and which words of the piece nobody understood.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from assistants.showroom.language.phrases import WITHIN
from core.russian import part_of_speech, words

_THERE = (
    r"есть|имеется|имеются|найдется|найдутся|отыщется|отыщутся|осталось|остались|остался|осталась"
    r"|прода(?:ете|ется|ются)|предл(?:агаете|ожите)|привезли|держите"
)
_PLACE = r"в (?:наличии|продаже|салоне)|на (?:складе|стоянке|площадке)"
# «Какие GLC у вас стоят», «какие CLA можно купить»; what a car costs is said by the same verb.
_STANDS = r"(?:у вас|сейчас|там|еще|в салоне) стоят?|стоят? (?:у вас|сейчас в|в салоне|на складе)"
_TO_HAVE = r"(?:купить|взять|приобрести|забрать|посмотреть|глянуть|увидеть)"
_WHICH_TO_HAVE = rf"как(?:ой|ая|ие|ую|их)\b.*\bможно (?:\w+ )?{_TO_HAVE}|что .*\bможно (?:\w+ )?{_TO_HAVE}"
_IS_THERE = re.compile(rf"\b(?:{_THERE}|{_PLACE}|{_STANDS}|{_WHICH_TO_HAVE})\b")
_BESIDE_COUNT = (
    r"(?:у вас|вас|всего|сейчас|их|штук|машин|автомобилей|авто|в (?:наличии|продаже|салоне)|на складе|там"
    r"|вообще|таких|именно|еще|ли|есть|осталось|продается|из|ваших|этих|новых|разных|стоит|стоят)"
)
_WHICH = re.compile(
    r"\bкак(?:ие|ой|ая|их)(?: (?:сейчас|там|еще|именно|из|ваших))* у вас(?: (?:сейчас|там|еще|из))*\W*$"
)
_COUNTS = re.compile(rf"\b(?:сколько|количество|число)(?: {_BESIDE_COUNT})*\W*$")
_COUNTED = re.compile(rf"\W*(?:у вас )?(?:сколько|какое количество)(?: {_BESIDE_COUNT})*\W*$")
# «Дайте список всех GLC», «покажите, пожалуйста, ваши белые»: what stands between leads to the cars.
_HAND = (
    r"(?:пока(?:ж\w+|зыва\w+)|да(?:й(?:те)?|вайте)|назов\w+|назыв\w+|перечисл\w+|выве(?:ди|дите)|выдай\w*"
    r"|пришл\w+|скинь\w*|отправь\w*|список|перечень|варианты|предлож(?:и|ите)|подбер\w+|подыщ\w+|найди(?:те)?"
    r"|мне бы|нам бы|озвучь\w*|огласи\w*)"
)
_LED = r"(?:,? (?:пожалуйста|мне|нам|все|всех|ваш\w+|список|перечень|вариант\w*|какие|есть|только|что|из))*"
_HANDS = re.compile(rf"\b{_HAND}{_LED}\W*$")
_END = re.compile(
    r"\b(?:сам(?:ый|ая|ое|ые|ых|ую|ого|ой)|наиболее) (?:по)?(?:дешев|дорог|доступн|нов|свеж|стар|бюджетн)\w*"
    r"|\b(?:дешевле|дороже|новее|свежее|старше) (?:всех|всего)\b"
)
_LOOSE = ("PREP", "CONJ", "PRCL", "NPRO", "INTJ")


def is_demanded(
    text: str, things: Sequence[tuple[int, int]], strange: Collection[str], *, opens: bool, closes: bool
) -> bool:
    """Whether a piece of a text demands the cars that it names; `things` are their places in it, `strange`
    its words that nobody understood. It `opens` or `closes` its sentence: what is a question by its place
    alone must stand there.
    """
    if not things:
        return False
    first, last = min(start for start, _ in things), max(end for _, end in things)
    if _IS_THERE.search(text) or _HANDS.search(text[:first]) or WITHIN.search(text):
        return True
    if {*words(text)} & {*strange}:
        return False
    if _WHICH.search(text[:first]) or _COUNTS.search(text[:first]) or _END.search(text):
        return True
    counted = closes and _COUNTED.match(text, last) is not None
    return counted or (opens and closes and "?" in text and _is_bare(text, things))


def _is_bare(text: str, things: Sequence[tuple[int, int]]) -> bool:
    """«А чёрные?»: nothing but the cars; «C-класс или GLC?» has them compared."""
    for start, end in sorted(things, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    said = words(text)
    return "или" not in said and all(part_of_speech(word) in _LOOSE for word in said)
