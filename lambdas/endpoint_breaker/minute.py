"""Every minute: what a killed call has left is finished, capacity is what it should be, and is measured.

The minute looks at what is there, not at what happened: a lost alarm notification, a restart whose state
machine died, copies that nobody wanted. An open breaker wins over everything, the hours of sleep included.
Refuses to know what a step does: `shutdown.py`, `restart.py` and `power.py` do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from core.errors import CapacityUnknown, PriceUnknown, StoreAway
from core.measures import Measure
from lambdas.adapters.audit import AuditRecord
from lambdas.adapters.breaker import BreakerState, CapacityStatus
from lambdas.adapters.breaker_state import Standing
from lambdas.adapters.capacity import Copies
from lambdas.adapters.capacity_record import CapacityRecord
from lambdas.adapters.clock import Clock
from lambdas.adapters.telemetry import Telemetry
from lambdas.endpoint_breaker.power import Power
from lambdas.endpoint_breaker.restart import Alarms, Restart, Trail, figures_of, names_of
from lambdas.endpoint_breaker.shutdown import Cause, Shutdown
from lambdas.endpoint_breaker.sleep import SleepWish, falls_asleep, wakes_up

CLOCK = "clock"


class Awake(Protocol):
    """Raises StoreAway."""

    def count(self, copies: int) -> None: ...


@dataclass(frozen=True, kw_only=True)
class Minute:
    """`usd_per_hour` is what so many copies cost; `startup` is how long a copy may take to come."""

    shutdown: Shutdown
    restart: Restart
    alarms: Alarms
    audit: Trail
    awake: Awake
    telemetry: Telemetry
    clock: Clock
    wish: SleepWish | None
    usd_per_hour: Callable[[int], float]
    startup: timedelta

    @property
    def _power(self) -> Power:
        return self.shutdown.power

    def run(self) -> Standing:
        """One thing that fails does not keep the others from being done."""
        standing = self.shutdown.settle(self.shutdown.states.read())
        if standing.restart:
            self.restart.look_after(standing)
        self._trip_if_ringing()
        standing = self.shutdown.states.read()
        try:
            self._mind_capacity(standing)
            self._measure(self._power.seen())
        except CapacityUnknown as error:
            self.telemetry.alarm("capacity_unknown", error)
        return standing

    def wake(self, actor: str) -> bool:
        """Whether it was asleep and is coming up now. Raises CapacityUnknown: the minute tries again."""
        standing, record = self.shutdown.states.read(), self._power.records.read()
        if standing.state is not BreakerState.CLOSED or record.status is not CapacityStatus.ASLEEP:
            return False
        self.audit.append(self._record(actor, "wake", record, CapacityStatus.WARMING))
        self._wake(standing)
        return True

    def _trip_if_ringing(self) -> None:
        """An alarm whose notification was lost shuts down as well, a minute later; a muted one does not."""
        try:
            ringing = () if self.alarms.muted() else self.alarms.ringing()
        except StoreAway as error:
            self.telemetry.alarm("alarms_unknown", error)
            return
        if ringing:
            cause = Cause(action="trip", actor=CLOCK, reason=names_of(ringing), detail=figures_of(ringing))
            self.shutdown.open(cause, only_if=lambda now: not now.shut)

    def _mind_capacity(self, standing: Standing) -> None:
        record, copies = self._power.records.read(), self._power.capacity.copies()
        if standing.shut and (copies.wanted or copies.beside or record.status is not CapacityStatus.STOPPED):
            self.shutdown.keep_down(standing)
        elif standing.state is BreakerState.CLOSED:
            self._mind_sleep(standing, record, copies)

    def _mind_sleep(self, standing: Standing, record: CapacityRecord, copies: Copies) -> None:
        now = self.clock()
        if falls_asleep(self.wish, record, now):
            self.audit.append(self._record(CLOCK, "sleep", record, CapacityStatus.ASLEEP))
            self._power.down(CapacityStatus.ASLEEP)
            self._not_against_the_breaker(standing)
        elif wakes_up(self.wish, record, now):
            self.audit.append(self._record(CLOCK, "wake", record, CapacityStatus.WARMING))
            self._wake(standing)
        elif record.status is CapacityStatus.ASLEEP and (copies.wanted or copies.beside):
            self._power.down(CapacityStatus.ASLEEP)
        elif record.status is not CapacityStatus.ASLEEP and not copies.wanted:
            self._wake(standing)  # nobody has raised it yet: templates carry no number of copies
        elif record.status is not CapacityStatus.ASLEEP and copies.beside == 0:
            self._power.capacity.set_copies(copies.wanted)  # a candidate that has just come
            self._not_against_the_breaker(standing)

    def _wake(self, standing: Standing) -> None:
        self._power.release()
        self._power.up()
        self._not_against_the_breaker(standing)

    def _not_against_the_breaker(self, standing: Standing) -> None:
        """It may have opened while we changed the capacity; then its word counts."""
        now = self.shutdown.states.read()
        if now.revision != standing.revision:
            self.shutdown.keep_down(now)

    def _measure(self, copies: Copies) -> None:
        self.telemetry.measure(Measure.COPIES_READY, copies.ready)
        record = self._power.records.read()
        starting = record.status is CapacityStatus.WARMING and not _late(record, self.clock(), self.startup)
        if copies.wanted and not starting:
            self.telemetry.measure(Measure.ENDPOINT_HEALTHY, 1 if copies.ready else 0)
        try:
            self.telemetry.measure(Measure.USD_PER_HOUR, self.usd_per_hour(copies.paid))
        except PriceUnknown as error:
            self.telemetry.alarm("price_unknown", error)
        self.awake.count(copies.paid)

    def _record(self, actor: str, action: str, record: CapacityRecord, after: CapacityStatus) -> AuditRecord:
        return AuditRecord(
            at=self.clock(), actor=actor, action=action, before=record.status.value, after=after.value
        )


def _late(record: CapacityRecord, now: datetime, startup: timedelta) -> bool:
    return record.changed_at is not None and now - record.changed_at >= startup
