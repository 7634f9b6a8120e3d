"""Minutes of awake copies: each minute once, any stretch of whole hours, nothing made up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from lambdas.adapters.awake_time import KEPT, AwakeTime
from lambdas.adapters.dialogue_table import DialogueTable
from tests.fakes.clock import FakeClock

MOSCOW = ZoneInfo("Europe/Moscow")


@pytest.fixture
def clock() -> FakeClock:
    clock = FakeClock()
    clock.now = datetime(2026, 11, 22, 20, 0, 7, tzinfo=UTC)
    return clock


@pytest.fixture
def awake(dynamodb: Any, clock: FakeClock) -> AwakeTime:
    return AwakeTime(DialogueTable(dynamodb, "control", clock))


def run(awake: AwakeTime, clock: FakeClock, minutes: int, copies: int = 1) -> None:
    for _ in range(minutes):
        awake.count(copies)
        clock.advance(60)


def day(number: int) -> tuple[datetime, datetime]:
    return datetime(2026, 11, number, tzinfo=MOSCOW), datetime(2026, 11, number + 1, tzinfo=MOSCOW)


def test_a_minute_counts_once(awake: AwakeTime, clock: FakeClock) -> None:
    for seconds in (0, 20, 20, 20):  # the last of them a minute later
        clock.advance(seconds)
        awake.count(2)
    clock.advance(-60)
    awake.count(2)  # a repetition that comes late
    assert awake.minutes(*day(22)) == 4


def test_a_salons_day_is_summed_across_days_of_utc(awake: AwakeTime, clock: FakeClock) -> None:
    run(awake, clock, 8 * 60)  # 20:00 to 04:00 of UTC; the 23rd begins in Moscow at 21:00
    assert awake.minutes(*day(22)) == 60
    assert awake.minutes(*day(23)) == 7 * 60
    assert awake.minutes(day(22)[0], day(23)[1]) == 8 * 60


def test_an_endpoint_that_sleeps_is_zero_and_a_day_that_nobody_counted_is_not(
    awake: AwakeTime, clock: FakeClock
) -> None:
    run(awake, clock, 30, copies=0)
    assert awake.minutes(*day(22)) == 0
    assert awake.minutes(*day(21)) is None
    assert awake.minutes(*day(23)) is None


def test_what_is_over_is_read_once_and_what_is_not_grows(
    awake: AwakeTime, clock: FakeClock, dynamodb: Any
) -> None:
    run(awake, clock, 3)
    assert awake.minutes(*day(22)) == 3
    run(awake, clock, 3)
    assert awake.minutes(*day(22)) == 6
    clock.advance(timedelta(days=3).total_seconds())
    assert awake.minutes(*day(22)) == 6
    dynamodb.delete_item(TableName="control", Key={"key": {"S": "awake#2026-11-22"}})
    assert awake.minutes(*day(22)) == 6


def test_a_day_is_kept_for_400_days(awake: AwakeTime, clock: FakeClock, dynamodb: Any) -> None:
    awake.count(1)
    (item,) = dynamodb.scan(TableName="control")["Items"]
    assert int(item["expires_at"]["N"]) == int((clock() + KEPT).timestamp())
