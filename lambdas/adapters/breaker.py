"""What the control table says about the endpoint: is it shut down, is it awake, how many calls does it take.

    key              attributes
    breaker          state (closed | open | half_open), since, reason, revision;
                     in half open: probes_left, probes_ok, probes_failed
    capacity#model   status (awake | warming | asleep | stopped), slots, changed_at, asked_at

No item means closed, and awake with the stage's own number of slots. Reads are cached for two seconds. The
breaker's function writes both items; from here come only the probes of half open, each write bound to the
revision that was read. Refuses to know why it opened.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from lambdas.adapters.clock import from_iso
from lambdas.adapters.conditions import write_if
from lambdas.adapters.control_reader import ControlReader
from lambdas.adapters.items import Item, to_wire
from lambdas.adapters.outages import told_as_store_away

BREAKER = "breaker"
CAPACITY = "capacity#model"


class BreakerState(StrEnum):
    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


class CapacityStatus(StrEnum):
    AWAKE = "awake"
    WARMING = "warming"
    ASLEEP = "asleep"
    STOPPED = "stopped"


class Availability(StrEnum):
    """What a visitor should know of the model."""

    AWAKE = "awake"
    WARMING = "warming"
    RESTING = "resting"


@dataclass(frozen=True)
class BreakerStatus:
    state: BreakerState = BreakerState.CLOSED
    since: datetime | None = None
    reason: str | None = None
    revision: int = 0


@dataclass(frozen=True)
class CapacityState:
    """`slots` None leaves their number to the stage; `asked_at` is when somebody last had a use for it."""

    status: CapacityStatus = CapacityStatus.AWAKE
    slots: int | None = None
    changed_at: datetime | None = None
    asked_at: datetime | None = None

    @property
    def warming(self) -> bool:
        """Nobody can be answered yet, but soon. Where some copies are up, they are asked."""
        return self.status in (CapacityStatus.ASLEEP, CapacityStatus.WARMING) and not self.slots

    def answerable_since(self, asked_at: datetime) -> datetime:
        """From when on the model could have answered what was asked: not before it was awake."""
        return max(asked_at, self.changed_at or asked_at)


class EndpointState(Protocol):
    """Raises StoreAway."""

    def status(self) -> BreakerStatus: ...

    def capacity(self) -> CapacityState: ...


class Breaker:
    """Every method raises StoreAway."""

    def __init__(self, dynamodb: Any, table: str, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._dynamodb = dynamodb
        self._table = table
        self._control = ControlReader(dynamodb, table, monotonic=monotonic)

    def status(self) -> BreakerStatus:
        item = self._control.item(BREAKER)
        if not item:
            return BreakerStatus()
        return BreakerStatus(
            BreakerState(item["state"]),
            _moment(item, "since"),
            item.get("reason"),
            int(item.get("revision", 0)),
        )

    def capacity(self) -> CapacityState:
        item = self._control.item(CAPACITY)
        return CapacityState(
            CapacityStatus(item.get("status", CapacityStatus.AWAKE)),
            int(item["slots"]) if "slots" in item else None,
            _moment(item, "changed_at"),
            _moment(item, "asked_at"),
        )

    def take_probe(self, revision: int) -> bool:
        """One of the calls that half open lets through; False when none is left or the state moved on."""
        return self._probe(revision, "SET probes_left = probes_left - :one", " AND probes_left >= :one")

    def give_probe_back(self, revision: int) -> None:
        """As if it had never been taken: the call was not made."""
        self._probe(revision, "ADD probes_left :one")

    def count_probe(self, revision: int, *, ok: bool) -> None:
        self._probe(revision, f"ADD {'probes_ok' if ok else 'probes_failed'} :one")

    def _probe(self, revision: int, change: str, and_if: str = "") -> bool:
        with told_as_store_away():
            written = write_if(
                self._dynamodb.update_item,
                TableName=self._table,
                Key=to_wire({"key": BREAKER}),
                UpdateExpression=change,
                ConditionExpression=f"#state = :half_open AND revision = :revision{and_if}",
                ExpressionAttributeNames={"#state": "state"},
                ExpressionAttributeValues=to_wire(
                    {":half_open": BreakerState.HALF_OPEN.value, ":revision": revision, ":one": 1}
                ),
            )
        return written is not None


def availability(breaker: BreakerStatus, capacity: CapacityState) -> Availability:
    """A breaker that is not closed counts for more: what it keeps asleep will not wake by itself."""
    if breaker.state is not BreakerState.CLOSED or capacity.status is CapacityStatus.STOPPED:
        return Availability.RESTING
    return Availability.WARMING if capacity.warming else Availability.AWAKE


def _moment(item: Item, name: str) -> datetime | None:
    return from_iso(item[name]) if name in item else None
