"""Conditional writes to DynamoDB, with their refusals told apart.

Knows that a failed condition is an answer, and that writes which merely met, or came too many at once, are to
be tried again; a single write that is throttled the client library repeats by itself, a cancelled transaction
it does not. Refuses to know which condition was asked.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable
from typing import Any

from botocore.exceptions import ClientError

FAILED = "ConditionalCheckFailed"
PASSING = frozenset({"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"})
ATTEMPTS = 6


def write_if(call: Callable[..., dict[str, Any]], **arguments: Any) -> dict[str, Any] | None:
    """Calls `put_item`, `update_item` or `delete_item`; None when the condition did not hold."""
    for attempt in range(ATTEMPTS):
        try:
            return call(**arguments)
        except ClientError as error:
            code = error.response.get("Error", {}).get("Code")
            if code == "ConditionalCheckFailedException":
                return None
            if code != "TransactionConflictException" or attempt + 1 == ATTEMPTS:
                raise
            _step_aside(attempt)
    raise AssertionError("the last attempt returns or raises")


def write_together(dynamodb: Any, writes: list[dict[str, Any]]) -> tuple[bool, ...] | None:
    """Writes all or nothing. None when written, else for each write whether its condition failed."""
    for attempt in range(ATTEMPTS):
        try:
            dynamodb.transact_write_items(TransactItems=writes)
        except ClientError as error:
            reasons = _reasons(error)
            if FAILED in reasons:
                return tuple(reason == FAILED for reason in reasons)
            if PASSING.isdisjoint(reasons) or attempt + 1 == ATTEMPTS:
                raise
            _step_aside(attempt)
        else:
            return None
    raise AssertionError("the last attempt returns or raises")


def _reasons(error: ClientError) -> list[str]:
    """One code a write; stores that do not list them name them in the message, in brackets."""
    if error.response.get("Error", {}).get("Code") != "TransactionCanceledException":
        return []
    listed: Any = error.response.get("CancellationReasons")
    if listed:
        return [str(reason.get("Code")) for reason in listed]
    named = re.search(r"\[([^\]]*)\]", str(error.response["Error"].get("Message", "")))
    return [part.strip() for part in named.group(1).split(",")] if named else []


def _step_aside(attempt: int) -> None:
    time.sleep(random.uniform(0.01, 0.03) * 2**attempt)  # noqa: S311 - a pause is no secret
