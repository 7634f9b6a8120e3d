"""Which sessions were erased: ids alone, kept for longer than a backup of the dialogues reaches back.

    subject    at                                        session_id   assistant   opened_on    expires_at
    erasures   2026-11-23T09:00:00.000000Z#<session id>  S1           a1          2026-11-22   40 days later

What has left the dialogues under an id is found by assistant and day of UTC. It stands in the audit table,
which no restore of the dialogues touches. An erasure is noted before it is done: one that broke off is
finished by the replay too, and erasing twice changes nothing. Refuses to know what a session holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Protocol

from core.dialogue import Session
from lambdas.adapters.clock import Clock, from_iso, to_iso, to_seconds, utc_now
from lambdas.adapters.items import Item, from_wire, to_wire
from lambdas.adapters.outages import told_as_store_away

SUBJECT = "erasures"
BACKUPS_REACH_BACK = timedelta(days=35)
"""The most that point-in-time recovery of DynamoDB offers; there are no other backups."""
KEPT = BACKUPS_REACH_BACK + timedelta(days=5)


class ErasedDialogues(Protocol):
    def erase(self, session_id: str) -> int: ...


@dataclass(frozen=True)
class Erasure:
    session_id: str
    assistant: str
    opened_on: date
    noted_at: datetime


class Erasures:
    """Every method raises StoreAway."""

    def __init__(self, dynamodb: Any, table: str, clock: Clock = utc_now) -> None:
        self._dynamodb = dynamodb
        self._table = table
        self._clock = clock

    def note(self, session: Session) -> None:
        now = self._clock()
        item = {
            "subject": SUBJECT,
            "at": f"{to_iso(now)}#{session.session_id}",
            "session_id": session.session_id,
            "assistant": session.assistant,
            "opened_on": session.created_at.astimezone(UTC).date().isoformat(),
            "expires_at": to_seconds(now + KEPT),
        }
        with told_as_store_away():
            self._dynamodb.put_item(TableName=self._table, Item=to_wire(item))

    def noted(self) -> Iterator[str]:
        """Ids of all sessions that a backup may still hold, oldest erasure first."""
        yield from (str(item["session_id"]) for item in self._all())

    def told(self) -> Iterator[Erasure]:
        """The same erasures, with the place of what has left the dialogues, where it was noted."""
        for item in self._all():
            if "opened_on" not in item:  # noted before anything left
                continue
            yield Erasure(
                session_id=item["session_id"],
                assistant=item["assistant"],
                opened_on=date.fromisoformat(item["opened_on"]),
                noted_at=from_iso(item["at"].split("#", 1)[0]),
            )

    def _all(self) -> Iterator[Item]:
        pages = self._dynamodb.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression="subject = :subject",
            ExpressionAttributeValues=to_wire({":subject": SUBJECT}),
            ConsistentRead=True,
        )
        with told_as_store_away():
            for page in pages:
                yield from (from_wire(item) for item in page["Items"])


def replay(erasures: Erasures, dialogues: ErasedDialogues) -> tuple[int, int]:
    """Erases again what was erased. How many sessions are noted, how many items had come back."""
    sessions = items = 0
    for session_id in erasures.noted():
        sessions += 1
        items += dialogues.erase(session_id)
    return sessions, items
