"""Runs of digits as people write long numbers: grouped, spelled in words, with letters that look like digits.

Knows which groups may belong to one number and what is said around them. Refuses to know what the number is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from core.personal_data.folding import WALL, Folded
from core.russian import inflections

_WORDS = {
    "ноль": 0, "нуль": 0, "один": 1, "два": 2, "три": 3, "четыре": 4, "пять": 5, "шесть": 6, "семь": 7,
    "восемь": 8, "девять": 9, "десять": 10, "одиннадцать": 11, "двенадцать": 12, "тринадцать": 13,
    "четырнадцать": 14, "пятнадцать": 15, "шестнадцать": 16, "семнадцать": 17, "восемнадцать": 18,
    "девятнадцать": 19, "двадцать": 20, "тридцать": 30, "сорок": 40, "пятьдесят": 50, "шестьдесят": 60,
    "семьдесят": 70, "восемьдесят": 80, "девяносто": 90, "сто": 100, "двести": 200, "триста": 300,
    "четыреста": 400, "пятьсот": 500, "шестьсот": 600, "семьсот": 700, "восемьсот": 800, "девятьсот": 900,
}  # fmt: skip
_LOOK_LIKE = str.maketrans(
    "OoОоDQ" + "lIi|ІіΙ" + "ЗзZz" + "бЬ" + "ЧчВBSs", "000000" + "1111111" + "3322" + "66" + "448855"
)
_LOOKING = "OoОоlIi|ІіЗзбЧчВBSs"
_TOKEN = re.compile(rf"\d[\d{_LOOKING}]*[\d{_LOOKING}]|[{_LOOKING}]{{1,2}}\d[\d{_LOOKING}]*|\d+|[а-яёА-ЯЁ]+")
_GAP = re.compile(r"[\s()\[\].\-/\\_*+:;~]{0,5}|,|[\s.,;-]{0,2}(?:№|n|no|номер|ном\.?)[\s.:]{0,2}")
_SPOKEN_GAP = re.compile(r"[\s.,\-+]{0,3}")
_RUN = re.compile(r"\d+")
_DATE = re.compile(r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2])\.(?:19|20)\d\d(?!\d)")
_LETTER = re.compile(r"[^\W\d_]")
_LONGEST_DISGUISED = 12
_CONTEXT_CHARACTERS = 48


@dataclass(frozen=True, slots=True)
class Group:
    """Digits that stand together; `gap` is what stands between them and the group before."""

    digits: str
    start: int
    end: int
    gap: str
    spoken: bool = False


@dataclass(frozen=True, slots=True)
class Chain:
    """Groups with nothing but separators between them, in their order."""

    groups: tuple[Group, ...]
    plus: bool
    before: str
    after: str


def chains(folded: Folded, *, at_least: int) -> Iterator[Chain]:
    """Chains of that many digits or more."""
    current: list[Group] = []
    for group in _groups(folded):
        if current and not _belongs(current[-1], group):
            yield from _chain(folded, current, at_least)
            current = []
        current.append(group)
    yield from _chain(folded, current, at_least)


def _belongs(before: Group, group: Group) -> bool:
    gaps = _SPOKEN_GAP if before.spoken and group.spoken else _GAP
    return gaps.fullmatch(group.gap) is not None


def _chain(folded: Folded, groups: list[Group], at_least: int) -> Iterator[Chain]:
    if sum(len(group.digits) for group in groups) < at_least:
        return
    start, end = groups[0].start, groups[-1].end
    yield Chain(
        tuple(groups),
        plus=bool(re.search(r"(?:\+|плюс)[\s(]*$", folded.lower[max(0, start - 8) : start])),
        before=said_before(folded, start),
        after=said_after(folded, end),
    )


def said_before(folded: Folded, start: int) -> str:
    """The words before, in lower case, back to what is a number or a find of its own."""
    return re.split(rf"[{WALL}\d]", folded.lower[max(0, start - _CONTEXT_CHARACTERS) : start])[-1]


def said_after(folded: Folded, end: int) -> str:
    return re.split(rf"[{WALL}\d\n]", folded.lower[end : end + _CONTEXT_CHARACTERS // 2])[0]


def _groups(folded: Folded) -> Iterator[Group]:
    last = 0
    spoken: list[tuple[int, int, int]] = []  # value, start, end of the words of one spoken number
    dates = {place for date in _DATE.finditer(folded.text) for place in range(*date.span())}
    for match in _TOKEN.finditer(folded.text):
        if match.start() in dates:
            continue
        token = folded.lower[match.start() : match.end()]
        value = _spoken_numbers().get(token)
        if value is not None:
            if spoken and not (
                _goes_on(spoken, value) and folded.text[spoken[-1][2] : match.start()] in {" ", "-"}
            ):
                yield (group := _spoken_group(folded, spoken, last))
                last, spoken = group.end, []
            spoken.append((value, *match.span()))
            continue
        if spoken:
            yield (group := _spoken_group(folded, spoken, last))
            last, spoken = group.end, []
        for digits, start, end in _digits(folded.text, match):
            yield Group(digits, start, end, folded.lower[last:start])
            last = end
    if spoken:
        yield _spoken_group(folded, spoken, last)


def _digits(text: str, match: re.Match[str]) -> Iterator[tuple[str, int, int]]:
    """Digits of a token with their place; letters that look like digits count in a short word of its own."""
    token, start = match.group(), match.start()
    runs = list(_RUN.finditer(token))
    around = text[start - 1 : start] + text[match.end() : match.end() + 1]
    typed = sum(len(run.group()) for run in runs)
    if typed < len(token) <= typed * 3 and len(token) <= _LONGEST_DISGUISED and not _LETTER.search(around):
        yield token.translate(_LOOK_LIKE), start, match.end()
        return
    for run in runs:
        yield run.group(), start + run.start(), start + run.end()


def _goes_on(spoken: list[tuple[int, int, int]], value: int) -> bool:
    """«девятьсот одиннадцать» is one group, «два три» and «одиннадцать пять» are two."""
    last = spoken[-1][0]
    if last >= 100:
        return 0 < value < 100
    return 20 <= last < 100 and 0 < value < 10


def _spoken_group(folded: Folded, spoken: list[tuple[int, int, int]], last: int) -> Group:
    start, end = spoken[0][1], spoken[-1][2]
    return Group(str(sum(value for value, _, _ in spoken)), start, end, folded.lower[last:start], spoken=True)


@lru_cache(maxsize=1)
def _spoken_numbers() -> dict[str, int]:
    forms = {form: value for word, value in _WORDS.items() for form in inflections(word)}
    return forms | {"ноля": 0, "нолик": 0, "раз": 1, "одна": 1, "одно": 1, "две": 2}
