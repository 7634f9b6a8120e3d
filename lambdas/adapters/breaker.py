"""What the control table says about the endpoint: is it shut down, and how many calls it can take at once.

    key              attributes
    breaker          state (closed | open | half_open), since, reason
    capacity#model   slots

No item means closed, and the stage's own number of slots. Only reads here, cached for two seconds; the one
writer is the breaker's function. Refuses to know why it opened.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from lambdas.adapters.clock import from_iso
from lambdas.adapters.items import Item, from_wire, to_wire
from lambdas.adapters.outages import told_as_store_away

RECHECK_SECONDS = 2.0


class BreakerState(StrEnum):
    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


@dataclass(frozen=True)
class BreakerStatus:
    state: BreakerState = BreakerState.CLOSED
    since: datetime | None = None
    reason: str | None = None

    @property
    def lets_through(self) -> bool:
        return self.state is not BreakerState.OPEN


class Breaker:
    """Both questions raise StoreAway."""

    def __init__(self, dynamodb: Any, table: str, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._dynamodb = dynamodb
        self._table = table
        self._monotonic = monotonic
        self._read: dict[str, tuple[float, Item]] = {}

    def status(self) -> BreakerStatus:
        item = self._item("breaker")
        if not item:
            return BreakerStatus()
        since = item.get("since")
        return BreakerStatus(
            BreakerState(item["state"]), from_iso(since) if since else None, item.get("reason")
        )

    def slots(self, otherwise: int) -> int:
        """How many calls the endpoint's live capacity takes at once."""
        return int(self._item("capacity#model").get("slots", otherwise))

    def _item(self, key: str) -> Item:
        now = self._monotonic()
        asked, item = self._read.get(key, (float("-inf"), {}))
        if now - asked >= RECHECK_SECONDS:
            with told_as_store_away():
                answer = self._dynamodb.get_item(TableName=self._table, Key=to_wire({"key": key}))
            item = from_wire(answer.get("Item", {}))
            self._read[key] = (now, item)
        return item
