"""Somebody has a use for the model: that is noted, and a model that sleeps is woken.

At most one write and one call a minute, however many ask: the write is conditional, and who loses it does
nothing. Refuses to know how an endpoint wakes: that is the breaker's function.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from lambdas.adapters.breaker import CAPACITY, CapacityState, CapacityStatus
from lambdas.adapters.clock import Clock, to_iso, utc_now
from lambdas.adapters.conditions import write_if
from lambdas.adapters.items import from_wire, to_wire
from lambdas.adapters.outages import told_as_store_away

AGAIN_AFTER = timedelta(minutes=1)
COMMAND = {"command": "wake"}


class WakeUp:
    """`function` is the name of the breaker's function."""

    def __init__(
        self, dynamodb: Any, lambda_: Any, *, table: str, function: str, clock: Clock = utc_now
    ) -> None:
        self._dynamodb = dynamodb
        self._lambda = lambda_
        self._table = table
        self._function = function
        self._clock = clock

    def asked(self, known: CapacityState) -> None:
        """Notes the moment, unless it is `known` that another one did lately. Raises StoreAway."""
        now = self._clock()
        if _noted(known, since=now - AGAIN_AFTER):
            return
        with told_as_store_away():
            noted = write_if(
                self._dynamodb.update_item,
                TableName=self._table,
                Key=to_wire({"key": CAPACITY}),
                UpdateExpression="SET asked_at = :now",
                ConditionExpression=(
                    "attribute_exists(#key) AND (attribute_not_exists(asked_at) OR asked_at < :then"
                    " OR (#status = :asleep AND asked_at < changed_at))"
                ),
                ExpressionAttributeNames={"#key": "key", "#status": "status"},
                ExpressionAttributeValues=to_wire(
                    {
                        ":now": to_iso(now),
                        ":then": to_iso(now - AGAIN_AFTER),
                        ":asleep": CapacityStatus.ASLEEP.value,
                    }
                ),
                ReturnValues="ALL_NEW",
            )
            if noted is None or from_wire(noted["Attributes"]).get("status") != CapacityStatus.ASLEEP:
                return
            self._lambda.invoke(
                FunctionName=self._function, InvocationType="Event", Payload=json.dumps(COMMAND).encode()
            )


def _noted(known: CapacityState, *, since: datetime) -> bool:
    """Whether somebody asked since then, and after it fell asleep where it did."""
    if known.asked_at is None or known.asked_at < since:
        return False
    fell_asleep = known.changed_at if known.status is CapacityStatus.ASLEEP else None
    return fell_asleep is None or known.asked_at >= fell_asleep
