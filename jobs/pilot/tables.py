"""The salon's own CSV files: operators' dialogues, operators' shifts, callbacks before the pilot.

    operator dialogues   dialogue, started_at, ended_at
    shifts               operator, shift_start, shift_end, talk_seconds
    callbacks            asked_at

Moments without a zone are the salon's own. What cannot be true (an end before its start, more talk than
shift, one shift twice) is refused with its line. Refuses to compute.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from core.errors import EvaluationRefused
from jobs.evaluation.spreadsheets import Row, read_rows
from jobs.pilot.moments import moment_of

_T = TypeVar("_T")
LONGEST_SHIFT = timedelta(hours=36)
LONGEST_DIALOGUE = timedelta(days=2)


@dataclass(frozen=True)
class Shift:
    operator: str
    start: datetime
    seconds: float
    talk_seconds: float


def operator_dialogue_seconds(path: Path, zone: ZoneInfo) -> list[float]:
    """How long each lasted. Raises EvaluationRefused."""
    seen: set[str] = set()
    seconds = []
    for row in read_rows(path, ("dialogue", "started_at", "ended_at")):
        _once(row, row.values["dialogue"], "dialogue", seen)
        seconds.append(_lasting(row, "started_at", "ended_at", zone, LONGEST_DIALOGUE))
    return _some(seconds, path)


def shifts(path: Path, zone: ZoneInfo) -> list[Shift]:
    """Raises EvaluationRefused."""
    return _some(list(_shifts(path, zone)), path)


def callbacks(path: Path, zone: ZoneInfo) -> list[datetime]:
    """When each was asked for; none of them is no mistake. Raises EvaluationRefused."""
    return [moment_of(row, "asked_at", zone) for row in read_rows(path, ("asked_at",))]


def _shifts(path: Path, zone: ZoneInfo) -> Iterator[Shift]:
    seen: set[str] = set()
    for row in read_rows(path, ("operator", "shift_start", "shift_end", "talk_seconds")):
        operator = row.values["operator"]
        if not operator:
            raise row.broken("operator is empty")
        start = moment_of(row, "shift_start", zone)
        _once(row, f"{operator} {start:%F %H:%M}", "shift", seen)
        seconds = _lasting(row, "shift_start", "shift_end", zone, LONGEST_SHIFT)
        talk = _number(row, "talk_seconds")
        if talk > seconds:
            raise row.broken(f"talk_seconds {talk:.0f} is more than the shift's {seconds:.0f}")
        yield Shift(operator, start, seconds, talk)


def _lasting(row: Row, start: str, end: str, zone: ZoneInfo, longest: timedelta) -> float:
    lasted = moment_of(row, end, zone) - moment_of(row, start, zone)
    if lasted <= timedelta(0):
        raise row.broken(f"{end} is not after {start}")
    if lasted > longest:
        raise row.broken(f"{start} and {end} are {lasted} apart; is the day right?")
    return lasted.total_seconds()


def _number(row: Row, column: str) -> float:
    said = row.values[column].replace("\xa0", "").replace(" ", "").replace(",", ".")
    try:
        value = float(said)
    except ValueError as error:
        raise row.broken(f"{column} {row.values[column]!r} is no number") from error
    if not 0 <= value < float("inf"):
        raise row.broken(f"{column} {row.values[column]!r} is no number of seconds")
    return value


def _once(row: Row, name: str, kind: str, seen: set[str]) -> None:
    if not name:
        raise row.broken(f"{kind} is empty")
    if name in seen:
        raise row.broken(f"the {kind} {name!r} stands there twice")
    seen.add(name)


def _some(found: list[_T], path: Path) -> list[_T]:
    if not found:
        raise EvaluationRefused(f"{path}: has a header and no row")
    return found
