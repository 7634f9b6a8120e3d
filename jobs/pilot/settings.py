"""`pilot.toml`: what a pilot is measured against. A documented one is docs/pilot.toml.

The numbers of the pilot's document (targets, last year's quarters) and the names of the salon's own files
stand there and nowhere in the code. Files are named from where pilot.toml stands. Refuses to know what the
files hold.
"""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from core.errors import EvaluationRefused

LONGEST_DAYS = 400
Count = Annotated[int, Field(ge=0, le=10_000_000)]
Name = Annotated[str, Field(min_length=1, max_length=200)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Target(_Strict):
    """One of the two."""

    at_least: float | None = None
    at_most: float | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("write either at_least or at_most")
        return self

    @property
    def bound(self) -> float:
        found = self.at_most if self.at_least is None else self.at_least
        assert found is not None  # one of the two is there
        return found

    def reached_by(self, value: float) -> bool:
        return value <= self.bound if self.at_least is None else value >= self.bound


class Targets(_Strict):
    """A target for each figure of the report; without one the figure is told and not judged."""

    stress_answered_in_time: Target | None = None
    answered_in_time: Target | None = None
    dialogue_time_change: Target | None = None
    csat: Target | None = None
    nps_change: Target | None = None
    callbacks_in_hours_change: Target | None = None
    callbacks_out_of_hours_change: Target | None = None
    occupancy: Target | None = None
    talk_time_change: Target | None = None
    page_time_change: Target | None = None
    marks_difference: Target | None = None


class Period(_Strict):
    """Whole days of the salon's own time zone, both of them included."""

    first_day: date
    last_day: date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last_day < self.first_day:
            raise ValueError("last_day is before first_day")
        if self.days > LONGEST_DAYS:
            raise ValueError(f"more than {LONGEST_DAYS} days")
        return self

    @property
    def days(self) -> int:
        return (self.last_day - self.first_day).days + 1

    def has(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


class Pilot(Period):
    """`answer_seconds` is within how many seconds an answer is in time."""

    assistant: Name
    salon: Name
    campaign: str | None = None
    answer_seconds: float = Field(gt=0, le=600)


class Quarter(_Strict):
    """Answers to the NPS question before there was an assistant: 9–10, 7–8, 0–6."""

    name: Name
    promoters: Count
    passives: Count
    detractors: Count

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if not self.promoters + self.passives + self.detractors:
            raise ValueError("nobody answered in it")
        return self


class Before(_Strict):
    """What was before the pilot, or runs beside it: CSV files, each of which may be left out."""

    operator_dialogues: Path | None = None
    shifts: Path | None = None
    callbacks: Path | None = None
    callbacks_period: Period | None = None

    @model_validator(mode="after")
    def _callbacks_of_a_period(self) -> Self:
        if (self.callbacks is None) != (self.callbacks_period is None):
            raise ValueError("callbacks and callbacks_period go together")
        return self


class Runs(_Strict):
    """What other commands wrote: `attendant loadtest --json`, `attendant pilot marks --json`."""

    loadtest: Path | None = None
    marks: Path | None = None


class PilotSettings(_Strict):
    pilot: Pilot
    targets: Targets = Targets()
    before: Before = Before()
    runs: Runs = Runs()
    nps_quarters: tuple[Quarter, ...] = ()


def read_settings(path: Path) -> PilotSettings:
    """Raises EvaluationRefused that names the field."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        found = PilotSettings.model_validate(data)
    except OSError as error:
        raise EvaluationRefused(f"{path}: {error.strerror or 'cannot be read'}") from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"])) or "the file"
        raise EvaluationRefused(f"{path}: {field}: {first['msg'].removeprefix('Value error, ')}") from error
    except ValueError as error:  # TOML and UTF-8 alike
        raise EvaluationRefused(f"{path}: is no TOML in UTF-8 ({error})") from error
    return _rooted(found, path.parent)


def _rooted(settings: PilotSettings, folder: Path) -> PilotSettings:
    def rooted(section: _Strict) -> dict[str, Path]:
        return {name: folder / value for name, value in section if isinstance(value, Path)}

    before = settings.before.model_copy(update=rooted(settings.before))
    return settings.model_copy(
        update={"before": before, "runs": settings.runs.model_copy(update=rooted(settings.runs))}
    )
