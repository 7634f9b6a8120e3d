"""Leases and the breaker in memory."""

from __future__ import annotations

from datetime import timedelta

from lambdas.adapters.breaker import BreakerStatus
from lambdas.adapters.leases import Lease


class FakeLeases:
    def __init__(self) -> None:
        self.held: list[Lease] = []
        self.acquired = 0

    def acquire(self, pool: str, size: int, length: timedelta) -> Lease | None:
        if len(self.held) >= size:
            return None
        self.acquired += 1
        lease = Lease(f"lease#{pool}", str(self.acquired))
        self.held.append(lease)
        return lease

    def release(self, lease: Lease) -> None:
        self.held.remove(lease)


class FakeGate:
    def __init__(self, status: BreakerStatus | None = None, slots: int | None = None) -> None:
        self.shown = status or BreakerStatus()
        self.live_slots = slots

    def status(self) -> BreakerStatus:
        return self.shown

    def slots(self, otherwise: int) -> int:
        return otherwise if self.live_slots is None else self.live_slots
