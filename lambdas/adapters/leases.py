"""A semaphore of leases in the table `control`: at most `size` holders, and a dead holder frees its place.

    key               owner     until (ms)   expires_at
    lease#model#0     4f1c…     1795261299641

Two pools use it: `model` (calls to the endpoint, all assistants together) and `waiting` (API requests that
hold an environment). A place is taken by one conditional write; a free one is guessed first, and looked for
after wrong guesses, in 23 places at most: a larger pool that is nearly full may be called full. Refuses
to know what is done under a lease, and to wait for one.
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
from lambdas.adapters.outages import told_as_store_away

GUESSES = 3
LOOKS = 20


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
        """A place in the pool for `length`, or None when all `size` are taken. Raises StoreAway."""
        keys = [f"lease#{pool}#{number}" for number in range(size)]
        random.shuffle(keys)
        with told_as_store_away():
            for key in keys[:GUESSES]:
                if lease := self._take(key, length):
                    return lease
            for key in keys[GUESSES : GUESSES + LOOKS]:
                if self._looks_free(key) and (lease := self._take(key, length)):
                    return lease
        return None

    def release(self, lease: Lease) -> None:
        """Frees the place, unless it has run out and somebody else has it by now. Raises StoreAway."""
        with told_as_store_away():
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

    def _looks_free(self, key: str) -> bool:
        """Whether nobody holds the place, as far as a cheap read can tell."""
        answer = self._dynamodb.get_item(TableName=self._table, Key=to_wire({"key": key}))
        held = from_wire(answer.get("Item", {}))
        return not held or held["until"] < to_milliseconds(self._clock())
