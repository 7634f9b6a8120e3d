"""Sessions and what belongs to them besides turns: end, rating, callbacks, erasure, the index by day.

An expired session is as good as deleted here, whether TTL has come to it or not. Nothing is written under a
session that is gone. Refuses to know tokens' plain text, office hours and HTTP.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from core.dialogue import Callback, Rating, Session, Turn, expiry
from core.errors import NotFound
from lambdas.adapters import items
from lambdas.adapters.clock import from_iso, to_iso, to_seconds
from lambdas.adapters.dialogue_table import DialogueTable

_EXISTS = "attribute_exists(session_id)"


class Dialogues:
    def __init__(self, table: DialogueTable) -> None:
        self._table = table

    def open(self, session: Session) -> None:
        """Keeps a new session; one whose answer was lost on the way is recognised.

        Raises ValueError when its id is taken.
        """
        put = self._table.put(items.session_item(session), "attribute_not_exists(session_id)")
        if self._table.write(put) is None:
            stored = self.session(session.session_id)
            if stored is None or stored.token_sha256 != session.token_sha256:
                raise ValueError("this session id is taken")

    def session(self, session_id: str) -> Session | None:
        """The session as it is stored this moment, or None."""
        item = self._table.item(session_id, items.SESSION)
        if item is None or item["expires_at"] <= to_seconds(self._table.clock()):
            return None
        return items.read_session(item)

    def end(self, session: Session) -> datetime:
        """Ends the dialogue, once: the first end counts. Raises NotFound."""
        now = self._table.clock()
        update = self._table.update(
            items.key(session.session_id, items.SESSION),
            "SET ended_at = if_not_exists(ended_at, :now)",
            _EXISTS,
            {":now": to_iso(now)},
        )
        written = self._table.write(update)
        if written is None:
            raise NotFound
        return from_iso(written["ended_at"])

    def rate(self, session: Session, rating: Rating) -> None:
        """Keeps the rating; a later one replaces it. Raises NotFound."""
        self._put_under(session.session_id, "rated_at", items.rating_item(session, rating))

    def rating(self, session_id: str) -> Rating | None:
        item = self._table.item(session_id, items.RATING)
        return None if item is None else items.read_rating(item)

    def request_callback(self, callback: Callback) -> None:
        """Keeps the request; the same id again changes nothing. Raises NotFound."""
        if self._table.item(callback.session_id, items.callback_key(callback.callback_id)) is None:
            self._put_under(callback.session_id, "callback_at", items.callback_item(callback))

    def callback(self, session_id: str, callback_id: str) -> Callback | None:
        item = self._table.item(session_id, items.callback_key(callback_id))
        return None if item is None else items.read_callback(item)

    def callbacks(self, session_id: str) -> list[Callback]:
        """All requests of one session, oldest first."""
        found = self._under(session_id, items.callback_key(""))
        return sorted((items.read_callback(item) for item in found), key=lambda each: each.created_at)

    def erase(self, session_id: str) -> int:
        """Deletes every item of the session and returns how many there were.

        The session goes first: whoever is writing meanwhile finds it gone and writes nothing.
        """
        erased = int(self._table.delete(session_id, items.SESSION))
        while found := list(self._under(session_id)):
            for item in found:
                self._table.delete(session_id, item["item"])
            erased += len(found)
        return erased

    def sessions_of(self, assistant: str, day: date) -> Iterator[str]:
        """Ids of the sessions opened on a day of UTC, in their order."""
        yield from (
            item["session_id"] for item in self._of_day(assistant, day) if item["item"] == items.SESSION
        )

    def turns_of(self, assistant: str, day: date) -> Iterator[Turn]:
        """Turns asked on a day of UTC, with or without an end."""
        yield from (
            items.read_turn(item)
            for item in self._of_day(assistant, day)
            if item["item"].startswith(items.turn_key("")) and not self._has_expired(item)
        )

    def ratings_of(self, assistant: str, day: date) -> Iterator[tuple[str, Rating]]:
        """Session ids and the ratings given on a day of UTC."""
        yield from (
            (item["session_id"], items.read_rating(item))
            for item in self._of_day(assistant, day)
            if item["item"] == items.RATING and not self._has_expired(item)
        )

    def restamp(self, session_id: str, retention: timedelta) -> int:
        """Every item of the session expires `retention` after its last activity; how many were changed.

        What has expired already stays expired: a longer retention brings nothing back.
        """
        session = self.session(session_id)
        if session is None:
            return 0
        expires_at = to_seconds(expiry(session.last_activity_at, retention))
        now = to_seconds(self._table.clock())
        changed = 0
        for item in self._under(session_id):
            if item["expires_at"] == expires_at or item["expires_at"] <= now:
                continue
            update = self._table.update(
                items.key(session_id, item["item"]),
                "SET expires_at = :expires",
                "expires_at = :seen",  # who wrote meanwhile has stamped it already
                {":expires": expires_at, ":seen": item["expires_at"]},
            )
            changed += self._table.write(update) is not None
        return changed

    def _has_expired(self, item: items.Item) -> bool:
        return bool(item["expires_at"] <= to_seconds(self._table.clock()))

    def _put_under(self, session_id: str, mark: str, item: items.Item) -> None:
        """Writes an item of a session that is there, and marks on the session when that was."""
        session = self._table.update(
            items.key(session_id, items.SESSION),
            "SET #mark = :now",
            _EXISTS,
            {":now": item["created_at"]},
            {"#mark": mark},
        )
        if self._table.write_together(session, self._table.put(item)) is not None:
            raise NotFound

    def _under(self, session_id: str, prefix: str = "") -> Iterator[items.Item]:
        condition, values = "session_id = :id", {":id": session_id}
        names: dict[str, Any] = {}
        if prefix:
            condition += " AND begins_with(#item, :prefix)"
            values[":prefix"] = prefix
            names = {"ExpressionAttributeNames": {"#item": "item"}}
        return self._table.query(
            KeyConditionExpression=condition,
            ExpressionAttributeValues=items.to_wire(values),
            ConsistentRead=True,
            **names,
        )

    def _of_day(self, assistant: str, day: date) -> Iterator[items.Item]:
        return self._table.query(
            IndexName=items.BY_ASSISTANT_DAY,
            KeyConditionExpression="assistant_day = :day",
            ExpressionAttributeValues=items.to_wire({":day": f"{assistant}#{day.isoformat()}"}),
        )
