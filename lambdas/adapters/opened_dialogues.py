"""Everything that is kept of the dialogues opened on one day of UTC, as it comes from the index by day.

Nothing of a day is held but ids: what of a dialogue lies on a later day (an answer after midnight, a rating
days after) is read under its session. Expired items are as good as deleted. Refuses to know who counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from core.analytics.leaving import Piece, Rated
from lambdas.adapters import items
from lambdas.adapters.clock import to_seconds
from lambdas.adapters.dialogue_table import DialogueTable

_MARKS = ("last_activity_at", "rated_at", "callback_at")
"""When something was last written under a session, as it remembers it itself."""


class OpenedDialogues:
    def __init__(self, table: DialogueTable) -> None:
        self._table = table

    def of(self, assistant: str, day: date) -> Iterator[Piece]:
        """Each session before its turns, its rating and its callbacks. Raises StoreAway."""
        goes_on: dict[str, bool] = {}
        passed_by: dict[str, set[str]] = {}
        for item in self._of_day(assistant, day):
            session_id = item["session_id"]
            if item["item"] == items.SESSION:
                goes_on[session_id] = any(item.get(mark, "")[:10] > day.isoformat() for mark in _MARKS)
                yield items.read_session(item)
            elif session_id in goes_on:
                yield from _read(item)
            else:  # of a dialogue of an earlier day, or of one that opened in the very same moment
                passed_by.setdefault(session_id, set()).add(item["item"])
        for session_id, more in goes_on.items():
            passed = passed_by.get(session_id, set())
            if more or passed:
                for item in self._under(session_id):
                    if item["item"] in passed or item.get("created_at", "")[:10] > day.isoformat():
                        yield from _read(item)

    def _of_day(self, assistant: str, day: date) -> Iterator[items.Item]:
        return self._alive(
            self._table.query(
                IndexName=items.BY_ASSISTANT_DAY,
                KeyConditionExpression="assistant_day = :day",
                ExpressionAttributeValues=items.to_wire({":day": f"{assistant}#{day.isoformat()}"}),
            )
        )

    def _under(self, session_id: str) -> Iterator[items.Item]:
        return self._alive(
            self._table.query(
                KeyConditionExpression="session_id = :id",
                ExpressionAttributeValues=items.to_wire({":id": session_id}),
            )
        )

    def _alive(self, found: Iterator[items.Item]) -> Iterator[items.Item]:
        now = to_seconds(self._table.clock())
        return (item for item in found if item["expires_at"] > now)


def _read(item: items.Item) -> Iterator[Piece]:
    name = str(item["item"])
    if name.startswith(items.turn_key("")):
        yield items.read_turn(item)
    elif name == items.RATING:
        yield Rated(item["session_id"], items.read_rating(item))
    elif name.startswith(items.callback_key("")):
        yield items.read_callback(item)
