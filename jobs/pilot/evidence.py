"""Everything that a report is made of. Refuses to compute."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from core.spec import Hours
from jobs.pilot.estimates import Estimate
from jobs.pilot.observed import Observed
from jobs.pilot.runs import BlindMarks, Stress
from jobs.pilot.settings import PilotSettings
from jobs.pilot.tables import Shift
from jobs.pilot.verdicts import TEXTS, Detail, Finding
from jobs.pilot.wording import number


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What the salon did not give is None."""

    settings: PilotSettings
    hours: Hours
    observed: Observed
    operator_seconds: Sequence[float] | None = None
    shifts: Sequence[Shift] | None = None
    callbacks_before: Sequence[datetime] | None = None
    stress: Stress | None = None
    marks: BlindMarks | None = None

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.hours.time_zone)

    def finding(
        self,
        key: str,
        estimate: Estimate | None,
        details: Sequence[Detail] = (),
        notes: Sequence[str] = (),
        plot: str = "",
    ) -> Finding:
        """With the target that the pilot's document sets."""
        return Finding(
            key=key,
            title=TEXTS[key].title.format(seconds=number(self.settings.pilot.answer_seconds)),
            target=getattr(self.settings.targets, key),
            estimate=estimate,
            details=tuple(details),
            notes=tuple(notes),
            plot=plot,
        )
