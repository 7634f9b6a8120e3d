"""A text as a reader sees it, with the way back to how it was typed.

Knows what typing can hide: other digits, other spaces and dashes, invisible and combining signs, letters of
another alphabet that look the same. What has been found already, and signs that stand in place of something,
fold to one `WALL` each: so a masked text folds exactly as the text that it was made of, and masking it again
finds nothing. Refuses to know what is looked for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from core.personal_data.kinds import SIGN

WALL = "\ufffc"

_DASHES = "‐‑‒–—―−"
_PLAIN = re.compile(r"[\n\t\x20-\x7eа-яА-ЯёЁ\xa0«»„“”’…№₽" + _DASHES + "]*")
_ONE_FOR_ONE = str.maketrans({"\xa0": " ", "\t": " ", **dict.fromkeys(_DASHES, "-")})
_MARKED = {("и", "\u0306"): "й", ("И", "\u0306"): "Й", ("е", "\u0308"): "ё", ("Е", "\u0308"): "Ё"}

_LATIN = "AaBCcEeHKkMmOoPpTtXxyYiI"
_LOOKS_CYRILLIC = "АаВСсЕеНКкМмОоРрТтХхуУиІ"
_CYRILLIC = str.maketrans(
    _LATIN + "ΑαΒΕεΗΙΚκΜΝΟοΡρΤτΥυΧχіїјѕԁһ", _LOOKS_CYRILLIC + "АаВЕеНИКкМНОоРрТтУуХхиийѕдһ"
)
_LATIN_TWINS = str.maketrans("АВЕКМНОРСТУХавекмнорстухІіЅѕ", "ABEKMHOPCTYXabekmhopctyxIiSs")
_WORD = re.compile(r"[^\W\d_]+")
_MIXED = re.compile("[а-яё][a-zα-ωіїјѕԁһ]|[a-zα-ωіїјѕԁһ][а-яё]", re.IGNORECASE)
_RUSSIAN = re.compile("[а-яё]", re.IGNORECASE)
_FOREIGN = re.compile("[a-zα-ωіїјѕԁһ]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Folded:
    """`starts[i]` and `ends[i]` say between which places of the original the character `i` was typed.

    `lower` and `latin` have the same length as `text`; `latin` is in capitals, with Latin letters in
    the place of Cyrillic ones that look the same.
    """

    text: str
    lower: str
    latin: str
    starts: list[int]
    ends: list[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        return self.starts[start], self.ends[end - 1]


@dataclass(frozen=True, slots=True)
class _Typed:
    """What was folded so far."""

    pieces: list[str]
    starts: list[int]
    ends: list[int]

    def add(self, char: str, start: int, end: int) -> None:
        self.pieces.append(char)
        self.starts.append(start)
        self.ends.append(end)

    def add_segment(self, text: str, start: int, end: int) -> None:
        segment = text[start:end]
        if _PLAIN.fullmatch(segment):
            self.pieces.append(segment.translate(_ONE_FOR_ONE))
            self.starts.extend(range(start, end))
            self.ends.extend(range(start + 1, end + 1))
            return
        for place, char in enumerate(segment, start):
            before = self.pieces[-1] if self.starts and self.starts[-1] >= start else ""
            marked = _MARKED.get((before, char))
            if marked is not None:
                self.pieces[-1], self.ends[-1] = marked, place + 1
                continue
            for plain in _fold_character(char):
                self.add(plain, place, place + 1)


def fold(text: str, found: Iterable[tuple[int, int]] = ()) -> Folded:
    """`found` are spans of `text` that stand for walls, none of them overlapping another one or a sign."""
    walls = sorted([*found, *(match.span() for match in SIGN.finditer(text))])
    typed = _Typed([], [], [])
    at = 0
    for start, end in [*walls, (len(text), len(text))]:
        typed.add_segment(text, at, start)
        if end > start:
            typed.add(WALL, start, end)
        at = end
    folded = "".join(typed.pieces)
    if _MIXED.search(folded):
        folded = _WORD.sub(_in_one_alphabet, folded)
    return Folded(
        folded,
        _cased(folded, str.lower),
        _cased(folded.translate(_LATIN_TWINS), str.upper),
        typed.starts,
        typed.ends,
    )


def _in_one_alphabet(match: re.Match[str]) -> str:
    word = match.group()
    return word.translate(_CYRILLIC) if _RUSSIAN.search(word) and _FOREIGN.search(word) else word


@lru_cache(maxsize=8192)
def _fold_character(char: str) -> str:
    category = unicodedata.category(char)
    if category in {"Mn", "Me", "Cf"}:
        return ""
    if category == "Zs" or char in "\t\u2028\u2029":
        return " "
    if category == "Pd" or char == "−":
        return "-"
    if category in {"Cs", "Co", "Cn"} or char == WALL:
        return " "
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    plain = unicodedata.normalize("NFKC", char)
    return "".join(each for each in plain if unicodedata.category(each) not in {"Mn", "Me", "Cf"}) or " "


def _cased(text: str, case: Callable[[str], str]) -> str:
    """In another case, but for the letters that would change their number."""
    cased = case(text)
    if len(cased) == len(text):
        return cased
    return "".join(other if len(other := case(char)) == 1 else char for char in text)
