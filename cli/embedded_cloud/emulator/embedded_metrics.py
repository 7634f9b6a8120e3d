"""The embedded metric format: metrics that a function prints as a line of JSON. Knows no emulator.

A line that is not what it seems to be is no metric, exactly as in CloudWatch.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any


def embedded_metrics(message: str) -> Iterator[tuple[str, str, float, str, dict[str, str]]]:
    """(namespace, name, value, unit, dimensions) of every metric of one line."""
    start = message.find("{")
    if start < 0 or '"_aws"' not in message:
        return
    try:
        line = json.loads(message[start:])
    except ValueError:
        return
    described = line.get("_aws") if isinstance(line, dict) else None
    directives = described.get("CloudWatchMetrics") if isinstance(described, dict) else None
    for directive in directives or ():
        for names in directive.get("Dimensions") or [[]]:
            dimensions = {name: str(line[name]) for name in names if name in line}
            for metric in directive.get("Metrics") or ():
                for value in _values(line.get(metric["Name"])):
                    yield (
                        directive["Namespace"],
                        metric["Name"],
                        value,
                        metric.get("Unit", "None"),
                        dimensions,
                    )


def _values(value: Any) -> list[float]:
    candidates = value if isinstance(value, list) else [value]
    return [float(v) for v in candidates if isinstance(v, int | float) and not isinstance(v, bool)]
