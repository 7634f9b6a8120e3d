"""What a message is looked at through, and what is kept of words so that they are not looked at again.

Knows states of readers (`core.word_index`) and what stands behind a word. Refuses to know whether a reading
is to be believed (`core.belief`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from core.effort import Effort
from core.message import Message
from core.word_index import Reader, State

_OTHER_LETTER = re.compile(r"[^\W\d_а-я]")
_SOON = 12


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


class Glass:
    """Readers that look at the same stretch, and the words that they need not look at again."""

    def __init__(self, *readers: Reader) -> None:
        self.readers = readers
        self.kept: dict[str, Kept] = {}


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
    sure = sure or (end - start > 1 and behind[:1].isspace() and not folded[start - 1 : start].strip())
    for state in kept.states:
        if not _is_lost(state, behind, sure=sure):
            return False
    if kept.alone[0]:
        look.found.setdefault(start, []).append(Reading(end, *kept.alone))
    return True


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
