"""Turns without an end: found again, sent again, buried, brought back.

Each change names what was read (fence and attempt), so it happens only to a turn that nobody has touched
since. Refuses to know when a turn has waited for too long: the reconciler does.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from core.dialogue import Reply, Turn, TurnState
from lambdas.adapters import items
from lambdas.adapters.clock import from_iso, to_iso
from lambdas.adapters.dialogue_table import DialogueTable
from lambdas.adapters.turns import ANSWERING, QUEUED, STATE, Turns, ending

DEAD_LETTERED = "dead_lettered"
_SEND_AGAIN = (
    "SET #state = :queued, attempt = attempt + :one, revision = revision + :one,"
    " #unfinished = :assistant, unfinished_since = :now"
)


class UnfinishedTurns:
    def __init__(self, table: DialogueTable) -> None:
        self._table = table
        self._turns = Turns(table)

    def get(self, session_id: str, message_id: str) -> Turn | None:
        return self._turns.get(session_id, message_id)

    def waiting(self, assistant: str, sent_before: datetime) -> Iterator[tuple[Turn, datetime]]:
        """Turns without an end and when each was last sent, longest waiting first.

        The index lags behind the table: each is read again, and those that have ended are left out.
        """
        found = self._table.query(
            IndexName=items.UNFINISHED,
            KeyConditionExpression="#unfinished = :assistant AND unfinished_since < :before",
            ExpressionAttributeNames={"#unfinished": items.UNFINISHED},
            ExpressionAttributeValues=items.to_wire(
                {":assistant": assistant, ":before": to_iso(sent_before)}
            ),
        )
        for item in found:
            turn = self.get(item["session_id"], item["item"].removeprefix("turn#"))
            if turn is not None and not turn.state.final:
                yield turn, from_iso(item["unfinished_since"])

    def next_attempt(self, turn: Turn) -> Turn | None:
        """One more send of a turn that nobody holds; None when it has moved since it was read."""
        update = self._table.update(
            items.key(turn.session_id, items.turn_key(turn.message_id)),
            _SEND_AGAIN,
            "#state IN (:queued, :answering) AND fence = :fence AND attempt = :attempt",
            {**self._again(turn), ":answering": ANSWERING},
            {**STATE, "#unfinished": items.UNFINISHED},
        )
        written = self._table.write(update)
        return None if written is None else items.read_turn(written)

    def revive(self, turn: Turn) -> Turn | None:
        """A dead-lettered turn is queued again with a clean record; None when it is none any more."""
        update = self._table.update(
            items.key(turn.session_id, items.turn_key(turn.message_id)),
            _SEND_AGAIN
            + ", claims = :none, revived_at = :now REMOVE finished_at, reply, reason, lease_until,"
            " feedback",
            "#state = :failed AND reason = :dead AND fence = :fence AND attempt = :attempt",
            {
                **self._again(turn),
                ":none": 0,
                ":failed": TurnState.FAILED.value,
                ":dead": DEAD_LETTERED,
            },
            {**STATE, "#unfinished": items.UNFINISHED},
        )
        written = self._table.write(update)
        return None if written is None else items.read_turn(written)

    def bury(self, turn: Turn, reply: Reply) -> bool:
        """Ends a turn that nobody holds; False when it has moved since it was read."""
        ended = turn.model_copy(
            update={
                "state": reply.state,
                "reply": reply,
                "finished_at": self._table.clock(),
                "revision": turn.revision + 1,
            }
        )
        return self._table.write(ending(self._table, ended)) is not None

    def _again(self, turn: Turn) -> items.Item:
        return {
            ":queued": QUEUED,
            ":one": 1,
            ":assistant": turn.assistant,
            ":now": to_iso(self._table.clock()),
            ":fence": turn.fence,
            ":attempt": turn.attempt,
        }
