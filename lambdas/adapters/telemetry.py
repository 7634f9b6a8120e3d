"""What the operators see: one log line and one number at a time.

Numbers leave as embedded metric format, a line of JSON that CloudWatch reads from the log. Knows places in
the code, and how sessions and turns are named in logs. Refuses to take a visitor's text, a header or
`str(error)`: an error is told by its type and by the lines that it passed.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from typing import Any, Protocol

from aws_lambda_powertools import Logger

from core.measures import Measure, Of
from lambdas.adapters.function_settings import FunctionSettings

CALLER = 3
"""How far above the logger the line of code stands that a log line names as its location."""


class Telemetry(Protocol):
    """Measures and tells. `assistant` becomes a dimension, the fields of a line are for the reader alone."""

    def measure(self, measure: Measure, value: float = 1, *, assistant: str | None = None) -> None: ...

    def tell(self, event: str, **fields: Any) -> None: ...

    def alarm(self, event: str, error: BaseException | None = None, **fields: Any) -> None: ...


class PowertoolsTelemetry:
    """`emit` takes one line for the log of the function."""

    def __init__(
        self,
        logger: Logger,
        *,
        namespace: str,
        emit: Callable[[str], object] = lambda line: sys.stdout.write(line + "\n"),
    ) -> None:
        self._logger = logger
        self._namespace = namespace
        self._emit = emit

    def measure(self, measure: Measure, value: float = 1, *, assistant: str | None = None) -> None:
        self._emit(embedded_metric(self._namespace, measure, value, assistant))

    def tell(self, event: str, **fields: Any) -> None:
        self._logger.info(event, extra=fields, stacklevel=CALLER)

    def alarm(self, event: str, error: BaseException | None = None, **fields: Any) -> None:
        if error is not None:
            cause = error.__cause__
            fields |= {
                "error": type(error).__name__,
                "cause": type(cause).__name__ if cause else None,
                "where": passed_lines(error),
            }
        self._logger.error(event, extra=fields, stacklevel=CALLER)


def telemetry_of(settings: FunctionSettings) -> PowertoolsTelemetry:
    return PowertoolsTelemetry(
        Logger(service=settings.service, level=settings.log_level), namespace=settings.namespace
    )


def embedded_metric(namespace: str, measure: Measure, value: float, assistant: str | None) -> str:
    """One line of embedded metric format, with the sets of dimensions that the measure is added up over."""
    described = {
        "Namespace": namespace,
        "Dimensions": list(dimension_sets(measure, assistant)),
        "Metrics": [{"Name": measure.value, "Unit": measure.unit}],
    }
    line = {
        "_aws": {"Timestamp": int(time.time() * 1_000), "CloudWatchMetrics": [described]},
        "service": measure.service,
        measure.value: value,
    }
    return json.dumps(line if assistant is None else line | {"assistant": assistant})


def dimension_sets(measure: Measure, assistant: str | None) -> Iterator[list[str]]:
    """Raises ValueError where the measure is one of each assistant and none is named."""
    if measure.of is not Of.ALL:
        if assistant is None:
            raise ValueError(f"{measure.value} is measured for each assistant: name one")
        yield ["assistant", "service"]
    if measure.of is not Of.EACH:
        yield ["service"]


def passed_lines(error: BaseException, depth: int = 8) -> list[str]:
    """File, line and function of the last frames, without the values in them."""
    frames = traceback.extract_tb(error.__traceback__)[-depth:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]


def session_name(session_id: str) -> str:
    """How the logs name a session: the same in every function, and useless for reading the dialogue."""
    return turn_name(session_id, "")


def names(session_id: str, message_id: str) -> dict[str, str]:
    """The fields `session` and `turn` of every line that tells of a turn."""
    return {"session": session_name(session_id), "turn": turn_name(session_id, message_id)}


def turn_name(session_id: str, message_id: str) -> str:
    """How the logs name a turn, as they do a session."""
    return hashlib.sha256(f"{session_id}:{message_id}".encode()).hexdigest()[:16]
