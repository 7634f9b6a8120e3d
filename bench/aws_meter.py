"""Counts what the AWS calls of a piece of code would be billed as, at any endpoint that speaks AWS.

Knows the units of DynamoDB on demand (by the size of what is read and written, indexes included), S3, SQS and
Secrets Manager. An item is read before and after each write, by a client that is not counted, because what a
write costs depends on both. Refuses to know whose calls they are and what a unit costs.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import boto3

WRITE_UNIT_BYTES, READ_UNIT_BYTES = 1_024, 4_096
ITEM_OVERHEAD_BYTES = 100  # of storage, for each item and for each of its copies in an index
PUTS = {"PutObject", "CopyObject", "ListObjectsV2", "ListObjects", "CompleteMultipartUpload"}

Wire = dict[str, Any]


class AwsMeter:
    """`meter.units` grows with every call of `meter.session`'s clients."""

    def __init__(self, **session: Any) -> None:
        self.units: defaultdict[str, float] = defaultdict(float)
        self.session = boto3.Session(**session)
        self._unmetered = boto3.Session(**session).client("dynamodb")
        self._tables: dict[str, Wire] = {}
        events = self.session.events
        events.register("before-parameter-build.dynamodb", self._before)
        events.register("after-call.dynamodb", self._after)
        for service, count in (("s3", self._s3), ("sqs", self._sqs), ("secretsmanager", self._secrets)):
            events.register(f"after-call.{service}", count)

    def _before(self, params: Wire, model: Any, context: Wire, **_: Any) -> None:
        """Keeps the call and what its writes will find."""
        context["metered"] = (
            model.name,
            params,
            [(write, self._stored(write)) for write in _writes(model.name, params)],
        )

    def _after(self, parsed: Wire, context: Wire, **_: Any) -> None:
        name, params, writes = context["metered"]
        consistent = 1.0 if params.get("ConsistentRead") else 0.5
        if name == "GetItem":
            self.units["dynamodb_reads"] += _reads(size(parsed.get("Item", {}))) * consistent
        elif name == "Query":
            self.units["dynamodb_reads"] += _reads(sum(map(size, parsed.get("Items", ())))) * consistent
        factor = 2 if name == "TransactWriteItems" else 1
        for write, before in writes:
            after = self._stored(write)
            self.units["dynamodb_writes"] += factor * _written(max(size(before), size(after)))
            for index in self._table(write).get("GlobalSecondaryIndexes", ()):
                self.units["dynamodb_writes"] += factor * _index_writes(index, before, after)

    def _table(self, write: Wire) -> Wire:
        name = write["TableName"]
        if name not in self._tables:
            self._tables[name] = self._unmetered.describe_table(TableName=name)["Table"]
        return self._tables[name]

    def _stored(self, write: Wire) -> Wire:
        keys = [key["AttributeName"] for key in self._table(write)["KeySchema"]]
        source = write.get("Key") or write["Item"]
        wanted = {name: source[name] for name in keys}
        answer = self._unmetered.get_item(TableName=write["TableName"], Key=wanted, ConsistentRead=True)
        found: Wire = answer.get("Item", {})
        return found

    def stored_bytes(self, table: str, items: list[Wire]) -> int:
        """What the items take up in the table and in its indexes."""
        indexes = self._table({"TableName": table}).get("GlobalSecondaryIndexes", ())
        copies = [projected(index, item) for item in items for index in indexes]
        return sum(size(item) + ITEM_OVERHEAD_BYTES for item in (*items, *copies) if item)

    def _s3(self, model: Any, **_: Any) -> None:
        self.units["s3_puts" if model.name in PUTS else "s3_gets"] += 1

    def _sqs(self, **_: Any) -> None:
        self.units["sqs_requests"] += 1

    def _secrets(self, **_: Any) -> None:
        self.units["secret_calls"] += 1


def _writes(name: str, params: Wire) -> list[Wire]:
    if name in ("PutItem", "UpdateItem", "DeleteItem"):
        return [params]
    if name == "TransactWriteItems":
        return [write for each in params["TransactItems"] for write in each.values()]
    return []


def _reads(total: int) -> int:
    return max(1, math.ceil(total / READ_UNIT_BYTES))


def _written(total: int) -> int:
    return max(1, math.ceil(total / WRITE_UNIT_BYTES))


def _index_writes(index: Wire, before: Wire, after: Wire) -> int:
    """One write for a copy that comes, goes or changes; two for one that moves to another key."""
    old, new = projected(index, before), projected(index, after)
    if old == new:
        return 0
    keys = [key["AttributeName"] for key in index["KeySchema"]]
    moved = bool(old and new) and any(old[key] != new[key] for key in keys)
    return _written(max(size(old), size(new))) * (2 if moved else 1)


def projected(index: Wire, item: Wire) -> Wire:
    """The copy of `item` in the index, nothing where it lacks a key."""
    keys = [key["AttributeName"] for key in index["KeySchema"]]
    if any(key not in item for key in keys):
        return {}
    if index["Projection"]["ProjectionType"] == "ALL":
        return item
    kept = {*keys, "session_id", "item", *index["Projection"].get("NonKeyAttributes", ())}
    return {name: value for name, value in item.items() if name in kept}


def size(item: Mapping[str, Any]) -> int:
    """Bytes as DynamoDB counts them, near enough: names and values in UTF-8."""
    return sum(len(name.encode()) + _value(value) for name, value in item.items())


def _value(value: Mapping[str, Any]) -> int:
    ((kind, content),) = value.items()
    if kind == "S":
        return len(content.encode())
    if kind == "N":
        return math.ceil(len(content) / 2) + 1
    if kind == "L":
        return 3 + sum(1 + _value(each) for each in content)
    if kind == "M":
        return 3 + sum(len(name.encode()) + 1 + _value(each) for name, each in content.items())
    return len(content) if kind == "B" else 1
