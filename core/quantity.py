"""One number of a text, with what it is a number of."""

from __future__ import annotations

from dataclasses import dataclass


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
