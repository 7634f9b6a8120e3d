"""A changed retention, carried over to what is kept already.

Walks back through the index by day; every item of each session then expires `retention` after its session's
last activity. Idempotent: begin again after a break-off, from the day that was done last. Functions may go on
stamping with the old retention for ten seconds after the change (`SETTLING_SECONDS`), so begin later than
that. What has expired stays expired. Refuses to change the setting itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from lambdas.adapters.documents import RECHECK_SECONDS_OTHERWISE

SETTLING_SECONDS = RECHECK_SECONDS_OTHERWISE + 2
EMPTY_DAYS = 400
"""So many days in a row without a session, and nothing older is looked for."""
DAY = timedelta(days=1)


class StampedDialogues(Protocol):
    def sessions_of(self, assistant: str, day: date) -> Iterator[str]: ...

    def restamp(self, session_id: str, retention: timedelta) -> int: ...


@dataclass(frozen=True)
class Restamped:
    """One day's sessions and how many items got another expiry."""

    day: date
    sessions: int
    items: int


def restamp(
    dialogues: StampedDialogues, assistant: str, retention: timedelta, *, newest: date
) -> Iterator[Restamped]:
    """Each day that has sessions, newest first, when it is done. Resume by `newest`."""
    day, empty = newest, 0
    while empty < EMPTY_DAYS:
        sessions = items = 0
        for session_id in dialogues.sessions_of(assistant, day):
            sessions += 1
            items += dialogues.restamp(session_id, retention)
        if sessions:
            yield Restamped(day, sessions, items)
        empty = 0 if sessions else empty + 1
        day -= DAY
