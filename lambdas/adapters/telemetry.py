"""What the operators see: one log line and one number at a time, by powertools.

Knows names, counts and places in the code. Refuses to take a visitor's text, a header or `str(error)`: an
error is told by its type and by the lines that it passed.
"""

from __future__ import annotations

import hashlib
import traceback
from typing import Any, Protocol

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import EphemeralMetrics, MetricUnit


class Telemetry(Protocol):
    """Counts and tells. `assistant` becomes a dimension, the other fields go into the log line alone."""

    def count(self, name: str, value: float = 1, *, assistant: str | None = None) -> None: ...

    def milliseconds(self, name: str, value: float, *, assistant: str | None = None) -> None: ...

    def tell(self, event: str, **fields: Any) -> None: ...

    def alarm(self, event: str, error: BaseException | None = None, **fields: Any) -> None: ...


class PowertoolsTelemetry:
    """Structured log lines and EMF, one metric object each, so that dimensions never mix."""

    def __init__(self, logger: Logger, *, namespace: str, service: str) -> None:
        self._logger = logger
        self._namespace = namespace
        self._service = service

    def count(self, name: str, value: float = 1, *, assistant: str | None = None) -> None:
        self._emit(name, MetricUnit.Count, value, assistant)

    def milliseconds(self, name: str, value: float, *, assistant: str | None = None) -> None:
        self._emit(name, MetricUnit.Milliseconds, value, assistant)

    def tell(self, event: str, **fields: Any) -> None:
        self._logger.info(event, extra=fields, stacklevel=2)

    def alarm(self, event: str, error: BaseException | None = None, **fields: Any) -> None:
        if error is not None:
            cause = error.__cause__
            fields |= {
                "error": type(error).__name__,
                "cause": type(cause).__name__ if cause else None,
                "where": passed_lines(error),
            }
        self._logger.error(event, extra=fields, stacklevel=2)

    def _emit(self, name: str, unit: MetricUnit, value: float, assistant: str | None) -> None:
        metrics = EphemeralMetrics(namespace=self._namespace, service=self._service)
        if assistant is not None:
            metrics.add_dimension("assistant", assistant)
        metrics.add_metric(name=name, unit=unit, value=value)
        metrics.flush_metrics()


def passed_lines(error: BaseException, depth: int = 8) -> list[str]:
    """File, line and function of the last frames, without the values in them."""
    frames = traceback.extract_tb(error.__traceback__)[-depth:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]


def turn_name(session_id: str, message_id: str) -> str:
    """How the logs name a turn: the same in every function, and useless for reading the dialogue."""
    return hashlib.sha256(f"{session_id}:{message_id}".encode()).hexdigest()[:16]
