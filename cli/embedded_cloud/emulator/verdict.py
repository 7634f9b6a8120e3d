"""The judgement of an alarm: M out of N periods, missing data treated as configured. Knows no emulator."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "GreaterThanOrEqualToThreshold": lambda value, threshold: value >= threshold,
    "GreaterThanThreshold": lambda value, threshold: value > threshold,
    "LessThanThreshold": lambda value, threshold: value < threshold,
    "LessThanOrEqualToThreshold": lambda value, threshold: value <= threshold,
}
Breach = bool | None  # None: no data in that period


def verdict(alarm: dict[str, Any], breaches: list[Breach]) -> tuple[str | None, str]:
    """(the alarm's next state, why); None keeps the state. `breaches` has one entry a period."""
    treatment = alarm.get("TreatMissingData") or "missing"
    if treatment in {"breaching", "notBreaching"}:
        breaches = [treatment == "breaching" if b is None else b for b in breaches]
    known = [b for b in breaches if b is not None]
    if not known:
        return (
            (None, "") if treatment == "ignore" else ("INSUFFICIENT_DATA", "No data in the evaluated periods")
        )
    needed = alarm.get("DatapointsToAlarm") or alarm.get("EvaluationPeriods", 1)
    bad = sum(known)
    if treatment == "missing" and len(known) < needed:
        needed = len(known)  # CloudWatch judges by the data that it has
    rule = f"{alarm['ComparisonOperator']} {alarm['Threshold']}"
    if bad >= needed:
        return "ALARM", f"Threshold Crossed: {bad} of {len(breaches)} datapoints {rule}"
    return "OK", f"{bad} of {len(breaches)} datapoints {rule}, {needed} are needed"
