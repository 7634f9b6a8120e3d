"""The model as a flow gets it: the breaker is asked, then a slot is taken, then the call is made.

The slot's lease outlives the call's own time by little, so a worker that dies gives its slot back soon.
Refuses to know what is asked.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Protocol

from core.errors import ModelUnavailable, NoModelSlot, StoreAway
from core.model import ChatDelta, ChatRequest, ModelClient
from lambdas.adapters.breaker import BreakerStatus
from lambdas.adapters.leases import Lease
from lambdas.adapters.telemetry import Telemetry

POOL = "model"
LEASE_MARGIN = timedelta(seconds=3)
KNOCK_SECONDS = 0.4


class Gate(Protocol):
    def status(self) -> BreakerStatus: ...

    def slots(self, otherwise: int) -> int: ...


class Slots(Protocol):
    def acquire(self, pool: str, size: int, length: timedelta) -> Lease | None: ...

    def release(self, lease: Lease) -> None: ...


class SlottedModel:
    """`slots` is the stage's number of slots, `wait_seconds` how long one is waited for."""

    def __init__(
        self,
        model: ModelClient,
        gate: Gate,
        leases: Slots,
        *,
        slots: int,
        wait_seconds: float,
        telemetry: Telemetry,
        assistant: str,
        monotonic: Callable[[], float] = time.monotonic,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._model = model
        self._gate = gate
        self._leases = leases
        self._slots = slots
        self._wait_seconds = wait_seconds
        self._telemetry = telemetry
        self._assistant = assistant
        self._monotonic = monotonic
        self._pause = pause

    @property
    def name(self) -> str:
        return self._model.name

    def stream(self, request: ChatRequest) -> Iterator[ChatDelta]:
        """Raises ModelUnavailable (breaker open, no capacity, down), NoModelSlot."""
        try:
            yield from self._stream(request)
        except ModelUnavailable as error:
            self._telemetry.count("ModelUnavailable", assistant=self._assistant)
            self._telemetry.alarm("model_unavailable", error)
            raise

    def _stream(self, request: ChatRequest) -> Iterator[ChatDelta]:
        began = self._monotonic()
        lease = self._slot(request.timeout_seconds)
        try:
            left = request.timeout_seconds - (self._monotonic() - began)
            yield from self._model.stream(request.model_copy(update={"timeout_seconds": left}))
        finally:
            self._release(lease)

    def _take(self, length: timedelta) -> Lease | None:
        """A call that nobody can vouch for is not made: a store that is away counts as an open breaker."""
        try:
            if not self._gate.status().lets_through:
                raise ModelUnavailable("the breaker is open")
            size = self._gate.slots(self._slots)
            if size < 1:
                raise ModelUnavailable("the endpoint has no capacity")
            return self._leases.acquire(POOL, size, length)
        except StoreAway as error:
            raise ModelUnavailable("the breaker or the slots cannot be asked") from error

    def _release(self, lease: Lease) -> None:
        try:
            self._leases.release(lease)
        except StoreAway as error:  # it runs out by itself
            self._telemetry.alarm("slot_not_released", error)

    def _slot(self, seconds: float) -> Lease:
        """Waiting for a slot is part of the call's `seconds`."""
        length = timedelta(seconds=seconds) + LEASE_MARGIN
        deadline = self._monotonic() + min(self._wait_seconds, seconds)
        while True:
            lease = self._take(length)
            if lease is not None:
                return lease
            if self._monotonic() + KNOCK_SECONDS > deadline:
                raise NoModelSlot
            self._pause(KNOCK_SECONDS)
