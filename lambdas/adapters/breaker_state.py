"""The item `breaker` of the table `control` as its one writer keeps it.

    state, since, reason, detail, actor    what holds, since when, why and by whom
    revision                               one more at each change of the state or of the restart
    incident, capacity_down, notified      the shut-down, and what of it is done already
    notice_until                           whoever tells on-call has told by then, or is dead
    held                                   scaling is held and has to be released when it closes
    restart, restart_at, restart_seen_at   the restart that runs, and when its last step was
    probes_left, probes_ok, probes_failed  half open; counted by the answering functions

Every write is conditioned on the revision that was read, what concerns the message on the incident, and a
change goes together with its audit record or not at all, so that whoever dies in between has either done both
or nothing. No item means closed. Refuses to know which change is right.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from lambdas.adapters.audit import ATTEMPTS, AuditRecord, AuditTrail
from lambdas.adapters.breaker import BREAKER, BreakerState
from lambdas.adapters.clock import from_iso, from_milliseconds, to_iso, to_milliseconds
from lambdas.adapters.conditions import write_if, write_together
from lambdas.adapters.items import Item, from_wire, to_wire
from lambdas.adapters.outages import told_as_store_away

MOMENTS = ("since", "restart_at", "restart_seen_at")
NUMBERS = ("revision", "probes_left", "probes_ok", "probes_failed")


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The item, whole."""

    state: BreakerState = BreakerState.CLOSED
    since: datetime | None = None
    reason: str = ""
    detail: str = ""
    actor: str = ""
    revision: int = 0
    incident: str = ""
    capacity_down: bool = False
    notified: bool = False
    notice_until: datetime | None = None
    held: bool = False
    restart: str = ""
    restart_at: datetime | None = None
    restart_seen_at: datetime | None = None
    probes_left: int = 0
    probes_ok: int = 0
    probes_failed: int = 0

    @property
    def shut(self) -> bool:
        """Open, and nobody tries to change that."""
        return self.state is BreakerState.OPEN and not self.restart


class BreakerStore:
    """Every method raises StoreAway."""

    def __init__(self, dynamodb: Any, table: str, audit: AuditTrail) -> None:
        self._dynamodb = dynamodb
        self._table = table
        self._audit = audit

    def read(self) -> Standing:
        with told_as_store_away():
            answer = self._dynamodb.get_item(
                TableName=self._table, Key=to_wire({"key": BREAKER}), ConsistentRead=True
            )
        return _read(from_wire(answer.get("Item", {})))

    def change(self, before: Standing, after: Standing, record: AuditRecord) -> Standing | None:
        """`after` with its new revision, and the record; None when it is not as it was before.

        Of one incident only what differs is written: on-call may be being told of it meanwhile. It does not
        close over a probe that failed meanwhile.
        """
        after = replace(after, revision=before.revision + 1)
        condition = _still(before) | {"TableName": self._table}
        if after.state is BreakerState.CLOSED:
            condition["ConditionExpression"] += " AND probes_failed = :failed"
            condition["ExpressionAttributeValues"] |= to_wire({":failed": before.probes_failed})
        one_incident = after.incident == before.incident and after.state is not BreakerState.CLOSED
        write = (
            {"Update": _amended(condition, _item(before), _item(after))}
            if one_incident
            else {"Put": {**condition, "Item": to_wire(_item(after))}}
        )
        return after if self._together(write, record) else None

    def note(self, before: Standing, record: AuditRecord) -> bool:
        """The record alone, if everything is still as before."""
        check = {**_still(before), "TableName": self._table, "Key": to_wire({"key": BREAKER})}
        return self._together({"ConditionCheck": check}, record)

    def mark(self, standing: Standing, **marks: bool | datetime) -> bool:
        """Sets attributes that are no change of the state; False when it has changed meanwhile."""
        marked = _item(replace(standing, **marks))  # type: ignore[arg-type]  # the caller names attributes
        return self._set(_still(standing), {name: marked[name] for name in marks})

    def claim_notice(self, incident: str, now: datetime, until: datetime) -> bool:
        """Whether on-call is to be told of it by us, until `until`."""
        unclaimed = {
            "ConditionExpression": "incident = :incident AND notified = :no"
            " AND (attribute_not_exists(notice_until) OR notice_until <= :now)",
            "ExpressionAttributeValues": to_wire(
                {":incident": incident, ":no": False, ":now": to_milliseconds(now)}
            ),
        }
        return self._set(unclaimed, {"notice_until": to_milliseconds(until)})

    def told(self, incident: str) -> None:
        """On-call has been told of it, whatever has become of it since."""
        condition = {
            "ConditionExpression": "incident = :incident",
            "ExpressionAttributeValues": to_wire({":incident": incident}),
        }
        self._set(condition, {"notified": True})

    def _set(self, condition: Item, values: Item) -> bool:
        named = to_wire({f":set_{name}": value for name, value in values.items()})
        with told_as_store_away():
            written = write_if(
                self._dynamodb.update_item,
                TableName=self._table,
                Key=to_wire({"key": BREAKER}),
                UpdateExpression="SET " + ", ".join(f"{name} = :set_{name}" for name in values),
                ConditionExpression=condition["ConditionExpression"],
                ExpressionAttributeValues=condition["ExpressionAttributeValues"] | named,
            )
        return written is not None

    def _together(self, write: Item, record: AuditRecord) -> bool:
        """A record that stands there already is moved by a microsecond; a refused change is told."""
        for _ in range(ATTEMPTS):
            with told_as_store_away():
                refused = write_together(self._dynamodb, [write, {"Put": self._audit.put(record)}])
            if refused is None:
                return True
            if refused[0]:
                return False
            record = record.a_moment_later()
        raise AssertionError("as many records in as many microseconds")


def _still(before: Standing) -> Item:
    """Nobody has changed it since it was read."""
    if before.revision == 0:
        return {
            "ConditionExpression": "(attribute_not_exists(revision) OR revision = :revision)",
            "ExpressionAttributeValues": to_wire({":revision": 0}),
        }
    return {
        "ConditionExpression": "revision = :revision",
        "ExpressionAttributeValues": to_wire({":revision": before.revision}),
    }


def _amended(condition: Item, before: Item, after: Item) -> Item:
    """An update that writes what differs and nothing else."""
    changed = {name: value for name, value in after.items() if before.get(name) != value}
    gone = before.keys() - after.keys()
    set_ = "SET " + ", ".join(f"#{name} = :set_{name}" for name in sorted(changed))
    remove = " REMOVE " + ", ".join(f"#{name}" for name in sorted(gone)) if gone else ""
    values = to_wire({f":set_{name}": value for name, value in changed.items()})
    return {
        **condition,
        "Key": to_wire({"key": BREAKER}),
        "UpdateExpression": set_ + remove,
        "ExpressionAttributeNames": {f"#{name}": name for name in (*changed, *gone)},
        "ExpressionAttributeValues": condition["ExpressionAttributeValues"] | values,
    }


def _item(standing: Standing) -> Item:
    """Without what is empty; `notice_until` in milliseconds, to be compared."""
    item: Item = {**vars(standing), "key": BREAKER, "state": standing.state.value}
    for name in MOMENTS:
        item[name] = to_iso(item[name]) if item[name] else None
    item["notice_until"] = to_milliseconds(standing.notice_until) if standing.notice_until else None
    return {name: value for name, value in item.items() if value not in ("", None)}


def _read(item: Item) -> Standing:
    if not item:
        return Standing()
    known: Item = {name: item[name] for name in Standing.__dataclass_fields__ if name in item}
    known["state"] = BreakerState(item["state"])
    for name in MOMENTS:
        known[name] = from_iso(item[name]) if name in item else None
    for name in NUMBERS:
        known[name] = int(item.get(name, 0))
    if "notice_until" in item:
        known["notice_until"] = from_milliseconds(item["notice_until"])
    return Standing(**known)
