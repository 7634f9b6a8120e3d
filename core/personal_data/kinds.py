"""What counts as personal data, and the sign that stands in its place.

The signs never change: analytics counts them, and a corpus that was masked last year means the same today.
Refuses to know how any of it is recognised.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The value is the sign without its brackets."""

    PHONE = "телефон"
    EMAIL = "почта"
    PASSPORT = "паспорт"
    SNILS = "СНИЛС"
    INN = "ИНН"
    CARD = "карта"
    VIN = "VIN"
    PLATE = "госномер"
    NAME = "имя"
    ADDRESS = "адрес"

    @property
    def sign(self) -> str:
        return f"[{self.value}]"


SIGN = re.compile("|".join(re.escape(kind.sign) for kind in Kind))


@dataclass(frozen=True, slots=True)
class Found:
    """One item: its kind and where it stands in the text. Never what it says."""

    kind: Kind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A find in a folded text. `key` is the item in one spelling, to be compared with what is published."""

    kind: Kind
    start: int
    end: int
    key: str
