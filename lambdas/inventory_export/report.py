"""What an export tells: the result for the caller, the log line and the metrics for the alarms.

Knows the names of metrics and dimensions. Refuses to carry state from one invocation to the next: every
report has a metric set of its own.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.metrics.provider.cloudwatch_emf.cloudwatch import AmazonCloudWatchEMFProvider

from core.errors import ExportRefused
from core.facts import Manifest


class ExportReport:
    """Metrics ExportedRows, ExportRefused and SnapshotAgeSeconds by {assistant} and {assistant, service};
    a refusal by {assistant, reason} too. `emit` takes one line of embedded metric format.
    """

    def __init__(self, namespace: str, service: str, emit: Callable[[str], object]) -> None:
        self._namespace = namespace
        self._service = service
        self._emit = emit

    def published(self, assistant: str, manifest: Manifest) -> dict[str, Any]:
        metrics = self._metrics(assistant)
        metrics.add_metric("ExportedRows", MetricUnit.Count, manifest.rows)
        metrics.add_metric("ExportRefused", MetricUnit.Count, 0)
        metrics.add_metric("SnapshotAgeSeconds", MetricUnit.Seconds, 0)
        self._emit(json.dumps(metrics.serialize_metric_set()))
        return {
            "state": "published",
            "assistant": assistant,
            "version": manifest.version,
            "rows": manifest.rows,
            "exported_at": manifest.exported_at.isoformat(),
        }

    def refused(
        self, assistant: str, refusal: ExportRefused, before: Manifest | None, now: datetime
    ) -> dict[str, Any]:
        metrics = self._metrics(assistant)
        metrics.add_dimensions(assistant=assistant, reason=refusal.reason)
        metrics.add_metric("ExportRefused", MetricUnit.Count, 1)
        if before is not None:
            metrics.add_metric("SnapshotAgeSeconds", MetricUnit.Seconds, _age_seconds(before, now))
        self._emit(json.dumps(metrics.serialize_metric_set()))
        return {
            "state": "refused",
            "assistant": assistant,
            "reason": refusal.reason,
            "detail": str(refusal),
            "kept_version": before.version if before is not None else None,
        }

    def _metrics(self, assistant: str) -> AmazonCloudWatchEMFProvider:
        metrics = AmazonCloudWatchEMFProvider(namespace=self._namespace, service=self._service)
        metrics.add_dimension("assistant", assistant)
        metrics.add_dimensions(assistant=assistant)
        return metrics


def _age_seconds(manifest: Manifest, now: datetime) -> float:
    return max(0.0, (now - manifest.exported_at).total_seconds())
