"""The audit table: who changed what, when, from what to what. It is only ever added to.

    subject    at                            actor        action    before   after   incident   detail
    endpoint   2026-11-23T09:00:00.000000Z   alarm        trip      closed   open    …          …

A record never replaces another: two of one microsecond are told apart by the moment itself. Refuses to know
what may be done and by whom.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from lambdas.adapters.clock import from_iso, to_iso
from lambdas.adapters.conditions import write_if
from lambdas.adapters.items import Item, from_wire, to_wire
from lambdas.adapters.outages import told_as_store_away

ATTEMPTS = 20


@dataclass(frozen=True, kw_only=True)
class AuditRecord:
    """`detail` is for engineers: never a visitor's word."""

    at: datetime
    actor: str
    action: str
    before: str
    after: str
    incident: str = ""
    detail: str = ""

    def a_moment_later(self) -> AuditRecord:
        return replace(self, at=self.at + timedelta(microseconds=1))


class AuditTrail:
    """The records about one subject. Every method raises StoreAway."""

    def __init__(self, dynamodb: Any, table: str, subject: str) -> None:
        self._dynamodb = dynamodb
        self._table = table
        self._subject = subject

    def append(self, record: AuditRecord) -> AuditRecord:
        """The record as it was written."""

        def write(moved: AuditRecord) -> bool:
            with told_as_store_away():
                return write_if(self._dynamodb.put_item, **self.put(moved)) is not None

        return until_free(record, write)

    def put(self, record: AuditRecord) -> Item:
        """The arguments of `put_item`, or of the put in a transaction."""
        item = {**vars(record), "subject": self._subject, "at": to_iso(record.at)}
        return {
            "TableName": self._table,
            "Item": to_wire({name: value for name, value in item.items() if value != ""}),
            "ConditionExpression": "attribute_not_exists(subject)",
        }

    def newest(self, limit: int) -> list[AuditRecord]:
        with told_as_store_away():
            answer = self._dynamodb.query(
                TableName=self._table,
                KeyConditionExpression="subject = :subject",
                ExpressionAttributeValues=to_wire({":subject": self._subject}),
                ScanIndexForward=False,
                ConsistentRead=True,
                Limit=limit,
            )
        return [_read(from_wire(item)) for item in answer["Items"]]


def until_free(record: AuditRecord, write: Callable[[AuditRecord], bool]) -> AuditRecord:
    """Writes the record at its moment or just after: another one may stand there."""
    for _ in range(ATTEMPTS):
        if write(record):
            return record
        record = record.a_moment_later()
    raise AssertionError("as many records in as many microseconds")


def _read(item: Item) -> AuditRecord:
    fields = {name: str(item.get(name, "")) for name in AuditRecord.__dataclass_fields__ if name != "at"}
    return AuditRecord(at=from_iso(item["at"]), **fields)
