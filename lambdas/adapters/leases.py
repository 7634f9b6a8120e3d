"""A semaphore of leases in the table `control`: at most `size` holders, and a dead holder frees its place.

    key               owner     until (ms)   expires_at
    lease#model#0     4f1c…     1795261299641

Two pools use it: `model` (calls to the endpoint, all assistants together) and `waiting` (API requests that
hold an environment). A place is taken by one conditional write; a free one is guessed first, and looked up
only after wrong guesses. Refuses to know what is done under a lease and to wait for one.
"""

from __future__ import annotations

import random
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from lambdas.adapters.clock import Clock, to_milliseconds, to_seconds, utc_now
from lambdas.adapters.conditions import write_if
from lambdas.adapters.items import from_wire, to_wire

GUESSES = 3
BATCH = 100


@dataclass(frozen=True)
class Lease:
    key: str
    owner: str


class Leases:
    def __init__(self, dynamodb: Any, table: str, clock: Clock = utc_now) -> None:
        self._dynamodb = dynamodb
        self._table = table
        self._clock = clock

    def acquire(self, pool: str, size: int, length: timedelta) -> Lease | None:
        """A place in the pool for `length`, or None when all `size` are taken."""
        keys = [f"lease#{pool}#{number}" for number in range(size)]
        random.shuffle(keys)
        for key in keys[:GUESSES]:
            if lease := self._take(key, length):
                return lease
        for key in self._free(keys[GUESSES:]):
            if lease := self._take(key, length):
                return lease
        return None

    def release(self, lease: Lease) -> None:
        """Frees the place, unless it has run out and somebody else has it by now."""
        write_if(
            self._dynamodb.delete_item,
            TableName=self._table,
            Key=to_wire({"key": lease.key}),
            ConditionExpression="#owner = :owner",
            ExpressionAttributeNames={"#owner": "owner"},
            ExpressionAttributeValues=to_wire({":owner": lease.owner}),
        )

    def _take(self, key: str, length: timedelta) -> Lease | None:
        now = self._clock()
        lease = Lease(key, uuid.uuid4().hex)
        until = now + length
        taken = write_if(
            self._dynamodb.put_item,
            TableName=self._table,
            Item=to_wire(
                {
                    "key": key,
                    "owner": lease.owner,
                    "until": to_milliseconds(until),
                    "expires_at": to_seconds(until) + 1,
                }
            ),
            ConditionExpression="attribute_not_exists(#key) OR #until < :now OR #owner = :owner",
            ExpressionAttributeNames={"#key": "key", "#until": "until", "#owner": "owner"},
            ExpressionAttributeValues=to_wire({":now": to_milliseconds(now), ":owner": lease.owner}),
        )
        return None if taken is None else lease

    def _free(self, keys: list[str]) -> list[str]:
        """Those of the places that nobody holds, as far as one read can tell."""
        now = to_milliseconds(self._clock())
        held = set()
        for start in range(0, len(keys), BATCH):
            wanted = [to_wire({"key": key}) for key in keys[start : start + BATCH]]
            answer = self._dynamodb.batch_get_item(RequestItems={self._table: {"Keys": wanted}})
            found = (from_wire(item) for item in answer["Responses"].get(self._table, []))
            held |= {item["key"] for item in found if item["until"] >= now}
        return [key for key in keys if key not in held]
