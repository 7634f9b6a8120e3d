"""An SQS event taken apart: one message after another, and which of them go back.

In a FIFO queue nothing may overtake, so after the first message that goes back the rest goes back too.
Refuses to know what a message asks for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lambdas.adapters.telemetry import Telemetry
from lambdas.adapters.turn_queue import TurnPointer
from lambdas.answer.worker import Delivery, Worker


def work_batch(
    event: dict[str, Any],
    worker: Worker,
    telemetry: Telemetry,
    seconds_left: Callable[[], float],
) -> dict[str, list[dict[str, str]]]:
    """The answer that Lambda expects: the messages that are to come again."""
    records: list[dict[str, Any]] = event.get("Records", [])
    for number, record in enumerate(records):
        if not _done(record, worker, telemetry, seconds_left):
            return {"batchItemFailures": [{"itemIdentifier": late["messageId"]} for late in records[number:]]}
    return {"batchItemFailures": []}


def _done(
    record: dict[str, Any], worker: Worker, telemetry: Telemetry, seconds_left: Callable[[], float]
) -> bool:
    try:
        pointer = TurnPointer.parse(record["body"])
        return worker.work(Delivery(pointer, record["receiptHandle"], seconds_left))
    except Exception as error:  # noqa: BLE001 - the store is away or the message is none: it comes again
        telemetry.alarm("delivery_failed", error, assistant=worker.spec.id)
        return False
