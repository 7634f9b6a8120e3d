"""What a text claims in numbers: each with its unit and with the words around it.

«245 л. с.» and «245 км» are two claims, «до 15 марта» is a date, «трёхлетняя» three years. Knows Russian
units, dates, hours and numbers inside words. Refuses to know which claims are true (`core.guard`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from core.quantities import Quantity, quantities
from core.russian import inflections, is_service, lemma, normalise, part_of_speech, stem

_UNITS = {
    "hp": r"л\. ?с\.?|лс\b|лошадин\w*(?: сил\w*)?|сил\w*\b", "kw": r"квт\b|киловатт\w*",
    "nm": r"н[·*]?м\b|ньютон\w*", "kmh": r"км/ч|километр\w* в час", "km": r"км\b|километр\w*",
    "percent": r"%|процент\w*", "rub": r"₽|руб\w*", "litre": r"л\b(?!\. ?с)|литр\w*",
    "kg": r"кг\b|килограмм\w*", "ton": r"тонн\w*", "mm": r"мм\b|миллиметр\w*",
    "cm": r"см\b|сантиметр\w*", "metre": r"м\b|метр\w*", "second": r"с\b\.?|сек\w*",
    "minute": r"мин\b\.?|минут\w*", "hour": r"ч\b\.?|час\w*", "day": r"дн\w*\b|день\b|сут\w*",
    "week": r"недел\w*", "month": r"мес\b\.?|месяц\w*", "years": r"лет\b|год\w*\b|г\b\.?",
    "times": r"раз\w?\b", "seat": r"мест\w*", "door": r"двер\w*", "gear": r"ступен\w*|передач\w*",
    "degree": r"градус\w*|°",
}  # fmt: skip
_UNIT = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _UNITS.items()))
_ADJECTIVE = re.compile(r"[а-я]+(?:ых|их|ого|его|ый|ий|ая|ую)\s+")
_MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь",
    "декабрь",
)  # fmt: skip
_DAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")
_AT = re.compile(r"\b(?:с|до|в|к|по|от|после)\s*$")
_PART_OF_DAY = re.compile(r"^\W*(?:час\w*\W*)?(утра|вечера|дня|ночи)\b")
_RANGE = re.compile(r"\s*(?:[-–—]|до|по|и|или|,)\s*")
# «трёхлетняя», «семиместный», «двухлитровый»: a number and its unit in one word.
_INSIDE = {
    "одно": 1, "двух": 2, "трех": 3, "четырех": 4, "пяти": 5, "шести": 6, "семи": 7, "восьми": 8, "девяти": 9,
    "десяти": 10, "двенадцати": 12, "четырнадцати": 14, "пятнадцати": 15, "двадцати": 20, "тридцати": 30,
    "сто": 100, "полутора": 1.5,
}  # fmt: skip
_TAILS = {
    "летн": "years", "годичн": "years", "годов": "years", "месячн": "month", "недельн": "week",
    "дневн": "day", "суточн": "day", "часов": "hour", "минутн": "minute", "процентн": "percent",
    "местн": "seat", "дверн": "door", "литров": "litre", "ступенчат": "gear", "сильн": "hp",
}  # fmt: skip
_COMPOUND = re.compile(rf"\b({'|'.join(sorted(_INSIDE, key=len, reverse=True))})-?({'|'.join(_TAILS)})[а-я]*")
_WORDS: tuple[tuple[str, float, str], ...] = (
    (r"пол(?:у)?часа", 0.5, "hour"), (r"пол(?:у)?года", 0.5, "years"), (r"полдня", 0.5, "day"),
    (r"пар[ауыойе]{1,2}", 2, ""), (r"десят(?:ок|ка|ки|ков)", 10, ""), (r"дюжин\w*", 12, ""),
    (r"сотн[яюией]\w*", 100, ""), (r"вдвое|дважды|вдвоем", 2, ""), (r"втрое|трижды|втроем", 3, ""),
    (r"половин\w*", 0.5, ""), (r"четверть\w*", 0.25, ""),
)  # fmt: skip
_SPOKEN = re.compile("|".join(f"(?P<w{at}>\\b(?:{word})\\b)" for at, (word, _, _) in enumerate(_WORDS)))
_DESIGNATED = re.compile(r"[a-z]+[ -]?$")
_WORD = re.compile(r"[^\W\d_]+")
# «X254»: what tells one car from another.
_SAID = re.compile(r"[^\W\d_]\w*")
_THINGS = frozenset({"NOUN", "ADJF", "LATN"})
# «Действует год», «около часа»: one of them.
_ONE = re.compile(
    r"\b(?:действу\w+|на|за|около|через|в течение|гарантия|занима\w+|длится)\s+(?:один\s+)?"
    r"(?P<one>(?P<years>года?)|(?P<hour>часа?)|(?P<week>недел[юи])|(?P<month>месяца?)|(?P<day>день|дня|сут\w+))\b"
)
_SENTENCE = re.compile(r"[.!?;]\s|\n")
_BEFORE, _BEHIND, _NEXT = 6, 4, 2
_ROUBLE = stem("рубль")


@dataclass(frozen=True, slots=True)
class Claim:
    """`kind` is a unit, `date` (month and day), `clock` (minutes from midnight), `ordinal`, `calendar` (the
    name of a month or a day), "=word" for a thing that is counted, or empty. `around` are stems in the
    neighbourhood, `beside` those of the nearest words, `led` is the word before, `of` what stands nearest
    before and behind.
    """

    kind: str
    value: float
    text: str
    around: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    led: str = ""
    of: tuple[str, ...] = ()


def claims(text: str) -> list[Claim]:
    """`text` holds neither phones nor links. Numbers that belong to a model's name («E 200») are none."""
    spelling = normalise(text)
    found = quantities(spelling)
    kinds = [_kind(number, spelling) for number in found]
    _share(found, kinds, spelling)
    told = []
    for number, (kind, value) in zip(found, kinds, strict=True):
        if kind in ("", "ordinal") and _DESIGNATED.search(spelling[: number.start]):
            continue
        told.append(_claim(spelling, number.start, number.end, kind, value))
    return [*told, *_in_words(spelling), *_calendar(spelling)]


def _claim(spelling: str, start: int, end: int, kind: str, value: float) -> Claim:
    opening = max((match.end() for match in _SENTENCE.finditer(spelling, 0, start)), default=0)
    closing = match.start() if (match := _SENTENCE.search(spelling, end)) else len(spelling)
    before, behind = _SAID.findall(spelling[opening:start]), _SAID.findall(spelling[end:closing])
    led, before = before[-1:], _stems(before)
    behind = _stems(behind)
    around = frozenset((*before[-_BEFORE:], *behind[:_BEHIND]))
    beside = frozenset((*before[-_NEXT:], *behind[:1]))
    led = [word for word in led if is_service(word) or word.isascii()]
    of = (*before[-1:], *[thing for thing in behind if thing != _ROUBLE][:1])
    return Claim(kind, value, spelling[start:end], around, beside, "".join(led), of)


def _stems(words: Sequence[str]) -> list[str]:
    """Of what is spoken of: what it does («стоит», «работает») is said of everything."""
    return [stem(lemma(word)) for word in words if part_of_speech(word) in _THINGS]


def _kind(  # noqa: PLR0911 - one line a sign, in the order in which they decide
    number: Quantity, spelling: str
) -> tuple[str, float]:
    """The unit of a number, and the value in it."""
    behind, before = spelling[number.end :], spelling[: number.start]
    if number.unit:
        return _read_already(number, behind)
    month = _month(behind)
    if month and 1 <= number.value <= 31:
        return "date", month * 100 + number.value
    part = _PART_OF_DAY.match(behind)
    if part and number.value <= 24 and (part.group(1) != "дня" or _AT.search(before)):
        later = part.group(1) in ("вечера", "дня") and number.value < 12
        return "clock", (number.value + 12 * later) * 60
    start = len(behind) - len(behind.lstrip(" \u00a0-"))
    unit = _UNIT.match(behind, start) or _UNIT.match(behind, _behind_adjective(behind, start))
    if unit and not (unit.lastgroup == "second" and not behind[start : start + 3].startswith("сек")):
        return _hours(str(unit.lastgroup), number, before)
    if number.ordinal or re.match(r"-(?:[йяеюм]|го|му|ой|ая|ые|ый|ых)\b", behind):
        return "ordinal", number.value
    counted = _WORD.match(behind, start) if behind[start : start + 1] != "" else None
    if counted and start == 1 and part_of_speech(counted.group()) == "NOUN":
        return "=" + lemma(counted.group()), number.value
    return "", number.value


def _read_already(number: Quantity, behind: str) -> tuple[str, float]:
    if number.unit == "date":
        return "date", number.value % 10_000
    if number.unit == "km" and behind.startswith("/ч"):
        return "kmh", number.value
    if number.unit == "year":
        return ("year" if number.value >= 1900 else "years"), number.value
    return number.unit, number.value


def _behind_adjective(behind: str, start: int) -> int:
    match = _ADJECTIVE.match(behind, start)
    return match.end() if match else start


def _hours(kind: str, number: Quantity, before: str) -> tuple[str, float]:
    """«До 21 часа» is a moment, «2 часа» are not."""
    if kind == "hour" and _AT.search(before) and number.value <= 24 and not before.endswith("в течение "):
        return "clock", number.value * 60
    return kind, number.value


@lru_cache(maxsize=1)
def _month_forms() -> dict[str, int]:
    return {form: at for at, name in enumerate(_MONTHS, 1) for form in inflections(name)}


def _month(behind: str) -> int:
    match = _WORD.match(behind.removeprefix("-го").lstrip())
    return _month_forms().get(match.group(), 0) if match else 0


def _share(found: Sequence[Quantity], kinds: list[tuple[str, float]], spelling: str) -> None:
    """«С 1 по 5 марта», «200–300 л. с.»: the unit behind the last is meant for all."""
    for at in range(len(found) - 2, -1, -1):
        (kind, value), (following, last) = kinds[at], kinds[at + 1]
        between = spelling[found[at].end : found[at + 1].start]
        if kind or following in ("", "ordinal", "clock", "year") or not _RANGE.fullmatch(between):
            continue
        kinds[at] = (following, last // 100 * 100 + value if following == "date" else value)


def _in_words(spelling: str) -> Iterator[Claim]:
    for match in _COMPOUND.finditer(spelling):
        yield _claim(spelling, *match.span(), _TAILS[match.group(2)], float(_INSIDE[match.group(1)]))
    for match in _ONE.finditer(spelling):
        kind = next(name for name in ("years", "hour", "week", "month", "day") if match.group(name))
        yield _claim(spelling, *match.span("one"), kind, 1.0)
    for match in _SPOKEN.finditer(spelling):
        _, value, kind = _WORDS[int(str(match.lastgroup)[1:])]
        yield _claim(spelling, *match.span(), kind, value)


@lru_cache(maxsize=1)
def _calendar_forms() -> dict[str, float]:
    months = {form: float(at) for form, at in _month_forms().items()}
    days = {form: 100.0 + at for at, name in enumerate(_DAYS, 1) for form in inflections(name)}
    return {**months, **days}


@lru_cache(maxsize=1)
def _calendar_stems() -> frozenset[str]:
    """Days and models tell slots apart more than anything else does."""
    names = (*_MONTHS, *_DAYS, "будни", "будний", "выходной", "праздник", "праздничный")
    return frozenset(stem(lemma(name)) for name in names)


def _calendar(spelling: str) -> Iterator[Claim]:
    for match in _WORD.finditer(spelling):
        value = _calendar_forms().get(match.group())
        if value is not None:
            yield Claim("calendar", value, match.group())


def same(said: Claim, known: Claim) -> bool:
    """Whether both may be the same claim: equal values, and no two units that contradict each other."""
    if comparable(said, known) and said.value == known.value:
        return True
    if said.kind == "" and known.kind == "clock" and said.led in _LEADING_TO_AN_HOUR:  # «с 10 до 20»
        return said.value * 60 == known.value
    equal = _in_smaller(said) == _in_smaller(known)
    return equal and said.kind in _SMALLER and known.kind in _SMALLER


def comparable(said: Claim, known: Claim) -> bool:
    """Whether a number of one may be told as a number of the other."""
    if said.kind == known.kind:
        return True
    if said.kind == "":
        return known.kind not in ("percent", "date", "calendar")
    if known.kind == "":
        return said.kind not in ("percent", "date", "calendar", "clock", "years")
    return said.kind.startswith("=") and known.kind.startswith("=")


_LEADING_TO_AN_HOUR = frozenset({"с", "до", "в", "к", "по", "от", "после"})
_SMALLER = {"hour": ("time", 60.0), "minute": ("time", 1.0), "years": ("age", 12.0), "month": ("age", 1.0)}


def _in_smaller(claim: Claim) -> tuple[str, float]:
    """Half an hour is thirty minutes, a year and a half is eighteen months."""
    unit, factor = _SMALLER.get(claim.kind, (claim.kind, 1.0))
    return unit, claim.value * factor


def unsupported(said: Sequence[Claim], facts: Sequence[Sequence[Claim]]) -> Iterator[Claim]:
    """Claims that none of the facts holds, or that it holds of something else: where another number of the
    same unit stands in these very words, it is that one that should have been told.
    """
    for claim in said:
        if not any(_holds(claim, known) for known in facts):
            yield claim


def _holds(claim: Claim, known: Sequence[Claim]) -> bool:
    held = [_nearness(claim, each) for each in known if same(claim, each)]
    others = [each for each in known if each.kind == claim.kind and each.value != claim.value]
    return bool(held) and all(_nearness(claim, each) < max(held) + 2 for each in others)


def sums_of_something_else(said: Sequence[Claim], facts: Sequence[Sequence[Claim]]) -> Iterator[Claim]:
    """Sums of money without the thing that the facts say they are for: a deposit told as a price."""
    for claim in said:
        known = [each for fact in facts for each in fact if each.kind == "rub" and same(claim, each)]
        if claim.kind == "rub" and known and not any(set(each.of[:1]) & set(claim.of) for each in known):
            yield claim


def _nearness(left: Claim, right: Claim) -> int:
    led = left.led == right.led != ""
    shared = left.around & right.around
    telling = sum(word.isascii() or word in _calendar_stems() for word in shared)
    return len(shared) + 3 * telling + 2 * len(left.beside & right.beside) + 2 * led


__all__ = ["Claim", "claims", "sums_of_something_else", "unsupported"]
