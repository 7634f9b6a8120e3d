"""The API's bodies that go out, as the OpenAPI document shows them.

They leak nothing of a stored item that is not named here. Refuses to know what comes in (`bodies.py`).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from core.dialogue import Thumb, TurnState


class OfficeView(BaseModel):
    """`opens_at` is the next opening while closed, `closes_at` the closing while open."""

    open: bool
    opens_at: datetime | None
    closes_at: datetime | None
    time_zone: str
    hours: dict[str, tuple[str, str]]


class TermsView(BaseModel):
    version: str
    storage: str
    training: str
    link: str | None = Field(description="the whole text: an https address, or a path on the API's own site")


class CallbacksView(BaseModel):
    available: bool


class BrochuresView(BaseModel):
    by_email: bool = Field(description="whether sendBrochure is offered; links are in answers anyway")


class AssistantView(BaseModel):
    id: str
    name: str
    language: str
    greeting: str
    capabilities: list[str]
    retention: str
    terms: TermsView
    office: OfficeView


class AssistantsView(BaseModel):
    assistants: list[AssistantView]


class SessionView(BaseModel):
    """`token` is shown this once. Durations are ISO 8601."""

    session_id: str
    token: str
    assistant: str
    greeting: str
    retention: str
    idle_timeout: str
    office: OfficeView
    callbacks: CallbacksView
    brochures: BrochuresView
    terms: TermsView
    ask_nps: bool = Field(description="whether this dialogue is asked for its NPS, beside its rating")


class SourceView(BaseModel):
    kind: str
    id: str
    title: str


class FactView(BaseModel):
    kind: str
    id: str
    values: dict[str, Any]


class VersionsView(BaseModel):
    model: str | None
    prompt: str | None
    policy: str | None
    snapshot: str | None
    knowledge: str | None


class FeedbackView(BaseModel):
    thumb: Thumb
    reason: str


class MessageView(BaseModel):
    """One question and its answer.

    `text` is what can be read from code point `after` on, `offset` is the next `after`. When `revision`
    changes, the text was begun anew: ask again with `after=0`. `notice` is what to tell the visitor beside
    the text: that the answer takes its time or, of a finished one, that the assistant rests or wakes up.
    """

    message_id: str
    state: TurnState = Field(description="the last three are final")
    text: str
    offset: int
    revision: int
    notice: str | None
    offers: list[str] = Field(description="forms that fit the answer: callback, test_drive, brochure")
    sources: list[SourceView]
    facts: list[FactView]
    stock_as_of: datetime | None
    reason: str | None
    created_at: datetime
    finished_at: datetime | None
    elapsed_ms: int | None
    versions: VersionsView
    feedback: FeedbackView | None = Field(description="what the visitor has said of this answer")


class EndedView(BaseModel):
    ended_at: datetime


class RatedView(BaseModel):
    rated_at: datetime
    gift_code: str | None = Field(description="one a dialogue, where its campaign has some left")


class AnswerRatedView(BaseModel):
    rated_at: datetime


class LetterView(BaseModel):
    letter_id: str
    state: str = Field(description="sent | sending (another request does it this moment)")
    message: str


class CallbackView(BaseModel):
    callback_id: str
    state: str
    message: str


class BreakerView(BaseModel):
    state: str
    since: datetime | None
    reason: str | None


class SnapshotView(BaseModel):
    version: str | None
    exported_at: datetime | None
    age_seconds: int | None
    fresh: bool


class AssistantHealthView(BaseModel):
    id: str
    snapshot: SnapshotView | None = Field(description="null for an assistant without a stock")


class CapacityView(BaseModel):
    status: str = Field(description="awake | warming | asleep | stopped")
    changed_at: datetime | None


class HealthView(BaseModel):
    state: str = Field(description="ok | degraded (a stock is too old) | warming | resting (the model)")
    breaker: BreakerView
    capacity: CapacityView
    assistants: list[AssistantHealthView]
