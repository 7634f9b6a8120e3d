"""Numbers of a question about stock: which is a price, a year or a mileage, and which bound it sets.

Knows prepositions and units. Refuses to know the stock. A number whose meaning is not plain sets nothing
and is reported as such.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from assistants.showroom.language.phrases import AROUND, BUDGET_WORDS, LOWER, MILEAGE, PRICE_WORDS, UPPER
from core.quantities import Quantity
from core.russian import lemma, part_of_speech, words

_YEAR = range(1950, 2101)
_AROUND_SHARE = 0.1
_NEWER = (
    "не старше",
    "не ранее",
    "не раньше",
    "начиная с",
    "не старее",
    "не меньше",
    "минимум",
    "позже",
    "позднее",
    "от",
    "новее",
    "моложе",
    "младше",
    "свежее",
    "с",
    "после",
)
_OLDER = (
    "не новее",
    "не позднее",
    "не позже",
    "не моложе",
    "не младше",
    "не свежее",
    "старше",
    "до",
    "по",
    "раньше",
    "ранее",
)
_EXACTLY = frozenset({"ровно", "точно", "именно"})
_CONTINUING = frozenset({"но", "и", "а", "или"})
_BELOW = frozenset({"дешевле", "подешевле", "меньше", "менее", "ниже"})
_ABOVE = frozenset({"дороже", "подороже", "больше", "более", "выше", "свыше"})
_YOUNGEST_YEAR = 13
_SHORT_YEAR = range(10, 40)
_YEAR_ENDINGS = frozenset({"й", "го", "ый", "ого", "м", "ом"})
_AGE_WORDS = frozenset(
    {"новее", "поновее", "моложе", "помоложе", "младше", "свежее", "посвежее", "старше", "постарше", "старее",
     "раньше", "позже", "позднее", "ранее"}
)  # fmt: skip
_NO_PROPERTY = ("VERB", "INFN", "PREP", "CONJ", "PRCL", "NPRO", "ADVB", "PRED", "INTJ", "GRND")
_STRICTLY = frozenset(
    {"новее", "моложе", "младше", "свежее", "старше", "после", "раньше", "ранее", "позже", "позднее"}
)


@dataclass
class Bounds:
    """Fields of a wish, which pieces of the text they were read from, and where mileages stand."""

    fields: dict[str, Any] = field(default_factory=dict)
    spans: list[tuple[int, int]] = field(default_factory=list)
    mileages: list[int] = field(default_factory=list)

    @property
    def prices(self) -> bool:
        return bool({"price_from", "price_to"} & set(self.fields))


def read_bounds(spelling: str, numbers: Sequence[Quantity], this_year: int) -> Bounds:
    """`spelling` is the normalised question, `numbers` those that belong to no model's name."""
    bounds = Bounds()
    kind = ""
    for place, number in enumerate(numbers):
        previous = numbers[place - 1] if place else None
        following = numbers[place + 1].start if place + 1 < len(numbers) else len(spelling)
        opening = max(0, number.start - 40, previous.end if previous is not None else 0)
        before = _led_by(words(spelling[opening : number.start])[-4:])
        after = words(spelling[number.end : min(following, number.end + 30)])[:3]
        closed = bool(re.match(r"\s*[,;:!?)—]", spelling[number.end :])) or not after
        kind_before, kind = kind, _kind(number, before, after, closed=closed)
        if kind == "year" and number.value < 100 and _is_age(number, spelling):
            kind = "age"
        begun = previous if previous is not None and _is_range(previous, number, spelling) else None
        if kind_before not in (kind, ""):  # «2021–2022 года до 6 млн» ends no range of prices
            begun = None
        ranged = begun is not None
        if kind == "price":
            _price(bounds.fields, number, before, after, begun)
        elif kind == "year":
            _year(
                bounds.fields,
                number,
                spelling[max(0, number.start - 30) : number.start],
                this_year,
                ranged=ranged,
            )
        elif kind == "age":
            _age(bounds.fields, number, spelling[max(0, number.start - 30) : number.start], this_year)
        elif kind == "mileage":
            _mileage(bounds.fields, number, before, ranged=ranged)
            bounds.mileages.append(number.start)
        elif kind == "":
            continue
        if kind == "year":
            _open_end(bounds.fields, spelling[number.end :])
        bounds.spans.append((number.start, number.end))
    _relative_years(bounds, spelling, this_year)
    _order(bounds.fields)
    return bounds


def _led_by(before: list[str]) -> list[str]:
    """«дешевле, чем за 5 млн» is «дешевле 5 млн»."""
    while len(before) > 1 and (before[-1] == "чем" or (before[-1] == "за" and before[-2] in _BELOW | _ABOVE)):
        before = before[:-1]
    return before


def _is_range(left: Quantity, right: Quantity, spelling: str) -> bool:
    """«5–6 млн», «от 5 до 6»; «2022 или 2023» only where nothing lies between."""
    between = spelling[left.end : right.start]
    if re.fullmatch(r"\s*(?:[-–—]|до|по|и)\s*", between):
        return True
    neighbours = _plain_year(left) and _plain_year(right) and abs(right.value - left.value) == 1
    return neighbours and bool(re.fullmatch(r"\s*(?:,|или|либо|/)\s*(?:или\s*)?", between))


def _kind(  # noqa: PLR0911 - one line a sign, in the order in which they decide
    number: Quantity, before: list[str], after: list[str], *, closed: bool
) -> str:
    """price, year, mileage, other (understood, sets nothing) or an empty string.

    `closed` says that nothing belongs to the number from behind.
    """
    if number.value in _SHORT_YEAR and number.unit == "" and _is_short_year(number, before, after):
        return "year"
    if number.ordinal and number.unit != "year":
        return "other"
    if number.unit == "year" and (number.value in _YEAR or number.value < 100):
        return "year"
    used = after[:2] == ["с", "пробегом"]  # «до 900 тысяч с пробегом» tells of the car, not of the number
    near = {lemma(word) for word in (*before, *(() if used else after))}
    if number.unit == "km" or (near & MILEAGE and not _plain_year(number) and not _is_money(number, before)):
        return "mileage"
    if number.unit in ("percent", "clock", "date"):
        return "other"
    if number.unit == "rub" or number.scaled or number.value >= 100_000:
        return "price"
    if _plain_year(number):
        return "year"
    bounded = bool(before) and (
        before[-1] in UPPER | LOWER | {"за", "в"} or lemma(before[-1]) in BUDGET_WORDS
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
    return led or (written and bool(_AGE_WORDS & {*before, *after}))


def _is_age(number: Quantity, spelling: str) -> bool:
    """«15 лет», «3 года», but «22 года» and «21 год» are years."""
    return spelling[number.start : number.end].endswith("лет") or number.value < _YOUNGEST_YEAR


def _is_money(number: Quantity, before: list[str]) -> bool:
    """«с пробегом до 4 млн»: no car has driven so far, and «дешевле» is said of prices alone."""
    priced = bool(before) and (
        before[-1] in ("дешевле", "дороже", "за") or lemma(before[-1]) in PRICE_WORDS | BUDGET_WORDS
    )
    return number.unit == "rub" or number.value >= 1_000_000 or priced


def _plain_year(number: Quantity) -> bool:
    return (number.value in _YEAR and not number.scaled) or (number.in_words and number.value in _YEAR)


def _rub(number: Quantity) -> int:
    """«до 5» among cars means millions, «1 рубль» a rouble."""
    bare = number.value < 1_000 and not number.scaled and number.unit != "rub"
    return round(number.value * 1_000_000 if bare else number.value)


def _price(
    fields: dict[str, Any], number: Quantity, before: list[str], after: list[str], begun: Quantity | None
) -> None:
    """`begun` is the lower end of a range that ends with this number."""
    value, near = _rub(number), set(before[-3:])
    negated = "не" in before[-2:]
    if begun is not None:
        fields["price_from"], fields["price_to"] = _rub(begun), value
    elif near & AROUND or {lemma(word) for word in near} & AROUND:
        fields["price_from"], fields["price_to"] = (
            round(value * (1 - _AROUND_SHARE)),
            round(value * (1 + _AROUND_SHARE)),
        )
    elif negated and before[-1] in ("дороже", "выше", "больше", "более"):
        fields["price_to"] = value
    elif (
        (negated and before[-1] in ("дешевле", "ниже", "меньше", "менее"))
        or (near & LOWER and not near & UPPER)
        or {"минимум", "выше"} & set(after[:2])
    ):
        fields["price_from"] = value
    elif near & _EXACTLY:
        fields["price_from"] = fields["price_to"] = value
    elif {lemma(word) for word in before} & PRICE_WORDS and not near & (UPPER | {"за", "в"}):
        return  # «стоит 1 рубль?»: what a car costs is told from its row, never taken from the question
    else:
        fields["price_to"] = value
    if begun is None and not negated and before:
        _strictly(fields, "price", before[-1])


def _strictly(fields: dict[str, Any], name: str, word: str) -> None:
    """«дешевле 5 млн» and «больше 90 тысяч» leave the bound itself out."""
    low, high = fields.get(f"{name}_from"), fields.get(f"{name}_to")
    if word in _BELOW and high is not None and low is None:
        fields[f"{name}_to"] = high - 1
    elif word in _ABOVE and low is not None and high is None:
        fields[f"{name}_from"] = low + 1


def _year(fields: dict[str, Any], number: Quantity, before: str, this_year: int, *, ranged: bool) -> None:
    year = int(number.value) if number.value >= 100 else 2000 + int(number.value)
    spoken = re.sub(r"(?: (?:чем|год\w*))+$", "", " ".join(words(before)))
    if ranged and ("year_from" in fields or "year_to" in fields):
        fields["year_from"] = fields.get("year_from", fields.get("year_to"))
        fields["year_to"] = year
        return
    for openings, low in ((_NEWER, True), (_OLDER, False)):
        for opening in sorted(openings, key=len, reverse=True):
            if spoken.endswith(opening) and re.search(rf"(?:^|\s){opening}$", spoken):
                if not low and spoken.endswith("не " + opening):
                    continue
                if low and opening != "не старше" and spoken.endswith("не " + opening):
                    continue
                step = (1 if low else -1) if opening in _STRICTLY else 0
                fields["year_from" if low else "year_to"] = year + step
                return
    fields["year_from"] = fields["year_to"] = year
    if year > this_year + 1:
        fields["year_to"] = year


_OPEN_END = re.compile(
    r"^(?:-?\w{1,3}\b)?\W*(?:год\w*|г\.?)?(?: выпуска)?\W*(?:(?:и|или|либо|да)\s+)?"
    r"(?:(?P<low>\+|новее|моложе|младше|свежее|поновее|посвежее|позже|позднее|выше)"
    r"|(?P<high>старше|постарше|раньше|ранее|старее))(?!\w)"
)


def _open_end(fields: dict[str, Any], behind: str) -> None:
    """«2021 года и старше»."""
    match = _OPEN_END.match(behind)
    if match is not None and fields.get("year_from") == fields.get("year_to"):
        fields.pop("year_to" if match["low"] else "year_from", None)


def _age(fields: dict[str, Any], number: Quantity, before: str, this_year: int) -> None:
    """«не старше трёх лет»; «стаж 15 лет» says nothing of a car."""
    spoken, year = " ".join(words(before)), this_year - round(number.value)
    if re.search(
        r"\b(?:не старше|не более|не больше|моложе|младше|возраст\w*(?: до)?|до|максимум|новее)$", spoken
    ):
        fields["year_from"] = year
    elif re.search(r"\b(?:старше|от|не моложе|не младше)$", spoken):
        fields["year_to"] = year


def _mileage(fields: dict[str, Any], number: Quantity, before: list[str], *, ranged: bool) -> None:
    value = round(number.value * 1_000 if number.value < 1_000 and number.unit != "km" else number.value)
    near = set(before[-3:])
    if ranged and "mileage_from" in fields:
        fields["mileage_to"] = value
    elif near & LOWER and "не" not in near:
        fields["mileage_from"] = value
    else:
        fields["mileage_to"] = value
    if not ranged and "не" not in near and before:
        _strictly(fields, "mileage", before[-1])


_AGED = re.compile(
    r"\b(?:(?P<count>одно|двух|трех|четырех|пяти|шести|семи|[1-9])-?лет(?:н\w+|к\w)|(?P<one>годовал\w+))\b"
)
_AGES = {"одно": 1, "двух": 2, "трех": 3, "четырех": 4, "пяти": 5, "шести": 6, "семи": 7}
_LAST_YEARS = re.compile(r"последн\w+ (?:(\d|двух|трех|четырех|пяти|два|три) )?(?:лет|года|год)\b")
_SPOKEN = {"двух": 2, "два": 2, "трех": 3, "три": 3, "четырех": 4, "пяти": 5}


def _relative_years(bounds: Bounds, spelling: str, this_year: int) -> None:
    for pattern, back in (
        (r"\b(?:этого|текущего|нынешнего) года", 0),
        (r"\bпрошлого года", 1),
        (r"\bпозапрошлого года", 2),
    ):
        if match := re.search(pattern, spelling):
            bounds.fields["year_from"] = bounds.fields["year_to"] = this_year - back
            bounds.spans.append(match.span())
    if match := _AGED.search(spelling):
        said = match["count"] or ""
        year = this_year - (1 if match["one"] else int(said) if said.isdigit() else _AGES[said])
        before = " ".join(words(spelling[: match.start()])[-2:])
        younger = re.search(r"\b(?:не старше|моложе|младше|новее|до)$", before)
        bounds.fields["year_from"] = year
        bounds.fields |= {} if younger else {"year_to": year}
        bounds.spans.append(match.span())
    if match := _LAST_YEARS.search(spelling):
        said = match.group(1)
        count = int(said) if said and said.isdigit() else _SPOKEN.get(said or "", 1)
        bounds.fields["year_from"] = this_year - count + 1
        bounds.spans.append(match.span())


def _order(fields: dict[str, Any]) -> None:
    for low, high in (("price_from", "price_to"), ("year_from", "year_to"), ("mileage_from", "mileage_to")):
        a, b = fields.get(low), fields.get(high)
        if a is not None and b is not None and a > b:
            fields[low], fields[high] = b, a
