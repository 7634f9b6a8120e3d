"""The client's own ledger of a load test: what was sent, what came back first, and how it ended.

Knows the promise: an answer or the notice within ten seconds, exactly one end for each question, the same one
whenever it is asked for. Refuses to know HTTP and threads.
"""

from __future__ import annotations

import hashlib
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

PROMISE_SECONDS = 10.0


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass
class Entry:
    """One question. Seconds are counted from its sending; None is what never came."""

    message_id: str
    question: str
    first_seconds: float | None = None
    first_was: str | None = None
    final_seconds: float | None = None
    ends: list[tuple[str, str]] = field(default_factory=list)
    shed: int = 0
    trouble: list[str] = field(default_factory=list)

    def first(self, seconds: float, was: str) -> None:
        """`was` is answer or notice. Only the first one counts."""
        if self.first_seconds is None:
            self.first_seconds, self.first_was = seconds, was

    def ended(self, state: str, text: str, seconds: float | None = None) -> None:
        """An end as it was read; called again when it is read again."""
        self.ends.append((state, digest(text)))
        if self.final_seconds is None:
            self.final_seconds = seconds

    @property
    def lost(self) -> bool:
        return not self.ends

    @property
    def twice(self) -> bool:
        """It was seen to end in two different ways."""
        return len(set(self.ends)) > 1

    @property
    def answered_in_time(self) -> bool:
        """The answer itself, and no apology, within the promised seconds."""
        in_time = self.final_seconds is not None and self.final_seconds <= PROMISE_SECONDS
        return in_time and self.ends[0][0] != "failed"

    @property
    def kept_promise(self) -> bool:
        return self.first_seconds is not None and self.first_seconds <= PROMISE_SECONDS


def spread(seconds: Iterable[float | None]) -> dict[str, float | None]:
    """p50, p95 and max of the seconds that there are."""
    known = sorted(value for value in seconds if value is not None)
    if not known:
        return {"p50": None, "p95": None, "max": None}
    return {
        "p50": round(statistics.median(known), 3),
        "p95": round(known[min(len(known) - 1, round(0.95 * (len(known) - 1)))], 3),
        "max": round(known[-1], 3),
    }


def judge(entries: Sequence[Entry]) -> dict[str, Any]:
    """The figures of one load and whether the promise held (`ok`)."""
    lost = [entry.message_id for entry in entries if entry.lost]
    twice = [entry.message_id for entry in entries if entry.twice]
    kept = sum(entry.kept_promise for entry in entries)
    return {
        "ok": bool(entries) and not lost and not twice and kept == len(entries),
        "questions": len(entries),
        "states": dict(Counter(entry.ends[0][0] for entry in entries if entry.ends)),
        "first_response_seconds": spread(entry.first_seconds for entry in entries),
        "first_was": dict(Counter(entry.first_was for entry in entries if entry.first_was)),
        "within_10_seconds": round(kept / len(entries), 4) if entries else 0.0,
        "promise_seconds": PROMISE_SECONDS,
        "answered_in_time": sum(entry.answered_in_time for entry in entries),
        "answer_seconds": spread(entry.final_seconds for entry in entries),
        "shed": sum(entry.shed for entry in entries),
        "lost": lost,
        "twice": twice,
        "trouble": dict(Counter(word for entry in entries for word in entry.trouble)),
    }
