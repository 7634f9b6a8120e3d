"""Numbers in Russian text, in digits, in words and with «млн», «тыс.», «к» behind them.

Knows values, multipliers and the unit that stands behind a number. Refuses to know what a number is for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest

from core.russian import inflections, normalise

_SMALL = {
    "ноль": 0, "нуль": 0, "один": 1, "два": 2, "три": 3, "четыре": 4, "пять": 5, "шесть": 6, "семь": 7,
    "восемь": 8,
    "девять": 9, "десять": 10, "одиннадцать": 11, "двенадцать": 12, "тринадцать": 13, "четырнадцать": 14,
    "пятнадцать": 15, "шестнадцать": 16, "семнадцать": 17, "восемнадцать": 18, "девятнадцать": 19,
    "двадцать": 20, "тридцать": 30, "сорок": 40, "пятьдесят": 50, "шестьдесят": 60, "семьдесят": 70,
    "восемьдесят": 80, "девяносто": 90, "сто": 100, "двести": 200, "триста": 300, "четыреста": 400,
    "пятьсот": 500, "шестьсот": 600, "семьсот": 700, "восемьсот": 800, "девятьсот": 900,
}  # fmt: skip
_ORDINALS = {
    "первый": 1, "второй": 2, "третий": 3, "четвертый": 4, "пятый": 5, "шестой": 6, "седьмой": 7,
    "восьмой": 8,
    "девятый": 9, "десятый": 10, "одиннадцатый": 11, "двенадцатый": 12, "тринадцатый": 13,
    "четырнадцатый": 14, "пятнадцатый": 15, "шестнадцатый": 16, "семнадцатый": 17, "восемнадцатый": 18,
    "девятнадцатый": 19, "двадцатый": 20, "тридцатый": 30, "сороковой": 40, "пятидесятый": 50,
    "шестидесятый": 60, "семидесятый": 70, "восьмидесятый": 80, "девяностый": 90, "сотый": 100,
    "двухсотый": 200, "трехсотый": 300, "четырехсотый": 400, "пятисотый": 500, "шестисотый": 600,
}  # fmt: skip
_COUNTED = {
    "пятерка": 5, "шестерка": 6, "семерка": 7, "восьмерка": 8, "девятка": 9, "десятка": 10, "десяток": 10,
    "двадцатка": 20, "тридцатка": 30, "полтинник": 50, "полтос": 50, "сотня": 100, "сотка": 100, "пара": 2,
    "тройка": 3,
}  # fmt: skip
"""Nouns for a number: «до полтинника тысяч», «за сотню тысяч»."""
_OTHER = {"полтора": 1.5, "полторы": 1.5, "полутора": 1.5, "оба": 2, "обе": 2}
_MULTIPLIERS = {"тысяча": 1e3, "миллион": 1e6, "миллиард": 1e9, "лимон": 1e6, "тыща": 1e3}
_SHORT_MULTIPLIERS = {
    "млн": 1e6, "мил": 1e6, "миль": 1e6, "млрд": 1e9, "тыс": 1e3, "тыщ": 1e3, "кк": 1e6, "kk": 1e6,
    "mln": 1e6,
}  # fmt: skip
_GLUED_MULTIPLIERS = {"к": 1e3, "k": 1e3, "м": 1e6, "m": 1e6, "т": 1e3, "л": None}
_GENITIVES = frozenset({"тысяч", "миллионов", "лямов", "лимонов", "мультов", "тыщ", "тыс", "млн"})
_HALVES = {"полмиллиона": 5e5, "полмиллиард": 5e8, "полтысячи": 500.0, "полмлн": 5e5}
_UNITS = {
    "rub": {"₽", "руб", "р", "рубль", "rub", "rur"},
    "km": {"км", "километр", "km"},
    "percent": {"%", "процент"},
    "year": {"год", "г", "гг", "годов"},
}

_LEADS_TO_A_NUMBER = frozenset(
    {
        "до", "за", "в", "на", "от", "с", "под", "около", "максимум", "минимум", "не", "больше", "дороже",
        "этак", "-", "–", "—",
    }
)  # fmt: skip
_LEADING = 3

# «5ти», «4-х», «8ми».
_COUNTING_ENDINGS = ("ти", "ми", "мя", "и", "х", "ех", "ух", "м", "ем", "ум")

_PIECE = re.compile(
    r"(?P<clock>\b\d{1,2}:\d{2}\b)"
    r"|(?P<date>\b\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})\b)"
    r"|(?P<digits>\d{1,3}(?:[ \u00a0\u202f']\d{3})+(?![\d])|\d{1,3}(?:[.,]\d{3}){2,}(?!\d)|\d+[.,]\d+|\d+)"
    r"|(?P<word>[^\W\d_]+)|(?P<sign>[%₽])|(?P<other>[^\s\w])"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as the text has it; `start` and `end` index the normalised text, unit included.

    `unit` is rub, km, percent, year, clock (minutes from midnight), date (yyyymmdd) or an empty string;
    `scaled` says that a multiplier stood behind it, `in_words` that it was spelled, `text` how.
    """

    value: float
    start: int
    end: int
    unit: str = ""
    scaled: bool = False
    ordinal: bool = False
    in_words: bool = False
    text: str = ""


@lru_cache(maxsize=1)
def _spelled() -> dict[str, tuple[float, str]]:
    """Every form of every number word -> (value, kind), kind being small, ordinal or multiplier."""
    table: dict[str, tuple[float, str]] = {}
    for words, kind in (
        (_MULTIPLIERS, "multiplier"), (_ORDINALS, "ordinal"), (_COUNTED, "noun"), (_SMALL, "small"),
    ):  # fmt: skip
        for word, value in words.items():
            table.update(dict.fromkeys(inflections(word), (float(value), kind)))
    table.update({word: (float(value), "small") for word, value in _OTHER.items()})
    table.update({word: (value, "multiplier") for word, value in _SHORT_MULTIPLIERS.items()})
    table.update(dict.fromkeys(_slang(), (1e6, "multiplier")))
    table.update({word: (value, "half") for word, value in _HALVES.items()})
    return table


def _slang() -> list[str]:
    """A million as it is called among friends."""
    stems = ("лям", "лямчик", "мульт", "мультик", "миллиончик", "мильон")
    return [stem + ending for stem in stems for ending in ("", "а", "ов", "ы", "и", "ам", "ах", "у")]


@lru_cache(maxsize=1)
def _unit_forms() -> dict[str, str]:
    return {form: unit for unit, words in _UNITS.items() for word in words for form in inflections(word)}


@dataclass(slots=True)
class _Piece:
    kind: str
    text: str
    start: int
    end: int


def quantities(text: str) -> list[Quantity]:
    """All numbers of a text, in order. «5–6 млн» and «от 5 до 6 млн» give both ends in millions."""
    spelling = normalise(text)
    pieces = [
        _Piece(str(match.lastgroup), match.group(), *match.span()) for match in _PIECE.finditer(spelling)
    ]
    return list(_share_multiplier(list(_read(pieces)), spelling))


def _read(pieces: list[_Piece]) -> Iterator[Quantity]:
    at = 0
    while at < len(pieces):
        inverted = _inverted(pieces, at)
        if inverted is not None:
            found, at = inverted
            yield from found
            continue
        number = _number_at(pieces, at)
        if number is None:
            at += 1
            continue
        quantity, at = number
        yield quantity


def _number_at(pieces: list[_Piece], at: int) -> tuple[Quantity, int] | None:
    piece = pieces[at]
    if piece.kind == "clock":
        hours, minutes = piece.text.split(":")
        value = float(int(hours) * 60 + int(minutes))
        return Quantity(value, piece.start, piece.end, unit="clock", text=piece.text), at + 1
    if piece.kind == "date":
        day, month, year = piece.text.split(".")
        full = int(year) + (2000 if len(year) == 2 else 0)
        value = float(full * 10_000 + int(month) * 100 + int(day))
        return Quantity(value, piece.start, piece.end, unit="date", text=piece.text), at + 1
    if piece.kind == "digits":
        return _with_unit(
            pieces, at + 1, Quantity(_digits(piece.text), piece.start, piece.end, text=piece.text)
        )
    if piece.kind == "word" and piece.text in _spelled():
        return _spelled_number(pieces, at)
    return None


def _inverted(pieces: list[_Piece], at: int) -> tuple[list[Quantity], int] | None:
    """«миллионов до пяти», «тысяч тридцать», «миллионов пять-шесть»: a multiplier in the genitive that no
    number stands before belongs to what follows.
    """
    factor = _multiplied().get(pieces[at].text)
    found: list[Quantity] = []
    while factor is not None and len(found) < len(("from", "to")):
        start = at + 1 if not found else at
        while start < len(pieces) and start - at <= _LEADING and pieces[start].text in _LEADS_TO_A_NUMBER:
            start += 1
        if start == len(pieces) or pieces[start].text in _multiplied():
            break
        number = _number_at(pieces, start)
        if number is None or number[0].scaled or number[0].ordinal or number[0].value >= 1e3:
            break
        if number[0].unit not in ("", "rub", "km"):
            break
        found.append(replace(number[0], value=number[0].value * factor, scaled=True))
        at = number[1]
    return (found, at) if found else None


@lru_cache(maxsize=1)
def _multiplied() -> dict[str, float]:
    """The genitives of the multipliers."""
    table = {"миллионов": 1e6, "миллиона": 1e6, "тысяч": 1e3, "тысячи": 1e3, "тыщ": 1e3, "лимонов": 1e6}
    return {**table, **{word: 1e6 for word in _slang() if word.endswith(("ов", "а"))}}


def _digits(text: str) -> float:
    compact = re.sub(r"[ \u00a0\u202f']", "", text)
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3}){2,}", compact):
        return float(re.sub(r"[.,]", "", compact))
    return float(compact.replace(",", "."))


def _spelled_number(pieces: list[_Piece], at: int) -> tuple[Quantity, int] | None:
    table, first = _spelled(), at
    total, group, last, ordinal = 0.0, 0.0, float("inf"), False
    seen = scaled = False
    last_multiplier = 0.0
    while at < len(pieces) and pieces[at].kind == "word" and pieces[at].text in table and not ordinal:
        value, kind = table[pieces[at].text]
        if kind == "noun" and (seen or not _is_counted(pieces, at)):
            break
        if kind == "half":
            total, seen, scaled = total + value, True, True
        elif kind == "multiplier":
            if not seen and (pieces[at].text in _SHORT_MULTIPLIERS or pieces[at].text in _GENITIVES):
                return None  # «до пары миллионов» is not a million
            total, group, last, scaled = total + (group if seen and group else 1.0) * value, 0.0, value, True
            last_multiplier = value
        elif seen and not _continues(group, last, value, kind):
            break
        else:
            group, last, ordinal = group + value, value, kind == "ordinal"
        seen, at = True, at + 1
        if _half_follows(pieces, at):
            group, at = group + 0.5, at + 2
    if not seen:
        return None
    if last_multiplier == 1e6 and group >= 100 and group % 10 == 0:
        group *= 1e3  # «миллион двести» leaves the thousands unsaid
    quantity = Quantity(
        total + group, pieces[first].start, pieces[at - 1].end, scaled=scaled, ordinal=ordinal, in_words=True,
        text=" ".join(piece.text for piece in pieces[first:at]),
    )  # fmt: skip
    return _with_unit(pieces, at, quantity)


def _is_counted(pieces: list[_Piece], at: int) -> bool:
    """«Полтинник тысяч», «сотня машин» hold a number; «пятёрка» alone may be a car or a mark."""
    behind = pieces[at + 1].text if at + 1 < len(pieces) else ""
    return behind in _GENITIVES or _unit_forms().get(behind) in ("km", "rub")


def _continues(group: float, last: float, value: float, kind: str) -> bool:
    """«двести двадцать пять» goes on, «пять шесть» are two numbers."""
    if last >= 1000:
        return value < last
    if group >= 100 and last >= 100:
        return value < 100
    return 20 <= last < 100 and value < 10 and (kind == "ordinal" or value > 0)


def _half_follows(pieces: list[_Piece], at: int) -> bool:
    return [piece.text for piece in pieces[at : at + 2]] == ["с", "половиной"]


def _with_unit(pieces: list[_Piece], at: int, quantity: Quantity) -> tuple[Quantity, int]:
    """Takes the multipliers and the unit that stand right behind."""
    table = _spelled()
    if _half_follows(pieces, at) and not quantity.in_words:
        quantity, at = replace(quantity, value=quantity.value + 0.5, end=pieces[at + 1].end), at + 2
    while at < len(pieces):
        piece = pieces[at]
        glued = piece.start == pieces[at - 1].end
        if (
            piece.kind == "other"
            and piece.text == "."
            and glued
            and pieces[at - 1].text in _SHORT_MULTIPLIERS
        ):
            at += 1
            continue
        if (skipped := _thousand_roubles(pieces, at, quantity)) > at:
            quantity = replace(
                quantity, value=quantity.value * 1e3, unit="rub", end=pieces[skipped - 1].end, scaled=True
            )
            return quantity, skipped
        if (skipped := _ending(pieces, at, quantity)) > at:
            at, quantity = skipped, replace(quantity, end=pieces[skipped - 1].end)
            continue
        factor = _factor(piece, table, glued=glued, quantity=quantity)
        if factor is not None:
            value = quantity.value * factor
            at += 1
            if value.is_integer() and at < len(pieces) and factor >= 1e6:
                value, at = _rest_of(pieces, at, value)
            quantity = replace(quantity, value=value, end=pieces[at - 1].end, scaled=True)
            continue
        unit = _unit_forms().get(piece.text)
        if unit is not None and not (piece.text in ("р", "г") and not _plausible(quantity, unit)):
            quantity = replace(quantity, unit=unit, end=piece.end)
            at += 1
        break
    return quantity, at


def _thousand_roubles(pieces: list[_Piece], at: int, quantity: Quantity) -> int:
    """Behind «т.р.» and «тр»."""
    said = "".join(piece.text for piece in pieces[at : at + 3])
    if quantity.scaled or not said.startswith(("т.р", "тр")) or pieces[at].text not in ("т", "тр"):
        return at
    return at + (1 if pieces[at].text == "тр" else 3)


def _ending(pieces: list[_Piece], at: int, quantity: Quantity) -> int:
    """Behind the «-го» of «20-го года»."""
    start = at + 1 if pieces[at].text == "-" else at
    if quantity.in_words or start + 1 >= len(pieces) or pieces[start].start > pieces[at].start + 1:
        return at
    written = pieces[start].text in ("го", "й", "ый", "ого", "м", "ом", "х", "е", "ые")
    year = _unit_forms().get(pieces[start + 1].text) == "year"
    counted = pieces[start].text in _COUNTING_ENDINGS and _multiplies(pieces, start + 1)
    return start + 1 if ((written and year) or counted) and pieces[at].start == pieces[at - 1].end else at


def _multiplies(pieces: list[_Piece], at: int) -> bool:
    """«миллионов» of «5ти миллионов», and of the «8ми млн» that closes «от 6ти до 8ми млн»."""
    behind = [piece for piece in pieces[at : at + 6] if piece.text not in ("-", "–", "—", *_COUNTING_ENDINGS)]
    if behind and behind[0].text in ("до", "или", "и"):
        behind = behind[1:]
    if behind and behind[0].kind == "digits":
        behind = behind[1:]
    return bool(behind) and _spelled().get(behind[0].text, (0.0, ""))[1] == "multiplier"


def _rest_of(pieces: list[_Piece], at: int, value: float) -> tuple[float, int]:
    """«6 млн 490 тысяч»: the smaller part joins the greater one."""
    if pieces[at].text == "." and at + 1 < len(pieces):
        at += 1
    if pieces[at].kind == "digits" and at + 1 < len(pieces):
        known = _spelled().get(pieces[at + 1].text)
        if known is not None and known[1] == "multiplier" and known[0] == 1e3:
            return value + _digits(pieces[at].text) * 1e3, at + 2
    return value, at


def _factor(
    piece: _Piece, table: dict[str, tuple[float, str]], *, glued: bool, quantity: Quantity
) -> float | None:
    if piece.kind != "word" or quantity.scaled:
        return None
    if glued and not quantity.in_words and piece.text in _GLUED_MULTIPLIERS:
        return _GLUED_MULTIPLIERS[piece.text]
    known = table.get(piece.text)
    if known is not None and known[1] == "multiplier":
        return known[0]
    return None


def _plausible(quantity: Quantity, unit: str) -> bool:
    return unit == "rub" or 1900 <= quantity.value <= 2100


def _shares_year(left: Quantity, right: Quantity, between: str) -> bool:
    """«22–23 годов», «с 20 по 22 год»."""
    bare = not (left.unit or left.scaled or left.ordinal) and left.value < right.value < 100
    return bare and right.unit == "year" and between in ("-", "–", "—", "до", "по", "или", "и", "либо", ",")


_OPENS_A_RANGE = re.compile(r"(?:^|[,:;(?!.]\s*|\b(?:от|с|со|между|из|где-то|примерно|около)\s+)$")


def _shared_scale(left: Quantity, right: Quantity, spelling: str, between: str) -> float:
    """What the multiplier behind the second number makes of the first; 0 where the first is no end of a
    range: «GLC 200 до 4,5 млн», «AMG 43 до 60 млн».
    """
    opened = bool(_OPENS_A_RANGE.search(spelling[: left.start]))
    if between == "до" and left.value >= 10 and not left.in_words and not opened:
        return 0.0
    scales = (1e6, 1e3) if right.value >= 1e6 and opened and left.value >= 100 else (1e6,)
    if right.value < 1e6:
        scales = (1e3,)
    return next((scale for scale in scales if left.value * scale <= right.value), 0.0)


def _share_multiplier(found: list[Quantity], spelling: str) -> Iterator[Quantity]:
    for left, right in zip_longest(found, found[1:]):
        between = spelling[left.end : right.start].strip() if right is not None else ""
        if (
            right is not None
            and right.scaled
            and not left.scaled
            and not left.unit
            and left.value < 1000
            and (between in ("-", "–", "—", "до", "или", "и") or (between == "" and left.in_words))
            and right.value >= 1000
            and (scale := _shared_scale(left, right, spelling, between))
        ):
            yield replace(left, value=left.value * scale, scaled=True, unit=right.unit)
        elif right is not None and _shares_year(left, right, between):
            yield replace(left, unit="year")
        else:
            yield left
