"""Whether a word of the policy may begin at a place of a message: told before any reader asks which one.

Reads characters as `core.word_index.Reader` does, but in outlines (`core.outlines`), and knows neither which
word that would be nor how many letters were guessed. Letters that can be read but one way cost a look into a
dict each, and nothing is made or kept; where Latin words may begin is worked out with the policy. What is let
through may be a word, what is held back is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

from core.effort import Effort
from core.lookalikes import LATIN
from core.outlines import END, Known, Tree, outline
from core.readings import Table
from core.word_index import BLOTS, FARTHEST, HIDE_THE_FIRST

MOST_HEADS = 20_000
_HEAD = 3
_MANY, _TREES_A_STEP = 6, 8
_SEPARATORS = " ,.:;!?()-\n«»—–…№₽“”„’/\"'"

_Trees = list[Tree]
_Groups = list[tuple[str, _Trees]]
"""Characters that are no letter yet («s» of «sh»), and from where they will be read."""


class Found(NamedTuple):
    """What was read up to and with `seen`: whether a word may be there, where one may end inside another."""

    seen: int
    through: bool
    inside: Sequence[int]


class _Row(NamedTuple):
    """What a character may be read as: single letters, anything else; and what goes on with a group."""

    letters: Sequence[str] = ()
    others: Sequence[str] = ()
    opens: frozenset[str] = frozenset()


_Live = tuple[_Trees, _Groups, str]
"""Where reading has come, and the letter read last."""
_NO_ROW = _Row()


class Scout:
    """Reads by one table. `mixes` takes «cс», of two alphabets, for one letter."""

    def __init__(self, known: Known, table: Table, *, mixes: bool = False) -> None:
        self._tree, self._mixes, self._table = known.tree, mixes, table
        opens: dict[str, set[str]] = {}
        rows: dict[str, list[str]] = {}
        for written, letters in table.items():
            outlines = dict.fromkeys(map(outline, letters))
            if found := [row for row in outlines if known.letters.issuperset(row)]:
                rows[written] = found
                for end in range(1, len(written)):
                    opens.setdefault(written[:end], set()).update(written[end - 1 : end + 1])
        self._rows = {
            written: _Row(
                [row for row in rows.get(written, ()) if len(row) == 1],
                [row for row in rows.get(written, ()) if len(row) != 1],
                frozenset(opens.get(written, ())),
            )
            for written in {*rows, *opens}
        }
        self._plain = {
            written: row[0]
            for written, row in rows.items()
            if len(row) == 1 and len(row[0]) < 2 and written not in opens and written.isalnum()
        }
        self._skipped = {sign for sign in _SEPARATORS if sign not in self._rows and sign not in BLOTS}
        self._plain |= dict.fromkeys(self._skipped, "")
        self._heads: dict[str, _Live] = {}
        for first, second in product(LATIN, LATIN):
            if first not in self._plain or second not in self._plain:
                self._begin(first + second)

    def _begin(self, head: str) -> None:
        """Keeps what is left of the policy's words after some letters, unless one of them may end there."""
        live = self._heads.get(head[:-1], ([self._tree], [], ""))
        for char in head[-1] if live[2] else head:
            live = self._after(live, char, "")
            if any(END in tree for tree in live[0]):
                return
        self._heads[head] = live

    def read(self, text: str, start: int, effort: Effort) -> Found:
        tree, plain, last = self._tree, self._plain, ""
        inside: list[int] = []
        place = stop = min(len(text), start + FARTHEST)
        for place in range(start, stop):
            char = text[place]
            letter = plain.get(char)
            if letter is None or char == last:
                effort.spend(place - start)
                return self._spread(text, start, place, effort, live=([tree], [], last), inside=inside)
            if letter:
                following = tree.get(letter)
                if following is None:
                    break
                tree, last = following, char
            if END in tree:
                if not text[place + 1 : place + 2].isalnum():
                    return Found(place + 1, True, inside)
                inside.append(place + 1)
        else:
            place = stop
        effort.spend(place - start + 1)
        return Found(place, False, inside)

    def _spread(
        self, text: str, start: int, begin: int, effort: Effort, *, live: _Live, inside: list[int]
    ) -> Found:
        """Goes on with `read` in as many ways as there are."""
        if begin - start < 2 and not inside and (head := self._head(text[start : start + _HEAD])):
            live, begin = self._heads[head], start + len(head)
            if not live[0] and not live[1]:
                return Found(begin - 1, False, inside)
        skipped = self._skipped
        for place in range(begin, stop := min(len(text), start + FARTHEST)):
            char, following = text[place], text[place + 1 : place + 2]
            if char in skipped:
                continue
            if char in BLOTS and (live[2] or char in HIDE_THE_FIRST):
                return Found(place, True, inside)
            trees, groups, _ = live = self._after(live, char, following)
            if not trees and not groups:
                return Found(place, False, inside)
            effort.spend(1 + len(trees) // _TREES_A_STEP + len(groups))
            for tree in trees:
                if END in tree:
                    if not (following.isalnum() and char.isalnum()):
                        return Found(place + 1, True, inside)
                    inside.append(place + 1)
                    break
        return Found(stop, False, inside)

    def _head(self, head: str) -> str:
        """The longest beginning that is kept."""
        if head not in self._heads:
            if head[:-1] not in self._heads:
                return ""
            if not (head.isascii() and head.isalnum()) or len(self._heads) > MOST_HEADS:
                return head[:-1]
            self._begin(head)
        return head if head in self._heads else head[:-1]

    def _after(self, live: _Live, char: str, following: str) -> _Live:
        trees, groups, last = live
        letters, others, opens = self._rows.get(char, _NO_ROW)
        skipped = last and not char.isalnum()
        found = [tree[letter] for tree in trees for letter in letters if letter in tree]
        for row in others:
            found += _along(trees, row)
        if skipped or char == last or (self._mixes and self._alike(last, char)):
            found += trees
            if len(found) > _MANY:
                found = list(dict(zip(map(id, found), found, strict=True)).values())
        going = self._grouped(groups, char, found) if groups else []
        if opens and (following in opens or not following.isalnum()):
            going.append((char, trees))
        if skipped:
            char = last + char if self._mixes else last
        return found, going, char

    def _grouped(self, groups: _Groups, char: str, found: _Trees) -> _Groups:
        """Groups that are not whole behind `char`; of those that are, the letters are taken."""
        going: _Groups = []
        for begun, trees in groups:
            row = self._rows.get(begun + char)
            if row is not None:
                for letters in (*row.letters, *row.others):
                    found += _along(trees, letters)
                if row.opens:
                    going.append((begun + char, trees))
            if char == begun[-1] or not char.isalnum():
                going.append((begun, trees))
        return going

    def _alike(self, last: str, char: str) -> bool:
        alike = set(self._table.get(char, char))
        return any(not alike.isdisjoint(self._table.get(one, one)) for one in last)


def _along(trees: _Trees, letters: str) -> _Trees:
    for letter in letters:
        trees = [tree[letter] for tree in trees if letter in tree]
    return trees
