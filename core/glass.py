"""What a message is looked at through, and what is kept of words so that they are not looked at again.

Knows states of readers (`core.word_index`) and what stands behind a word. Refuses to know whether a reading
is to be believed (`core.belief`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from core.effort import Effort
from core.lookalikes import AMBIGUOUS, CYRILLIC, GREEK, LATIN, SCHOLARLY
from core.message import Message
from core.outlines import Outlines
from core.readings import ANY, without
from core.scout import Found, Scout
from core.word_index import Reader, State, WordIndex

_OTHER_LETTER = re.compile(r"[^\W\d_а-я]")
_WORD = re.compile(r"[^\W_]+")
_SOON = 24
"""Characters by which answers of the scouts are kept. Fewer: more is asked anew. More: less is met again."""
_MOST_KEPT = 50_000


@dataclass(frozen=True, slots=True)
class Reading:
    """Words of the policy that a stretch of the message may be, so many characters long.

    `acronym` is the stretch if it is weak where it stands in capitals.
    """

    length: int
    words: frozenset[int]
    weak: bool = False
    acronym: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of a word wherever it stands: how it reads alone, and in which states it is left."""

    alone: tuple[frozenset[int], bool]
    states: tuple[State, ...]


@dataclass(slots=True)
class Asked:
    """The readers by which a word of the policy may be found, and how many characters were asked about.

    When they have read: after how many characters words may end, and whether in the other layout.
    """

    seen: int
    readers: Sequence[Reader]
    ends: Sequence[tuple[int, bool]] | None = None

    def keep(self, message: Message, start: int, farthest: int, ends: Sequence[tuple[int, bool]]) -> None:
        """Those that count wherever the same is met, if so few characters decide that as are kept."""
        for length, _ in ends:
            if message.inside_word(start + length) and (end := _WORD.match(message.folded, start + length)):
                farthest = max(farthest, end.end() - start)
        if farthest + 1 < _SOON:
            self.seen = max(self.seen, farthest)
            self.ends = [
                (length, typed)
                for length, typed in ends
                if not message.inside_word(start + length)
                or (not typed and message.may_be_glued(start + length))
            ]


class Glass:
    """Readers that look at the same stretch, scouts that spare them most, and what is kept of words."""

    def __init__(self, *pairs: tuple[Scout, Sequence[Reader]]) -> None:
        self.pairs = pairs
        self.readers = list(dict.fromkeys(reader for _, readers in pairs for reader in readers))
        self.kept: dict[str, Kept] = {}
        self._asked: dict[str, Asked] = {}

    def asked(self, look: Look, start: int, word: str) -> Asked:
        """What the scouts say of `start`, where `word` stands; kept with what it is glued to."""
        folded = look.message.folded
        begins = folded[start : start + _SOON]
        glued = look.message.glued_before(start) if word[:1].isalnum() else ""
        met = f"{glued}\n{begins}" if glued else begins
        asked = self._asked.get(met)
        if asked is None:
            asked = self._ask(look, start)
            if asked.seen + 1 < len(begins):
                if len(self._asked) > _MOST_KEPT:
                    self._asked.clear()
                self._asked[met] = asked
            if not asked.readers and asked.seen < len(word) and not glued:
                self.keep(word, DULL)
        return asked

    def _ask(self, look: Look, start: int) -> Asked:
        readers, seen, through = list[Reader](), start, False
        places: list[int] = []
        for scout, of_scout in self.pairs:
            found = scout.read(look.message.folded, start, look.effort)
            seen, inside = _glued(found, look.message, seen)
            if found.through or inside:
                readers += [reader for reader in of_scout if reader not in readers]
            through = through or found.through
            places += [place for place in inside if place not in places]
        if through:
            return Asked(seen - start, readers)
        for place in places:
            for scout, _ in self.pairs:
                found = scout.read(look.message.folded, place, look.effort)
                seen, inside = _glued(found, look.message, seen)
                if found.through:
                    return Asked(seen - start, readers)
                places += [within for within in inside if within not in places]
        return Asked(seen - start, ())

    def keep(self, word: str, kept: Kept) -> None:
        if len(self.kept) > _MOST_KEPT:
            self.kept.clear()
        self.kept[word] = kept


def _glued(found: Found, message: Message, seen: int) -> tuple[int, Sequence[int]]:
    """How far one has to look for what was found, and where words inside others count."""
    if not found.inside:
        return max(seen, found.seen), ()
    end = _WORD.match(message.folded, found.inside[-1])
    inside = [place for place in found.inside if message.may_be_glued(place)]
    return max(seen, found.seen, end.end() if end else 0), inside


@dataclass(slots=True)
class Look:
    """One message being looked at. `glued` grows while it is walked: «купитьбомбу».

    Of what was looked at since they were last unset, `rests` says that what was noted hangs on what is around
    it, and `in_row` that it hangs on the row of lone letters that it is in.
    """

    message: Message
    effort: Effort
    found: dict[int, list[Reading]] = field(default_factory=dict)
    glued: list[int] = field(default_factory=list)
    rests: bool = False
    in_row: bool = False


def russian_glass(index: WordIndex, outlines: Outlines) -> Glass:
    """Russian letters are mostly read one way each, so long as the policy's Latin words stand apart."""
    table = without(ANY, LATIN + GREEK + SCHOLARLY + AMBIGUOUS)
    reader = Reader(index.root, table, guesses=True)
    mistyped = Reader(index.mistyped, {letter: (letter,) for letter in CYRILLIC}, guesses=False)
    other = [(Scout(outlines.other, table), (reader,))] if outlines.other.tree else []
    return Glass((Scout(outlines.russian, table), (reader, mistyped)), *other)


def settled(kept: Kept, look: Look, start: int, end: int, *, sure: bool) -> int | None:
    """Where it is certain that nothing but the word alone can be read from where it begins; it is noted then.

    `sure` says that this is the right glass: where a letter of another alphabet follows, it may not be.
    """
    if kept.alone[0] and look.message.has_invisible:
        return None
    folded = look.message.folded
    behind = folded[end : end + _SOON]
    sure = sure or _stands_apart(folded, start, end)
    farthest = 0
    for state in kept.states:
        lost = _lost(state, behind, sure=sure)
        if lost is None:
            return None
        farthest = max(farthest, lost)
    if kept.alone[0]:
        look.found.setdefault(start, []).append(Reading(end - start, *kept.alone))
    return end + farthest


def is_russian(folded: str, lost: int) -> bool:
    """Whether it was no letter of another alphabet that Russian readers were lost at."""
    return not _OTHER_LETTER.match(folded, lost)


def _stands_apart(folded: str, start: int, end: int) -> bool:
    """Whether a word has an alphabet of its own, whatever is around it."""
    return end - start > 1 and folded[end : end + 1].isspace() and not folded[start - 1 : start].strip()


def _lost(state: State, behind: str, *, sure: bool) -> int | None:
    """Where what stands behind is known already to lead nowhere."""
    for ahead, char in enumerate(behind):
        following = state.get(char, _UNKNOWN)
        if following is None:
            return ahead if sure or not _OTHER_LETTER.match(char) else None
        if following.words:
            return None
        state = following
    return None


NOTHING: tuple[frozenset[int], bool] = (frozenset(), False)
DULL = Kept(NOTHING, ())
_UNKNOWN = State(frozenset(), frozenset((-1,)))
"""Stands for what was not worked out yet."""
