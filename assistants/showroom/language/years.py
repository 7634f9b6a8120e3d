"""Years that stand beside each other or are not wanted: «2021 либо 2024 года», «кроме 2019-го»; and those
that an ordinal's ending alone tells from a model's number: «EQB 22го».

Knows which numbers are years and what joins them. Refuses to know which bound a single year sets
(`bounds.py`) and how far a denial reaches (`denials.py`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from assistants.showroom.language.indices import numbers_known
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.naming import Atom
from assistants.showroom.language.phrases import CAR_WORDS, HAVE_WORDS, MILEAGE, PRICE_WORDS, YEAR
from assistants.showroom.language.setting_bounds import NEWER, OLDER, has_open_end
from core.quantities import Quantity
from core.russian import grammemes, lemma, part_of_speech, words

_FULL, _SHORT, _CENTURY = range(1950, 2101), range(13, 40), 2000
_BEHIND = re.compile(r"(?:-?(?:й|го|ый|ого|м|ом|е))?(?:\s*(?:год\w*|гг?\b\.?))?(?: выпуска)?(?!\w)")
_ALSO = r"(?:хотя|хоть|впрочем|но|можно)(?: можно)? и"  # «2024 года, можно и 2023»
_JOINED = re.compile(rf"\s*(?:,|/|,?\s*\b(?:и|или|либо|{_ALSO})\b)\s*(?:(?:и|или|либо)\b\s*)?")
_ENDING = re.compile(r"(?:[\s-]?го|-?(?:ого|ый|й))\b")
# What leads from a name to its year, or opens a clause: «кроме 21го», «от 22го», «20го или 21го».
_LEADING = re.compile(
    r"(?:\b(?:а|и|или|либо|ну|тогда|может|еще|не|с|со|от|до|по|кроме|как|только|именно|лучше|есть|у|вас"
    r"|хотя|хоть|впрочем|можно|бы|старше|младше|новее|моложе|свежее|раньше|позже|позднее)\s+)*$"
)
_LEAST_ALONE = 17  # «а 15?» may as well be a sum
_DAY = re.compile(r"\s*(?:числ|январ|феврал|март|апрел|ма[яй]\b|июн|июл|август|сентябр|октябр|ноябр|декабр)")
_FITS = re.compile(r"(?:тоже|также)?(?:подойд|устро|сойд|сгод|годит|можно|вариант|норм|ок\b)")
# «22 и новее», «20 или моложе»: nothing but a year has such an end.
_OPEN_END = re.compile(
    r"\s*(?:(?:и|или|либо|да)\s+)?(?:по)?(?:новее|моложе|младше|свежее|старше|позже|позднее|раньше)(?!\w)"
)
# «А 22?», «и 22-23 есть?», «а с 22 дизель?»: a follow-up that opens with its years.
_OPENED = re.compile(
    r"\W*(?:(?:ну|а|и|тогда|может|если)\W+)+(?:с |после )?"
    r"(?P<years>\d{2}(?:\s*(?:[-–—/,]|или|либо|и|по)\s*\d{2})?)\b(?![.,]\d)\W*"
)
_DENIED = re.compile(r"\b(?:кроме|помимо|исключая|не|без|окромя|за (?:исключением|вычетом))\s+$")
_OF_A_CAR = CAR_WORDS | MILEAGE | PRICE_WORDS | YEAR
_NAMED = ("class", "hint", "body", "color", "fuel", "feature", "brand")
_LEADS = frozenset({*NEWER, *OLDER, "между"})


@dataclass(frozen=True, slots=True)
class Year:
    """A year in full, its number, and its atoms from `start` up to `end`, what belongs to it included."""

    value: int
    number: Quantity
    start: int
    end: int


def years_by_endings(
    row: Sequence[Atom], numbers: Sequence[Quantity], spelling: str, lexicon: Lexicon, latest: int
) -> list[Quantity]:
    """The numbers with those of two digits up to `latest` that an ending, an open end or a follow-up of
    nothing else makes a year, where no model has such a number. «Приеду 22-го» is a day.
    """
    found, known = list(numbers), numbers_known(lexicon)
    opening = _opening_years(row, spelling, lexicon)
    for place, number in enumerate(numbers):
        if _is_spoken_and_denied(number, numbers, spelling) and str(round(number.value)) not in known:
            found[place] = replace(number, value=_CENTURY + number.value, unit="year")
            continue
        bare = not (number.unit or number.scaled or number.in_words)
        if not bare or not _SHORT[0] <= number.value <= latest or number.text in known:
            continue
        written = number.start + len(number.text)
        ending = _ENDING.match(spelling, written)
        end = ending.end() if ending is not None else written
        if ending is None and not (number.start in opening or _OPEN_END.match(spelling, written)):
            continue
        named = _named_places(row, lexicon)
        led = number.start in opening or _is_led_to(row, number.start, spelling, named)
        if ending is not None and _is_a_day(spelling[end:]):
            found[place] = replace(number, unit="date", end=end)
        elif led and not _is_of_a_noun(row, end, named):
            found[place] = replace(number, value=_CENTURY + number.value, unit="year", end=end)
    return found


def _is_spoken_and_denied(number: Quantity, numbers: Sequence[Quantity], spelling: str) -> bool:
    """«2022–2024, кроме двадцать третьего»: beside other years it can be nothing else."""
    plain = number.in_words and number.ordinal and not (number.unit or number.scaled)
    beside = any(each.value in _FULL or each.unit == "year" for each in numbers)
    return plain and beside and number.value in _SHORT and bool(_DENIED.search(spelling[: number.start]))


def _opening_years(row: Sequence[Atom], spelling: str, lexicon: Lexicon) -> range:
    """Where the years stand that a follow-up opens with: nothing follows them, or what a car is."""
    opened = _OPENED.match(spelling)
    if opened is None or int(opened["years"][:2]) < _LEAST_ALONE:
        return range(0)
    behind = next((place for place, atom in enumerate(row) if atom.start >= opened.end("years")), len(row))
    closed = behind == len(row) or lemma(row[behind].text) in HAVE_WORDS
    named = closed or behind in _named_places(row, lexicon)
    return range(*opened.span("years")) if named else range(0)


def _named_places(row: Sequence[Atom], lexicon: Lexicon) -> frozenset[int]:
    """Where names of the stock stand."""
    mentions = (mention for kind in _NAMED for mention in lexicon.names[kind].find(row))
    return frozenset(place for mention in mentions for place in range(mention.start, mention.end))


def _is_led_to(row: Sequence[Atom], start: int, spelling: str, named: Collection[int]) -> bool:
    """Whether a name of the stock, another number or nothing at all stands before: not «скидка до 20-го»."""
    led = _LEADING.search(spelling[:start])
    opened = led.start() if led is not None else start
    before = [place for place, atom in enumerate(row) if atom.end <= opened]
    if not before or not spelling[row[before[-1]].end : opened].isspace():
        return not before or bool(re.search(r"[,;:.!?(—–-]", spelling[row[before[-1]].end : opened]))
    last = row[before[-1]]
    ends_a_year = len(before) > 1 and row[before[-2]].number and _ENDING.fullmatch(last.text) is not None
    return before[-1] in named or last.number or last.latin or ends_a_year or lemma(last.text) in CAR_WORDS


def _is_of_a_noun(row: Sequence[Atom], end: int, named: Collection[int]) -> bool:
    """«20-й раз», «20-й серии», but not «22го дизель» and not «22-го года»."""
    place = next((place for place, atom in enumerate(row) if atom.start >= end), len(row))
    if place == len(row) or place in named or row[place].latin:
        return False
    return part_of_speech(row[place].text) == "NOUN" and lemma(row[place].text) not in _OF_A_CAR


def _is_a_day(behind: str) -> bool:
    """«22-го числа», «22-го смогу заехать», but not «23-й подойдёт»."""
    following = "".join(words(behind)[:1])
    if _FITS.match(following):
        return False
    does = (part_of_speech(following) == "INFN" and following != "есть") or bool(
        {"1per", "futr"} & grammemes(following)
    )
    return does or _DAY.match(behind) is not None


def read_years(row: Sequence[Atom], numbers: Sequence[Quantity], spelling: str) -> list[Year]:
    return [year for number in numbers for year in _year(row, number, spelling)]


def _year(row: Sequence[Atom], number: Quantity, spelling: str) -> Iterator[Year]:
    full = number.value in _FULL and not number.scaled and number.unit in ("", "year")
    short = number.value in _SHORT and number.unit == "year" and not number.scaled
    if not (full or short) or spelling[number.start : number.end].endswith("лет"):
        return
    behind = _BEHIND.match(spelling, number.end)
    stop = behind.end() if behind is not None else number.end
    places = [place for place, atom in enumerate(row) if number.start <= atom.start < stop]
    if not places:
        return
    value = int(number.value) + (0 if full else _CENTURY)
    yield Year(value, number, places[0], places[-1] + 1)


def listed(
    years: Sequence[Year], denied: Collection[int], row: Sequence[Atom], spelling: str
) -> tuple[Year, ...]:
    """The first years that nothing but a comma or a conjunction joins, of which any will do; none where a
    word before or behind makes a bound of them.
    """
    run: list[Year] = []
    for year in years:
        between = spelling[row[run[-1].end - 1].end : row[year.start].start] if run else ""
        if year.start in denied or (run and not _JOINED.fullmatch(between)):
            if len(run) > 1:
                break
            run = []
        run += [] if year.start in denied else [year]
    return tuple(run) if len(run) > 1 and not _is_bounded(run, row, spelling) else ()


def _is_bounded(run: Sequence[Year], row: Sequence[Atom], spelling: str) -> bool:
    before = words(spelling[: row[run[0].start].start])[-2:]
    led = bool(before) and (before[-1] in _LEADS or " ".join(before) in _LEADS)
    return led or has_open_end(spelling[run[-1].number.end :])


def between(years: Sequence[Year]) -> tuple[int, ...]:
    """The years between the first and the last of some that are none of them."""
    values = {year.value for year in years}
    return tuple(year for year in range(min(values), max(values)) if year not in values)
