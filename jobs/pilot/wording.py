"""Numbers as the salon's readers are used to them: 3,5 and 12 400, a sign before a change, +2 пункта.

Refuses to know what the numbers are of.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import Enum

MINUS, THIN = "−", "\u202f"
_MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip


def number(value: float, digits: int = 0) -> str:
    text = f"{abs(value):,.{digits}f}".replace(",", THIN).replace(".", ",")
    return f"{MINUS}{text}" if value < 0 and text.strip("0,") else text


def signed(value: float, digits: int = 0) -> str:
    text = number(value, digits)
    return f"+{text}" if value > 0 and text.strip("0,") else text


def percent(value: float) -> str:
    return f"{number(100 * value, 1)}{THIN}%"


def change(value: float) -> str:
    return f"{signed(100 * value, 1)}{THIN}%"


def seconds(value: float) -> str:
    """As minutes from a minute and a half on."""
    return f"{number(value)} с" if value < 90 else f"{number(value / 60, 1)} мин"


def counted(count: int, one: str, few: str, many: str) -> str:
    """12 диалогов, 21 диалог, 3 диалога."""
    tail, last = count % 100, count % 10
    several = 11 <= tail <= 14 or last == 0 or last >= 5
    word = many if several else one if last == 1 else few
    return f"{number(count)} {word}"


def period(first: date, last: date) -> str:
    """с 3 ноября по 1 декабря 2026 года"""
    year = "" if first.year == last.year else f" {first.year} года"
    began = f"{first.day} {_MONTHS[first.month - 1]}{year}"
    return f"с {began} по {last.day} {_MONTHS[last.month - 1]} {last.year} года"


def probability(p: float) -> str:
    return "p < 0,001" if p < 0.001 else f"p = {number(p, 3)}"


class Unit(Enum):
    """How a figure is written."""

    SHARE = "share"
    CHANGE = "change"
    MARK = "mark"
    MARK_CHANGE = "change of a mark"
    POINTS = "points"
    RATIO = "ratio"
    DURATION = "duration"

    def write(self, value: float) -> str:
        return _WRITERS[self](value)

    def between(self, low: float, high: float) -> str:
        return f"от {self.write(low)} до {self.write(high)}"


_WRITERS: dict[Unit, Callable[[float], str]] = {
    Unit.SHARE: percent,
    Unit.CHANGE: change,
    Unit.MARK: lambda value: number(value, 2),
    Unit.MARK_CHANGE: lambda value: signed(value, 2),
    Unit.POINTS: lambda value: signed(value, 1),
    Unit.RATIO: lambda value: number(value, 2),
    Unit.DURATION: seconds,
}
