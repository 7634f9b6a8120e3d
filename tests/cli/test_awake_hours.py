"""Hours that really pass: months add up, the clocks change, sleeping saves exactly what it sleeps."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.awake_hours import Spans, asleep, awake, month_of, office_hours
from core.spec import WEEKDAYS, Hours
from infra.materials import SleepMaterials

ZONES = st.sampled_from(["Europe/Moscow", "Europe/Berlin", "America/New_York", "Asia/Vladivostok", "UTC"])
MONTHS = st.dates(date(2026, 1, 1), date(2030, 12, 31))
MINUTES = st.integers(0, 24 * 60 - 1)


def clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def sleep(zone: str = "UTC", down: str | None = None, up: str | None = None, idle: int | None = None):
    return SleepMaterials(time_zone=zone, asleep_from=down, awake_from=up, idle_minutes=idle)


def hours(zone: str, begin: str = "09:00", end: str = "21:00", days=WEEKDAYS) -> Hours:
    return Hours(time_zone=zone, week=dict.fromkeys(days, (begin, end)))


@given(MONTHS)
def test_a_month_is_as_long_as_its_days(day):
    assert month_of(day).hours in {24 * days for days in (28, 29, 30, 31)}


@given(MONTHS, ZONES, MINUTES, MINUTES)
def test_awake_and_asleep_are_the_whole_month(day, zone, down, up):
    month, nightly = month_of(day), sleep(zone, clock(down), clock(up))
    sleeping = asleep(nightly, month)
    assert awake(nightly, month, Spans(())).hours == pytest.approx(month.hours - sleeping.hours)
    length = (up - down) % (24 * 60) / 60 or 24
    days = month.hours / 24
    assert sleeping.hours == pytest.approx(days * length, abs=length + 1)  # the edges, and the clocks


@pytest.mark.parametrize(
    ("noon", "slept"),
    [((2026, 3, 28), 7), ((2026, 10, 24), 9), ((2026, 12, 1), 8)],
)
def test_the_night_in_which_the_clocks_change_is_as_long_as_it_is(noon, slept):
    begin = datetime(*noon, 12, tzinfo=UTC)
    night = Spans(((begin, begin + timedelta(days=1)),))
    assert asleep(sleep("Europe/Berlin", "23:00", "07:00"), night).hours == slept


def test_without_sleep_every_hour_counts():
    month = month_of(date(2026, 12, 1))
    assert awake(None, month, Spans(())).hours == month.hours == 744
    assert awake(sleep(), month, Spans(())).hours == 744


@given(MONTHS, ZONES, st.integers(1, 600))
def test_after_idle_time_it_runs_while_somebody_asks_and_a_little_longer(day, zone, idle):
    month = month_of(day)
    asked = office_hours([hours(zone)], month)
    running = awake(sleep(idle=idle), month, asked)
    assert asked.hours <= running.hours <= asked.hours + len(asked.parts) * idle / 60 + 1e-9
    assert asked.without(running).hours == 0


def test_offices_in_two_zones_share_their_hours():
    month = month_of(date(2026, 12, 1))
    moscow, berlin = hours("Europe/Moscow"), hours("Europe/Berlin")
    assert office_hours([moscow], month).hours == 31 * 12
    assert office_hours([moscow, moscow], month).hours == 31 * 12
    assert office_hours([moscow, berlin], month).hours == 31 * 14  # Berlin opens and closes two hours later


def test_days_off_and_holidays_are_nobodys_hours():
    month = month_of(date(2026, 12, 1))
    week = Hours(
        time_zone="UTC", week={"mon": (time(9), time(10))}, holidays=(date(2026, 12, 7), date(2026, 12, 8))
    )
    assert office_hours([week], month).hours == 3  # 7, 14, 21 and 28 December are Mondays


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 60)), max_size=8))
def test_spans_overlap_and_stay_what_they_cover(pairs):
    first = datetime(2026, 1, 1, tzinfo=UTC)
    spans = Spans.of((first + timedelta(hours=a), first + timedelta(hours=a + b)) for a, b in pairs)
    covered = {hour for a, b in pairs for hour in range(a, a + b)}
    assert spans.hours == len(covered)
    assert spans.without(spans).hours == 0
    assert spans.within(spans) == spans
