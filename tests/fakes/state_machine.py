"""Step Functions in memory: walks a definition of the Amazon States Language, one state at a time.

Knows what `infra/restart_states.py` uses of the language and refuses the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.fakes.breaker_outside import Killed

Call = Callable[[dict[str, Any]], dict[str, Any]]


class Execution:
    """`end` is the last state's name once it has one. A task that dies is a task that failed."""

    def __init__(self, definition: dict[str, Any], restart: str) -> None:
        self.restart = restart
        self.at: str = definition["StartAt"]
        self.end: str | None = None
        self._states = definition["States"]
        self._data: dict[str, Any] = {"restart": restart}
        self._failures = 0

    def advance(self, call: Call, wait: Callable[[float], None] = lambda _: None) -> None:
        if self.end is not None:
            return
        state = self._states[self.at]
        match state["Type"]:
            case "Task":
                self._task(state, call)
            case "Choice":
                self.at = self._choice(state)
            case "Wait":
                wait(state["Seconds"])
                self.at = state["Next"]
            case "Succeed" | "Fail":
                self.end = self.at
            case other:
                raise AssertionError(other)

    def run(self, call: Call, wait: Callable[[float], None]) -> str:
        while self.end is None:
            self.advance(call, wait)
        return self.end

    def _task(self, state: dict[str, Any], call: Call) -> None:
        try:
            told = call(self._parameters(state["Parameters"]))
        except (Exception, Killed) as error:  # noqa: BLE001 - whatever it died of
            self._failed(state, type(error).__name__)
        else:
            self._told(told, state["Next"])

    def _failed(self, state: dict[str, Any], error: str) -> None:
        self._failures += 1
        (retry,) = state["Retry"]
        if self._failures <= retry["MaxAttempts"]:
            return
        if "Catch" not in state:
            self.end = self.at
            return
        (catch,) = state["Catch"]
        self._told({"Error": error, "Cause": "{}"}, catch["Next"])

    def _told(self, told: dict[str, Any], next_: str) -> None:
        self._data["told"] = told
        self._failures = 0
        self.at = next_

    def _parameters(self, template: dict[str, Any]) -> dict[str, Any]:
        return {
            name.removesuffix(".$"): self._data[value.removeprefix("$.")] if name.endswith(".$") else value
            for name, value in template.items()
        }

    def _choice(self, state: dict[str, Any]) -> str:
        outcome = self._data["told"].get("outcome")
        chosen = [each["Next"] for each in state["Choices"] if each["StringEquals"] == outcome]
        return chosen[0] if chosen else state["Default"]
