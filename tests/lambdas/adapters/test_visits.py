"""Visits: each is counted once, under its day and kind; the sums give back mean and variance."""

from __future__ import annotations

import statistics
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.visits import STEPS_SECONDS, Stays, Visit
from lambdas.adapters.dialogue_table import DialogueTable
from lambdas.adapters.visits import KEPT, Visits
from tests.fakes.clock import FakeClock


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def visits(dynamodb: Any, clock: FakeClock) -> Visits:
    return Visits(DialogueTable(dynamodb, "control", clock))


def test_a_day_is_what_was_counted_on_it(visits: Visits, clock: FakeClock) -> None:
    long, short = [700, 65, 3_000, 0, 86_400], [5, 10, 11]
    for seconds in long:
        visits.count("salon", Visit(seconds, used_assistant=True))
    for seconds in short:
        visits.count("salon", Visit(seconds, used_assistant=False))
    visits.count("other", Visit(1, used_assistant=True))
    today = clock().date()
    counted = visits.of("salon", today)
    assert (counted.without.count, counted.without.seconds, counted.without.squares) == (3, 26, 246)
    assert counted.without.by_step == (2, 1, *[0] * 8)
    stays = counted.with_assistant
    mean = stays.seconds / stays.count
    assert mean == statistics.fmean(long)
    variance = (stays.squares - stays.count * mean**2) / (stays.count - 1)
    assert variance == pytest.approx(statistics.variance(long))
    clock.advance(timedelta(days=1).total_seconds())
    visits.count("salon", Visit(7, used_assistant=False))
    assert visits.of("salon", today) == counted
    assert visits.of("salon", clock().date()).with_assistant == Stays()
    assert visits.of("salon", today - timedelta(days=9)).without == Stays()


def test_a_campaign_is_counted_in_the_whole_too(visits: Visits, clock: FakeClock) -> None:
    visits.count("salon", Visit(20, used_assistant=True), "autumn")
    visits.count("salon", Visit(30, used_assistant=True))
    today = clock().date()
    assert visits.of("salon", today).with_assistant.seconds == 50
    assert visits.of("salon", today, "autumn").with_assistant.seconds == 20
    assert visits.of("salon", today, "spring").with_assistant == Stays()


def test_none_of_many_at_once_is_lost(visits: Visits, clock: FakeClock) -> None:
    told = [Visit(seconds, used_assistant=seconds % 2 == 0) for seconds in range(60)]
    with ThreadPoolExecutor(8) as at_once:
        list(at_once.map(lambda visit: visits.count("salon", visit), told))
    counted = visits.of("salon", clock().date())
    assert counted.with_assistant.count + counted.without.count == 60
    assert counted.with_assistant.seconds + counted.without.seconds == sum(range(60))


def test_what_is_kept_names_nobody_and_expires(visits: Visits, clock: FakeClock, dynamodb: Any) -> None:
    visits.count("salon", Visit(20, used_assistant=True), "autumn")
    for item in dynamodb.scan(TableName="control")["Items"]:
        assert int(item["expires_at"]["N"]) == int((clock() + KEPT).timestamp())
        assert set(item) == {"key", "expires_at", "with_count", "with_seconds", "with_squares", "with_30"}


@given(seconds=st.integers(0, STEPS_SECONDS[-1]))
def test_every_visit_has_its_step(seconds: int) -> None:
    step = Visit(seconds, used_assistant=True).step
    shorter = [each for each in STEPS_SECONDS if each < step]
    assert seconds <= step
    assert all(each < seconds for each in shorter)
