"""A dialogue: its session, its turns and what is remembered between them.

Knows the states and their order. Refuses to know how they are stored (`lambdas/adapters`) and what is said.
All times are aware UTC datetimes.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class TurnState(StrEnum):
    """`queued -> answering -> answered | refused | failed`; the last three are final."""

    QUEUED = "queued"
    ANSWERING = "answering"
    ANSWERED = "answered"
    REFUSED = "refused"
    FAILED = "failed"

    @property
    def final(self) -> bool:
        return self not in (TurnState.QUEUED, TurnState.ANSWERING)


def expiry(last_activity: datetime, retention: timedelta) -> datetime:
    """When what was kept at `last_activity` is to be forgotten: whole seconds, never later than asked for."""
    return datetime.fromtimestamp(int((last_activity + retention).timestamp()), UTC)


def drawn(session_id: str, share: float) -> bool:
    """Whether this dialogue is one of a share of all: the same answer for it at any time."""
    lot = int.from_bytes(hashlib.sha256(f"share:{session_id}".encode()).digest()[:8])
    return lot < share * 2**64


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Consent(_Value):
    """What was agreed to, under which text, and when."""

    storage: bool
    training: bool = False
    text_version: str
    given_at: datetime


class Source(_Value):
    """Where a statement comes from. `kind` is one of stock, faq, legend, cars, calculation, brochure."""

    kind: str
    id: str
    title: str


class Fact(_Value):
    """One checkable statement of an answer: a row of the stock or a passage, as shown to the visitor."""

    kind: str
    id: str
    values: dict[str, Any] = Field(default_factory=dict)


class Versions(_Value):
    """Which versions made an answer; None where none took part. `model` is as the server names it:
    `name@version`, where it tells a version.
    """

    model: str | None = None
    prompt: str | None = None
    policy: str | None = None
    snapshot: str | None = None
    knowledge: str | None = None


class Wished(_Value):
    """What a question wished for, in the assistant's own words for it and never in the visitor's: it is
    counted. `budget_rub` is the most that may be paid, in whole roubles.
    """

    models: tuple[str, ...] = ()
    colors: tuple[str, ...] = ()
    budget_rub: int | None = None


class Reply(_Value):
    """What a flow returns for one question.

    `state` is answered, refused or failed; `reason` says why it is not a plain answer (`off_topic`,
    `forbidden:<topic>`, `no_fact`, `model_unavailable`...). `memory` replaces the session's memory. `notice`
    is the platform's own: what is said beside the answer about the assistant. `offers` are forms that fit the
    answer (`callback`, `test_drive`, `brochure`: by e-mail).
    `guard_rejected` counts the model's texts that the guard threw away; it is told, and not kept.
    """

    state: TurnState
    text: str
    reason: str | None = None
    sources: tuple[Source, ...] = ()
    facts: tuple[Fact, ...] = ()
    stock_as_of: datetime | None = None
    memory: dict[str, Any] = Field(default_factory=dict)
    versions: Versions = Versions()
    model_tokens: int = 0
    guard_rejected: int = Field(default=0, exclude=True)
    notice: str | None = None
    offers: tuple[str, ...] = ()
    wishes: Wished = Wished()


class Exchange(_Value):
    """One finished turn as the next one sees it."""

    question: str
    answer: str


class Session(_Value):
    """A dialogue of one visitor with one assistant.

    `recent` are the last answered turns, oldest first; `message_times` are those of the last minute;
    `campaign` is that of the link which led here.
    """

    session_id: str
    assistant: str
    token_sha256: str
    consent: Consent
    created_at: datetime
    last_activity_at: datetime
    expires_at: datetime
    ended_at: datetime | None = None
    sequence: int = 0
    memory: dict[str, Any] = Field(default_factory=dict)
    recent: tuple[Exchange, ...] = ()
    message_times: tuple[datetime, ...] = ()
    campaign: str | None = None


class Thumb(StrEnum):
    UP = "up"
    DOWN = "down"


class Feedback(_Value):
    """What the visitor thought of one answer, and why."""

    thumb: Thumb
    reason: str = ""
    given_at: datetime


class Turn(_Value):
    """One question and what became of it.

    `attempt` counts sends to the queue, `claims` the workers that began, `fence` is the number that every
    write of the worker must match. `revision` changes when the text that was readable so far is replaced
    instead of continued (another worker took over, or the answer failed after its first sentences).
    `policy_version` is that of the policy which let the question through, `revived_at` when an operator last
    brought it back from the dead letters.
    """

    session_id: str
    message_id: str
    assistant: str
    sequence: int
    question: str
    state: TurnState
    created_at: datetime
    expires_at: datetime
    attempt: int = 0
    claims: int = 0
    fence: int = 0
    lease_until: datetime | None = None
    finished_at: datetime | None = None
    reply: Reply | None = None
    revision: int = 0
    policy_version: str | None = None
    revived_at: datetime | None = None
    feedback: Feedback | None = None

    @property
    def waiting_since(self) -> datetime:
        """From when on it is our fault that there is no answer; what was given up has its wait behind it."""
        return self.revived_at or self.created_at


class Rating(_Value):
    """What the visitor thought of the dialogue."""

    csat: int = Field(ge=1, le=10)
    nps: int | None = Field(default=None, ge=0, le=10)
    comment: str = ""
    rated_at: datetime


class Letter(_Value):
    """One letter with the link of a brochure. To whom it goes is known to the post alone."""

    letter_id: str
    session_id: str
    assistant: str
    brochure: str
    created_at: datetime
    expires_at: datetime


class LetterState(StrEnum):
    """`CLAIMED` is for whoever may send it now, `SENDING` for whoever comes while somebody does."""

    CLAIMED = "claimed"
    SENDING = "sending"
    SENT = "sent"


class CallbackKind(StrEnum):
    CALLBACK = "callback"
    TEST_DRIVE = "test_drive"


class CallbackState(StrEnum):
    """Whoever calls back sets it; what was worked on may wait again."""

    WAITING = "waiting"
    DONE = "done"
    NO_ANSWER = "no_answer"


class Callback(_Value):
    """A request to be called back; for a test drive with the wished car, as it is in stock, and moment.

    `note`, `changed_by` and `changed_at` are of whoever worked on it last.
    """

    callback_id: str
    kind: CallbackKind = CallbackKind.CALLBACK
    session_id: str
    assistant: str
    name: str
    phone: str
    convenient_time: str = ""
    comment: str = ""
    car: str = ""
    wished_at: datetime | None = None
    state: CallbackState = CallbackState.WAITING
    created_at: datetime
    expires_at: datetime
    note: str = ""
    changed_by: str | None = None
    changed_at: datetime | None = None
