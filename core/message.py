"""A folded message as the screen walks through it: where words may begin and end, and what is around them.

Knows letters, signs and spaces. Refuses to know any word.
"""

from __future__ import annotations

import re
from functools import cached_property

from core.lookalikes import INVISIBLE
from core.russian import is_known

_WORD = re.compile(r"[^\W_]+")
_SIGN = re.compile(  # the bracket of «(EQC 400)» is none: it holds a Latin designation, and nothing else
    r"(?![(\[{<][a-z0-9 +]{2,32}[)\]}>])[@$!|(+&<\[{}>/\\^)€'`,.;:\"~](?=[^\w\s]{0,3}[^\W_])"
    r"|(?<!\S)[@$!|](?=\s)"
    r"|(?<!\S)[\[\];',.`](?=\s{1,2}\S(?!\S))"
)
_LONE = re.compile(r"(?:(?<!\w)\w(?!\w)[\W_]{0,3})+")
_LONGEST_ROW = 48
_LEAST_GLUED = 6


class Message:
    """`written` is the message before folding."""

    def __init__(self, folded: str, written: str) -> None:
        self.folded, self._written = folded, written
        self.has_invisible = INVISIBLE in folded
        self.words = [(found.start(), found.group()) for found in _WORD.finditer(folded)]
        self.signs = [found.start() for found in _SIGN.finditer(folded)]

    def inside_word(self, end: int) -> bool:
        return inside_word(self.folded, end)

    def may_be_glued(self, end: int) -> bool:
        """Whether the word around `end` is long and no word."""
        begin, finish = end, end
        while begin and self.folded[begin - 1].isalnum():
            begin -= 1
        while finish < len(self.folded) and self.folded[finish].isalnum():
            finish += 1
        return _LEAST_GLUED <= finish - begin <= _LONGEST_ROW and not is_known(self.folded[begin:finish])

    def is_acronym(self, span: str) -> bool:
        """Whether it is written in capitals among words that are not."""
        return re.search(rf"\b{span.upper()}\b", self._written) is not None and not self._shouted

    @cached_property
    def _shouted(self) -> bool:
        return not any(char.islower() for char in self._written)

    def visible_word(self, start: int, end: int) -> str | None:
        """The word that people see where this is but a part of it, divided by what cannot be seen."""
        begin, finish = start, end
        while begin > 1 and self._joins(begin - 1):
            begin = self._back(begin - 1)
        while finish + 1 < len(self.folded) and self._joins(finish):
            finish = self._on(finish)
        if (begin, finish) == (start, end):
            return None
        return self.folded[begin:finish].replace(INVISIBLE, "")

    def _joins(self, place: int) -> bool:
        return self.folded[place] == INVISIBLE

    def _back(self, place: int) -> int:
        while place and (self.folded[place - 1].isalnum() or self.folded[place - 1] == INVISIBLE):
            place -= 1
        return place

    def _on(self, place: int) -> int:
        while place < len(self.folded) and (self.folded[place].isalnum() or self.folded[place] == INVISIBLE):
            place += 1
        return place

    def lone_letters(self, start: int, end: int) -> tuple[str, str]:
        """The lone letters before and after in the same row; a wide space ends a row."""
        for row in self._rows:
            if row[0] <= start and end <= row[1]:
                before, after = self.folded[row[0] : start], self.folded[end : row[1]]
                return _letters(before)[-_LONGEST_ROW:], _letters(after)[:_LONGEST_ROW]
        return "", ""

    @cached_property
    def _rows(self) -> list[tuple[int, int]]:
        rows: list[tuple[int, int]] = []
        for found in _LONE.finditer(self.folded):
            begin = found.start()
            for wide in re.finditer(r"\s{2,}", found.group()):
                rows.append((begin, found.start() + wide.start()))
                begin = found.start() + wide.end()
            rows.append((begin, found.end()))
        return rows


def inside_word(folded: str, end: int) -> bool:
    return end < len(folded) and folded[end].isalnum() and folded[end - 1].isalnum()


def _letters(text: str) -> str:
    return "".join(_WORD.findall(text))
