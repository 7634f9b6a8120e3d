"""The endpoint's capacity, up and down: written down first, then done.

Whoever dies in between leaves a record that says what was meant, and the next minute does it. Every step may
be repeated. Refuses to know why: the breaker's state and the hours of sleep do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from core.errors import StoreAway
from lambdas.adapters.breaker import CapacityStatus
from lambdas.adapters.capacity import Capacity, Copies
from lambdas.adapters.capacity_record import CapacityRecord
from lambdas.adapters.clock import Clock

COPIES_AT_FIRST = 1  # scaling adds more once it is released
ATTEMPTS = 10


class Records(Protocol):
    """Raise StoreAway."""

    def read(self) -> CapacityRecord: ...

    def write(self, before: CapacityRecord, after: CapacityRecord) -> bool: ...


@dataclass(frozen=True, kw_only=True)
class Power:
    """Every method raises CapacityUnknown and StoreAway."""

    capacity: Capacity
    records: Records
    slots_per_copy: int
    clock: Clock

    def down(self, status: CapacityStatus) -> None:
        """Scaling is held, no copy is wanted. `status` says whether it sleeps or is stopped."""
        self._record(lambda record: replace(self._since_now(record, status), wanted=0, ready=0, slots=0))
        self.capacity.hold()
        self.capacity.set_copies(0)

    def up(self) -> None:
        """Copies are wanted; scaling stays as it is."""
        self._record(
            lambda record: replace(
                self._since_now(record, CapacityStatus.WARMING), wanted=COPIES_AT_FIRST, ready=0, slots=0
            )
        )
        self.capacity.set_copies(COPIES_AT_FIRST)

    def release(self) -> None:
        """Scaling may add copies and take them away."""
        self.capacity.release()

    def seen(self) -> Copies:
        """What there is now, written down for those who ask the model."""
        copies = self.capacity.copies()
        self._record(lambda record: self._with(record, copies))
        return copies

    def _with(self, record: CapacityRecord, copies: Copies) -> CapacityRecord:
        """The first ready copy ends the warming up; what sleeps or is stopped takes no calls."""
        if record.status is CapacityStatus.WARMING and copies.ready:
            record = self._since_now(record, CapacityStatus.AWAKE)
        if record.status not in (CapacityStatus.AWAKE, CapacityStatus.WARMING):
            return replace(record, ready=copies.ready)
        slots = copies.ready * self.slots_per_copy
        return replace(
            self._since_now(record, record.status), wanted=copies.wanted, ready=copies.ready, slots=slots
        )

    def _since_now(self, record: CapacityRecord, status: CapacityStatus) -> CapacityRecord:
        return record.now(status, self.clock())

    def _record(self, change: Callable[[CapacityRecord], CapacityRecord]) -> None:
        for _ in range(ATTEMPTS):
            before = self.records.read()
            after = change(before)
            if after == before or self.records.write(before, after):
                return
        raise StoreAway("the capacity's record changes faster than it can be written")
