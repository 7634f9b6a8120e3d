"""How a dialogue looks in the table `dialogues`.

    session_id   item                  what
    S1           session               the session
    S1           turn#<message id>     one question, its answer and what the visitor thought of it
    S1           draft#<message id>    the answer while it grows; not indexed
    S1           rating                the last rating
    S1           callback#<id>         a request to be called back, or for a test drive
    S1           letter#<id>           that a brochure was sent, not to whom

Every item carries `expires_at` (whole seconds, read by TTL). All but drafts carry `assistant_day` and
`created_at` for the index by day; turns without an end carry `unfinished` and `unfinished_since`,
requests to be called back `callbacks_of`. What is
asked about is an attribute, the rest is JSON in one. Refuses to know the rules: those are in the stores.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer
from pydantic import TypeAdapter
from pydantic_core import to_json

from core.dialogue import (
    Callback,
    CallbackKind,
    CallbackState,
    Consent,
    Exchange,
    Feedback,
    Letter,
    Rating,
    Reply,
    Session,
    Turn,
    TurnState,
)
from lambdas.adapters.clock import (
    from_iso,
    from_milliseconds,
    from_seconds,
    to_iso,
    to_milliseconds,
    to_seconds,
)

SESSION = "session"
RATING = "rating"
BY_ASSISTANT_DAY = "by_assistant_day"
UNFINISHED = "unfinished"
CALLBACKS = "callbacks_of"

Item = dict[str, Any]

_serializer = TypeSerializer()
_deserializer = TypeDeserializer()
_exchanges = TypeAdapter(tuple[Exchange, ...])


def turn_key(message_id: str) -> str:
    return f"turn#{message_id}"


def draft_key(message_id: str) -> str:
    return f"draft#{message_id}"


def callback_key(callback_id: str) -> str:
    return f"callback#{callback_id}"


def letter_key(letter_id: str) -> str:
    return f"letter#{letter_id}"


def assistant_day(assistant: str, moment: datetime) -> str:
    """The partition of the index by day; days are those of UTC."""
    return f"{assistant}#{to_iso(moment)[:10]}"


def to_wire(values: Item) -> Item:
    """Plain values as DynamoDB takes them; those that are None are left out."""
    return {name: _serializer.serialize(value) for name, value in values.items() if value is not None}


def from_wire(item: Item) -> Item:
    return {name: _deserializer.deserialize(value) for name, value in item.items()}


def key(session_id: str, item: str) -> Item:
    return to_wire({"session_id": session_id, "item": item})


def memory_json(memory: dict[str, Any]) -> str:
    """Whatever a flow remembers, as JSON: pydantic knows how to write dates and models."""
    return to_json(memory).decode()


def exchanges_json(exchanges: tuple[Exchange, ...]) -> str:
    return _exchanges.dump_json(exchanges).decode()


def reply_json(reply: Reply) -> str:
    """Without what is not said: a field that is new here must not break a reader that is a deploy behind."""
    return reply.model_dump_json(exclude_defaults=True)


def session_item(session: Session) -> Item:
    return {
        "session_id": session.session_id,
        "item": SESSION,
        "assistant": session.assistant,
        "assistant_day": assistant_day(session.assistant, session.created_at),
        "token_sha256": session.token_sha256,
        "consent": session.consent.model_dump_json(),
        "created_at": to_iso(session.created_at),
        "last_activity_at": to_iso(session.last_activity_at),
        "expires_at": to_seconds(session.expires_at),
        "ended_at": to_iso(session.ended_at) if session.ended_at else None,
        "sequence": session.sequence,
        "memory": memory_json(session.memory),
        "recent": exchanges_json(session.recent),
        "message_times": [to_iso(moment) for moment in session.message_times],
        "campaign": session.campaign,
    }


def read_session(item: Item) -> Session:
    return Session(
        session_id=item["session_id"],
        assistant=item["assistant"],
        token_sha256=item["token_sha256"],
        consent=Consent.model_validate_json(item["consent"]),
        created_at=from_iso(item["created_at"]),
        last_activity_at=from_iso(item["last_activity_at"]),
        expires_at=from_seconds(item["expires_at"]),
        ended_at=from_iso(item["ended_at"]) if "ended_at" in item else None,
        sequence=int(item["sequence"]),
        memory=json.loads(item["memory"]),
        recent=_exchanges.validate_json(item["recent"]),
        message_times=tuple(from_iso(text) for text in item["message_times"]),
        campaign=item.get("campaign"),
    )


def turn_item(turn: Turn) -> Item:
    unfinished = not turn.state.final
    return {
        "session_id": turn.session_id,
        "item": turn_key(turn.message_id),
        "message_id": turn.message_id,
        "assistant": turn.assistant,
        "assistant_day": assistant_day(turn.assistant, turn.created_at),
        "sequence": turn.sequence,
        "question": turn.question,
        "state": turn.state.value,
        "created_at": to_iso(turn.created_at),
        "expires_at": to_seconds(turn.expires_at),
        "attempt": turn.attempt,
        "claims": turn.claims,
        "fence": turn.fence,
        "lease_until": to_milliseconds(turn.lease_until) if turn.lease_until else None,
        "finished_at": to_iso(turn.finished_at) if turn.finished_at else None,
        "reply": reply_json(turn.reply) if turn.reply else None,
        "reason": turn.reply.reason if turn.reply else None,
        "revision": turn.revision,
        "policy_version": turn.policy_version,
        "revived_at": to_iso(turn.revived_at) if turn.revived_at else None,
        "feedback": turn.feedback.model_dump_json() if turn.feedback else None,
        UNFINISHED: turn.assistant if unfinished else None,
        "unfinished_since": to_iso(turn.created_at) if unfinished else None,
    }


def read_turn(item: Item) -> Turn:
    return Turn(
        session_id=item["session_id"],
        message_id=item["message_id"],
        assistant=item["assistant"],
        sequence=int(item["sequence"]),
        question=item["question"],
        state=TurnState(item["state"]),
        created_at=from_iso(item["created_at"]),
        expires_at=from_seconds(item["expires_at"]),
        attempt=int(item["attempt"]),
        claims=int(item["claims"]),
        fence=int(item["fence"]),
        lease_until=from_milliseconds(item["lease_until"]) if "lease_until" in item else None,
        finished_at=from_iso(item["finished_at"]) if "finished_at" in item else None,
        reply=Reply.model_validate_json(item["reply"]) if "reply" in item else None,
        revision=int(item["revision"]),
        policy_version=item.get("policy_version"),
        revived_at=from_iso(item["revived_at"]) if "revived_at" in item else None,
        feedback=Feedback.model_validate_json(item["feedback"]) if "feedback" in item else None,
    )


def rating_item(session: Session, rating: Rating) -> Item:
    return {
        "session_id": session.session_id,
        "item": RATING,
        "assistant": session.assistant,
        "assistant_day": assistant_day(session.assistant, rating.rated_at),
        "created_at": to_iso(rating.rated_at),
        "expires_at": to_seconds(session.expires_at),
        "csat": rating.csat,
        "nps": rating.nps,
        "comment": rating.comment,
    }


def read_rating(item: Item) -> Rating:
    return Rating(
        csat=int(item["csat"]),
        nps=int(item["nps"]) if "nps" in item else None,
        comment=item["comment"],
        rated_at=from_iso(item["created_at"]),
    )


def callback_item(callback: Callback) -> Item:
    return {
        "session_id": callback.session_id,
        "item": callback_key(callback.callback_id),
        "callback_id": callback.callback_id,
        "assistant": callback.assistant,
        "assistant_day": assistant_day(callback.assistant, callback.created_at),
        "created_at": to_iso(callback.created_at),
        "expires_at": to_seconds(callback.expires_at),
        "name": callback.name,
        "phone": callback.phone,
        "convenient_time": callback.convenient_time,
        "comment": callback.comment,
        "state": callback.state.value,
        CALLBACKS: callback.assistant,
        "kind": callback.kind.value,
        "car": callback.car,
        "wished_at": to_iso(callback.wished_at) if callback.wished_at else None,
    }


def letter_item(letter: Letter, claimed_until: datetime) -> Item:
    return {
        "session_id": letter.session_id,
        "item": letter_key(letter.letter_id),
        "assistant": letter.assistant,
        "assistant_day": assistant_day(letter.assistant, letter.created_at),
        "created_at": to_iso(letter.created_at),
        "expires_at": to_seconds(letter.expires_at),
        "brochure": letter.brochure,
        "claimed_until": to_milliseconds(claimed_until),
    }


def read_callback(item: Item) -> Callback:
    return Callback(
        callback_id=item["callback_id"],
        session_id=item["session_id"],
        assistant=item["assistant"],
        name=item["name"],
        phone=item["phone"],
        convenient_time=item["convenient_time"],
        comment=item["comment"],
        state=CallbackState(item["state"]),
        note=item.get("note", ""),
        changed_by=item.get("changed_by"),
        changed_at=from_iso(item["changed_at"]) if "changed_at" in item else None,
        kind=CallbackKind(item.get("kind", CallbackKind.CALLBACK)),
        car=item.get("car", ""),
        wished_at=from_iso(item["wished_at"]) if "wished_at" in item else None,
        created_at=from_iso(item["created_at"]),
        expires_at=from_seconds(item["expires_at"]),
    )
