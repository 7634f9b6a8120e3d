"""The table `dialogues` itself: one consistent read and the shape of one conditional write.

Shared by the stores over it, and over the table `control`; every method raises StoreAway. Refuses to know
what an item means.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lambdas.adapters import items
from lambdas.adapters.clock import Clock, utc_now
from lambdas.adapters.conditions import write_if, write_together
from lambdas.adapters.outages import told_as_store_away


class DialogueTable:
    def __init__(self, dynamodb: Any, name: str, clock: Clock = utc_now) -> None:
        self._dynamodb = dynamodb
        self.name = name
        self.clock = clock

    def item(self, session_id: str, item: str) -> items.Item | None:
        """One item as it is stored this moment."""
        return self.read(items.key(session_id, item))

    def read(self, key: dict[str, Any]) -> items.Item | None:
        with told_as_store_away():
            answer = self._dynamodb.get_item(TableName=self.name, Key=key, ConsistentRead=True)
        return items.from_wire(answer["Item"]) if "Item" in answer else None

    def put(self, item: items.Item, condition: str = "", values: items.Item | None = None) -> dict[str, Any]:
        write = {"TableName": self.name, "Item": items.to_wire(item)}
        return {"Put": write | _condition(condition, values or {})}

    def update(
        self,
        key: dict[str, Any],
        change: str,
        condition: str,
        values: items.Item,
        names: dict[str, str] | None = None,
    ) -> dict[str, Any]:
        write = {"TableName": self.name, "Key": key, "UpdateExpression": change}
        return {"Update": write | _condition(condition, values, names)}

    def write(self, write: dict[str, Any]) -> items.Item | None:
        """One put or update by itself: the item as it is now ({} after a put), None when refused."""
        ((kind, arguments),) = write.items()
        with told_as_store_away():
            if kind == "Put":
                return None if write_if(self._dynamodb.put_item, **arguments) is None else {}
            answer = write_if(self._dynamodb.update_item, **arguments, ReturnValues="ALL_NEW")
        return None if answer is None else items.from_wire(answer["Attributes"])

    def write_together(self, *writes: dict[str, Any]) -> tuple[bool, ...] | None:
        """All or nothing. None when written, else for each write whether its condition failed."""
        with told_as_store_away():
            return write_together(self._dynamodb, list(writes))

    def query(self, **arguments: Any) -> Iterator[items.Item]:
        return self._paged("query", arguments)

    def scan(self, **arguments: Any) -> Iterator[items.Item]:
        return self._paged("scan", arguments)

    def _paged(self, operation: str, arguments: dict[str, Any]) -> Iterator[items.Item]:
        pages = self._dynamodb.get_paginator(operation).paginate(TableName=self.name, **arguments)
        with told_as_store_away():
            for page in pages:
                yield from (items.from_wire(wire) for wire in page["Items"])

    def delete(self, session_id: str, item: str) -> bool:
        """Whether there was one."""
        with told_as_store_away():
            answer = self._dynamodb.delete_item(
                TableName=self.name, Key=items.key(session_id, item), ReturnValues="ALL_OLD"
            )
        return "Attributes" in answer


def _condition(condition: str, values: items.Item, names: dict[str, str] | None = None) -> dict[str, Any]:
    parts = {
        "ConditionExpression": condition,
        "ExpressionAttributeValues": items.to_wire(values),
        "ExpressionAttributeNames": names,
    }
    return {name: part for name, part in parts.items() if part}
