"""What the owner's API answers, as the OpenAPI document shows it.

Times are ISO 8601 in UTC, shares 0..1, days those of UTC. Refuses to know where anything is read.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Field

PLATFORM_COST = (
    "US dollars, an estimate of the whole platform with all of its assistants, not divided among them: hours"
    " of the endpoint, questions and what is paid for every day, at list prices. null: nobody counted"
)


class SignedInView(BaseModel):
    access_token: str = Field(repr=False)
    expires_in: int = Field(description="seconds")
    refresh_token: str = Field(repr=False)


class ChallengeView(BaseModel):
    """The first sign-in with a temporary password."""

    challenge: str = Field(description="new_password")
    session: str = Field(repr=False)


class OwnedAssistantView(BaseModel):
    id: str
    name: str
    time_zone: str


class MeView(BaseModel):
    email: str
    assistants: list[OwnedAssistantView]


class CsatView(BaseModel):
    mean: float | None
    count: int


class NpsView(BaseModel):
    score: float | None = Field(description="-100..100")
    count: int


class TopicCountView(BaseModel):
    topic: str
    count: int


class BreakerView(BaseModel):
    state: str = Field(description="closed | open | half_open")
    since: datetime | None
    reason: str | None


class TodayView(BaseModel):
    """`stock_as_of` is None where there is no stock."""

    day: date
    dialogues: int
    turns: int
    answered: int
    answered_within_10_s: float | None
    callbacks_waiting: int
    csat: CsatView
    nps: NpsView
    refusals: list[TopicCountView]
    unanswered: int
    stock_as_of: datetime | None
    cost_usd_so_far: float | None = Field(description=PLATFORM_COST)
    breaker: BreakerView


class DayView(BaseModel):
    day: date
    dialogues: int
    turns: int
    answered_within_10_s: float | None
    csat: float | None
    nps: float | None
    refusals: int
    unanswered: int
    callbacks: int
    cost: float | None = Field(description=PLATFORM_COST)


class TrendsView(BaseModel):
    days: list[DayView]


class NameCountView(BaseModel):
    name: str
    count: int


class BudgetView(BaseModel):
    """From `from` to less than `to` roubles; None is no bound."""

    from_: int | None = Field(alias="from", serialization_alias="from")
    to: int | None
    count: int


class WishesView(BaseModel):
    models: list[NameCountView]
    budgets_rub: list[BudgetView]
    colors: list[NameCountView]


class DialogueRowView(BaseModel):
    """`reasons` are those of its turns that were no plain answer; texts are masked."""

    session_id: str
    opened_at: datetime
    turns: int
    csat: int | None
    nps: int | None
    reasons: list[str]
    first_question: str | None


class DialoguesView(BaseModel):
    """`cursor` is where to go on, None at the end. A page may be empty and not the last one."""

    dialogues: list[DialogueRowView]
    cursor: str | None


class TitledSourceView(BaseModel):
    title: str


class MaskedTurnView(BaseModel):
    message_id: str
    asked_at: datetime
    question: str
    answer: str | None
    state: str
    reason: str | None
    topic: str | None
    elapsed_ms: int | None
    sources: list[TitledSourceView]
    thumb: str | None
    thumb_reason: str | None


class MaskedDialogueView(BaseModel):
    session_id: str
    opened_at: datetime
    last_activity_at: datetime
    ended_at: datetime | None
    csat: int | None
    nps: int | None
    comment: str | None
    turns: list[MaskedTurnView]


class UnansweredQuestionView(BaseModel):
    session_id: str
    asked_at: datetime
    text: str


class UnansweredGroupView(BaseModel):
    """Questions about the same thing; `title` is the one nearest to all of them."""

    title: str
    count: int
    questions: list[UnansweredQuestionView]


class UnansweredView(BaseModel):
    """`complete` is false where older questions were left out."""

    groups: list[UnansweredGroupView]
    complete: bool


class CallbackRowView(BaseModel):
    callback_id: str
    session_id: str
    kind: str = Field(description="callback | test_drive")
    name: str
    phone: str
    convenient_time: str
    comment: str
    car: str
    wished_at: datetime | None
    state: str = Field(description="waiting | done | no_answer")
    created_at: datetime
    note: str
    changed_by: str | None
    changed_at: datetime | None


class CallbacksView(BaseModel):
    """`by_hour` counts requests of any state by the hour of the salon's day."""

    callbacks: list[CallbackRowView]
    by_hour: list[int]


class DocumentView(BaseModel):
    """`version` is "seed" where nothing was published yet; then nobody is its author."""

    version: str
    author: str | None
    published_at: datetime | None
    value: dict[str, Any]


class PublishedView(BaseModel):
    version: str


class DocumentVersionView(BaseModel):
    """`summary` says in Russian what the version changed, a sentence a line."""

    version: str
    author: str
    published_at: datetime
    summary: str


class HistoryView(BaseModel):
    versions: list[DocumentVersionView]


class PolicyVerdictView(BaseModel):
    verdict: str = Field(description="allowed | refused")
    topic: str | None
    phrase: str | None
    reply: str | None


class JudgedOtherwiseView(BaseModel):
    """`before` and `after` are topics, None where the question may pass. The question is masked."""

    session_id: str
    asked_at: datetime
    question: str
    before: str | None
    after: str | None


class ReplayedView(BaseModel):
    """`read` questions were looked at; `complete` is false where there are more."""

    changed: list[JudgedOtherwiseView]
    read: int
    complete: bool
