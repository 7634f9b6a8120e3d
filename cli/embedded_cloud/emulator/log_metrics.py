"""Metrics that live in log lines: the embedded metric format, and metric filters.

Both are taken from what a function prints (and from PutLogEvents). Refuses to know who reads the metrics.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ministack.services import cloudwatch, cloudwatch_logs

from cli.embedded_cloud.emulator.embedded_metrics import embedded_metrics
from cli.embedded_cloud.emulator.seams import replace, seam, store

Record = Callable[[str, str, float, str, dict[str, str]], None]


def install() -> None:
    """Reads every log event on the way to the subscription filters, the one path that all of them take."""
    record = seam(cloudwatch, "record_metric", "namespace", "metric_name", "value", "unit", "dimensions")
    matches = seam(cloudwatch_logs, "_subscription_pattern_matches", "pattern", "message")
    filters = store(cloudwatch_logs, "_metric_filters")

    def fan_out(group_name: str, stream_name: str, events: list[dict[str, Any]]) -> Any:
        of_group = [f for f in list(filters.values()) if f["logGroupName"] == group_name]
        for event in events or ():
            message = event.get("message") or ""
            for metric in embedded_metrics(message):
                record(*metric)
            for metric_filter in of_group:
                if matches(metric_filter["filterPattern"], message):
                    _record_filtered(record, metric_filter)
        return original(group_name, stream_name, events)

    original = replace(
        cloudwatch_logs, "_fanout_to_subscription_filters", fan_out, "group_name", "stream_name", "events"
    )


def _record_filtered(record: Record, metric_filter: dict[str, Any]) -> None:
    for target in metric_filter["metricTransformations"]:
        try:
            value = float(target.get("metricValue", 1))
        except ValueError:
            continue  # "$.field": the emulator's patterns select no fields
        record(target["metricNamespace"], target["metricName"], value, target.get("unit", "None"), {})
