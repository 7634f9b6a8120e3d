"""Remembers what was counted and told."""

from __future__ import annotations

from typing import Any

from core.measures import Measure
from lambdas.adapters.telemetry import dimension_sets


class FakeTelemetry:
    """`measured` has one entry a number, `counts` their sums over all assistants."""

    def __init__(self) -> None:
        self.measured: list[tuple[Measure, float, str | None]] = []
        self.counts: dict[str, float] = {}
        self.lines: list[tuple[str, dict[str, Any]]] = []
        self.alarms: list[tuple[str, BaseException | None]] = []

    def measure(self, measure: Measure, value: float = 1, *, assistant: str | None = None) -> None:
        assert list(dimension_sets(measure, assistant))
        self.measured.append((measure, value, assistant))
        self.counts[measure] = self.counts.get(measure, 0) + value

    @property
    def events(self) -> list[str]:
        return [event for event, _ in self.lines]

    def tell(self, event: str, **fields: Any) -> None:
        self.lines.append((event, fields))

    def alarm(self, event: str, error: BaseException | None = None, **fields: Any) -> None:
        self.alarms.append((event, error))
        self.lines.append((event, fields))
