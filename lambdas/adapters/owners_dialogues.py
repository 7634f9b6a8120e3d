"""Dialogues as their owner looks at them: by day, newest first, whole; and the requests to be called back.

A request is worked on by a conditional write, so that two people at one list do not undo each other. What has
expired is as good as deleted. Refuses to mask: whoever shows a text does (`lambdas/owner`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from core.dialogue import Callback, CallbackState, Rating, Session, Turn
from core.errors import CallbackChanged, NotFound
from lambdas.adapters import items
from lambdas.adapters.clock import from_iso, to_iso, to_seconds
from lambdas.adapters.dialogue_table import DialogueTable


@dataclass(frozen=True)
class WholeDialogue:
    """`turns` in the order in which they were asked."""

    session: Session
    turns: tuple[Turn, ...]
    rating: Rating | None


class DialoguesOfOwner:
    """Every method raises StoreAway."""

    def __init__(self, table: DialogueTable) -> None:
        self._table = table

    def opened(self, assistant: str, day: date, before: datetime | None) -> Iterator[tuple[datetime, str]]:
        """When and which dialogues were opened on a day of UTC, newest first, from `before` on."""
        condition, values = "assistant_day = :day", {":day": f"{assistant}#{day.isoformat()}"}
        if before is not None:
            condition += " AND created_at < :before"
            values[":before"] = to_iso(before)
        found = self._table.query(
            IndexName=items.BY_ASSISTANT_DAY,
            KeyConditionExpression=condition,
            FilterExpression="#item = :session",
            ExpressionAttributeNames={"#item": "item"},
            ExpressionAttributeValues=items.to_wire({**values, ":session": items.SESSION}),
            ScanIndexForward=False,
        )
        for item in found:
            yield from_iso(item["created_at"]), item["session_id"]

    def whole(self, session_id: str) -> WholeDialogue | None:
        """None where there is none, or none any more."""
        now = to_seconds(self._table.clock())
        found = self._table.query(
            KeyConditionExpression="session_id = :id",
            ExpressionAttributeValues=items.to_wire({":id": session_id}),
        )
        session, rating, turns = None, None, []
        for item in found:
            if item["expires_at"] <= now:
                continue
            if item["item"] == items.SESSION:
                session = items.read_session(item)
            elif item["item"] == items.RATING:
                rating = items.read_rating(item)
            elif item["item"].startswith(items.turn_key("")):
                turns.append(items.read_turn(item))
        if session is None:
            return None
        return WholeDialogue(session, tuple(sorted(turns, key=lambda turn: turn.sequence)), rating)

    def turns_of(self, assistant: str, day: date) -> Iterator[Turn]:
        """Turns asked on a day of UTC, with or without an end."""
        now = to_seconds(self._table.clock())
        found = self._table.query(
            IndexName=items.BY_ASSISTANT_DAY,
            KeyConditionExpression="assistant_day = :day",
            ExpressionAttributeValues=items.to_wire({":day": f"{assistant}#{day.isoformat()}"}),
        )
        for item in found:
            if item["item"].startswith(items.turn_key("")) and item["expires_at"] > now:
                yield items.read_turn(item)

    def callbacks(self, assistant: str) -> Iterator[Callback]:
        """Every request that is still kept, newest first."""
        now = to_seconds(self._table.clock())
        # Every stored request is in this index: there was no release before the one that writes it.
        found = self._table.query(
            IndexName=items.CALLBACKS,
            KeyConditionExpression="callbacks_of = :assistant",
            ExpressionAttributeValues=items.to_wire({":assistant": assistant}),
            ScanIndexForward=False,
        )
        for item in found:
            if item["expires_at"] > now:
                yield items.read_callback(item)

    def change_callback(
        self,
        assistant: str,
        session_id: str,
        callback_id: str,
        *,
        expected: CallbackState,
        state: CallbackState,
        note: str,
        by: str,
    ) -> Callback:
        """Raises NotFound, CallbackChanged."""
        now = self._table.clock()
        update = self._table.update(
            items.key(session_id, items.callback_key(callback_id)),
            "SET #state = :state, note = :note, changed_by = :by, changed_at = :now",
            "#state = :expected AND assistant = :assistant AND expires_at > :now_seconds",
            {
                ":state": state.value,
                ":note": note,
                ":by": by,
                ":now": to_iso(now),
                ":expected": expected.value,
                ":assistant": assistant,
                ":now_seconds": to_seconds(now),
            },
            {"#state": "state"},
        )
        written = self._table.write(update)
        if written is not None:
            return items.read_callback(written)
        stored = self._table.item(session_id, items.callback_key(callback_id))
        if stored is None or stored["assistant"] != assistant or stored["expires_at"] <= to_seconds(now):
            raise NotFound(public_text="Такой заявки нет или срок её хранения истёк.")
        raise CallbackChanged
