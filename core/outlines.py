"""The forms of a policy's words as a tree of plain dicts, for looking up what cannot be any of them.

A form's outline is the form with letters taken for one that most ways of writing do not tell apart; soft and
hard signs are left out. Endings stand once for all stems that take them, and where a stem goes on both as an
ending and as a longer stem, both are one tree: one letter leads to one place. Refuses to know which word a
form is of (`core.word_index`) and how letters may be written (`core.scout`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Tree = dict[str, "Tree"]
"""What follows, letter by letter. The empty key says that a form may end here."""

END = ""
_FOLD = str.maketrans("йыщэ", "иише", "ьъ")


def outline(letters: str) -> str:
    return letters.translate(_FOLD)


class _Shared(Tree):
    """A tree that stands in more than one place, so that nothing may be put into it."""


@dataclass(frozen=True)
class Known:
    """A tree and the letters that stand in it."""

    tree: Tree
    letters: frozenset[str]


class Outlines:
    """`russian` begins with Russian letters, `other` with any others, `whole` with both."""

    def __init__(self, stems: Iterable[tuple[str, frozenset[str]]]) -> None:
        self._of_endings: dict[frozenset[str], Tree] = {}
        self._unions: dict[tuple[int, int], Tree] = {}
        russian: list[tuple[str, frozenset[str]]] = []
        other: list[tuple[str, frozenset[str]]] = []
        for stem, endings in stems:
            (russian if not stem or "а" <= stem[0] <= "я" else other).append((stem, endings))
        self.russian, self.other = self._grown(russian), self._grown(other)
        self.whole = Known(
            {**self.russian.tree, **self.other.tree}, self.russian.letters | self.other.letters
        )

    def _grown(self, stems: Sequence[tuple[str, frozenset[str]]]) -> Known:
        root: Tree = {}
        waiting: list[tuple[Tree, Tree]] = []
        letters: set[str] = set()
        for stem, endings in stems:
            node = root
            for letter in outline(stem):
                following = node.get(letter)
                if following is None:
                    following = node[letter] = {}
                node = following
            waiting.append((node, self._ending(endings)))
            letters.update(stem)
        for node, tree in waiting:
            self._graft(node, tree)
        letters.update(*(ending for endings in {endings for _, endings in stems} for ending in endings))
        return Known(root, frozenset(outline("".join(letters))))

    def _ending(self, endings: frozenset[str]) -> Tree:
        tree = self._of_endings.get(endings)
        if tree is None:
            tree = self._of_endings[endings] = _Shared()
            for ending in endings:
                node: Tree = tree
                for letter in (*outline(ending), END):
                    node = node.setdefault(letter, _Shared())
        return tree

    def _graft(self, node: Tree, tree: Tree) -> None:
        for letter, branch in tree.items():
            grown = node.setdefault(letter, branch)
            if grown is branch:
                continue
            if isinstance(grown, _Shared):
                node[letter] = self._union(grown, branch)
            else:
                self._graft(grown, branch)

    def _union(self, one: Tree, other: Tree) -> Tree:
        if one is other:
            return one
        key = id(one), id(other)
        if key not in self._unions:
            both = self._unions[key] = _Shared(one)
            for letter, branch in other.items():
                both[letter] = self._union(both[letter], branch) if letter in both else branch
        return self._unions[key]
