"""What a message is looked at through, and what is kept of words so that they are not looked at again.

Knows states of readers (`core.word_index`) and what stands behind a word. Refuses to know whether a reading
is to be believed (`core.belief`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from core.effort import Effort
from core.message import Message
from core.sieve import Sieve
from core.word_index import Reader, State

_OTHER_LETTER = re.compile(r"[^\W\d_а-я]")
_LETTER = re.compile(r"[^\W_]")
_SOON = 12
_MOST_KEPT, _MOST_TAILS = 50_000, 40


@dataclass(frozen=True, slots=True)
class Reading:
    """Words of the policy that a stretch of the message, up to `end`, may be."""

    end: int
    words: frozenset[int]
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of a word wherever it stands: how it reads alone, and in which states it is left."""

    alone: tuple[frozenset[int], bool]
    states: tuple[State, ...]


class Tails:
    """What words may go on with and be none of the policy's: words that are soon lost, but not at once."""

    def __init__(self) -> None:
        self._tails: dict[str, tuple[str, ...]] = {}

    def settle(self, folded: str, start: int, word: str) -> bool:
        tails = self._tails.get(word)
        return tails is not None and folded.startswith(tails, start + len(word))

    def learn(self, folded: str, start: int, word: str, lost: int) -> bool:
        """Keeps what stands up to the letter behind `lost`. Returns whether that is still the word."""
        end = start + len(word)
        if lost + 1 < end and word.isalnum():
            return True
        seen = _LETTER.search(folded, lost + 1)
        if seen is None or seen.end() <= end:
            return seen is not None
        tails = self._tails.get(word, ())
        if seen.end() - end < _SOON and len(tails) < _MOST_TAILS:
            if len(self._tails) > _MOST_KEPT:
                self._tails.clear()
            self._tails[word] = (*tails, folded[end : seen.end()])
        return False


class Glass:
    """Readers that look at the same stretch, a sieve that spares them most, and what is kept of words."""

    def __init__(self, sieve: Sieve, *readers: Reader) -> None:
        self.sieve, self.readers = sieve, readers
        self.kept: dict[str, Kept] = {}
        self.known: set[str] = set()
        self.tails = Tails()

    def loses(self, look: Look, start: int, word: str) -> bool:
        """Whether it is certain that no word of the policy begins at `start`, where `word` stands."""
        folded, farthest, places = look.message.folded, start, [start]
        if self.tails.settle(folded, start, word):
            return True
        for place in places:
            lost, inside = self.sieve.read(folded, place, look.effort)
            if lost is None:
                self.let_through(word)
                return False
            farthest = max(farthest, lost)
            places += (found for found in inside if found not in places)
        if self.tails.learn(folded, start, word, farthest):
            self.keep(word, DULL)
        return True

    def let_through(self, word: str) -> None:
        """Keeps that the readers know the word, so that the sieve is not asked again."""
        if len(self.known) > _MOST_KEPT:
            self.known.clear()
        self.known.add(word)

    def keep(self, word: str, kept: Kept) -> None:
        if len(self.kept) > _MOST_KEPT:
            self.kept.clear()
        self.kept[word] = kept


@dataclass(slots=True)
class Look:
    """One message being looked at. `glued` grows while it is walked: «купитьбомбу»."""

    message: Message
    effort: Effort
    found: dict[int, list[Reading]] = field(default_factory=dict)
    glued: list[int] = field(default_factory=list)


def is_settled(kept: Kept, look: Look, start: int, end: int, *, sure: bool) -> bool:
    """Whether nothing but the word alone can be read from where it begins; it is noted then.

    `sure` says that this is the right glass: where a letter of another alphabet follows, it may not be.
    """
    if kept.alone[0] and look.message.has_invisible:
        return False
    folded = look.message.folded
    behind = folded[end : end + _SOON]
    sure = sure or _stands_apart(folded, start, end)
    for state in kept.states:
        if not _is_lost(state, behind, sure=sure):
            return False
    if kept.alone[0]:
        look.found.setdefault(start, []).append(Reading(end, *kept.alone))
    return True


def is_russian(folded: str, lost: int) -> bool:
    """Whether it was no letter of another alphabet that Russian readers were lost at."""
    return not _OTHER_LETTER.match(folded, lost)


def _stands_apart(folded: str, start: int, end: int) -> bool:
    """Whether a word has an alphabet of its own, whatever is around it."""
    return end - start > 1 and folded[end : end + 1].isspace() and not folded[start - 1 : start].strip()


def _is_lost(state: State, behind: str, *, sure: bool) -> bool:
    """Whether it is known already that what stands behind leads nowhere."""
    for char in behind:
        following = state.get(char, _UNKNOWN)
        if following is None:
            return sure or not _OTHER_LETTER.match(char)
        if following.words:
            return False
        state = following
    return False


NOTHING: tuple[frozenset[int], bool] = (frozenset(), False)
DULL = Kept(NOTHING, ())
_UNKNOWN = State(frozenset(), frozenset((-1,)))
"""Stands for what was not worked out yet."""
