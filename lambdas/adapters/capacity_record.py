"""The item `capacity#model` of the table `control` as the breaker's function keeps it.

    wanted, ready       copies: what was decided, and what was last seen
    slots               how many calls the ready ones take at once
    status, changed_at  awake | warming | asleep | stopped, and since when

`asked_at` beside them is the API's and left alone. What is to be done is written here before it is done, so
that whoever finds another number of copies knows which of the two is right. Refuses to know what is right.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from lambdas.adapters.breaker import CAPACITY, CapacityStatus
from lambdas.adapters.clock import from_iso, to_iso
from lambdas.adapters.conditions import write_if
from lambdas.adapters.items import Item, from_wire, to_wire
from lambdas.adapters.outages import told_as_store_away


@dataclass(frozen=True, kw_only=True)
class CapacityRecord:
    """`changed_at` is None where nobody has written the item yet."""

    status: CapacityStatus = CapacityStatus.AWAKE
    wanted: int = 1
    ready: int = 0
    slots: int = 0
    changed_at: datetime | None = None
    asked_at: datetime | None = None

    def now(self, status: CapacityStatus, at: datetime) -> CapacityRecord:
        """In that status since `at`, or since it came into it."""
        if status is self.status and self.changed_at is not None:
            return self
        return replace(self, status=status, changed_at=at)


class CapacityRecords:
    """Both methods raise StoreAway."""

    def __init__(self, dynamodb: Any, table: str) -> None:
        self._dynamodb = dynamodb
        self._table = table

    def read(self) -> CapacityRecord:
        with told_as_store_away():
            answer = self._dynamodb.get_item(
                TableName=self._table, Key=to_wire({"key": CAPACITY}), ConsistentRead=True
            )
        return _read(from_wire(answer.get("Item", {})))

    def write(self, before: CapacityRecord, after: CapacityRecord) -> bool:
        """False when somebody else changed the status meanwhile."""
        written = {
            "status": after.status.value,
            "wanted": after.wanted,
            "ready": after.ready,
            "slots": after.slots,
            "changed_at": to_iso(after.changed_at) if after.changed_at else None,
        }
        written = {name: value for name, value in written.items() if value is not None}
        unchanged, seen = "attribute_not_exists(changed_at)", {}
        if before.changed_at is not None:
            unchanged, seen = "changed_at = :before", {":before": to_iso(before.changed_at)}
        with told_as_store_away():
            answer = write_if(
                self._dynamodb.update_item,
                TableName=self._table,
                Key=to_wire({"key": CAPACITY}),
                UpdateExpression="SET " + ", ".join(f"#{name} = :{name}" for name in written),
                ConditionExpression=unchanged,
                ExpressionAttributeNames={f"#{name}": name for name in written},
                ExpressionAttributeValues=to_wire(
                    {f":{name}": value for name, value in written.items()} | seen
                ),
            )
        return answer is not None


def _read(item: Item) -> CapacityRecord:
    known: Item = {name: int(item[name]) for name in ("wanted", "ready", "slots") if name in item}
    known |= {name: from_iso(item[name]) for name in ("changed_at", "asked_at") if name in item}
    return CapacityRecord(status=CapacityStatus(item.get("status", CapacityStatus.AWAKE)), **known)
