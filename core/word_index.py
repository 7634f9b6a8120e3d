"""All forms of a policy's words, found in one walk however their letters are written.

Forms stand in a tree; endings stand once for all words that share them. A written character may stand for
several letters, so a walk is in several places of the tree at once. Each set of places is worked out when it
is first met and kept (as engines of regular expressions do), so that a character costs one look into a
table. Refuses to know what letters a character may stand for (`core.readings`) and whether a reading is
to be believed (`core.topics`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from core.effort import Effort
from core.lookalikes import STRANGE
from core.readings import Table
from core.russian import paradigms

MOST_PLACES, MOST_STATES = 100_000, 30_000
"""So many places and sets of them are kept; then they are worked out anew."""
MOST_GUESSED = 6
"""So many characters of a word may be blotted out."""
BLOTS = frozenset("*#_%=~№" + STRANGE)
HIDE_THE_FIRST = frozenset("*#" + STRANGE)
FARTHEST = 400
"""So many characters of a message are looked at for one word."""


class _Node:
    """A letter in the tree. `endings` are trees of endings and the words that take them from here on."""

    __slots__ = ("endings", "final", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.endings: tuple[tuple[_Node, int], ...] = ()
        self.final = False


class WordIndex:
    """Words of a policy by number, the tree of their forms, and one of what the other layout makes of it."""

    def __init__(self) -> None:
        self.root = _Node()
        self.mistyped = _Node()
        self._numbers: dict[str, int] = {}
        self._endings: dict[frozenset[str], _Node] = {}

    def add(self, word: str, mistyped: str = "") -> int:
        """The word's number. `mistyped` is not inflected."""
        if word in self._numbers:
            return self._numbers[word]
        number = self._numbers[word] = len(self._numbers)
        forms = {(stem, _whole(stem, endings, word)) for stem, endings in paradigms(word)}
        for stem, endings in forms:
            self._plant(self.root, stem, endings, number)
        if mistyped:
            self._plant(self.mistyped, mistyped, frozenset(("",)), number)
        return number

    def _plant(self, node: _Node, stem: str, endings: frozenset[str], number: int) -> None:
        for letter in stem:
            node = node.next.setdefault(letter, _Node())
        node.endings += ((self._tree(endings), number),)

    def _tree(self, endings: frozenset[str]) -> _Node:
        if endings not in self._endings:
            root = self._endings[endings] = _Node()
            for ending in endings:
                node = root
                for letter in ending:
                    node = node.next.setdefault(letter, _Node())
                node.final = True
        return self._endings[endings]

    def stems(self) -> Iterator[tuple[str, frozenset[str]]]:
        """All stems and the endings that each takes; what the other layout makes of words is among them."""
        of_tree = {id(tree): endings for endings, tree in self._endings.items()}
        left = [("", self.root), ("", self.mistyped)]
        while left:
            stem, node = left.pop()
            yield from ((stem, of_tree[tree]) for tree in {id(tree) for tree, _ in node.endings})
            left += ((stem + letter, following) for letter, following in node.next.items())

    def exactly(self, text: str) -> frozenset[int]:
        """The words of which the text is a form as it stands."""
        places = [*_with_endings(self.root, -1), *_with_endings(self.mistyped, -1)]
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


class _Place(dict[str, "tuple[_Place, ...]"]):
    """Where a walk may be; keeps where each character leads from here, for every set that it is in.

    `word` is -1 as long as the stem is not done; `last` the character read last; `begun` a group of
    characters that is not whole yet; `guessed` how many letters were guessed. `ends`: a form may end here.
    """

    __slots__ = ("begun", "ends", "guessed", "last", "node", "word")
    __hash__ = object.__hash__  # type: ignore[assignment]  # a place is itself; dicts have no hash
    __eq__ = object.__eq__

    def __init__(self, node: _Node, word: int, last: str, begun: str, guessed: int) -> None:
        super().__init__()
        self.node, self.word, self.last, self.begun, self.guessed = node, word, last, begun, guessed
        self.ends = node.final and not begun


class State(dict[str, "State | None"]):
    """A set of places and where characters lead that were met. `words` may end with the last character."""

    __slots__ = ("places", "words")

    def __init__(self, places: frozenset[_Place], words: frozenset[int]) -> None:
        super().__init__()
        self.places, self.words = places, words


class Reader:
    """Walks the tree by one table of readings. `mixes` takes «cс», of two alphabets, for one letter."""

    def __init__(self, root: _Node, table: Table, *, guesses: bool, mixes: bool = False) -> None:
        self._root, self._table, self._guesses, self._mixes = root, table, guesses, mixes
        self._begun = frozenset(written[:end] for written in table for end in range(1, len(written)))
        self._fresh()

    def _fresh(self) -> None:
        self._states: dict[tuple[frozenset[_Place], frozenset[int]], State] = {}
        self._places: dict[tuple[_Node, int, str, str, int], _Place] = {}
        self.start = State(
            frozenset(self._place(node, word, "", "", 0) for node, word in _with_endings(self._root, -1)),
            frozenset(),
        )

    def _place(self, *key: *tuple[_Node, int, str, str, int]) -> _Place:
        place = self._places.get(key)
        if place is None:
            place = self._places[key] = _Place(*key)
        return place

    def after(self, state: State, char: str, effort: Effort) -> State | None:
        """Where a character leads to that the state has not met; None where nothing is left."""
        if len(self._places) > MOST_PLACES or len(self._states) > MOST_STATES:
            self._fresh()
        places: set[_Place] = set()
        for place in state.places:
            ways = place.get(char)
            if ways is None:
                ways = place[char] = () if self._is_lost(place, char) else self._ways(place, char)
            places.update(ways)
            effort.spend(1 + len(ways))
        if not places:
            state[char] = None
            return None
        ended = frozenset(place.word for place in places if place.ends and place.last == char)
        key = frozenset(places), ended
        following = self._states.get(key)
        if following is None:
            following = self._states[key] = State(*key)
        state[char] = following
        return following

    def _ways(self, place: _Place, char: str) -> tuple[_Place, ...]:
        node, word, last, begun, guessed = place.node, place.word, place.last, place.begun, place.guessed
        written = begun + char
        reached: list[tuple[_Node, int]] = []
        if targets := self._table.get(written):
            soft = not "а" <= char <= "я"
            for letters in targets:
                if letters[0] in node.next:
                    _take(node, word, letters, reached, soft=soft)
        found = [self._place(*at, char, "", guessed) for at in reached]
        if written in self._begun:
            found.append(self._place(node, word, last, written, guessed))
        elif begun and char == begun[-1]:  # «naaarkkkhotiki»
            found.append(place)
        if not begun and guessed < MOST_GUESSED and self._blots(char, last):
            for letter in node.next:
                found += (self._place(*at, char, "", guessed + 1) for at in _next(node, word, letter))
        if (last or begun) and not char.isalnum():
            found.append(place)
        elif last and not begun and self._repeats(last, char):  # «наррркотики»
            found.append(self._place(node, word, char, "", guessed))
        return tuple(dict.fromkeys(found))

    def _is_lost(self, place: _Place, char: str) -> bool:
        """Whether nothing can come of a letter; most are like that, and this is soon told."""
        if (
            place.begun
            or char == place.last
            or self._mixes
            or char in self._begun
            or not char.isalnum()
            or char in BLOTS
        ):
            return False
        return all(letters[0] not in place.node.next for letters in self._table.get(char, ()))

    def _repeats(self, last: str, char: str) -> bool:
        if last == char or not self._mixes:
            return last == char
        return not set(self._table.get(last, ())).isdisjoint(self._table.get(char, ()))

    def _blots(self, char: str, last: str) -> bool:
        """Whether the character may stand for any letter."""
        return self._guesses and char in (BLOTS if last else HIDE_THE_FIRST)

    def words(self, text: str, effort: Effort) -> frozenset[int]:
        """The words that the whole text may be."""
        state = self._read(text, effort)
        return state.words if state is not None else frozenset()

    def _read(self, text: str, effort: Effort) -> State | None:
        state: State | None = self.start
        for char in text:
            if state is None:
                return None
            state = state[char] if char in state else self.after(state, char, effort)
        return state


def _take(node: _Node, word: int, letters: str, reached: list[tuple[_Node, int]], *, soft: bool) -> None:
    """Adds where the letters lead to; a soft sign may be left out where letters are not Russian ones."""
    places = [(node, word)]
    for letter in letters:
        places = [found for at, of in places for found in _next(at, of, letter)]
    reached += places
    if soft:
        reached += (found for at, of in places for sign in "ьъ" for found in _next(at, of, sign))
