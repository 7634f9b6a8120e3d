"""Remembers what was counted and told."""

from __future__ import annotations

from typing import Any


class FakeTelemetry:
    def __init__(self) -> None:
        self.counts: dict[str, float] = {}
        self.lines: list[tuple[str, dict[str, Any]]] = []
        self.alarms: list[tuple[str, BaseException | None]] = []

    def count(self, name: str, value: float = 1, *, assistant: str | None = None) -> None:
        self.counts[name] = self.counts.get(name, 0) + value

    def milliseconds(self, name: str, value: float, *, assistant: str | None = None) -> None:
        self.counts[name] = value

    def tell(self, event: str, **fields: Any) -> None:
        self.lines.append((event, fields))

    def alarm(self, event: str, error: BaseException | None = None, **fields: Any) -> None:
        self.alarms.append((event, error))
        self.lines.append((event, fields))
