"""The life of a turn in the table: accepted, read, claimed, written, given back.

Every change is one conditional write, so of two that meet exactly one happens; every write of a worker
carries its fence, so a late worker changes nothing. Refuses to know queues, flows and HTTP. Expired turns are
as good as deleted here, whether TTL has come to them or not.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from core.dialogue import Exchange, Feedback, Reply, Session, Turn, TurnState, expiry
from core.errors import AnswerPending, LostClaim, MessageExists, NotFound, StaleSession, TurnBusy, TurnOver
from lambdas.adapters import items
from lambdas.adapters.clock import to_iso, to_milliseconds, to_seconds
from lambdas.adapters.dialogue_table import DialogueTable

QUEUED = TurnState.QUEUED.value
ANSWERING = TurnState.ANSWERING.value
STATE = {"#state": "state"}


@dataclass(frozen=True)
class Remembered:
    """What a session keeps of its past: the flow's memory and the last exchanges."""

    memory: dict[str, Any]
    recent: tuple[Exchange, ...]


class Turns:
    def __init__(self, table: DialogueTable) -> None:
        self._table = table

    def accept(self, session: Session, turn: Turn) -> None:
        """Writes a new turn and moves its session on, both or none.

        `session` is the session as it shall be; it must be one step (`sequence`) ahead of what is stored.
        Raises MessageExists, StaleSession (read it again and decide anew).
        """
        step = self._table.update(
            items.key(session.session_id, items.SESSION),
            "SET #sequence = :next, last_activity_at = :activity, expires_at = :expires,"
            " message_times = :times",
            "#sequence = :last AND attribute_not_exists(ended_at)",
            {
                ":next": session.sequence,
                ":last": session.sequence - 1,
                ":activity": to_iso(session.last_activity_at),
                ":expires": to_seconds(session.expires_at),
                ":times": [to_iso(moment) for moment in session.message_times],
            },
            {"#sequence": "sequence"},
        )
        put = self._table.put(
            items.turn_item(turn),
            "attribute_not_exists(session_id) OR expires_at <= :now",
            {":now": to_seconds(self._table.clock())},
        )
        refused = self._table.write_together(step, put)
        if refused is not None:
            raise MessageExists if refused[1] else StaleSession

    def get(self, session_id: str, message_id: str) -> Turn | None:
        """The turn as it is stored this moment, or None."""
        item = self._table.item(session_id, items.turn_key(message_id))
        if item is None or item["expires_at"] <= to_seconds(self._table.clock()):
            return None
        return items.read_turn(item)

    def draft(self, turn: Turn) -> str | None:
        """What this worker has made readable of the turn; None: nothing yet, or another has it by now."""
        item = self._table.item(turn.session_id, items.draft_key(turn.message_id))
        return str(item["text"]) if item is not None and int(item["fence"]) == turn.fence else None

    def claim(self, session_id: str, message_id: str, seconds: float) -> Turn:
        """Takes the turn for so many seconds. Raises TurnBusy (another lease is live), TurnOver.

        A claim whose answer was lost on the way is recognised and kept.
        """
        now = self._table.clock()
        claimant = uuid.uuid4().hex
        claim = self._table.update(
            items.key(session_id, items.turn_key(message_id)),
            "SET #state = :answering, lease_until = :until, claimed_by = :claimant,"
            " claims = claims + :one, fence = fence + :one, revision = revision + :one",
            "expires_at > :now AND (#state = :queued OR (#state = :answering AND lease_until < :now_ms))",
            {
                ":queued": QUEUED,
                ":answering": ANSWERING,
                ":until": to_milliseconds(now + timedelta(seconds=seconds)),
                ":claimant": claimant,
                ":one": 1,
                ":now": to_seconds(now),
                ":now_ms": to_milliseconds(now),
            },
            STATE,
        )
        claimed = self._table.write(claim)
        if claimed is not None:
            return items.read_turn(claimed)
        stored = self._table.item(session_id, items.turn_key(message_id))
        if stored is None or stored["expires_at"] <= to_seconds(now):
            raise TurnOver
        turn = items.read_turn(stored)
        if turn.state.final:
            raise TurnOver
        if stored.get("claimed_by") == claimant:
            return turn
        raise TurnBusy(turn.lease_until or now)

    def release(self, turn: Turn, *, forgiven: bool = True) -> None:
        """Gives a claim back; its fence stays spent, what was readable is not any more.

        `forgiven`: as if it had never been taken. A release whose answer was lost on the way is recognised.
        Raises LostClaim.
        """
        update = self._table.update(
            items.key(turn.session_id, items.turn_key(turn.message_id)),
            "SET #state = :queued, claims = claims - :forgiven, revision = revision + :one"
            " REMOVE lease_until",
            "fence = :fence AND #state = :answering",
            {
                ":queued": QUEUED,
                ":one": 1,
                ":forgiven": int(forgiven),
                ":fence": turn.fence,
                ":answering": ANSWERING,
            },
            STATE,
        )
        if self._table.write(update) is None:
            stored = self.get(turn.session_id, turn.message_id)
            seen = (TurnState.QUEUED, turn.fence, turn.attempt)
            if stored is None or (stored.state, stored.fence, stored.attempt) != seen:
                raise LostClaim

    def write_draft(self, turn: Turn, text: str, *, first: bool) -> None:
        """Makes `text` readable. The first draft of a claim proves the claim, the next ones the draft.

        Raises LostClaim when another worker has the turn, or it was erased.
        """
        draft = items.draft_key(turn.message_id)
        if not first:
            key = items.key(turn.session_id, draft)
            values = {":text": text, ":fence": turn.fence}
            update = self._table.update(key, "SET #text = :text", "fence = :fence", values, {"#text": "text"})
            if self._table.write(update) is None:
                raise LostClaim
            return
        turn_write = self._table.update(
            items.key(turn.session_id, items.turn_key(turn.message_id)),
            "SET readable_at = if_not_exists(readable_at, :now)",
            "fence = :fence AND #state = :answering",
            {":now": to_iso(self._table.clock()), ":fence": turn.fence, ":answering": ANSWERING},
            STATE,
        )
        put = self._table.put(
            {
                "session_id": turn.session_id,
                "item": draft,
                "fence": turn.fence,
                "text": text,
                "expires_at": to_seconds(turn.expires_at),
            }
        )
        if self._table.write_together(turn_write, put) is not None:
            raise LostClaim

    def finish(
        self,
        turn: Turn,
        reply: Reply,
        *,
        retention: timedelta,
        remembered: Remembered | None = None,
        continues_draft: bool = True,
    ) -> Turn:
        """Ends a claimed turn and moves its session on, both or none.

        `remembered` None leaves the session's memory as it is. Raises LostClaim; then nothing was written,
        and the answer is to be forgotten.
        """
        ended = self._ended(turn, reply, retention, revision=turn.revision + (0 if continues_draft else 1))
        session = self._session_after(ended, remembered)
        if self._table.write_together(ending(self._table, ended), session) is not None:
            raise LostClaim
        return ended

    def stop(self, turn: Turn, reply: Reply, *, shown: str | None, retention: timedelta) -> Turn:
        """Ends a turn over whoever has it, while `shown` is what is readable of it.

        The draft's fence falls with it, so that its worker writes no more. Raises LostClaim when the turn or
        its text has moved since they were read; then nothing was written.
        """
        ended = self._ended(turn, reply, retention, revision=turn.revision)
        writes = [ending(self._table, ended), self._session_after(ended, None)]
        if turn.state is TurnState.ANSWERING:
            writes.append(self._fenced_draft(ended, shown))
        if self._table.write_together(*writes) is not None:
            raise LostClaim
        return ended

    def _ended(self, turn: Turn, reply: Reply, retention: timedelta, *, revision: int) -> Turn:
        now = self._table.clock()
        return turn.model_copy(
            update={
                "state": reply.state,
                "reply": reply,
                "finished_at": now,
                "expires_at": expiry(now, retention),
                "lease_until": None,
                "revision": revision,
            }
        )

    def _fenced_draft(self, ended: Turn, shown: str | None) -> dict[str, Any]:
        seen = "fence = :fence AND #text = :text"
        return self._table.update(
            items.key(ended.session_id, items.draft_key(ended.message_id)),
            "SET fence = :nobody, #text = :text, expires_at = :expires",
            "attribute_not_exists(fence) OR fence <> :fence" if shown is None else seen,
            {
                ":fence": ended.fence,
                ":nobody": 0,
                ":text": shown or "",
                ":expires": to_seconds(ended.expires_at),
            },
            {"#text": "text"},
        )

    def _session_after(self, ended: Turn, remembered: Remembered | None) -> dict[str, Any]:
        change = "SET last_activity_at = :now, expires_at = :expires"
        values: items.Item = {
            ":now": to_iso(ended.finished_at or self._table.clock()),
            ":expires": to_seconds(ended.expires_at),
        }
        names: dict[str, str] = {}
        if remembered is not None:
            change += ", #memory = :memory, recent = :recent"
            names["#memory"] = "memory"
            values[":memory"] = items.memory_json(remembered.memory)
            values[":recent"] = items.exchanges_json(remembered.recent)
        return self._table.update(
            items.key(ended.session_id, items.SESSION), change, "attribute_exists(session_id)", values, names
        )

    def rate(self, session_id: str, message_id: str, feedback: Feedback) -> None:
        """Keeps what was thought of an answer; a later thought replaces it.

        Raises NotFound, AnswerPending.
        """
        update = self._table.update(
            items.key(session_id, items.turn_key(message_id)),
            "SET feedback = :feedback",
            "expires_at > :now AND attribute_exists(finished_at)",
            {":feedback": feedback.model_dump_json(), ":now": to_seconds(self._table.clock())},
        )
        if self._table.write(update) is None:
            raise NotFound if self.get(session_id, message_id) is None else AnswerPending


def ending(table: DialogueTable, ended: Turn) -> dict[str, Any]:
    """The write that ends a turn, if nobody has claimed, sent or ended it since it was read."""
    if ended.reply is None or ended.finished_at is None:
        raise ValueError("a turn ends with a reply")
    values = {
        ":queued": QUEUED,
        ":answering": ANSWERING,
        ":state": ended.state.value,
        ":reply": items.reply_json(ended.reply),
        ":finished": to_iso(ended.finished_at),
        ":expires": to_seconds(ended.expires_at),
        ":revision": ended.revision,
        ":fence": ended.fence,
        ":attempt": ended.attempt,
        ":reason": ended.reply.reason,
    }
    reason = ", reason = :reason" if ended.reply.reason is not None else ""
    return table.update(
        items.key(ended.session_id, items.turn_key(ended.message_id)),
        "SET #state = :state, reply = :reply, finished_at = :finished, expires_at = :expires,"
        f" revision = :revision{reason} REMOVE lease_until, #unfinished, unfinished_since",
        "#state IN (:queued, :answering) AND fence = :fence AND attempt = :attempt",
        values,
        {**STATE, "#unfinished": items.UNFINISHED},
    )
