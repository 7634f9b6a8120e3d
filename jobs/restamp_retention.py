"""A changed retention, carried over to what is kept already.

    python -m jobs.restamp_retention --assistant showroom --retention P30D

Walks back through the index by day; every item of each session then expires `retention` after its session's
last activity. Idempotent: run it again after a break-off, from the day that was printed last. Functions may
go on stamping with the old retention for ten seconds after the change, so start it later than that. What has
expired stays expired. Refuses to change the setting itself.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

from pydantic import TypeAdapter

from core.spec import Duration, iso_duration
from lambdas.adapters.clients import aws_client
from lambdas.adapters.dialogue_table import DialogueTable
from lambdas.adapters.dialogues import Dialogues

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


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="restamp_retention", description="Re-stamp what is kept already")
    parser.add_argument("--assistant", required=True)
    parser.add_argument("--retention", required=True, type=TypeAdapter(Duration).validate_python)
    parser.add_argument("--newest", type=date.fromisoformat, help="resume at this day, YYYY-MM-DD")
    parser.add_argument("--table", default=os.environ.get("DIALOGUES_TABLE"), help="or DIALOGUES_TABLE")
    chosen = parser.parse_args(arguments)
    if not chosen.table:
        parser.error("name the table of dialogues: --table or DIALOGUES_TABLE")
    dialogues = Dialogues(DialogueTable(aws_client("dynamodb", read_seconds=10), chosen.table))
    newest = chosen.newest or datetime.now(UTC).date()
    total = 0
    for done in restamp(dialogues, chosen.assistant, chosen.retention, newest=newest):
        total += done.items
        sys.stdout.write(f"{done.day}: {done.sessions} sessions, {done.items} items re-stamped\n")
    sys.stdout.write(f"{chosen.assistant}: {iso_duration(chosen.retention)}, {total} items re-stamped\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
