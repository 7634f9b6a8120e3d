"""Numbers as they are said of cars' prices and years, unit left out: «девять двести», «дороже десятки»,
«19 и 20 год».

Knows what two numbers side by side and the nouns of numbers stand for. Refuses to know which bound they set
(`bounds.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistants.showroom.language.ages import is_a_persons
from assistants.showroom.language.phrases import AROUND, BUDGET_WORDS, LOWER, MILEAGE, UPPER, YEAR
from core.quantities import Quantity
from core.russian import grammemes, lemma, part_of_speech, words

_MILLION = 1_000_000
_MOST_MILLIONS = 100
_LEAST_THOUSANDS, _STEP = 50, 10
_NOUNS = {
    "тройк": 3, "четверк": 4, "пятерк": 5, "шестерк": 6, "семерк": 7, "восьмерк": 8, "девятк": 9,
    "десятк": 10, "пятнашк": 15, "двадцатк": 20, "тридцатк": 30,
}  # fmt: skip
_NOUN = re.compile(
    r"\b(?:(?:по)?дешевле|(?:по)?дороже|до|от|около|максимум|потолок|край|минимум|больше|меньше|в пределах) "
    rf"(?P<noun>(?P<stem>{'|'.join(_NOUNS)})(?:а|и|у|е|ой))\b(?: (?P<behind>\w+))?"
    rf"|\b(?P<closed>(?P<root>{'|'.join(_NOUNS)})(?:а|у))(?= (?:край|максимум|потолок|предел)\b)"
)
_JOINED = re.compile(
    r"(?:-?(?:й|го|ый|ого|м|ом))?\s*(?:,|/|,?\s*\b(?:и|или|либо)\b)\s*(?:(?:и|или|либо)\b\s*)?"
)
_SHORT_YEAR = range(10, 40)
# «Пять с половиной максимум», «6 потолок».
_TOP = re.compile(r"\s+(?:максимум|потолок|край|предел|бюджет)\b")
_NO_MORE = re.compile(r",?\s+не (?:больше|дороже|более|выше)\b")
_NO_SUM = MILEAGE | YEAR | {"возраст", "расход", "стаж", "разгон", "объем", "место", "ряд"}
_SPENDING = (
    UPPER | LOWER | BUDGET_WORDS | AROUND | {"за", "в", "дать", "отдать", "есть", "потратить", "иметь"}
)
_BY_NO_MEANS = (
    r"(?:никак|уже|точно|мы|я|нам|мне|просто|и|пока|при всем желании|все равно|увы|к сожалению|ни за что)"
)
_DONE = r"(?!больше|меньше|дороже|дешевле|выше|ниже|более|менее)\w+"
# «… и ни копейкой больше», «… и точка», «…, больше не осилим»: that a bound is one, said again, whatever the
# visitor does no more.
_AND_NO_MORE = re.compile(
    r",?\s+(?:и |но )?(?:ни (?:копе\w+|рубл\w+|тысяч\w+)(?: (?:больше|сверху|дороже|выше|более))?"
    r"|(?:больше|сверху|дороже|выше|более) ни (?:копе\w+|рубл\w+|тысяч\w+|-?ни)"
    rf"|(?:больше|выше|дороже)(?: \w+ть| {_BY_NO_MEANS}){{0,3}} не {_DONE}(?: \w+ть| {_BY_NO_MEANS})?|точка)"
    r"(?=\s*(?:[.,;!?]|$))"
)
# What somebody has is all that a car may cost: «отложено ровно 4 млн», «у меня ровно 7».
_IN_HAND = re.compile(
    r"(?:\b(?:отлож[еи]|накоп|скоп|собра|собир|выделе|выдели|получ|заработ)\w*"
    r"|\bна (?:руках|счету|карте)"
    r"|\bв (?:кармане|наличии)|\bу (?:меня|нас|мужа|жены|мамы|папы)|(?:^|[.,;!?]\s*)(?:есть|имеется|осталось)"
    r"|\bбюджет\w*|\b(?:имею|имеем|располага\w+))(?: (?:есть|имеется|осталось|отложено|всего|денег))?\s+"
    r"(?:(?:ровно|точно)\s+)?$"
)


def as_meant(spelling: str, numbers: Sequence[Quantity]) -> list[Quantity]:
    """The numbers with those that leave their unit to the listener, in the order of the text."""
    sums = (_as_sum(spelling, number) for number in _side_by_side(spelling, numbers))
    return sorted(
        [*listed_years(spelling, list(sums)), *_nouns(spelling)],
        key=lambda number: number.start,
    )


def _side_by_side(spelling: str, numbers: Sequence[Quantity]) -> list[Quantity]:
    """«До пяти триста» are millions and thousands."""
    found: list[Quantity] = []
    for number in numbers:
        before = found[-1] if found else None
        if before is not None and _is_million(before) and _is_thousands(number):
            between = spelling[before.end : number.start]
            if not between.strip() and between:
                value = (before.value + number.value / 1_000) * _MILLION
                found[-1] = replace(
                    number, value=value, start=before.start, scaled=True,
                    text=spelling[before.start : number.end],
                )  # fmt: skip
                continue
        found.append(number)
    return found


def _as_sum(spelling: str, number: Quantity) -> Quantity:
    """A sum in millions where the words around it say that it is one, with what says again that it bounds,
    and with «ровно» of money that somebody has: no car need cost exactly so much.
    """
    before, behind = spelling[: number.start], number.end
    unsaid = not (number.unit or number.scaled or number.ordinal) and 1 <= number.value < _MOST_MILLIONS
    if unsaid and _is_a_sum(words(before)[-2:], number, spelling):
        number = replace(number, value=number.value * _MILLION, scaled=True)
    if number.value < _MILLION or number.unit not in ("", "rub"):
        return number
    closing, had = _AND_NO_MORE.match(spelling, behind), _IN_HAND.search(before)
    return replace(
        number,
        start=had.start() + len(had[0]) - len(had[0].lstrip(" .,;!?")) if had is not None else number.start,
        end=closing.end() if closing is not None else number.end,
    )


def _is_a_sum(before: Sequence[str], number: Quantity, spelling: str) -> bool:
    """«Шесть с половиной потолок», «дам шесть с половиной», «6,5 не больше»; not «расход шесть с половиной»
    and not «пять с половиной метров».
    """
    if {lemma(word) for word in before[-1:]} & _NO_SUM or is_a_persons(before):
        return False
    if _TOP.match(spelling, number.end):
        return True
    if number.value == int(number.value):
        return False
    behind = words(spelling[number.end :])[:1]
    counted = any(part_of_speech(word) == "NOUN" and "gent" in grammemes(word) for word in behind)
    led = bool({*before[-1:], *map(lemma, before[-1:])} & _SPENDING)
    return not counted and (led or bool(_NO_MORE.match(spelling, number.end)))


def _is_million(number: Quantity) -> bool:
    return _is_bare(number) and 1 <= number.value < _MOST_MILLIONS


def _is_thousands(number: Quantity) -> bool:
    return _is_bare(number) and _LEAST_THOUSANDS <= number.value < 1_000 and number.value % _STEP == 0


def _is_bare(number: Quantity) -> bool:
    return number.in_words and not (number.scaled or number.unit or number.ordinal)


def _nouns(spelling: str) -> list[Quantity]:
    """«Дороже десятки», but «дешевле семёрки БМВ» is a car."""
    return [
        Quantity(
            _NOUNS[match["stem"] or match["root"]] * _MILLION,
            *match.span("noun" if match["noun"] else "closed"), scaled=True, in_words=True,
            text=match["noun"] or match["closed"],
        )
        for match in _NOUN.finditer(spelling)
        if match["behind"] is None or part_of_speech(match["behind"]) not in ("NOUN", "LATN", "")
    ]  # fmt: skip


def listed_years(spelling: str, numbers: Sequence[Quantity], latest: int = _SHORT_YEAR[-1]) -> list[Quantity]:
    """«19 и 20 год»: the word behind the last of them is the word of all; `latest` is the greatest of two
    digits that may be a year where designations were not read yet.
    """
    found = list(numbers)
    for place in range(len(found) - 2, -1, -1):
        number, behind = found[place], found[place + 1]
        short = number.value in range(_SHORT_YEAR[0], latest + 1) and not number.scaled
        short = short and number.unit in ("", "year")
        later = behind.value in _SHORT_YEAR or behind.value > 2_000
        of_years = later and "year" in (number.unit, behind.unit) and not behind.scaled
        if short and of_years and _JOINED.fullmatch(spelling[number.end : behind.start]):
            found[place] = replace(number, value=2_000 + number.value, unit="year", ordinal=False)
            if behind.value in _SHORT_YEAR:
                found[place + 1] = replace(behind, value=2_000 + behind.value, unit="year", ordinal=False)
    return found
