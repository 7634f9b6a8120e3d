"""Leases and the breaker in memory."""

from __future__ import annotations

from datetime import timedelta

from lambdas.adapters.breaker import BreakerState, BreakerStatus, CapacityState
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
    """`probes` are those that half open still lets through; `counted` what became of the others."""

    def __init__(
        self, status: BreakerStatus | None = None, capacity: CapacityState | None = None, probes: int = 0
    ) -> None:
        self.shown = status or BreakerStatus()
        self.live = capacity or CapacityState()
        self.probes = probes
        self.counted: list[bool] = []

    def status(self) -> BreakerStatus:
        return self.shown

    def capacity(self) -> CapacityState:
        return self.live

    def take_probe(self, revision: int) -> bool:
        taken = self._is_of(revision) and self.probes > 0
        self.probes -= taken
        return taken

    def give_probe_back(self, revision: int) -> None:
        self.probes += self._is_of(revision)

    def count_probe(self, revision: int, *, ok: bool) -> None:
        if self._is_of(revision):
            self.counted.append(ok)

    def _is_of(self, revision: int) -> bool:
        return self.shown.state is BreakerState.HALF_OPEN and self.shown.revision == revision
