"""How dialogues become rows: masked, counted, without names and telephones.

Knows what of a dialogue leaves. Refuses to know where dialogues are kept and where rows go. Works through a
day in pieces as they come: what is remembered of a dialogue is a few numbers, not its texts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from core.analytics.rows import CallbackRow, Row, SessionRow, TurnRow
from core.dialogue import Callback, Rating, Session, Turn
from core.personal_data import Published, mask
from core.spec import Hours

_FORBIDDEN = "forbidden:"
_ANSWERS_REMEMBERED = 4_096
"""The salon's own answers come again and again, and masking is most of the work."""


@dataclass(frozen=True, slots=True)
class Rated:
    session_id: str
    rating: Rating


Piece = Session | Turn | Rated | Callback
"""A dialogue in pieces: its session first, then the rest in any order."""


@dataclass(slots=True)
class _Dialogue:
    session: Session
    turns: int = 0
    callbacks: int = 0
    rating: Rating | None = None


class Door:
    """Through which the dialogues of one assistant leave, by its hours and what it publishes itself."""

    def __init__(self, hours: Hours, published: Published) -> None:
        self._hours = hours
        self._published = published
        self._zone = ZoneInfo(hours.time_zone)
        self._masked_answer = lru_cache(_ANSWERS_REMEMBERED)(self._masked)

    def today(self, now: datetime) -> date:
        """The salon's."""
        return now.astimezone(self._zone).date()

    def rows(self, pieces: Iterable[Piece], *, erased: Collection[str] = ()) -> Iterator[Row]:
        """The rows of whole dialogues; those in `erased` do not leave, whatever is still found of them."""
        dialogues: dict[str, _Dialogue] = {}
        for piece in pieces:
            if piece.session_id in erased:
                continue
            if isinstance(piece, Session):
                light = piece.model_copy(update={"memory": {}, "recent": (), "message_times": ()})
                dialogues[piece.session_id] = _Dialogue(light)
                continue
            dialogue = dialogues[piece.session_id]
            match piece:
                case Turn():
                    dialogue.turns += 1
                    yield self._turn(piece, dialogue.session)
                case Callback():
                    dialogue.callbacks += 1
                    yield self._callback(piece, dialogue.session)
                case Rated():
                    dialogue.rating = piece.rating
        for dialogue in dialogues.values():
            yield self._session(dialogue)

    def _turn(self, turn: Turn, session: Session) -> TurnRow:
        reply = turn.reply
        reason = reply.reason if reply else None
        forbidden = reason is not None and reason.startswith(_FORBIDDEN)
        wishes = reply.wishes if reply else None
        return TurnRow(
            local_day=self.today(session.created_at),
            session_id=turn.session_id,
            message_id=turn.message_id,
            sequence=turn.sequence,
            asked_at=turn.created_at,
            finished_at=turn.finished_at,
            elapsed_ms=elapsed_ms(turn),
            state=turn.state.value,
            reason=reason,
            topic=reason.removeprefix(_FORBIDDEN) if reason and forbidden else None,
            question=self._masked(turn.question),
            answer=self._masked_answer(reply.text) if reply else None,
            sources=tuple(source.id for source in reply.sources) if reply else (),
            model_tokens=reply.model_tokens if reply else 0,
            model=reply.versions.model if reply else None,
            policy_version=(reply.versions.policy if reply else None) or turn.policy_version,
            in_working_hours=self._hours.is_open(turn.created_at),
            thumb=turn.feedback.thumb.value if turn.feedback else None,
            thumb_reason=self._masked(turn.feedback.reason) if turn.feedback else None,
            wished_models=tuple(map(self._masked, wishes.models)) if wishes else (),
            wished_colors=tuple(map(self._masked, wishes.colors)) if wishes else (),
            wished_budget_rub=wishes.budget_rub if wishes else None,
        )

    def _session(self, dialogue: _Dialogue) -> SessionRow:
        session, rating = dialogue.session, dialogue.rating
        return SessionRow(
            local_day=self.today(session.created_at),
            session_id=session.session_id,
            opened_at=session.created_at,
            last_activity_at=session.last_activity_at,
            ended_at=session.ended_at,
            turns=dialogue.turns,
            dialogue_seconds=(session.last_activity_at - session.created_at).total_seconds(),
            csat=rating.csat if rating else None,
            nps=rating.nps if rating else None,
            comment=self._masked(rating.comment) if rating else None,
            campaign=session.campaign,
            in_working_hours=self._hours.is_open(session.created_at),
            callbacks=dialogue.callbacks,
        )

    def _callback(self, callback: Callback, session: Session) -> CallbackRow:
        return CallbackRow(
            local_day=self.today(session.created_at),
            session_id=callback.session_id,
            callback_id=callback.callback_id,
            kind=callback.kind.value,
            state=callback.state,
            created_at=callback.created_at,
            changed_at=callback.changed_at,
            local_hour=callback.created_at.astimezone(self._zone).hour,
            in_working_hours=self._hours.is_open(callback.created_at),
        )

    def _masked(self, text: str) -> str:
        return mask(text, self._published).text


def elapsed_ms(turn: Turn) -> int | None:
    """From when it was our turn to answer; None while there is no end."""
    if turn.finished_at is None:
        return None
    return round((turn.finished_at - turn.waiting_since) / timedelta(milliseconds=1))
