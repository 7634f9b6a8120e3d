"""Which stretches of a message cannot be any word of the policy, told without a walk through its tree.

Every stem of the policy is one bit. For every letter at every place of a word there is a number whose bits
are the stems that have it there, so one `&` asks all of them at once, and a word that nobody has written yet
costs some microseconds. Reads characters as `core.word_index.Reader` does, but knows of stems and endings
only which letters they have at which place: what it lets through may be a word, what it holds back is none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from itertools import zip_longest
from operator import and_, or_
from typing import NamedTuple

from core.effort import Effort
from core.readings import Table
from core.word_index import BLOTS, FARTHEST, HIDE_THE_FIRST

DEEP = 12
"""What is not lost after so many letters is let through."""
_BEHIND = 3
"""Letters that one character may stand for, a soft sign that is left out among them."""
_FEW, _SOON = 8, 7
_NONE: frozenset[str] = frozenset()

Live = dict[int, int]
"""Stems that are left, by how many of their letters are read."""
Groups = list[tuple[str, int, int]]
"""Characters of a group that is not whole yet, how many letters were read before it, stems that are left."""


class Stems:
    """The stems of a policy, bit by bit: which have a letter at a place, and which may end before it."""

    def __init__(self, stems: Iterable[tuple[str, frozenset[str]]]) -> None:
        holders: list[defaultdict[str, list[int]]] = [defaultdict(list) for _ in range(DEEP + _BEHIND)]
        ended: list[list[int]] = [[] for _ in range(DEEP + _BEHIND + 1)]
        self.count = 0
        shapes: dict[frozenset[str], tuple[list[set[str]], set[int]]] = {}
        for number, (stem, endings) in enumerate(stems):
            self.count = number + 1
            if endings not in shapes:
                letters = [set(filter(None, row)) for row in zip_longest(*endings)]
                shapes[endings] = letters, {len(ending) for ending in endings}
            letters, lengths = shapes[endings]
            for held, options in zip(holders, (*stem, *letters), strict=False):
                for letter in options:
                    held[letter].append(number)
            for length in lengths:
                if len(stem) + length < len(ended):
                    ended[len(stem) + length].append(number)
        self.letters = [{letter: _bits(held) for letter, held in row.items()} for row in holders]
        self.ended = [_bits(held) for held in ended]

    def having(self, letters: str, place: int) -> int:
        """The stems that have these letters from a place on."""
        return reduce(
            and_, (row.get(one, 0) for one, row in zip(letters, self.letters[place:], strict=False))
        )


def _bits(numbers: Sequence[int]) -> int:
    row = bytearray(max(numbers, default=0) // 8 + 1)
    for number in numbers:
        row[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(row, "little")


class _Step(dict[int, int]):
    """Place by place the stems that have there what a character stands for, table after table.

    Worked out when a place is first come to, or before that by `prepare`.
    """

    def __init__(self, stems: Stems, options: Sequence[Sequence[str]]) -> None:
        super().__init__()
        self._stems, self._options = stems, options

    def __missing__(self, place: int) -> int:
        held = 0
        for number, options in enumerate(self._options):
            for letters in options:
                held |= self._stems.having(letters, place) << number * self._stems.count
        self[place] = held
        return held

    def prepare(self) -> None:
        for place in range(_SOON):
            self[place]


class _Row:
    """What a character may stand for, alone or as the last of a group, and what goes on with the group."""

    __slots__ = ("by_length", "follow", "goes_on", "is_letter", "is_plain", "one")

    def __init__(
        self, written: str, options: Sequence[Sequence[str]], follow: set[str], stems: Stems
    ) -> None:
        if not "а" <= written[-1] <= "я":  # where letters are not Russian, a soft sign may be left out
            options = [[*row, *(letters + sign for letters in row for sign in "ьъ")] for row in options]
        longest = max((len(letters) for row in options for letters in row), default=1)
        self.by_length = [
            _Step(stems, [[letters for letters in row if len(letters) == length] for row in options])
            for length in range(1, longest + 1)
        ]
        self.one = self.by_length[0]
        if len(written) == 1 and written.isalnum():
            for step in self.by_length:
                step.prepare()
        self.follow = "".join(sorted(follow))
        self.goes_on = _going_on(self.follow if len(written) == 1 else "")
        self.is_letter = written.isalnum()
        self.is_plain = self.is_letter and longest == 1 and not follow

    def take(self, read: int, left: int, live: Live) -> None:
        """Adds the stems of which a letter, or some, can be read from this."""
        for length, stems in enumerate(self.by_length, 1):
            if held := left & stems[read]:
                live[read + length] = live.get(read + length, 0) | held

    def forks(self, text: str, place: int, read: int, left: int) -> bool:
        """Whether one may read on otherwise than by one letter, or for a sign, than by skipping it."""
        if not self.is_letter and (not read or left & self.one[read]):
            return True
        return bool(self.goes_on(text, place + 1)) or any(left & stems[read] for stems in self.by_length[1:])


def _going_on(follow: str) -> Callable[[str, int], object]:
    """Tells whether one of these may come next, signs in between skipped."""
    if not follow:
        return lambda _text, _place: None
    return re.compile(rf"[\W_]{{0,{_FEW}}}[{re.escape(follow)}]|[\W_]{{{_FEW + 1}}}").match


class _Way(NamedTuple):
    """A stretch of text that is being read, and how far that has come."""

    text: str
    start: int
    begin: int
    inside: list[int]
    effort: Effort


class Sieve:
    """Reads by some tables at once, as Readers made of them do."""

    def __init__(self, stems: Stems, *tables: Table, mixes: bool = False) -> None:
        self._mixes = mixes
        self._ended = [
            reduce(or_, (ended << number * stems.count for number in range(len(tables))))
            for ended in stems.ended
        ]
        known = _NONE.union(*stems.letters)
        options: defaultdict[str, list[Sequence[str]]] = defaultdict(lambda: [()] * len(tables))
        follow: defaultdict[str, set[str]] = defaultdict(set)
        for number, table in enumerate(tables):
            for written, letters in table.items():
                if useful := [row for row in letters if known.issuperset(row)]:
                    options[written][number] = useful
                    for end in range(1, len(written)):
                        follow[written[:end]].update(written[end - 1 : end + 1])
        self._rows = {
            written: _Row(written, options[written], follow.get(written, set()), stems)
            for written in {*options, *follow}
        }
        self._alike = {char: frozenset(tables[0].get(char, char) if mixes else char) for char in self._rows}

    def read(self, text: str, start: int, effort: Effort) -> tuple[int | None, list[int]]:
        """Where the last stem is lost, None if a word may be read; and where one may end inside a word.

        As long as there is but one way to read on, the stems that are left are one number.
        """
        rows, ended, read, left, last = self._rows, self._ended, 0, -1, ""
        inside: list[int] = []
        place = stop = min(len(text), start + FARTHEST)
        for place in range(start, stop):
            char = text[place]
            row = rows.get(char)
            if row is None and read and not char.isalnum() and char not in BLOTS:
                continue
            if row is None or self._mixes or char == last or read == DEEP:
                return self._spread(_Way(text, start, place, inside, effort), {read: left}, last)
            if not row.is_plain and row.forks(text, place, read, left):
                return self._spread(_Way(text, start, place, inside, effort), {read: left}, last)
            if not row.is_letter:
                continue
            left &= row.one[read]
            if not left:
                break
            read, last = read + 1, char
            if left & ended[read]:
                if not text[place + 1 : place + 2].isalnum():
                    return None, inside
                inside.append(place + 1)
        else:
            place = stop
        effort.spend(place - start + 1)
        return place, inside

    def _spread(self, way: _Way, live: Live, before: str) -> tuple[int | None, list[int]]:
        """Goes on with `read` in as many ways as there are."""
        text, start, last = way.text, way.start, self._alike.get(before, _NONE)
        groups: Groups = []
        way.effort.spend(way.begin - start)
        for place in range(way.begin, stop := min(len(text), start + FARTHEST)):
            way.effort.spend(1 + len(live) + len(groups))
            char = text[place]
            row = self._rows.get(char)
            if row is None and char in (BLOTS if place > start else HIDE_THE_FIRST):
                return None, way.inside
            letter, alike = char.isalnum(), self._alike.get(char, _NONE)
            stays = not alike.isdisjoint(last) if letter else place > start
            last = alike if letter else last | alike
            after = live.copy() if stays else {}
            if row is not None:
                for read, left in live.items():
                    row.take(read, left, after)
            if groups or (row is not None and row.goes_on(text, place + 1)):
                groups = self._grouped(groups, live, char, after)
            if not after and not groups:
                return place, way.inside
            live = after
            if self._may_end(live):
                if max(live) >= DEEP or not (letter and text[place + 1 : place + 2].isalnum()):
                    return None, way.inside
                way.inside.append(place + 1)
        return stop, way.inside

    def _may_end(self, live: Live) -> bool:
        """Whether a form may end here; what is too long to be told from one counts."""
        ended = self._ended
        return any(read >= DEEP or left & ended[read] for read, left in live.items())

    def _grouped(self, groups: Groups, live: Live, char: str, after: Live) -> Groups:
        """Groups that are begun behind `char`; of those that are whole the letters are taken."""
        found: Groups = []
        for begun, read, left in groups:
            row = self._rows.get(begun + char)
            if row is not None:
                row.take(read, left, after)
                if row.follow:
                    found.append((begun + char, read, left))
            if char == begun[-1] or not char.isalnum():
                found.append((begun, read, left))
        if char in self._rows and self._rows[char].follow:
            found += ((char, read, left) for read, left in live.items())
        return found
