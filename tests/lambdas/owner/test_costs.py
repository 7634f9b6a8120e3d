"""What a day of the platform costs: hours, everybody's questions, as much of the day as has passed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from core.analytics.metrics import DayNumbers
from core.day_costs import Rates
from tests.fakes.owner_platform import RATES, FakeMetrics, OwnerPlatform

NOON = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # of Moscow


class Asked(FakeMetrics):
    """Seven questions a day of one assistant, three of the other."""

    def trends(self, assistant: str, days: int) -> tuple[DayNumbers, ...]:
        turns = 7 if assistant == "tester" else 3
        last = date(2026, 11, 23)
        return tuple(DayNumbers(day=last - timedelta(days=days - 1 - n), turns=turns) for n in range(days))


@pytest.fixture
def platform(platform: OwnerPlatform) -> OwnerPlatform:
    platform.metrics.trends = Asked().trends  # type: ignore[method-assign]
    return platform


def run(platform: OwnerPlatform, begin: datetime, minutes: int, copies: int = 1) -> None:
    now = platform.clock.now
    for minute in range(minutes):
        platform.clock.now = begin + timedelta(minutes=minute)
        platform.awake.count(copies)
    platform.clock.now = now


def test_today_so_far(platform: OwnerPlatform) -> None:
    run(platform, NOON - timedelta(hours=3), 90, copies=2)
    told = platform.read("/tester/today").json()["cost_usd_so_far"]
    assert told == pytest.approx(3 * 1.2 + (7 + 3) * 0.01 + 2.4 / 2)


def test_every_owner_reads_the_same_of_the_whole_platform(platform: OwnerPlatform) -> None:
    run(platform, NOON - timedelta(hours=1), 60)
    days = [platform.read(f"/{name}/trends", days=7).json()["days"] for name in ("tester", "other")]
    assert [day["cost"] for day in days[0]] == [day["cost"] for day in days[1]]
    assert days[0][-1]["cost"] == pytest.approx(1.2 + 0.1 + 1.2)


def test_a_day_is_the_salons_and_whole_when_it_is_over(platform: OwnerPlatform) -> None:
    run(
        platform, datetime(2026, 11, 21, 20, 0, tzinfo=UTC), 120
    )  # an hour on each side of midnight in Moscow
    costs = {day["day"]: day["cost"] for day in platform.read("/tester/trends", days=7).json()["days"]}
    assert costs["2026-11-21"] == costs["2026-11-22"] == pytest.approx(1.2 + 0.1 + 2.4)
    assert costs["2026-11-20"] is None
    assert costs["2026-11-23"] is None


def test_a_sleeping_endpoint_leaves_the_rest(platform: OwnerPlatform) -> None:
    run(platform, NOON - timedelta(hours=1), 60, copies=0)
    assert platform.read("/tester/today").json()["cost_usd_so_far"] == pytest.approx(0.1 + 1.2)


def test_rates_multiply() -> None:
    assert RATES.cost(copy_minutes=0, questions=0, passed=timedelta()) == 0
    free = Rates(usd_per_copy_hour=0, usd_per_question=0, usd_per_day=0)
    assert free.cost(copy_minutes=600, questions=99, passed=timedelta(days=1)) == 0
