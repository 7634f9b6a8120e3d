"""A folded message as the screen walks through it: where words may begin and end, and what is around them.

Knows letters, signs and spaces, and which letters stand alone in a row. Refuses to know any word.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from enum import Enum
from functools import cached_property, lru_cache

from core.lookalikes import INVISIBLE, SEPARATOR
from core.russian import is_known

_WORD = re.compile(r"[^\W_]+")
_LETTER = re.compile(r"[^\W_]")
_BLOT = re.compile(r"(?<![\w*#])[*#](?=[^\W_]+(?![\w*#]))")  # «*уй», and neither «**важно**» nor «*важно*»
_SIGN = re.compile(  # the bracket of «(EQC 400)» is none: it holds a Latin designation, and nothing else
    r"[@$!|(+&<\[{}>/\\^)\]€'`,.;:\"~](?:"
    r"(?<!\])(?=[^\w\s]{0,3}[^\W_])(?:(?<![(\[{])|(?![a-z0-9 +]{2,32}[)\]}]))"
    r"|(?<!\S[@$!|])(?<=[@$!|])(?=\s)"
    r"|(?<!\S[\[\];',.`])(?<=[\[\];',.`])(?=\s{1,2}\S(?!\S)))"
)
_ROW = re.compile(r"(?<!\w)\w(?!\w)(?:((?!\s\s)[\W_]{1,3})\w(?!\w)(?:\1\w(?!\w))*)?")
_STRETCH = re.compile(r"\S+")
_STARRED = re.compile(r"(?:[^\W_][*_]){7,}")
_HIDDEN = re.compile(rf"[?…{SEPARATOR}](?<=[^\W_].)[?…{SEPARATOR}]?(?=[^\W_])")
_ACRONYM = re.compile(r"\b[A-Z]{1,3}\b")
_RUSSIAN = re.compile("[а-я]")
_LATIN = re.compile("[a-z]")
_FOREIGN = re.compile(r"[^\W\d_а-яa-z]")
# «11 607 000», «607 тыс»: nobody writes a word so.
_SUM = re.compile(r"(?<![\w.,])\d{1,3}(?:\s\d{3})+(?!\w)|(?<!\w)\d+\s?(?:тыс|млн|руб|км|₽)")
_FARTHEST = 48
_LEAST_GLUED = 4


class Alphabet(Enum):
    NONE = "none"
    RUSSIAN = "Russian"
    LATIN = "Latin"
    MIXED = "mixed"
    """Or another than these two."""


class Message:
    """`written` is the message before folding."""

    def __init__(self, folded: str, written: str) -> None:
        folded = _HIDDEN.sub(lambda found: "*" * len(found[0]), folded)
        self.folded = _STARRED.sub(_without_blots, folded) if "*" in folded or "_" in folded else folded
        self._written = written
        self._has_lines = "\n" in folded
        self.has_invisible = INVISIBLE in folded
        self.is_russian = not _LATIN.search(folded) and not _FOREIGN.search(folded)

    def words(self) -> Iterator[re.Match[str]]:
        return _WORD.finditer(self.folded)

    def signs(self) -> Iterator[int]:
        """Where a sign may be a letter that a word begins with."""
        kinds = (_SIGN, _BLOT) if "*" in self.folded or "#" in self.folded else (_SIGN,)
        return (found.start() for sign in kinds for found in sign.finditer(self.folded))

    def alphabet(self, place: int) -> Alphabet:
        """Of the stretch without spaces around `place`, or of the row of lone letters that it is in."""
        if self.is_russian:
            return Alphabet.RUSSIAN
        begin, end = self._stretch(place)
        alphabet, lone = _written_in(self.folded[begin:end])
        if not lone:
            return alphabet
        for beside in (
            reversed(self.folded[max(0, begin - _FARTHEST) : begin].split()),
            self.folded[end : end + _FARTHEST].split(),
        ):
            for stretch in beside:
                other, lone = _written_in(stretch)
                if not lone:
                    break
                alphabet = _both(alphabet, other)
            else:
                return self._of_long_row(place)
        return alphabet

    def _of_long_row(self, place: int) -> Alphabet:
        begins, alphabets = self._stretches
        return alphabets[bisect_right(begins, place) - 1]

    def _stretch(self, place: int) -> tuple[int, int]:
        """Where the stretch without spaces around a place begins and ends; a folded text has two kinds."""
        begin, end = self.folded.rfind(" ", 0, place), self.folded.find(" ", place)
        if self._has_lines:
            begin = max(begin, self.folded.rfind("\n", 0, place))
            line_end = self.folded.find("\n", place)
            end = line_end if 0 <= line_end < end or end < 0 else end
        return begin + 1, end if end >= 0 else len(self.folded)

    @cached_property
    def _stretches(self) -> tuple[list[int], list[Alphabet]]:
        begins: list[int] = []
        alphabets: list[Alphabet] = []
        in_row = False
        for stretch in _STRETCH.finditer(self.folded):
            alphabet, lone = _written_in(stretch[0])
            if lone and in_row:
                alphabets[-1] = _both(alphabets[-1], alphabet)
            else:
                begins.append(stretch.start())
                alphabets.append(alphabet)
            in_row = lone
        return begins, alphabets

    def inside_word(self, end: int) -> bool:
        return inside_word(self.folded, end)

    def may_be_glued(self, end: int) -> bool:
        """Whether the word around `end` is long, yet not endless, and no word."""
        begin, finish = end, end
        while begin and end - begin <= _FARTHEST and self.folded[begin - 1].isalnum():
            begin -= 1
        while finish < len(self.folded) and finish - end <= _FARTHEST and self.folded[finish].isalnum():
            finish += 1
        return _LEAST_GLUED <= finish - begin <= _FARTHEST and not is_known(self.folded[begin:finish])

    def glued_before(self, start: int) -> str:
        """Letters and digits right before a place, as far as `may_be_glued` looks."""
        begin = start
        while begin and start - begin <= _FARTHEST and self.folded[begin - 1].isalnum():
            begin -= 1
        return self.folded[begin:start]

    def is_in_a_sum(self, start: int) -> bool:
        begins, ends = self._sums
        place = bisect_right(begins, start) - 1
        return place >= 0 and start < ends[place]

    @cached_property
    def _sums(self) -> tuple[list[int], list[int]]:
        found = list(_SUM.finditer(self.folded))
        return [each.start() for each in found], [each.end() for each in found]

    def is_acronym(self, span: str) -> bool:
        """Whether it is written in capitals among words that are not."""
        return span.upper() in self._acronyms

    @cached_property
    def _acronyms(self) -> frozenset[str]:
        shouted = not any(char.islower() for char in self._written)
        return frozenset() if shouted else frozenset(_ACRONYM.findall(self._written))

    def visible_word(self, start: int, end: int) -> str | None:
        """The word that people see where this is but a part of it, divided by what cannot be seen."""
        begin, finish = start, end
        if begin > 1 and self.folded[begin - 1] == INVISIBLE:
            while begin and start - begin <= _FARTHEST and self._is_of_word(begin - 1):
                begin -= 1
        if finish + 1 < len(self.folded) and self.folded[finish] == INVISIBLE:
            while finish < len(self.folded) and finish - end <= _FARTHEST and self._is_of_word(finish):
                finish += 1
        if (begin, finish) == (start, end):
            return None
        return self.folded[begin:finish].replace(INVISIBLE, "")

    def _is_of_word(self, place: int) -> bool:
        return self.folded[place].isalnum() or self.folded[place] == INVISIBLE

    def row(self, start: int, end: int) -> str:
        """The row of lone letters that a stretch is in; what parts them is always the same, and not wide."""
        begins, ends, rows = self._rows
        place = bisect_right(begins, start) - 1
        return rows[place] if place >= 0 and end <= ends[place] else self.folded[start:end]

    @cached_property
    def _rows(self) -> tuple[list[int], list[int], list[str]]:
        found = list(_ROW.finditer(self.folded))
        letters = ["".join(_LETTER.findall(row[0])) for row in found]
        return [row.start() for row in found], [row.end() for row in found], letters


def _without_blots(starred: re.Match[str]) -> str:
    """«н*а*р*к»: an asterisk behind every letter hides none."""
    return starred[0].replace("*", SEPARATOR).replace("_", SEPARATOR)


def is_lone(stretch: str) -> bool:
    """Whether a stretch without spaces goes on a row of lone letters."""
    return _written_in(stretch)[1]


def inside_word(folded: str, end: int) -> bool:
    return 0 < end < len(folded) and folded[end].isalnum() and folded[end - 1].isalnum()


@lru_cache(maxsize=20_000)
def _written_in(stretch: str) -> tuple[Alphabet, bool]:
    """And whether it has but one letter."""
    alphabet = Alphabet.MIXED if _FOREIGN.search(stretch) else Alphabet.NONE
    if _LATIN.search(stretch):
        alphabet = _both(alphabet, Alphabet.LATIN)
    if _RUSSIAN.search(stretch):
        alphabet = _both(alphabet, Alphabet.RUSSIAN)
    return alphabet, len(_LETTER.findall(stretch)) <= 1


def _both(one: Alphabet, other: Alphabet) -> Alphabet:
    if one in (other, Alphabet.NONE):
        return other
    return one if other is Alphabet.NONE else Alphabet.MIXED
