"""What each number of a question about paying is for: a term, a share, a rate, a sum.

Knows the Russian of paying, in digits and in words. Refuses to know cars, their prices and what comes out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from core.quantities import Quantity, quantities

_OWN = re.compile(
    r"\bу меня\b|\bмо(?:й|я|ю|ей|его|ему|е|и|их)\b|\bсво(?:й|я|ю|ей|его|ему)\b|\bсда\w+|\bотда\w+\b(?! за\b)"
    r"|\b(?:по)?меня\w+|\bобмен\w*|\bсмени\w+|\bтрейд\w*|\btrade\b|\bзачет\w*|\bоцен\w+|\bзабер\w+|\bзабир\w+"
    r"|\bстар(?:ую|ая|ый|ой|ого)\b|\bезжу\b|\bвладею\b"
)
# «гелик оценили в пять миллионов»: the car stands before its verb.
_OWN_BEHIND = re.compile(r"[^,;.?!]*\b(?:оцен|забер|забир)\w+")
_WANTED = re.compile(
    r"\bдоплат\w*|\bдоплач\w*|\bвзять\b|\bвозьм\w+|\bкуп(?:ить|лю|им)\b|\bпокупк\w+|\bхо(?:чу|тим|тел\w*)\b"
    r"|\bприобре\w+|\bнов(?:ый|ая|ую|ого|ой)\b|\bприсмотр\w+|\bпонрав\w+|\bинтересу\w+|\bпересе\w+|\bперей\w+"
    r"|\bрассматрива\w+|\bвыбра\w+|\bскольк\w*"
)
_EXCHANGED = re.compile(r"\b(?:(?:по)?меня|обмен|смени|пересе|перей)\w*.*?\bна\b(?! \d)")
_TRADED = re.compile(
    r"\bтрейд\w*|\btrade\b|\bобмен\w*|\b(?:по)?меня\w+|\bдоплат\w*|\bдоплач\w*|\bв зачет\b"
    r"|\bсда(?:м|ть|ю|в|дим)\b"
)
_FIRST = re.compile(
    r"взнос|внес|внос|внош|аванс|предоплат|первонач|задат|налич[нк]|на руках|накоп|сразу"
    r"|свои\w* (?:день|средств)"
)
_FIRST_BEHIND = re.compile(
    r"^\W*(?:руб\w*\W*)?(?:(?:перв|первонач)\w* )?(?:взнос|внес|внос|аванс|сразу|налич[нк]|на руках|перв)"
)
_RATE = re.compile(r"\bпод\W*$|\bставк\w*[^%]*$")
_RATE_BEHIND = re.compile(r"^\W*годовы")
_BORROWED = re.compile(r"(?:кредит\w*|займ\w*|заем|занять|взять)\W*(?:на|в|суммой|на сумму|в размере)?\W*$")
_BORROWED_BEHIND = re.compile(r"^\W*(?:руб\w*\W*)?(?:в кредит|кредит)")
_BOUND = re.compile(r"\b(?:за|до|от|дешевле|дороже|около|примерно|порядка|дешевле чем)\W*$")
_PRICED = re.compile(r"\b(?:за|стоит|стоимост\w*|цен\w*|ценой|стоимостью)(?: в)?\W*$")
_MONTHS_BEHIND = re.compile(r"^\W{0,2}(?:месяц\w*|мес\b\.?)")
_MONTHLY_BEHIND = re.compile(r"^\W*(?:руб\w*\W*)?(?:в месяц|ежемесячн|каждый месяц)")
# Before these numbers of years nobody names a term: the age of a car, a moment to come.
_NO_TERM = re.compile(
    r"\b(?:машине|автомобилю|ей|ему|возраст\w*|через|спустя|после|кажд\w+|раз в|последн\w+|старше|моложе"
    r"|младше|новее|свежее)\W*$"
)
_LIVED_BEHIND = re.compile(
    r"^ (?:в|за|как|стажа?|опыта?|работ\w+|езжу|вожу)\b(?! (?:кредит|банк|рассроч|лизинг|ваш))"
)
_HALF_YEAR = re.compile(r"\bпол(?:года|угодие)\b")
_ONE_YEAR = re.compile(r"\bна (?:один )?год\b(?! выпуск)")
_NOTHING_FIRST = re.compile(r"\bбез (?:\w+ )?(?:взнос\w*|аванс\w*|предоплат\w*)")
_HALF_FIRST = re.compile(
    r"\bполовин\w* (?:цен|стоимост|сумм)\w*|\bвзнос\w* (?:в )?половин\w*|\bполовин\w* сразу"
)
_BELOW_ZERO = re.compile(r"(?:^|[\s(])[-−]$|\bминус\W*$")
_LARGE_RUB = 10_000
_LONGEST_YEARS = 100
_SHORT_YEARS = range(10, 41)
_TERM = re.compile(r"\bна\W*$|\bсрок\w*\W*$")


class Amounts:
    """What the numbers of a question are for (`found`), and where they stand (`spans`).

    `below_zero` says that one was given with a minus, `is_payment` that one is what may be paid each month,
    `traded` that an old car is given for a new one.
    """

    def __init__(self, spelling: str) -> None:
        self.found: dict[str, object] = {}
        self.spans: list[tuple[int, int]] = []
        self.below_zero = self.is_payment = False
        self.traded = bool(_TRADED.search(spelling))
        self._spelling, self._own = spelling, own_places(spelling)
        self._months = list(_spelled_terms(spelling, self.spans))
        self._spare: list[Quantity] = []
        self._read(quantities(spelling))
        if len(self._spare) == 1 and self.traded:  # «за свою хочу 2 млн»
            self.found.setdefault("trade_in_rub", round(self._spare[0].value))
            self.spans.append((self._spare[0].start, self._spare[0].end))
        for pattern, percent in ((_NOTHING_FIRST, 0), (_HALF_FIRST, 50)):
            if "first_rub" not in self.found and (match := pattern.search(spelling)):
                self.found.setdefault("first_percent", Decimal(percent))
                self.spans.append(match.span())
        if self._months:
            self.found["months"] = tuple(dict.fromkeys(self._months))

    def _read(self, numbers: Sequence[Quantity]) -> None:
        durations = _durations(numbers, self._spelling)
        edges = [0, *(number.end for number in numbers)]
        starts = [*(number.start for number in numbers[1:]), len(self._spelling)]
        for place, number in enumerate(numbers):
            before = self._spelling[edges[place] : number.start][-40:]
            behind = self._spelling[number.end : starts[place]][:30]
            if place in durations:
                self._months.append(durations[place])
                unit = _MONTHS_BEHIND.match(behind)
                self._take(number, before, len(unit.group()) if unit else 0)
            else:
                self._amount(number, before, behind)

    def _amount(self, number: Quantity, before: str, behind: str) -> None:
        if _is_money(number) and _MONTHLY_BEHIND.match(behind):
            self.is_payment = True
            return
        named = _role(number, before, behind, own=self._own[number.start])
        if named is not None:
            self.found[named[0]] = named[1]
            if named[0] != "price_rub":  # it may bound the cars that are meant
                self._take(number, before)
        elif _is_money(number) and not _BOUND.search(before):
            self._spare.append(number)

    def _take(self, number: Quantity, before: str, unit: int = 0) -> None:
        self.below_zero = self.below_zero or bool(_BELOW_ZERO.search(before))
        self.spans.append((number.start, number.end + unit))


def _role(  # noqa: PLR0911 - one line a sign, in the order in which they decide
    number: Quantity, before: str, behind: str, *, own: bool
) -> tuple[str, object] | None:
    if number.unit == "percent":
        rated = _RATE.search(before) or _RATE_BEHIND.match(behind)
        return ("annual_percent" if rated else "first_percent"), Decimal(str(number.value))
    first = bool(_FIRST.search(before) or _FIRST_BEHIND.match(behind))
    bare = not number.unit and not number.scaled
    if first and bare and number.value <= 100 and not number.ordinal:
        return "first_percent", Decimal(str(number.value))
    if not _is_money(number):
        return None
    amount = round(number.value)
    if first:
        return "first_rub", amount
    if own:
        return "trade_in_rub", amount
    if not _BOUND.search(before) and (_BORROWED.search(before) or _BORROWED_BEHIND.match(behind)):
        return "principal_rub", amount
    return ("price_rub", amount) if _PRICED.search(before) else None


def _is_money(number: Quantity) -> bool:
    other = number.unit not in ("", "rub")
    return not other and (number.unit == "rub" or number.scaled or number.value >= _LARGE_RUB)


def _durations(numbers: Sequence[Quantity], spelling: str) -> dict[int, int]:
    """Which of the numbers are terms, in months. «3 или 5 лет» are two."""
    found: dict[int, int] = {}
    for place, number in enumerate(numbers):
        before, behind = spelling[: number.start][-40:], spelling[number.end :]
        by_month = bool(_MONTHS_BEHIND.match(behind)) and not number.unit
        by_year = number.unit == "year" and number.value < _LONGEST_YEARS and not number.ordinal
        by_year = by_year and not (_is_a_model_year(number, before, spelling) or _is_lived(before, behind))
        if (by_month or by_year) and not _NO_TERM.search(before):
            found[place] = round(number.value * (1 if by_month else 12))
            found |= _shared(numbers, place, spelling, 1 if by_month else 12)
    return found


def _is_lived(before: str, behind: str) -> bool:
    """«Тридцать лет в филармонии», «двадцать лет за рулём», but «на 5 лет в вашем банке»."""
    return bool(_LIVED_BEHIND.match(behind)) and not _TERM.search(before)


def _is_a_model_year(number: Quantity, before: str, spelling: str) -> bool:
    """«24 года» is a car's year, «на 24 года» and «10 лет» are terms."""
    counted = spelling[number.start : number.end].endswith("лет")
    return number.value in _SHORT_YEARS and not counted and not _TERM.search(before)


def _shared(numbers: Sequence[Quantity], place: int, spelling: str, factor: int) -> Iterator[tuple[int, int]]:
    """The numbers right before a term that its unit is meant for, too."""
    for at in range(place - 1, -1, -1):
        number, following = numbers[at], numbers[at + 1]
        between = spelling[number.end : following.start]
        alone = not number.unit and not number.scaled and number.value < _LONGEST_YEARS
        if not alone or not re.fullmatch(r"\s*(?:,|-|–|или|либо|и|до)\s*(?:на\s*)?", between):
            return
        yield at, round(number.value * factor)


def _spelled_terms(spelling: str, spans: list[tuple[int, int]]) -> Iterator[int]:
    for pattern, months in ((_HALF_YEAR, 6), (_ONE_YEAR, 12)):
        for match in pattern.finditer(spelling):
            spans.append(match.span())
            yield months


def own_places(spelling: str) -> list[bool]:
    """For each character whether the visitor's own car is spoken of there."""
    marks = {match.start(): True for match in _OWN.finditer(spelling)}
    marks |= {match.start(): False for match in _WANTED.finditer(spelling)}
    marks |= {match.end(): False for match in _EXCHANGED.finditer(spelling)}
    marks |= {match.start(): True for match in _OWN_BEHIND.finditer(spelling)}
    edges = [0, *sorted(marks), len(spelling) + 1]
    own, state = [], False
    for start, stop in pairwise(edges):
        state = marks.get(start, state)
        own += [state] * (stop - start)
    return own
