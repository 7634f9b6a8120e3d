"""How many hours of a month somebody works, and how many the endpoint is awake.

Knows intervals, office hours and the stage's sleep, in hours that really pass: a night in which the clocks
change is an hour shorter or longer. Refuses to know what an hour costs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.spec import Hours
from infra.materials import SleepMaterials

NOON = time(12)
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Spans:
    """Stretches of time in UTC, in order, none touching another."""

    parts: tuple[tuple[datetime, datetime], ...]

    @classmethod
    def of(cls, parts: Iterable[tuple[datetime, datetime]]) -> Spans:
        merged: list[tuple[datetime, datetime]] = []
        for begin, end in sorted((begin.astimezone(UTC), end.astimezone(UTC)) for begin, end in parts):
            if merged and begin <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            elif begin < end:
                merged.append((begin, end))
        return cls(tuple(merged))

    @property
    def hours(self) -> float:
        return sum((end - begin) / timedelta(hours=1) for begin, end in self.parts)

    def within(self, other: Spans) -> Spans:
        """What is in both."""
        return Spans.of(
            (max(begin, start), min(end, stop))
            for begin, end in self.parts
            for start, stop in other.parts
            if max(begin, start) < min(end, stop)
        )

    def without(self, other: Spans) -> Spans:
        """What is in this and not in the other."""
        left = []
        for begin, end in self.parts:
            at = begin
            for start, stop in other.within(Spans(((begin, end),))).parts:
                left.append((at, start))
                at = stop
            left.append((at, end))
        return Spans.of(left)

    def lengthened(self, by: timedelta) -> Spans:
        return Spans.of((begin, end + by) for begin, end in self.parts)


def month_of(day: date) -> Spans:
    """The whole month, as it is billed: in UTC."""
    first = datetime(day.year, day.month, 1, tzinfo=UTC)
    return Spans(((first, (first + timedelta(days=32)).replace(day=1)),))


def office_hours(every: Iterable[Hours], month: Spans) -> Spans:
    """When at least one office is open."""
    return Spans.of(
        span
        for hours in every
        for day in _days(month)
        if (span := hours.today(datetime.combine(day, NOON, ZoneInfo(hours.time_zone)))) is not None
    ).within(month)


def asleep(sleep: SleepMaterials, month: Spans) -> Spans:
    """When the clock lets the endpoint sleep."""
    if sleep.asleep_from is None or sleep.awake_from is None:
        return Spans(())
    zone = ZoneInfo(sleep.time_zone)
    down, up = time.fromisoformat(sleep.asleep_from), time.fromisoformat(sleep.awake_from)
    nights = (
        (datetime.combine(day, down, zone), datetime.combine(day + A_DAY if up <= down else day, up, zone))
        for day in _days(month)
    )
    return Spans.of(nights).within(month)


def awake(sleep: SleepMaterials | None, month: Spans, asked: Spans) -> Spans:
    """When an instance runs, if somebody asks without a longer pause during `asked` and at no other time."""
    if sleep is None:
        return month
    running = month.without(asleep(sleep, month))
    if sleep.idle_minutes is not None:
        running = running.within(asked.lengthened(timedelta(minutes=sleep.idle_minutes)))
    return running


def _days(month: Spans) -> Iterator[date]:
    """Every local day that may reach into the month, whatever the zone."""
    first, last = month.parts[0][0].date() - 2 * A_DAY, month.parts[-1][1].date() + A_DAY
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
