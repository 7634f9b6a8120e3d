"""Reads single items of the table `control`, each at most every two seconds.

Refuses to know what an item means, and to write.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from lambdas.adapters.items import Item, from_wire, to_wire
from lambdas.adapters.outages import told_as_store_away

RECHECK_SECONDS = 2.0


class ControlReader:
    def __init__(self, dynamodb: Any, table: str, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._dynamodb = dynamodb
        self._table = table
        self._monotonic = monotonic
        self._read: dict[str, tuple[float, Item]] = {}

    def item(self, key: str) -> Item:
        """Empty where there is none. Raises StoreAway."""
        now = self._monotonic()
        asked, item = self._read.get(key, (float("-inf"), {}))
        if now - asked >= RECHECK_SECONDS:
            with told_as_store_away():
                answer = self._dynamodb.get_item(TableName=self._table, Key=to_wire({"key": key}))
            item = from_wire(answer.get("Item", {}))
            self._read[key] = (now, item)
        return item
