"""How long copies of the endpoint ran, counted in the table `control`: a day of UTC is one item.

    key           awake#<day>
    hour_<0..23>  minutes of copies that ran in that hour of UTC; an hour in which nobody counted is absent
    counted_at    the last minute that was counted

A minute counts once, however often it is told: a repetition is refused by `counted_at`. A minute in which the
breaker's function did not run, or could not see the capacity, is missing, so the sum may be too small and is
never too large by a repetition. Refuses to know what an hour costs.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from lambdas.adapters import items
from lambdas.adapters.clock import to_iso, to_seconds
from lambdas.adapters.dialogue_table import DialogueTable

KEPT = timedelta(days=400)
HOURS = 24


class AwakeTime:
    """Both methods raise StoreAway."""

    def __init__(self, control: DialogueTable) -> None:
        self._control = control
        self._over: dict[date, items.Item] = {}  # days that nobody counts on any more

    def count(self, copies: int) -> None:
        """The present minute, in which so many copies are paid for."""
        now = self._control.clock().astimezone(UTC)
        self._control.write(
            self._control.update(
                _key(now.date()),
                f"ADD hour_{now.hour} :copies SET counted_at = :minute, expires_at = :expires",
                "attribute_not_exists(counted_at) OR counted_at < :minute",
                {
                    ":copies": copies,
                    ":minute": to_iso(now)[:16],
                    ":expires": to_seconds(now + KEPT),
                },
            )
        )

    def minutes(self, begin: datetime, end: datetime) -> int | None:
        """Of all copies, in the hours of UTC that begin in between; None where none of them was counted."""
        first, last = begin.astimezone(UTC), end.astimezone(UTC)
        days = (first.date() + timedelta(days=step) for step in range((last.date() - first.date()).days + 1))
        counted = [
            minutes for day in days for hour, minutes in _hours(day, self._day(day)) if first <= hour < last
        ]
        return sum(counted) if counted else None

    def _day(self, day: date) -> items.Item:
        if day in self._over:
            return self._over[day]
        item = self._control.read(_key(day)) or {}
        if day < self._control.clock().astimezone(UTC).date() - timedelta(days=1):
            self._over[day] = item
        return item


def _hours(day: date, item: items.Item) -> Iterator[tuple[datetime, int]]:
    for hour in range(HOURS):
        if f"hour_{hour}" in item:
            yield datetime.combine(day, time(hour), UTC), int(item[f"hour_{hour}"])


def _key(day: date) -> items.Item:
    return items.to_wire({"key": f"awake#{day.isoformat()}"})
