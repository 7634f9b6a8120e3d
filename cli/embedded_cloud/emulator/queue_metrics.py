"""The `AWS/SQS` metrics of every queue, once a sweep: visible, in flight, and the age of the oldest message.

The emulator publishes none, so that an alarm on a dead-letter queue could never fire.
"""

from __future__ import annotations

import time
from typing import Any

from ministack.services import cloudwatch, sqs

from cli.embedded_cloud.emulator.seams import seam, store
from cli.embedded_cloud.emulator.sweeper import Sweep, in_scope, scoped_items

NAMESPACE = "AWS/SQS"
KEPT_POINTS = 1000  # an hour and more; the emulator itself would keep two weeks in memory


def install() -> Sweep:
    """The sweep that publishes them."""
    record = seam(cloudwatch, "record_metric", "namespace", "metric_name", "value", "unit", "dimensions")
    points = seam(cloudwatch, "_metric_bucket", "key")
    dimensions_key = seam(cloudwatch, "_dims_key", "dims")
    queues = store(sqs, "_queues")

    def publish_queue_metrics() -> None:
        for account, region, url, queue in scoped_items(queues):
            with in_scope(account, region):
                dimensions = {"QueueName": str(url).rsplit("/", 1)[-1]}
                for name, (value, unit) in _measure(queue).items():
                    record(NAMESPACE, name, value, unit, dimensions)
                    del points((NAMESPACE, name, dimensions_key(dimensions)))[:-KEPT_POINTS]

    return publish_queue_metrics


def _measure(queue: dict[str, Any]) -> dict[str, tuple[float, str]]:
    now = time.time()
    with sqs._queues_lock:  # noqa: SLF001 - the lock that every send and receive of the emulator takes
        waiting = [m for m in queue["messages"] if m.get("visible_at", 0) <= now]
        in_flight = [
            m for m in queue["messages"] if m.get("visible_at", 0) > now and m.get("receive_count", 0)
        ]
        oldest = min((m["sent_at"] for m in queue["messages"]), default=now)
    return {
        "ApproximateNumberOfMessagesVisible": (float(len(waiting)), "Count"),
        "ApproximateNumberOfMessagesNotVisible": (float(len(in_flight)), "Count"),
        "ApproximateAgeOfOldestMessage": (max(0.0, now - oldest), "Seconds"),
    }
