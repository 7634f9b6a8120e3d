"""The rows of the three tables: `turns`, `sessions`, `callbacks`.

A row stands in the partition of its assistant and of the day of UTC on which its dialogue was opened, all of
a dialogue's rows in the same one, so that erasing it touches one day. `local_day` is that opening's day in
the salon's own time zone: it is what numbers are counted by. Texts are masked, names and telephones have no
column at all. Moments are UTC. Refuses to know how a row is made of what is kept (`leaving.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import Enum
from typing import ClassVar, get_type_hints

PARTITIONED_BY = ("assistant", "day")
"""Columns that stand in an object's name instead of in its rows; both are texts, the day as 2026-11-23."""


class ColumnType(Enum):
    TEXT = "text"
    TEXTS = "list of texts"
    WHOLE = "whole number"
    REAL = "number"
    TRUTH = "true or false"
    DAY = "day"
    MOMENT = "moment of UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnRow:
    """One question. `elapsed_ms` is from when it was our turn to answer until the answer was whole; `reason`
    and `topic` (of a forbidden one) say why it is no plain answer; `wished_…` are what the question wished
    for, as far as its assistant reads such things.
    """

    TABLE: ClassVar[str] = "turns"

    local_day: date
    session_id: str
    message_id: str
    sequence: int
    asked_at: datetime
    finished_at: datetime | None
    elapsed_ms: int | None
    state: str
    reason: str | None
    topic: str | None
    question: str
    answer: str | None
    sources: tuple[str, ...]
    model_tokens: int
    model: str | None
    policy_version: str | None
    in_working_hours: bool
    thumb: str | None
    thumb_reason: str | None
    wished_models: tuple[str, ...]
    wished_colors: tuple[str, ...]
    wished_budget_rub: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    """One dialogue, with or without a question. `dialogue_seconds` last from its opening to its last sign of
    life.
    """

    TABLE: ClassVar[str] = "sessions"

    local_day: date
    session_id: str
    opened_at: datetime
    last_activity_at: datetime
    ended_at: datetime | None
    turns: int
    dialogue_seconds: float
    csat: int | None
    nps: int | None
    comment: str | None
    campaign: str | None
    in_working_hours: bool
    callbacks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackRow:
    """One request to be called back, or for a test drive. `local_hour` is the salon's, when it was left."""

    TABLE: ClassVar[str] = "callbacks"

    local_day: date
    session_id: str
    callback_id: str
    kind: str
    state: str
    created_at: datetime
    changed_at: datetime | None
    local_hour: int
    in_working_hours: bool


Row = TurnRow | SessionRow | CallbackRow
TABLES: dict[str, type[Row]] = {each.TABLE: each for each in (TurnRow, SessionRow, CallbackRow)}

_TYPES: dict[object, ColumnType] = {
    str: ColumnType.TEXT,
    tuple[str, ...]: ColumnType.TEXTS,
    int: ColumnType.WHOLE,
    float: ColumnType.REAL,
    bool: ColumnType.TRUTH,
    date: ColumnType.DAY,
    datetime: ColumnType.MOMENT,
}


def columns(table: type[Row]) -> dict[str, ColumnType]:
    """The table's columns in their order, without those it is partitioned by."""
    hints = get_type_hints(table)
    return {field.name: _type(hints[field.name]) for field in fields(table)}


def partition_key(table: str, assistant: str, day: date) -> str:
    """The one object of a partition, as it is named in the bucket."""
    return f"{partition_prefix(table, assistant)}day={day.isoformat()}/part.parquet"


def partition_prefix(table: str, assistant: str) -> str:
    return f"{table}/assistant={assistant}/"


def _type(hint: object) -> ColumnType:
    if hint in _TYPES:
        return _TYPES[hint]
    return next(_TYPES[each] for each in _TYPES if hint == each | None)  # type: ignore[operator]
