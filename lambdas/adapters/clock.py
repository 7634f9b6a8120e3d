"""The time, as the tables keep it.

Knows three spellings of one moment: ISO 8601 in UTC with microseconds (sorts as text), whole seconds (what
TTL reads) and milliseconds (leases). Refuses to know what happens at a moment.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


def to_iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def from_iso(text: str) -> datetime:
    return datetime.fromisoformat(text)


def to_seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def from_seconds(seconds: float) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC)


def to_milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1_000)


def from_milliseconds(milliseconds: float) -> datetime:
    return datetime.fromtimestamp(float(milliseconds) / 1_000, UTC)
