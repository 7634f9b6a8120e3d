"""Durations and rates as people type them: 30s, 5m, 10/min."""

from __future__ import annotations

import re

from cli.failures import CommandFailed

_UNITS = {"s": 1, "sec": 1, "m": 60, "min": 60, "h": 3600, "d": 86_400}


def seconds_of(text: str) -> float:
    """Seconds of `90`, `30s`, `5m` or `1h`. Raises CommandFailed."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([a-z]*)", text.strip().lower())
    if found is None or (found[2] or "s") not in _UNITS:
        raise CommandFailed(f"{text!r} is no duration", "write 30s, 5m or 1h", exit_code=2)
    return float(found[1]) * _UNITS[found[2] or "s"]


def rate_of(text: str) -> float:
    """Questions a second of `10/min` or `2/s`. Raises CommandFailed."""
    count, _, unit = text.partition("/")
    try:
        rate = float(count) / _UNITS[unit.strip().lower() or "min"]
    except (KeyError, ValueError) as error:
        raise CommandFailed(f"{text!r} is no rate", "write 10/min or 2/s", exit_code=2) from error
    if rate <= 0:
        raise CommandFailed("a rate is above zero", exit_code=2)
    return rate
