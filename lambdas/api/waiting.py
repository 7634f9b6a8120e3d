"""Waiting for an answer, and for its next sentences, without holding more environments than allowed.

Each waiter holds a lease of the pool `waiting`; when there is none, nobody waits and the caller gets what
there is at once. Blocking calls inside `async` are fine here: a Lambda environment serves one request at a
time. Refuses to know deadlines' origin and HTTP.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, repeat

from core.dialogue import Turn, TurnState
from core.errors import StoreAway
from lambdas.adapters.leases import Lease
from lambdas.adapters.telemetry import names
from lambdas.api.services import Services

POOL = "waiting"
LEASE_MARGIN = timedelta(seconds=5)
FIRST_STEPS = (0.04, 0.06, 0.1, 0.15)
STEP = 0.25


@dataclass(frozen=True)
class Seen:
    """A turn and the text that is readable so far, whole; None where nothing can be said of it now."""

    turn: Turn
    text: str | None

    def has_news(self, after: int, revision: int | None) -> bool:
        """Whether there is more than `after` code points, or the text was begun anew."""
        replaced = revision is not None and self.turn.revision != revision
        return self.turn.state.final or bool(self.text and (len(self.text) > after or replaced))


Look = Callable[[Turn], Seen]
Enough = Callable[[Seen], bool]


class Waiting:
    def __init__(self, services: Services) -> None:
        self._services = services

    async def for_end(self, turn: Turn, deadline: datetime) -> Seen:
        """The turn when it ends, or as it is at `deadline`."""
        ended = await self._wait(_without_draft(turn), deadline, _without_draft, _is_final)
        return self.look(ended.turn)

    async def for_news(self, turn: Turn, deadline: datetime, after: int, revision: int | None) -> Seen:
        """The turn as soon as there is something new to read, or as it is at `deadline`."""
        return await self._wait(
            self.look(turn), deadline, self.look, lambda seen: seen.has_news(after, revision)
        )

    def look(self, turn: Turn) -> Seen:
        """What of the turn can be read this moment."""
        if turn.state is TurnState.ANSWERING:
            try:
                return Seen(turn, self._services.turns.draft(turn))
            except StoreAway as error:
                told = names(turn.session_id, turn.message_id)
                self._services.telemetry.alarm("draft_unreadable", error, **told)
                return Seen(turn, None)
        return _without_draft(turn)

    async def _wait(self, seen: Seen, deadline: datetime, look: Look, enough: Enough) -> Seen:
        """The question is accepted already: whatever breaks here, the caller gets what was seen last."""
        left = deadline - self._services.clock()
        if enough(seen) or left <= timedelta(0):
            return seen
        telemetry, told = self._services.telemetry, names(seen.turn.session_id, seen.turn.message_id)
        lease: Lease | None = None
        try:
            lease = self._services.leases.acquire(
                POOL, self._services.limits.waiting_limit, left + LEASE_MARGIN
            )
            if lease is None:
                telemetry.tell("waiters_full", **told)
                return seen
            async for newer in self._looks(seen.turn, deadline, look):
                seen = newer
                if enough(seen):
                    break
        except Exception as error:  # noqa: BLE001 - see above; the turn itself is safe in the table
            telemetry.alarm("wait_failed", error, **told)
        finally:
            self._release(lease)
        return seen

    async def _looks(self, asked: Turn, deadline: datetime, look: Look) -> AsyncIterator[Seen]:
        for step in chain(FIRST_STEPS, repeat(STEP)):
            left = (deadline - self._services.clock()).total_seconds()
            if left <= 0:
                return
            await self._services.pause(min(step, left))
            turn = self._services.turns.get(asked.session_id, asked.message_id)
            if turn is None:  # erased or expired while we waited
                return
            yield look(turn)

    def _release(self, lease: Lease | None) -> None:
        try:
            if lease is not None:
                self._services.leases.release(lease)
        except StoreAway as error:  # it runs out by itself
            self._services.telemetry.alarm("waiter_not_released", error)


def _without_draft(turn: Turn) -> Seen:
    return Seen(turn, turn.reply.text if turn.reply else "")


def _is_final(seen: Seen) -> bool:
    return seen.turn.state.final
