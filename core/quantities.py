"""Numbers in Russian text, in digits, in words and with «млн», «тыс.», «к» behind them.

Knows values, multipliers and the unit that stands behind a number. Refuses to know what a number is for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from core.number_words import (
    GENITIVES,
    GLUED_MULTIPLIERS,
    LEADS_TO_A_NUMBER,
    SHORT_MULTIPLIERS,
    hundreds,
    multiplied,
    spelled,
    unit_forms,
)
from core.quantity import Quantity
from core.ranges import with_shared_units
from core.russian import grammemes, normalise

__all__ = ["Quantity", "quantities"]

_LEADING = 3

_MOST_COUNTED = 20
# «5ти», «4-х», «8ми».
_COUNTING_ENDINGS = ("ти", "ми", "мя", "и", "х", "ех", "ух", "м", "ем", "ум")

# «24 г», «22-23г»: of so few grams nobody speaks here.
_SHORT_YEARS = range(13, 40)

_UNSAID_THOUSANDS = range(50, 1_000, 10)

# «Две тысячи двадцатого», «тысяча девятьсот девяностого»: of these an ordinal is a part.
_CENTURIES = (1e3, 2e3)

# Endings of an ordinal and of nothing else: «2021го», «22-ый».
_ORDINAL_ENDINGS = frozenset({"го", "ого", "ый"})

_PIECE = re.compile(
    r"(?P<clock>\b\d{1,2}:\d{2}\b)"
    r"|(?P<date>\b\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})\b)"
    r"|(?P<digits>\d{1,3}(?:[ \u00a0\u202f']\d{3})+(?![\d])|\d{1,3}(?:[.,]\d{3}){2,}(?!\d)|\d+[.,]\d+|\d+)"
    r"|(?P<word>[^\W\d_]+)|(?P<sign>[%₽])|(?P<other>[^\s\w])"
)


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
    return list(with_shared_units(list(_read(pieces)), spelling))


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
    if piece.kind == "word" and piece.text in spelled():
        return _spelled_number(pieces, at)
    return None


def _inverted(pieces: list[_Piece], at: int) -> tuple[list[Quantity], int] | None:
    """«миллионов до пяти», «тысяч тридцать», «миллионов пять-шесть»: a multiplier in the genitive that no
    number stands before belongs to what follows.
    """
    factor = multiplied().get(pieces[at].text)
    found: list[Quantity] = []
    while factor is not None and len(found) < len(("from", "to")):
        start = at + 1 if not found else at
        while start < len(pieces) and start - at <= _LEADING and pieces[start].text in LEADS_TO_A_NUMBER:
            start += 1
        if start == len(pieces) or pieces[start].text in multiplied():
            break
        number = _number_at(pieces, start)
        most = 1e2 if factor == 1e6 else 1e3  # «миллиона двухсот» is the sum of the two
        if number is None or number[0].scaled or number[0].ordinal or number[0].value >= most:
            break
        if number[0].unit not in ("", "rub", "km"):
            break
        found.append(replace(number[0], value=number[0].value * factor, scaled=True))
        at = number[1]
    return (found, at) if found else None


def _digits(text: str) -> float:
    compact = re.sub(r"[ \u00a0\u202f']", "", text)
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3}){2,}", compact):
        return float(re.sub(r"[.,]", "", compact))
    return float(compact.replace(",", "."))


def _spelled_number(pieces: list[_Piece], at: int) -> tuple[Quantity, int] | None:
    table, first = spelled(), at
    total, group, last, ordinal = 0.0, 0.0, float("inf"), False
    seen = scaled = closed = False
    last_multiplier = 0.0
    while at < len(pieces) and pieces[at].text in table and not (ordinal or closed):
        value, kind = table[pieces[at].text]
        if kind == "noun" and (seen or not _is_counted(pieces, at)):
            break
        if kind == "half":
            total, seen, scaled = total + value, True, True
        elif kind == "multiplier":
            if not seen and (pieces[at].text in SHORT_MULTIPLIERS or pieces[at].text in GENITIVES):
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
        closed = kind == "multiplier" and total not in _CENTURIES and _ordinal_follows(pieces, at)
    if not seen:
        return None
    of_thousands = last_multiplier == 1e6 and group >= 100 and group % 10 == 0
    group *= 1e3 if of_thousands else 1.0  # «миллион двести» leaves the thousands unsaid
    quantity = Quantity(
        total + group, pieces[first].start, pieces[at - 1].end, scaled=scaled, ordinal=ordinal, in_words=True,
        text=" ".join(piece.text for piece in pieces[first:at]),
    )  # fmt: skip
    if last_multiplier == 1e6 and not group:
        quantity, at = _with_rest(pieces, at, quantity)
    return _with_unit(pieces, at, quantity)


def _is_counted(pieces: list[_Piece], at: int) -> bool:
    """«Полтинник тысяч», «сотня машин» hold a number; «пятёрка» alone may be a car or a mark."""
    behind = pieces[at + 1].text if at + 1 < len(pieces) else ""
    return behind in GENITIVES or behind in hundreds() or unit_forms().get(behind) in ("km", "rub")


def _continues(group: float, last: float, value: float, kind: str) -> bool:
    """«двести двадцать пять» goes on, «пять шесть» are two numbers."""
    if last >= 1000:
        return value < last
    if group >= 100 and last >= 100:
        return value < 100
    return 20 <= last < 100 and value < 10 and (kind == "ordinal" or value > 0)


def _ordinal_follows(pieces: list[_Piece], at: int) -> bool:
    """«Двадцать второго» of «шести миллионов двадцать второго года»: no part of the sum."""
    behind = _number_at(pieces, at) if at < len(pieces) and pieces[at].kind == "word" else None
    return behind is not None and behind[0].ordinal


def _half_follows(pieces: list[_Piece], at: int) -> bool:
    return [piece.text for piece in pieces[at : at + 2]] == ["с", "половиной"]


def _with_unit(pieces: list[_Piece], at: int, quantity: Quantity) -> tuple[Quantity, int]:
    """Takes the multipliers and the unit that stand right behind."""
    table = spelled()
    if _half_follows(pieces, at) and not quantity.in_words:
        quantity, at = replace(quantity, value=quantity.value + 0.5, end=pieces[at + 1].end), at + 2
    while at < len(pieces):
        piece = pieces[at]
        glued = piece.start == pieces[at - 1].end
        if piece.kind == "other" and piece.text == "." and glued and pieces[at - 1].text in SHORT_MULTIPLIERS:
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
            at += 1
            quantity = replace(
                quantity, value=quantity.value * factor, end=pieces[at - 1].end, scaled=factor >= 1e3
            )
            if factor >= 1e6:
                quantity, at = _with_rest(pieces, at, quantity)
            continue
        unit = unit_forms().get(piece.text)
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
    """Behind the «-го» of «20-го года» and of «2021го»; a single letter needs the word behind it, else «350м»
    is millions and «300е» a car.
    """
    start = at + 1 if pieces[at].text == "-" else at
    if quantity.in_words or start >= len(pieces) or pieces[start].start > pieces[at].start + 1:
        return at
    gap = pieces[at].start - pieces[at - 1].end
    glued = gap == 0
    if pieces[start].text in _ORDINAL_ENDINGS and (glued or (gap == 1 and pieces[at].text == "го")):
        return start + 1
    led = at > 1 and pieces[at - 2].text in LEADS_TO_A_NUMBER and quantity.value <= _MOST_COUNTED
    if start + 1 == len(pieces):
        return start + 1 if led and glued and pieces[start].text in {*_COUNTING_ENDINGS} - {"м"} else at
    written = pieces[start].text in ("й", "м", "ом", "х", "е", "ые")
    year = unit_forms().get(pieces[start + 1].text) == "year"
    counted = pieces[start].text in _COUNTING_ENDINGS and (led or _multiplies(pieces, start + 1))
    return start + 1 if ((written and year) or counted) and glued else at


def _multiplies(pieces: list[_Piece], at: int) -> bool:
    """«миллионов» of «5ти миллионов», and of the «8ми млн» that closes «от 6ти до 8ми млн»."""
    behind = [piece for piece in pieces[at : at + 6] if piece.text not in ("-", "–", "—", *_COUNTING_ENDINGS)]
    if behind and behind[0].text in ("до", "или", "и"):
        behind = behind[1:]
    while behind and (behind[0].kind == "digits" or spelled().get(behind[0].text, (0.0, ""))[1] == "small"):
        behind = behind[1:]
    return bool(behind) and spelled().get(behind[0].text, (0.0, ""))[1] == "multiplier"


def _with_rest(pieces: list[_Piece], at: int, quantity: Quantity) -> tuple[Quantity, int]:
    """«6 млн 490 тысяч», «шести миллионов 490 тысяч», «3 млн шестисот»: the smaller part joins the greater
    one, in digits or in words; what is driven or counted is none.
    """
    start = at + 1 if at < len(pieces) and pieces[at].text == "." else at
    rest = _number_at(pieces, start) if start < len(pieces) and not quantity.value % 1e6 else None
    if rest is None or rest[0].unit not in ("", "rub") or rest[0].ordinal:
        return quantity, at
    smaller, end = rest
    if smaller.scaled and 1e3 <= smaller.value < 1e6:
        value = smaller.value
    elif smaller.in_words and smaller.value in _UNSAID_THOUSANDS and not _is_of_things(pieces, end, smaller):
        value = smaller.value * 1e3
    else:
        return quantity, at
    return replace(quantity, value=quantity.value + value, unit=smaller.unit, end=smaller.end), end


def _is_of_things(pieces: list[_Piece], at: int, quantity: Quantity) -> bool:
    """«Двести сил», but not «шестисот рублей», and not the letter of a designation."""
    behind = pieces[at].text if at < len(pieces) and not quantity.unit else ""
    return {"plur", "gent"} <= grammemes(behind) or (len(behind) == 1 and behind.isalpha())


def _factor(
    piece: _Piece, table: dict[str, tuple[float, str]], *, glued: bool, quantity: Quantity
) -> float | None:
    if piece.kind != "word" or quantity.scaled:
        return None
    if glued and not quantity.in_words and piece.text in GLUED_MULTIPLIERS:
        return GLUED_MULTIPLIERS[piece.text]
    known = table.get(piece.text)
    if known is not None and known[1] == "multiplier":
        return known[0]
    if piece.text in hundreds() and 1 < quantity.value < 10:
        return 100.0  # «девятью сотнями», and «тысяч» may stand behind
    return None


def _plausible(quantity: Quantity, unit: str) -> bool:
    return unit == "rub" or 1900 <= quantity.value <= 2100 or quantity.value in _SHORT_YEARS
