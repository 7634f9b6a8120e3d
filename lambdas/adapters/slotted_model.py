"""The model as a flow gets it: the breaker is asked, then a slot is taken, then the call is made.

In half open a call needs a probe as well, and its outcome is counted. The slot's lease outlives the call's
own time by little, so a worker that dies gives its slot back soon. Refuses to know what is asked.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Protocol

from core.errors import ModelResting, ModelUnavailable, ModelWarming, NoModelSlot, StoreAway
from core.measures import Measure
from core.model import ChatDelta, ChatRequest, ModelClient
from lambdas.adapters.breaker import (
    Availability,
    BreakerState,
    EndpointState,
    availability,
)
from lambdas.adapters.leases import Lease
from lambdas.adapters.telemetry import Telemetry

POOL = "model"
LEASE_MARGIN = timedelta(seconds=3)
CHARACTERS_PER_TOKEN = 2.5
"""Of the showroom's prompts in Russian with the tokenizer of Qwen 2.5: 2.2 to 2.9, measured."""
KNOCK_SECONDS = 0.4


class Gate(EndpointState, Protocol):
    def take_probe(self, revision: int) -> bool: ...

    def give_probe_back(self, revision: int) -> None: ...

    def count_probe(self, revision: int, *, ok: bool) -> None: ...


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
        """Raises ModelResting, ModelWarming, ModelUnavailable (no capacity, down), NoModelSlot."""
        try:
            yield from self._stream(request)
        except (ModelResting, ModelWarming) as error:  # as it should be: nothing failed
            self._telemetry.tell("model_not_asked", assistant=self._assistant, code=error.code)
            raise
        except ModelUnavailable as error:
            self._telemetry.measure(Measure.MODEL_UNAVAILABLE)
            self._telemetry.alarm("model_unavailable", error, assistant=self._assistant)
            raise

    def _stream(self, request: ChatRequest) -> Iterator[ChatDelta]:
        began = self._monotonic()
        with self._probing():
            lease = self._slot(request.timeout_seconds)
            try:
                left = request.timeout_seconds - (self._monotonic() - began)
                yield from self._counted(request.model_copy(update={"timeout_seconds": left}))
            finally:
                self._release(lease)

    def _counted(self, request: ChatRequest) -> Iterator[ChatDelta]:
        """Tokens are spent whether or not the answer is used; of a call that ends early nobody tells them."""
        pieces = told = 0
        deltas = self._model.stream(request)
        try:
            for delta in deltas:
                pieces += bool(delta.text)
                told += delta.prompt_tokens + delta.completion_tokens
                yield delta
        finally:
            if isinstance(deltas, Generator):  # whoever listened may have heard enough
                deltas.close()
            if pieces or told:
                tokens = told or estimated_tokens(request, pieces)
                self._telemetry.measure(Measure.MODEL_TOKENS, tokens, assistant=self._assistant)

    @contextmanager
    def _probing(self) -> Iterator[None]:
        """In half open the call is one of few, and what became of it is counted; otherwise nothing."""
        try:
            breaker = self._gate.status()
            half_open = breaker.state is BreakerState.HALF_OPEN
            if half_open and not self._gate.take_probe(breaker.revision):
                raise ModelResting("half open, and all probes are taken")
        except StoreAway as error:
            raise ModelUnavailable("the breaker cannot be asked") from error
        if not half_open:
            yield
            return
        ok: bool | None = False
        try:
            yield
            ok = True
        except GeneratorExit:  # whoever listened has heard enough
            ok = True
            raise
        except NoModelSlot:
            ok = None
            raise
        finally:
            self._tell_probe(breaker.revision, ok)

    def _tell_probe(self, revision: int, ok: bool | None) -> None:
        """`ok` None: no call was made."""
        try:
            if ok is None:
                self._gate.give_probe_back(revision)
            else:
                self._gate.count_probe(revision, ok=ok)
        except StoreAway as error:  # the breaker's function waits for no probe for ever
            self._telemetry.alarm("probe_not_counted", error)

    def _take(self, length: timedelta) -> Lease | None:
        """A call that nobody can vouch for is not made: a store that is away is no capacity."""
        try:
            return self._leases.acquire(POOL, self._size(), length)
        except StoreAway as error:
            raise ModelUnavailable("the breaker or the slots cannot be asked") from error

    def _size(self) -> int:
        """How many calls the endpoint takes at once. Raises ModelResting, ModelWarming, ModelUnavailable."""
        breaker, capacity = self._gate.status(), self._gate.capacity()
        now = availability(breaker, capacity)
        if now is Availability.RESTING and breaker.state is not BreakerState.HALF_OPEN:
            raise ModelResting("the breaker is open or the endpoint stopped")
        if now is Availability.WARMING:
            raise ModelWarming
        size = self._slots if capacity.slots is None else capacity.slots
        if size < 1:
            raise ModelUnavailable("the endpoint has no capacity")
        return size

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


def estimated_tokens(request: ChatRequest, pieces: int) -> int:
    """Of a call whose end was not waited for, and a piece is a token."""
    characters = sum(len(message.content) for message in request.messages)
    return round(characters / CHARACTERS_PER_TOKEN) + pieces
