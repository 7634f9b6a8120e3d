"""How many cars of an end are wanted: «три самых дешёвых», «Майбахи самые дорогие, два-три», «пяток свежих».

Knows what a number beside a superlative counts. Refuses numbers that are bounds («до пяти»), units («2 года»)
and parts of a name.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from assistants.showroom.language.phrases import BUY_WORDS, CAR_WORDS
from core.russian import lemma, part_of_speech

MOST_SHOWN = 10
_USUAL_TOP = 3
_COUNTS = (
    (r"пар[ауы]|пароч\w+|дво(?:е|их)|дв(?:а|е|ух|умя)", 2),
    (r"тройк\w+|троеч\w+|тро(?:е|их)|тр(?:и|ех|емя)", 3),
    (r"четверк\w+|четверо(?:чк\w+)?|четыр(?:е|ех)", 4),
    (r"пятерк\w+|пятероч\w+|пяток|пятк[ау]|пяточек|полдесят\w+|пят[ьи]", 5),
    (r"шестерк\w+|шест[ьи]", 6), (r"семерк\w+|сем[ьи]", 7), (r"восьмерк\w+|вос(?:емь|ьми)", 8),
    (r"девятк\w+|девят[ьи]", 9), (r"десят(?:ок|к[ау]|очек)|десят[ьи]", 10),
)  # fmt: skip
_NUMBER = rf"\d{{1,2}}|{'|'.join(words for words, _ in _COUNTS)}"
_SAID = re.compile(
    rf"(?P<top>\bтоп(?:-|\s)?)?(?<![\w.,/])(?:(?:{_NUMBER})\s?[-–—]\s?)?(?P<count>{_NUMBER})\b(?![.,]\d|-?[а-я])"
)
_BARE_TOP = re.compile(r"\bтоп\b")
_LED_OTHERWISE = re.compile(
    r"(?:\b(?:из|среди|между|до|от|за|на|с|со|в|во|к|по|около|под|для|при|о|об|не|свыше|более|менее|больше|меньше"
    r"|дешевле|дороже|старше|новее|ровно)(?: (?:этих|тех|этой|ваших|примерно))?|\d)\s+$"
)
_AN_END = re.compile(
    r"сам\w+|наи\w+|(?:не)?дорог\w+|(?:по)?деш\w+|доступн\w+|бюджетн\w+|(?:по)?свеж\w+|новейш\w+|старейш\w+"
)
_WITH_AN_END = re.compile(r"с(?:о)? (?:сам|наи|миним|максим)\w+")
_UNITS = frozenset((
    "год", "лето", "г", "месяц", "день", "км", "километр", "тысяча", "тыс",
    "миллион", "млн", "лям", "рубль", "руб", "р", "литр", "л", "дверь",
    "место", "ряд", "человек", "владелец", "хозяин", "раз", "ключ", "цвет", "сотня",
    "процент",
))  # fmt: skip


def how_many(spelling: str, strange: Collection[str]) -> tuple[int, str] | None:
    """The count and the words that say it; `strange` are the words of the question that nobody understood."""
    for match in _SAID.finditer(spelling):
        count = _value(match["count"])
        if 1 < count <= MOST_SHOWN and (match["top"] or _counts_cars(match, spelling, strange)):
            return count, match.group().strip()
    return (_USUAL_TOP, "топ") if _BARE_TOP.search(spelling) else None


def _value(said: str) -> int:
    if said.isdigit():
        return int(said)
    return next(count for words, count in _COUNTS if re.fullmatch(words, said))


def _counts_cars(match: re.Match[str], spelling: str, strange: Collection[str]) -> bool:
    if _LED_OTHERWISE.search(spelling[: match.start()]):
        return False
    behind = re.match(r"\s+(\w+)", spelling[match.end() :])
    if behind is None:  # «…, две», «…, две?»
        return not match["count"].isdigit() or bool(re.search(r"[,:;—–-]\s*$", spelling[: match.start()]))
    word = behind[1]
    if lemma(word) in CAR_WORDS | BUY_WORDS or _AN_END.fullmatch(word):
        return True
    if _WITH_AN_END.match(spelling[match.end() :].lstrip()):
        return True
    named = word.isascii() or part_of_speech(word) in ("NOUN", "ADJF")
    return named and word not in strange and lemma(word) not in _UNITS
