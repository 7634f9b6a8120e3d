"""The number of a designation: whether it is one, and which letter closes it.

Knows that digits may be a price, a year, a formula or cylinders instead. Refuses to know which letters stand
before them (`designations.py`).
"""

from __future__ import annotations

from collections.abc import Sequence

from assistants.showroom.language.naming import Atom
from core.quantities import Quantity

_YEARS = range(1950, 2101)
# «V8» is an engine, not a model.
_ENGINE_LETTERS = frozenset({"v", "в", "r", "р"})
# «350 d», «300 e», «63 S»: letters that close a designation.
SUFFIXES = frozenset({"d", "e", "de", "i", "s", "д", "+"})
_CYLINDERS = frozenset({"4", "6", "8", "10", "12"})


def is_quantity(atom: Atom, numbers: Sequence[Quantity]) -> bool:
    """Whether the digits are a price, a year, a mileage: something with a unit, a multiplier, an ending."""
    return any(
        number.start <= atom.start < number.end
        and (
            number.unit
            or number.scaled
            or number.value >= 10_000
            or number.value in _YEARS
            or number.end > atom.end  # «от 4х»: the letter is its ending
        )
        and number.unit not in ("clock", "date")
        for number in numbers
    )


def number_follows(row: Sequence[Atom], at: int, numbers: Sequence[Quantity]) -> bool:
    """Whether a bare number of a designation stands right behind: «glc 400», «x5»."""
    if at >= len(row) or not row[at].number or len(row[at].text) > 4 or is_quantity(row[at], numbers):
        return False
    if opens_a_formula(row, at):
        return False
    behind = row[at + 1] if at + 1 < len(row) and row[at + 1].start == row[at].end else None
    if behind is not None and len(behind.text) > 1 and behind.text not in SUFFIXES:
        return False  # «c 4matic»
    if row[at - 1].text in _ENGINE_LETTERS and row[at].text in _CYLINDERS:
        return False
    return row[at].start - row[at - 1].end <= 1


def letter_follows(row: Sequence[Atom], at: int) -> bool:
    """Whether a letter or a plus closes the number that ends a name: «c180d» and «C 180 d» are no C 180."""
    if not (0 < at < len(row) and row[at - 1].number and (row[at].text.isalpha() or row[at].text == "+")):
        return False
    gap = row[at].start - row[at - 1].end
    return (gap == 0 and len(row[at].text) == 1) or (gap <= 1 and row[at].text in SUFFIXES)


def with_suffix(row: Sequence[Atom], end: int) -> int:
    """Behind the letter that closes a designation, if one stands there."""
    closes = (
        end < len(row)
        and row[end - 1].number
        and row[end].text in SUFFIXES
        and row[end].start - row[end - 1].end <= 1
    )
    return end + 1 if closes else end


def opens_a_formula(row: Sequence[Atom], at: int) -> bool:
    """«4х4» is no «X 4», and belongs to no name before it."""
    return [atom.text for atom in row[at : at + 3]] in (["4", "х", "4"], ["4", "x", "4"])
