"""Sessions, turns and replies to test with."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from core.dialogue import Consent, Reply, Session, Turn, TurnState, expiry
from lambdas.api.tokens import token_sha256
from tests.fakes.clock import NOON

RETENTION = timedelta(days=90)


def session(session_id: str = "S1", now: datetime = NOON, **changes: Any) -> Session:
    return Session(
        session_id=session_id,
        assistant="tester",
        token_sha256=token_sha256("token"),
        consent=Consent(storage=True, text_version="2026-11-01", given_at=now),
        created_at=now,
        last_activity_at=now,
        expires_at=expiry(now, RETENTION),
    ).model_copy(update=changes)


def stepped(before: Session, now: datetime, retention: timedelta = RETENTION) -> Session:
    return before.model_copy(
        update={
            "sequence": before.sequence + 1,
            "last_activity_at": now,
            "expires_at": expiry(now, retention),
            "message_times": (*before.message_times, now),
        }
    )


def turn(of: Session, message_id: str = "m1", **changes: Any) -> Turn:
    return Turn(
        session_id=of.session_id,
        message_id=message_id,
        assistant=of.assistant,
        sequence=of.sequence,
        question="Есть ли C 180?",
        state=TurnState.QUEUED,
        created_at=of.last_activity_at,
        expires_at=of.expires_at,
        attempt=1,
        policy_version="p1",
    ).model_copy(update=changes)


def reply(text: str = "Да, есть.", **changes: Any) -> Reply:
    return Reply(state=TurnState.ANSWERED, text=text).model_copy(update=changes)
