"""When a healthy endpoint may sleep, and when it has to wake: by hours of the day and by idle time.

Pure rules over the stage's wish and what is known of the last question. In the hours of sleep whoever opens
the widget still wakes it, and it stays awake until nobody has asked for a while. Refuses to know the breaker:
nothing here is asked while it is open.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, model_validator

from lambdas.adapters.breaker import CapacityStatus
from lambdas.adapters.capacity_record import CapacityRecord

LULL = timedelta(minutes=15)
"""In the hours of sleep: how long nobody must have asked."""


class SleepWish(BaseModel):
    """The stage's `Sleep`. Hours are local to `time_zone`; both of them or none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    time_zone: str
    asleep_from: time | None = None
    awake_from: time | None = None
    idle_minutes: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _hours_come_in_pairs(self) -> SleepWish:
        if (self.asleep_from is None) != (self.awake_from is None):
            raise ValueError("asleep_from and awake_from belong together")
        return self

    def may_sleep(self, record: CapacityRecord, now: datetime) -> bool:
        """Nobody has asked for long enough, counted from when it woke at the earliest."""
        limits = [timedelta(minutes=self.idle_minutes)] if self.idle_minutes else []
        limits += [LULL] if self._in_hours(now) else []
        used = [moment for moment in (record.asked_at, record.changed_at) if moment is not None]
        return bool(limits and used) and now - max(used) >= min(limits)

    def has_slept_enough(self, record: CapacityRecord, now: datetime) -> bool:
        """Its hours are over, and it fell asleep before they were: idle sleep of the day goes on."""
        if self.awake_from is None:
            return self.idle_minutes is None
        fell_asleep = record.changed_at or now
        return not self._in_hours(now) and fell_asleep < self._last(self.awake_from, now)

    def _in_hours(self, now: datetime) -> bool:
        if self.asleep_from is None or self.awake_from is None:
            return False
        local = now.astimezone(ZoneInfo(self.time_zone)).time()
        if self.asleep_from <= self.awake_from:
            return self.asleep_from <= local < self.awake_from
        return local >= self.asleep_from or local < self.awake_from

    def _last(self, hour: time, now: datetime) -> datetime:
        """The last time that it was that hour."""
        local = now.astimezone(ZoneInfo(self.time_zone))
        today = local.replace(hour=hour.hour, minute=hour.minute, second=0, microsecond=0)
        return today if today <= local else today - timedelta(days=1)


def falls_asleep(wish: SleepWish | None, record: CapacityRecord, now: datetime) -> bool:
    return wish is not None and record.status is CapacityStatus.AWAKE and wish.may_sleep(record, now)


def wakes_up(wish: SleepWish | None, record: CapacityRecord, now: datetime) -> bool:
    """By the clock; visitors wake it too. A stage that sleeps no more wakes what still does."""
    asleep = record.status is CapacityStatus.ASLEEP
    return asleep and (wish is None or wish.has_slept_enough(record, now))
