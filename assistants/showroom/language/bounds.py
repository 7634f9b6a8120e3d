"""Numbers of a question about stock: which is a price, a year or a mileage, and which bound it sets.

Knows prepositions and units. Refuses to know the stock. A number whose meaning is not plain sets nothing
and is reported as such.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistants.showroom.language.ages import is_a_persons
from assistants.showroom.language.naming import Atom
from assistants.showroom.language.phrases import AROUND, BUDGET_WORDS, LOWER, MILEAGE, PRICE_WORDS, UPPER
from assistants.showroom.language.setting_bounds import (
    ABOVE,
    AGED,
    BELOW,
    NEWER,
    OLDER,
    open_end,
    set_age,
    set_around,
    set_mileage,
    set_price,
    set_year,
    words_behind,
)
from assistants.showroom.language.spoken_years import set_spoken_years
from assistants.showroom.language.unheld_things import UNHELD
from assistants.showroom.language.years import Year, between, listed
from core.quantities import Quantity
from core.russian import lemma, part_of_speech, words

_YEAR = range(1950, 2101)
_CONTINUING = frozenset({"но", "и", "а", "или"})
_PLUS_MINUS = re.compile(r"[\s,.(]*(?:плюс[\s-]*минус|\+\s?/?\s?-|±)\s*(?:на )?")
# «5 млн плюс-минус», of which nobody says how much.
_GIVE_OR_TAKE = re.compile(r"[\s,.(]*(?:плюс[\s-]*минус|\+\s?/?\s?-|±)\s*\)?(?:$|[.,!?]|[а-я])(?!\w*\d)")
# «Не дороже пяти-шести миллионов»: of the two the upper one bounds.
_AT_MOST = re.compile(r"\b(?:не (?:дороже|больше|более|выше)|до|максимум|в пределах)(?: чем)?(?: за)? $")
_OR = re.compile(r"\b(?:или|либо)\b|/")
_BOTH = frozenset({"оба", "обе"})  # «сколько за обе?»
_YOUNGEST_YEAR = 13
# «Пятый вариант» is one of those shown, «сорок пятый» is not.
_MOST_COUNTED = 11
# No car costs so little, where a mileage is spoken of.
_NO_PRICE = 300_000
_NO_MILEAGE = 1_000_000  # «пробег до 30 тысяч и до 7 миллионов»
_LEAST_THOUSANDS = 10
_SHORT_YEAR = range(10, 40)
# «Дороже 6 миллионов не потяну», «больше 50 тысяч пробега не надо»: the comparative is denied from behind.
_REFUSED = re.compile(
    r"\s*(?:(?:рубл\w*|руб\w?|пробег\w*|км|километр\w*|год\w*|мне|нам|уже|точно|вообще|бы|я|мы|лучше|пока|никак|\w+ть(?:ся)?)"
    r"\s+)*"
    r"не (?:предлага|предлож|над|нуж|интерес|рассматрива|хоч|хот|подход|подойд|показыва|покаж|бер|вариант"
    r"|смотр|устро|потян|осил|готов|дам|дади|мож|могу|смо[гж]|трат|потрач|плани|рассч|собира|выход|выйд|влез|вписыв)"
)
_YEAR_ENDINGS = frozenset({"й", "го", "ый", "ого", "м", "ом"})
_YOUNGER_OR_OLDER = ("новее", "моложе", "младше", "свежее", "старше", "старее", "раньше")
_AGE_WORDS = {"позже", "позднее", "ранее"} | {by + word for by in ("", "по") for word in _YOUNGER_OR_OLDER}
_NO_PROPERTY = ("VERB", "INFN", "PREP", "CONJ", "PRCL", "NPRO", "ADVB", "PRED", "INTJ", "GRND")


@dataclass
class Bounds:
    """Fields of a wish, which pieces of the text they were read from, where mileages stand, and what could
    not be held beside the rest.
    """

    fields: dict[str, Any] = field(default_factory=dict)
    spans: list[tuple[int, int]] = field(default_factory=list)
    mileages: list[int] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)

    @property
    def prices(self) -> bool:
        return bool({"price_from", "price_to"} & set(self.fields))


def bounds_of(
    row: Sequence[Atom], numbers: Sequence[Quantity], years: Sequence[Year], denied: Collection[int], *,
    spelling: str, this_year: int,
) -> tuple[Bounds, tuple[str, ...]]:  # fmt: skip
    """The bounds of price, year and mileage, and the years that are none of those wanted."""
    either = listed(years, denied, row, spelling)
    ruled_out = [year for year in years if year.start in denied]
    apart = [year.number for year in (*either, *ruled_out)]
    bounds = read_bounds(spelling, [number for number in numbers if number not in apart], this_year)
    bounds.spans += [(row[year.start].start, row[year.end - 1].end) for year in (*either, *ruled_out)]
    others = [year.value for year in ruled_out]
    if either and {"year_from", "year_to"} & set(bounds.fields):
        bounds.unclear.append(" и ".join(str(year.value) for year in either))
    elif either:
        values = [year.value for year in either]
        bounds.fields |= {"year_from": min(values), "year_to": max(values)}
        others += between(either)
    return bounds, tuple(f"year:{value}" for value in dict.fromkeys(others))


def read_bounds(spelling: str, numbers: Sequence[Quantity], this_year: int) -> Bounds:
    """`spelling` is the normalised question, `numbers` those that belong to no model's name."""
    bounds = Bounds()
    kind = ""
    for place, number in enumerate(numbers):
        previous = numbers[place - 1] if place else None
        following = numbers[place + 1].start if place + 1 < len(numbers) else len(spelling)
        opening = max(0, number.start - 40, previous.end if previous is not None else 0)
        before = _led_by(words(spelling[opening : number.start])[-4:])
        after = words_behind(spelling[number.end : min(following, number.end + 30)])
        closed = bool(re.match(r"\s*[,;:!?)—]", spelling[number.end :])) or not after
        if number.unit == UNHELD:
            continue
        kind_before, kind = kind, _kind(number, before, after, closed=closed)
        kind = _looked_at_again(kind, number, before, spelling, this_year)
        begun = previous if previous is not None and _is_range(previous, number, spelling) else None
        if begun is not None and number.unit in ("", begun.unit) and _goes_on(kind_before, number):
            kind = kind_before  # «пробег от 20 до 40»: the second end is what the first one is
        if kind_before not in (kind, ""):  # «2021–2022 года до 6 млн» ends no range of prices
            begun = None
        elif kind == "year" and previous and begun is None and _overwrites(bounds, before, number):
            bounds.unclear.append(f"{previous.text} и {number.text}")
        if previous is not None and _PLUS_MINUS.fullmatch(spelling[previous.end : number.start]):
            set_around(bounds.fields, kind_before, previous, number)
            bounds.spans.append((previous.start, number.end))
            continue
        if kind != "":
            earlier = dict(bounds.fields)
            about = (before, after, spelling)
            _set(bounds, kind, number, about, begun=begun, this_year=this_year)
            if previous is not None and begun is None and kind in ("price", "mileage"):
                between = words(spelling[previous.end : number.start])
                replaced = [name for name, old in earlier.items() if bounds.fields.get(name) != old]
                if replaced and {"и", "или", "либо"} & {*between}:  # «до 3 млн и сколько до 5»
                    bounds.unclear.append(f"{previous.text} и {number.text}")
            begins = begun.start if begun is not None and kind == "price" else number.start
            bounds.spans.append((begins, number.end))
    bounds.spans += set_spoken_years(bounds.fields, spelling, this_year)
    _contradictions(bounds, numbers)
    return bounds


def _set(
    bounds: Bounds, kind: str, number: Quantity, about: tuple[list[str], list[str], str], *,
    begun: Quantity | None, this_year: int,
) -> None:  # fmt: skip
    """`about` are the words before and behind the number and the whole text."""
    before, after, spelling = about
    led = spelling[max(0, number.start - 30) : number.start]
    if before and before[-1] in ABOVE | BELOW | AGED and _REFUSED.match(spelling, number.end):
        before = [*before[:-1], "не", before[-1]]
        led = re.sub(r"(\w+\s*)$", r"не \1", led)
    if kind == "price":
        if begun is None and _GIVE_OR_TAKE.match(spelling, number.end):
            set_price(bounds.fields, number, ["около"], after, begun, led=led)
        else:
            set_price(bounds.fields, number, before, after, begun, led=led)
        if begun is not None and _AT_MOST.search(spelling[: begun.start]):
            bounds.fields.pop("price_from", None)
    elif kind == "year":
        set_year(bounds.fields, number, led, this_year, ranged=begun is not None)
        either = begun is not None and _OR.search(spelling[begun.end : number.start])
        open_end(bounds.fields, spelling[number.end :], either=bool(either))
    elif kind == "age":
        set_age(bounds.fields, number, led, this_year)
    elif kind == "mileage":
        set_mileage(bounds.fields, number, before, after, ranged=begun is not None)
        bounds.mileages.append(number.start)


def _looked_at_again(kind: str, number: Quantity, before: list[str], spelling: str, this_year: int) -> str:
    """What else the number may be by the whole question: a mileage, an age, a person's age."""
    if kind == "price" and number.value < _NO_PRICE and not _is_money(number, before):
        return "mileage" if {lemma(word) for word in words(spelling)} & MILEAGE else kind
    if kind == "year" and number.value < 100 and _is_age(number, before, spelling, this_year):
        return "other" if is_a_persons(before) else "age"
    return kind


def _led_by(before: list[str]) -> list[str]:
    """«дешевле, чем за 5 млн» is «дешевле 5 млн»."""
    while len(before) > 1 and (
        before[-1] == "чем" or (before[-1] == "за" and before[-2] in BELOW | ABOVE | {"чем"})
    ):
        before = before[:-1]
    return before


def _goes_on(kind: str, number: Quantity) -> bool:
    if kind == "mileage":
        return number.unit != "rub" and number.value < _NO_MILEAGE
    return kind == "price" and not _plain_year(number)


def _overwrites(bounds: Bounds, before: list[str], number: Quantity) -> bool:
    """«2019 и 2021 года» cannot both be held, unless one bounds the other or both are the same."""
    leads = bool(before) and (" ".join(before[-2:]) in NEWER + OLDER or before[-1] in NEWER + OLDER)
    year = bounds.fields.get("year_from")
    again = year is not None and round(number.value) in (year, year % 100)
    return year is not None and year == bounds.fields.get("year_to") and not (leads or again)


def _is_range(left: Quantity, right: Quantity, spelling: str) -> bool:
    """«5–6 млн», «от 5 до 6»; «2022 или 2023» only where nothing lies between."""
    between = spelling[left.end : right.start]
    if (left.ordinal and left.unit != "year") or left.unit == UNHELD:
        return False  # «первый до 4 млн», «Camry 3.5 до 5 млн»
    if not (left.scaled or left.unit or _plain_year(left)) and _exceeds(left, right):
        return False  # «43 до 9 млн»: no range goes downwards
    if re.fullmatch(r"\s*(?:[-–—]|\.{2,3}|до|по)\s*", between):
        return True
    if re.fullmatch(r"\s*и\s*(?:до\s*)?", between):
        led = words(spelling[: left.start])[-1:]
        return led == ["между"] or not _plain_year(left) or right.value - left.value == 1
    neighbours = _plain_year(left) and _plain_year(right) and abs(right.value - left.value) == 1
    return neighbours and bool(re.fullmatch(r"(?:-?г?о)?\s*(?:,|или|либо|/)\s*(?:или\s*)?", between))


def _exceeds(left: Quantity, right: Quantity) -> bool:
    """Whether a bare number, in the unit of the number behind it, is the greater one."""
    scale = 1e6 if right.value >= 1e6 else 1e3 if right.value >= 1e3 else 1
    return left.value * (scale if left.value < 1e3 else 1) > right.value


def _kind(  # noqa: PLR0911 - one line a sign, in the order in which they decide
    number: Quantity, before: list[str], after: list[str], *, closed: bool
) -> str:
    """price, year, mileage, other (understood, sets nothing) or an empty string.

    `closed` says that nothing belongs to the number from behind.
    """
    if number.value in _SHORT_YEAR and number.unit == "" and _is_short_year(number, before, after):
        return "year"
    if number.ordinal and number.unit != "year":
        return "other" if number.value < _MOST_COUNTED else ""
    if number.unit == "year" and (number.value in _YEAR or number.value < 100):
        return "year"
    used = after[:2] == ["с", "пробегом"]  # «до 900 тысяч с пробегом» tells of the car, not of the number
    near = {lemma(word) for word in (*before, *(() if used else after))}
    few = number.in_words and 0 < number.value < _LEAST_THOUSANDS and not (number.scaled or number.unit)
    if few and near & MILEAGE and not {*before[-2:]} & (UPPER | LOWER):
        return ""  # «средний пробег у всех четырёх»
    if number.unit == "km" or (near & MILEAGE and not _plain_year(number) and not _is_money(number, before)):
        return "mileage"
    if number.unit in ("percent", "clock", "date"):
        return "other"
    if number.unit == "rub" or number.scaled or number.value >= 100_000:
        return "price"
    if _plain_year(number):
        return "year"
    bounded = (
        bool(before)
        and number.text not in _BOTH
        and (before[-1] in UPPER | LOWER | {"за", "в"} or lemma(before[-1]) in BUDGET_WORDS | AROUND)
    )
    led = bool(before) and before[-1] in UPPER | LOWER
    alone = closed or after[0] in _CONTINUING or (led and part_of_speech(after[0]) in _NO_PROPERTY)
    if number.value < 100 and bounded and alone:
        return "price"
    return "other" if number.in_words and number.value <= 3 else ""


def _is_short_year(number: Quantity, before: list[str], after: list[str]) -> bool:
    """«года двадцать второго», «22-й или новее»."""
    led = any(lemma(word) == "год" for word in before[-2:])
    written = number.ordinal or (bool(after) and after[0] in _YEAR_ENDINGS)
    aged = bool(before) and before[-1] in _AGE_WORDS and number.value > _YOUNGEST_YEAR
    counted = bool(after) and lemma(after[0]) in ("год", "лето", "месяц")
    return led or (written and bool(_AGE_WORDS & {*before, *after})) or (aged and not counted)


def _is_age(number: Quantity, before: list[str], spelling: str, this_year: int) -> bool:
    """«15 лет», «3 года», «мне 24 года» and «74 года», but «22 года» and «21 год» are years."""
    counted = spelling[number.start : number.end].endswith("лет") or number.value < _YOUNGEST_YEAR
    return counted or number.value > this_year - 1999 or is_a_persons(before)


def _is_money(number: Quantity, before: list[str]) -> bool:
    """«с пробегом до 4 млн»: no car has driven so far, and «дешевле» is said of prices alone."""
    driven = bool({lemma(word) for word in before} & MILEAGE)
    priced = bool(before) and (
        before[-1] in ("дешевле", "дороже")
        or (before[-1] == "за" and not driven)
        or lemma(before[-1]) in PRICE_WORDS | BUDGET_WORDS
    )
    return number.unit == "rub" or number.value >= 500_000 or priced


def _plain_year(number: Quantity) -> bool:
    return (number.value in _YEAR and not number.scaled) or (number.in_words and number.value in _YEAR)


def _contradictions(bounds: Bounds, numbers: Sequence[Quantity]) -> None:
    """«От 7 до 5 млн» is said the wrong way round, «дешевле 3 или дороже 15 млн» is no range."""
    for low, high in (("price_from", "price_to"), ("year_from", "year_to"), ("mileage_from", "mileage_to")):
        a, b = bounds.fields.get(low), bounds.fields.get(high)
        if a is not None and b is not None and a > b:
            bounds.unclear.append(" и ".join(number.text for number in numbers))
            bounds.fields.pop(low), bounds.fields.pop(high)
