"""All forms of a policy's words, found in one walk however their letters are written.

Forms stand in a tree; endings stand once for all words that share them. A written character may stand for
several letters, so a walk is in several places of the tree at once. Each set of places is worked out when it
is first met and kept (as engines of regular expressions do), so that a character costs one look into a
table. Refuses to know what letters a character may stand for (`core.readings`) and whether a reading is
to be believed (`core.topics`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from core.lookalikes import STRANGE
from core.readings import Table
from core.russian import paradigms

MOST_STATES = 30_000
"""So many sets of places are kept; then they are worked out anew."""
MOST_GUESSED = 2
"""So many characters of a word may be blotted out."""
BLOTS = frozenset("*#" + STRANGE)


class _Node:
    """A letter in the tree. `endings` are trees of endings and the words that take them from here on."""

    __slots__ = ("endings", "final", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.endings: tuple[tuple[_Node, int], ...] = ()
        self.final = False


# Where a walk is: the node; the word, -1 as long as its stem is not done; the character read last; a group of
# characters that is begun and not whole yet; how many letters were guessed. Plain tuples: there are many.
_Place = tuple[_Node, int, str, str, int]


class WordIndex:
    """Words of a policy by number, and the tree of their forms."""

    def __init__(self) -> None:
        self.root = _Node()
        self._numbers: dict[str, int] = {}
        self._endings: dict[frozenset[str], _Node] = {}

    def add(self, word: str, spellings: Iterable[str] = ()) -> int:
        """The word's number. `spellings` are other ways to write it, uninflected."""
        if word in self._numbers:
            return self._numbers[word]
        number = self._numbers[word] = len(self._numbers)
        forms = {(stem, _whole(stem, endings, word)) for stem, endings in paradigms(word)}
        for stem, endings in (*forms, *((other, frozenset(("",))) for other in spellings)):
            node = self.root
            for letter in stem:
                node = node.next.setdefault(letter, _Node())
            node.endings += ((self._tree(endings), number),)
        return number

    def _tree(self, endings: frozenset[str]) -> _Node:
        if endings not in self._endings:
            root = self._endings[endings] = _Node()
            for ending in endings:
                node = root
                for letter in ending:
                    node = node.next.setdefault(letter, _Node())
                node.final = True
        return self._endings[endings]

    def exactly(self, text: str) -> frozenset[int]:
        """The words of which the text is a form as it stands."""
        places = list(_with_endings(self.root, -1))
        for letter in text:
            places = [place for node, word in places for place in _next(node, word, letter)]
            if not places:
                return frozenset()
        return frozenset(word for node, word in places if node.final)


def _whole(stem: str, endings: frozenset[str], word: str) -> frozenset[str]:
    """Without forms of one letter: the dictionary has abbreviations, «к.» for «как»."""
    return frozenset(ending for ending in endings if len(stem + ending) > 1 or stem + ending == word)


def _with_endings(node: _Node, word: int) -> Iterator[tuple[_Node, int]]:
    yield node, word
    yield from node.endings


def _next(node: _Node, word: int, letter: str) -> Iterable[tuple[_Node, int]]:
    following = node.next.get(letter)
    return () if following is None else _with_endings(following, word)


class State(dict[str, "State | None"]):
    """A set of places; looks up the next one by a character. `words` may end with the last character."""

    __slots__ = ("places", "reader", "words")

    def __init__(self, reader: Reader, places: frozenset[_Place], words: frozenset[int]) -> None:
        super().__init__()
        self.reader, self.places, self.words = reader, places, words

    def __missing__(self, char: str) -> State | None:
        self[char] = following = self.reader.after(self, char)
        return following


class Reader:
    """Walks the tree by one table of readings. `mixes` takes «cс», of two alphabets, for one letter."""

    def __init__(self, index: WordIndex, table: Table, *, guesses: bool, mixes: bool = False) -> None:
        self._root, self._table, self._guesses, self._mixes = index.root, table, guesses, mixes
        self._begun = frozenset(written[:end] for written in table for end in range(1, len(written)))
        self.start = self._fresh()

    def _fresh(self) -> State:
        self._states: dict[tuple[frozenset[_Place], frozenset[int]], State] = {}
        places = ((node, word, "", "", 0) for node, word in _with_endings(self._root, -1))
        return State(self, frozenset(places), frozenset())

    def after(self, state: State, char: str) -> State | None:  # noqa: C901 - one place, every way on
        """Where the character leads to, None where nothing is left."""
        if len(self._states) > MOST_STATES:
            self.start = self._fresh()
        places: set[_Place] = set()
        soft = not "а" <= char <= "я"
        for node, word, last, begun, guessed in state.places:
            written = begun + char
            if targets := self._table.get(written):
                for letters in targets:
                    _take(node, word, letters, (char, "", guessed), places, soft=soft)
            if written in self._begun:
                places.add((node, word, last, written, guessed))
            if not begun and guessed < MOST_GUESSED and self._blots(char, last):
                for letter in node.next:
                    _take(node, word, letter, (char, "", guessed + 1), places, soft=False)
            if (last or begun) and not char.isalnum():
                places.add((node, word, last, begun, guessed))
            elif last and not begun and self._repeats(last, char):  # «наррркотики»
                places.add((node, word, char, "", guessed))
        if not places:
            return None
        ended = (place for place in places if place[0].final and place[2] == char and not place[3])
        key = frozenset(places), frozenset(place[1] for place in ended)
        known = self._states.get(key)
        if known is None:
            known = self._states[key] = State(self, *key)
        return known

    def _repeats(self, last: str, char: str) -> bool:
        if last == char or not self._mixes:
            return last == char
        return not set(self._table.get(last, ())).isdisjoint(self._table.get(char, ()))

    def _blots(self, char: str, last: str) -> bool:
        """Whether the character may stand for any letter; at the beginning only one that is a letter."""
        return self._guesses and char in BLOTS and (last != "" or char == STRANGE)

    def words(self, text: str) -> frozenset[int]:
        """The words that the whole text may be."""
        state: State | None = self.start
        for char in text:
            state = state[char] if state is not None else None
        return state.words if state is not None else frozenset()


def _take(
    node: _Node,
    word: int,
    letters: str,
    rest: tuple[str, str, int],
    places: set[_Place],
    *,
    soft: bool,
) -> None:
    """Adds where the letters lead to; a soft sign may be left out where letters are not Russian ones."""
    following: _Node | None = node
    reached = [(node, word)]
    for letter in letters:
        reached = [
            found
            for at, of in reached
            if (following := at.next.get(letter)) is not None
            for found in ((following, of), *following.endings)
        ]
        if not reached:
            return
    for at, of in reached:
        places.add((at, of, *rest))
        if soft:
            for sign in "ьъ":
                if (following := at.next.get(sign)) is not None:
                    places.update((node_, word_, *rest) for node_, word_ in _with_endings(following, of))
