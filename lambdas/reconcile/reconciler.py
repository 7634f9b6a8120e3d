"""Turns without an end: which of them are sent again, and when one is given up.

A turn may rightly wait in a long queue, so each attempt is given twice the time of the one before: 1, 2, 4, 8
and 16 minutes, and after half an hour the dead letters; not while the model wakes up, for which some turns
are kept. Sending again is harmless: a worker that finds the turn taken or ended acknowledges the message.
Refuses to know what SQS and DynamoDB look like.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from core.dialogue import Reply, Turn, TurnState
from core.errors import SendFailed, StoreAway
from core.measures import Measure
from core.spec import AssistantSpec
from lambdas.adapters.breaker import Availability, EndpointState, availability
from lambdas.adapters.clock import Clock
from lambdas.adapters.owner_settings import OwnerSettingsReader
from lambdas.adapters.telemetry import Telemetry, names
from lambdas.adapters.unfinished_turns import DEAD_LETTERED

PATIENCE = timedelta(seconds=60)
MAX_ATTEMPTS = 5
STOP_SECONDS = 5.0


class WaitingTurns(Protocol):
    def waiting(self, assistant: str, sent_before: datetime) -> Iterator[tuple[Turn, datetime]]: ...

    def next_attempt(self, turn: Turn) -> Turn | None: ...

    def bury(self, turn: Turn, reply: Reply) -> bool: ...


class ResendQueue(Protocol):
    """Raises SendFailed."""

    def send(self, turn: Turn) -> None: ...

    def bury(self, turn: Turn) -> None: ...


@dataclass
class Reconciled:
    """What one run did, by assistant."""

    resent: dict[str, int] = field(default_factory=dict)
    buried: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Reconciler:
    specs: Mapping[str, AssistantSpec]
    turns: WaitingTurns
    queue: ResendQueue
    endpoint: EndpointState
    settings: OwnerSettingsReader
    telemetry: Telemetry
    clock: Clock

    def run(self, seconds_left: Callable[[], float]) -> Reconciled:
        """All assistants, as far as the time goes; the next run takes up the rest. Raises StoreAway."""
        done, oldest = Reconciled(), timedelta(0)
        breaker, capacity = self.endpoint.status(), self.endpoint.capacity()
        warming = availability(breaker, capacity) is Availability.WARMING
        for spec in self.specs.values():
            for turn, sent_at in self.turns.waiting(spec.id, self.clock() - PATIENCE):
                if seconds_left() < STOP_SECONDS:
                    break
                if not warming:
                    oldest = max(oldest, self.clock() - capacity.answerable_since(turn.waiting_since))
                try:
                    self._look_after(spec, turn, sent_at, done, may_bury=not warming)
                except (
                    SendFailed,
                    StoreAway,
                ) as error:  # what is away for one must not keep the others waiting
                    told = names(turn.session_id, turn.message_id)
                    self.telemetry.alarm("send_failed", error, assistant=spec.id, **told)
        self.telemetry.measure(Measure.OLDEST_UNFINISHED_SECONDS, oldest.total_seconds())
        return done

    def _look_after(
        self, spec: AssistantSpec, turn: Turn, sent_at: datetime, done: Reconciled, *, may_bury: bool
    ) -> None:
        now = self.clock()
        leased = turn.state is TurnState.ANSWERING and turn.lease_until is not None and turn.lease_until > now
        if leased or now - sent_at < patience(turn.attempt):
            return
        told = {"assistant": spec.id, **names(turn.session_id, turn.message_id)}
        if turn.attempt >= MAX_ATTEMPTS and may_bury:
            self._bury(spec, turn)
            done.buried[spec.id] = done.buried.get(spec.id, 0) + 1
            self.telemetry.tell("turn_dead_lettered", **told, attempt=turn.attempt)
            return
        again = self.turns.next_attempt(turn)
        if again is not None:
            self.queue.send(again)
            done.resent[spec.id] = done.resent.get(spec.id, 0) + 1
            self.telemetry.tell("turn_resent", **told, attempt=again.attempt)

    def _bury(self, spec: AssistantSpec, turn: Turn) -> None:
        """The dead letters first: should we die in between, the turn is buried again, never forgotten."""
        self.queue.bury(turn)
        texts = self.settings.of(spec).texts
        self.turns.bury(turn, Reply(state=TurnState.FAILED, text=texts.apology, reason=DEAD_LETTERED))


def patience(attempt: int) -> timedelta:
    """How long the attempt of this number (from 1) may take."""
    return PATIENCE * (1 << max(0, attempt - 1))
