"""Moments and days as people and their programs write them: 2026-11-02T09:30, 02.11.2026 9:30.

A moment without a zone is local to the zone that is given. Refuses to guess: a day comes before a month.
"""

from __future__ import annotations

from datetime import datetime, tzinfo

from jobs.evaluation.spreadsheets import Row

_DAYS, _TIMES = ("%d.%m.%Y", "%Y-%m-%d"), ("", " %H:%M", " %H:%M:%S")
_FORMATS = tuple(day + time for day in _DAYS for time in _TIMES)


def moment_of(row: Row, column: str, zone: tzinfo) -> datetime:
    """Raises EvaluationRefused that names the line."""
    said = row.values[column]
    try:
        moment = _read(said)
    except ValueError as error:
        told = f"{column} {said!r} is no moment" if said else f"{column} is empty"
        raise row.broken(f"{told}; write 2026-11-02 09:30 or 02.11.2026 9:30") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _read(said: str) -> datetime:
    for form in _FORMATS:
        try:
            return datetime.strptime(said, form)  # noqa: DTZ007 - the zone is set above
        except ValueError:
            continue
    return datetime.fromisoformat(said)
