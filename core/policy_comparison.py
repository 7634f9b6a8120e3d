"""Questions that one policy judges otherwise than another.

Knows what counts as a change for whoever asked. Refuses to know where questions are kept, and to show one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from core.dialogue import Turn
from core.topics import CompiledPolicy, Verdict, screen


class Change(StrEnum):
    """What happens to a question."""

    REFUSED = "newly refused"
    ALLOWED = "no longer refused"
    OTHER_REPLY = "refused with another reply"


@dataclass(frozen=True)
class Judged:
    """`change` is None where both policies say the same."""

    turn: Turn
    before: Verdict
    after: Verdict
    change: Change | None


def compared(turns: Iterable[Turn], old: CompiledPolicy, new: CompiledPolicy) -> Iterator[Judged]:
    """Every turn, in their order."""
    for turn in turns:
        before, after = screen(turn.question, old), screen(turn.question, new)
        yield Judged(turn, before, after, _change(before, after))


def _change(before: Verdict, after: Verdict) -> Change | None:
    if before.allowed != after.allowed:
        return Change.REFUSED if before.allowed else Change.ALLOWED
    return Change.OTHER_REPLY if before.reply != after.reply else None
