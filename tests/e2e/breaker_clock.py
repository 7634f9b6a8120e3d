"""The clock that calls the deployed breaker once a minute: stopped where a test takes the breaker's place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

ACCEPTED = (
    "Name",
    "GroupName",
    "ScheduleExpression",
    "ScheduleExpressionTimezone",
    "FlexibleTimeWindow",
    "Target",
)


@contextmanager
def clock_stopped(deployment: Any) -> Iterator[None]:
    """A call that has begun before may still end within."""
    set_clock(deployment, "DISABLED")
    try:
        yield
    finally:
        set_clock(deployment, "ENABLED")


def set_clock(deployment: Any, state: Literal["ENABLED", "DISABLED"]) -> None:
    scheduler = deployment.client("scheduler")
    function = deployment.output("EndpointBreakerFunction")
    names = [each["Name"] for each in scheduler.list_schedules()["Schedules"]]
    clocks = [scheduler.get_schedule(Name=name) for name in names]
    (clock,) = [each for each in clocks if each["Target"]["Arn"].endswith(f":{function}")]
    scheduler.update_schedule(**{name: clock[name] for name in ACCEPTED}, State=state)
