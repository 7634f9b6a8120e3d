"""The numbers that an owner reads, each with its meaning, and who can tell them.

What a dialogue holds counts on the salon's day on which the dialogue was opened, also what was asked, rated
or wished for after midnight: so a day's numbers belong to the same dialogues. Refuses to know what a day
costs, what is in stock and how the breaker stands: those are no part of the dialogues.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

DEADLINE_MS = 10_000
"""Within this an answer is a quick one."""
UNANSWERED = ("no_fact", "unsure")
"""Reasons of an answer that holds none: nothing was published on it, or only a guess was made."""
BUDGET_STEP_RUB = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Mean:
    """`mean` is None where nobody was asked or answered."""

    mean: float | None = None
    count: int = 0


@dataclass(frozen=True, kw_only=True)
class Nps:
    """-100 to 100: the share of 9 and 10 less that of 0 to 6, in per cent; None without an answer."""

    score: float | None = None
    count: int = 0


@dataclass(frozen=True, kw_only=True)
class DayNumbers:
    """One day of the salon.

    `dialogues` are those in which something was asked. `answered` turns ended with an answer, `refusals` were
    refused, the rest failed or has no end yet. `answered_within_10_s` is the share, 0 to 1, of all turns that
    were answered or refused within `DEADLINE_MS`, None on a day without one. `unanswered` turns were answered
    without an answer (`UNANSWERED`). `callbacks` are requests left, `callbacks_waiting` those of them that
    nobody has worked on.
    """

    day: date
    dialogues: int = 0
    turns: int = 0
    answered: int = 0
    answered_within_10_s: float | None = None
    refusals: int = 0
    unanswered: int = 0
    model_tokens: int = 0
    csat: Mean = Mean()
    nps: Nps = Nps()
    callbacks: int = 0
    callbacks_waiting: int = 0


@dataclass(frozen=True, kw_only=True)
class RefusedTopic:
    """`topic` is that of the owner's policy, or the reason itself where none was touched (`off_topic`)."""

    topic: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Today:
    """`callbacks_waiting` are all that wait, whenever they were left."""

    numbers: DayNumbers
    refusals: tuple[RefusedTopic, ...] = ()
    callbacks_waiting: int = 0


@dataclass(frozen=True, kw_only=True)
class Wished:
    """`name` as the assistant calls it, `count` turns that wished for it."""

    name: str
    count: int


@dataclass(frozen=True, kw_only=True)
class BudgetRange:
    """Turns whose highest price lies in `from_rub` < price <= `to_rub`: "up to 9 million" means below."""

    from_rub: int
    to_rub: int
    count: int


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What visitors asked for, most wanted first; budgets from low to high."""

    models: tuple[Wished, ...] = ()
    colors: tuple[Wished, ...] = ()
    budgets: tuple[BudgetRange, ...] = ()


@dataclass(frozen=True, kw_only=True)
class UnansweredQuestion:
    """`text` is masked."""

    session_id: str
    message_id: str
    asked_at: datetime
    text: str


class Metrics(Protocol):
    """Days are the salon's own; `days` counts back from today, which is the last of them.

    What was said on the present day of UTC is counted to the minute, what is older as of the last export: a
    quarter of an hour for the day before, a day at most for those before it. Raises StoreAway.
    """

    def today(self, assistant: str) -> Today: ...

    def trends(self, assistant: str, days: int) -> tuple[DayNumbers, ...]:
        """Every day, oldest first, also those on which nothing happened."""
        ...

    def refusals(self, assistant: str, days: int) -> tuple[RefusedTopic, ...]: ...

    def wishes(self, assistant: str, days: int) -> Wishes: ...

    def unanswered(self, assistant: str, days: int) -> tuple[UnansweredQuestion, ...]:
        """Newest first."""
        ...

    def callbacks_by_hour(self, assistant: str, days: int) -> tuple[int, ...]:
        """How many requests were left in each of the salon's 24 hours."""
        ...
