"""A turn as it may leave the dialogues: masked, and nobody's.

The one form in which analytics and training see what was said. Its dialogue is a hash of the session's id, so
that who holds an erased id finds what has left under it. Refuses to know where turns are kept and who asks.
"""

from __future__ import annotations

import hashlib
from datetime import date

from pydantic import BaseModel, ConfigDict

from core.dialogue import Thumb, Turn, TurnState, Versions
from core.personal_data import NOTHING_PUBLISHED, Published, mask


class AnonymousTurn(BaseModel):
    """`found` counts what was masked in question, answer and the reason of a thumb, by the kind's sign."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    dialogue: str
    sequence: int
    assistant: str
    day: date
    question: str
    answer: str
    state: TurnState
    reason: str | None
    sources: tuple[str, ...]
    versions: Versions
    thumb: Thumb | None
    thumb_reason: str
    found: dict[str, int]


def anonymous(turn: Turn, published: Published = NOTHING_PUBLISHED) -> AnonymousTurn:
    """Of a turn that has ended. Raises ValueError for another."""
    if turn.reply is None:
        raise ValueError("a turn leaves when it has ended")
    texts = (turn.question, turn.reply.text, turn.feedback.reason if turn.feedback else "")
    question, answer, reason = (mask(text, published) for text in texts)
    found: dict[str, int] = {}
    for each in (*question.found, *answer.found, *reason.found):
        found[each.kind.value] = found.get(each.kind.value, 0) + 1
    return AnonymousTurn(
        dialogue=dialogue_name(turn.session_id),
        sequence=turn.sequence,
        assistant=turn.assistant,
        day=turn.created_at.date(),
        question=question.text,
        answer=answer.text,
        state=turn.state,
        reason=turn.reply.reason,
        sources=tuple(source.id for source in turn.reply.sources),
        versions=turn.reply.versions,
        thumb=turn.feedback.thumb if turn.feedback else None,
        thumb_reason=reason.text,
        found=found,
    )


def dialogue_name(session_id: str) -> str:
    return hashlib.sha256(f"dialogue:{session_id}".encode()).hexdigest()[:24]
