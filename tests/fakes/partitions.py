"""The bucket of analytics in memory, with an upload that can be made to fail."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from core.errors import StoreAway
from lambdas.adapters.clock import Clock
from lambdas.adapters.partitions import StoredPartition

Key = tuple[str, str, date]


class FakePartitions:
    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.kept: dict[Key, tuple[bytes, datetime]] = {}
        self.fails_on: str | None = None
        self.fetched: list[StoredPartition] = []

    def of(self, table: str, assistant: str) -> Iterator[StoredPartition]:
        for (its_table, its_assistant, day), (data, moment) in sorted(self.kept.items()):
            if (its_table, its_assistant) == (table, assistant):
                yield StoredPartition(table, assistant, day, hashlib.md5(data).hexdigest(), moment)

    def replace(self, table: str, assistant: str, day: date, path: Path) -> None:
        if table == self.fails_on:
            raise StoreAway("the connection broke")
        self.kept[table, assistant, day] = (path.read_bytes(), self.clock())

    def remove(self, table: str, assistant: str, day: date) -> None:
        self.kept.pop((table, assistant, day), None)

    def fetch(self, partition: StoredPartition, path: Path) -> bool:
        self.fetched.append(partition)
        path.write_bytes(self.kept[partition.table, partition.assistant, partition.day][0])
        return True

    def days(self, table: str) -> list[date]:
        return sorted(day for its_table, _, day in self.kept if its_table == table)
