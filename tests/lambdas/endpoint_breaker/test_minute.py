"""The minute: measures, sleep by hours and by idle time, waking; an open breaker wins over everything."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from lambdas.adapters.breaker import CapacityStatus
from lambdas.adapters.capacity_record import CapacityRecord
from lambdas.endpoint_breaker.sleep import SleepWish
from tests.fakes.breaker import LATENCY, FakeBreaker

MOSCOW = ZoneInfo("Europe/Moscow")
NIGHT = {"time_zone": "Europe/Moscow", "asleep_from": "23:00", "awake_from": "07:30"}
IDLE = {"time_zone": "Europe/Moscow", "idle_minutes": 30}


def sleeping(**wish: object) -> FakeBreaker:
    made = FakeBreaker(SLEEP=json.dumps(wish))
    made.tick()
    return made


def go_to(breaker: FakeBreaker, hour: int, minute: int = 0, day: int = 23) -> None:
    breaker.clock.now = datetime(2026, 11, day, hour, minute, tzinfo=MOSCOW)


def status(breaker: FakeBreaker) -> str:
    return breaker.records.record.status.value


def test_a_well_endpoint_is_told_so(breaker: FakeBreaker) -> None:
    breaker.tick()
    assert breaker.telemetry.counts["EndpointHealthy"] == 1
    assert breaker.telemetry.counts["CopiesReady"] == 1
    assert 0.5 < breaker.telemetry.counts["UsdPerHour"] < 5
    assert breaker.records.record.slots == 4


def test_copies_that_are_gone_are_an_illness(breaker: FakeBreaker) -> None:
    breaker.tick()
    breaker.telemetry.counts.clear()
    breaker.capacity.ill = True
    breaker.minute()
    assert breaker.telemetry.counts["EndpointHealthy"] == 0
    assert (status(breaker), breaker.records.record.slots) == ("awake", 0)


def test_what_is_shut_or_starting_is_not_ill_and_costs_are_told_all_the_same(shut: FakeBreaker) -> None:
    shut.minute()
    assert "EndpointHealthy" not in shut.telemetry.counts
    assert shut.telemetry.counts["UsdPerHour"] == 0
    shut.capacity.ill = True
    restart = shut.call(command="restart", actor="anna")["restart"]
    shut.step("raise_capacity", restart)
    shut.minute()
    assert "EndpointHealthy" not in shut.telemetry.counts
    assert shut.telemetry.counts["UsdPerHour"] > 0


def test_a_copy_that_does_not_come_in_time_is_an_illness(breaker: FakeBreaker) -> None:
    breaker.capacity.wanted = 0
    breaker.capacity.ill = True
    breaker.tick()
    assert "EndpointHealthy" not in breaker.telemetry.counts
    breaker.clock.advance(300)
    breaker.tick()
    assert breaker.telemetry.counts["EndpointHealthy"] == 0


def test_an_endpoint_without_instances_costs_nothing() -> None:
    breaker = FakeBreaker(INSTANCE_TYPE="")
    breaker.tick()
    assert breaker.telemetry.counts["UsdPerHour"] == 0


def test_a_price_that_is_not_in_the_table_keeps_nothing_from_being_done() -> None:
    breaker = FakeBreaker(INSTANCE_TYPE="quantum.large")
    breaker.tick()
    assert breaker.telemetry.alarms[0][0] == "price_unknown"
    assert breaker.telemetry.counts["EndpointHealthy"] == 1


def test_capacity_that_cannot_be_seen_is_told_and_is_no_illness(breaker: FakeBreaker) -> None:
    breaker.capacity.broken = True
    breaker.tick()
    assert [event for event, _ in breaker.telemetry.alarms] == ["capacity_unknown"]
    assert "EndpointHealthy" not in breaker.telemetry.counts


def test_alarms_that_cannot_be_seen_shut_nothing(breaker: FakeBreaker) -> None:
    breaker.alarms.broken = True
    breaker.tick()
    assert breaker.state == "closed"


def test_after_the_first_deploy_somebody_has_to_raise_it(breaker: FakeBreaker) -> None:
    breaker.capacity.wanted = 0
    breaker.tick()
    assert (breaker.capacity.wanted, breaker.capacity.held) == (1, False)


def test_copies_that_are_paid_for_are_counted_each_minute(breaker: FakeBreaker) -> None:
    breaker.tick()
    breaker.capacity.wanted, breaker.capacity.beside = 2, 1
    breaker.minute()
    breaker.ring(LATENCY)
    breaker.minute()
    assert breaker.awake.counted == [1, 3, 0]


def test_what_cannot_be_seen_is_not_counted(breaker: FakeBreaker) -> None:
    breaker.capacity.broken = True
    breaker.tick()
    assert breaker.awake.counted == []


def test_a_candidate_that_has_come_is_raised_and_paid_for(breaker: FakeBreaker) -> None:
    breaker.tick()
    alone = breaker.telemetry.counts.pop("UsdPerHour")
    breaker.capacity.wanted, breaker.capacity.beside = 2, 0
    breaker.tick()
    assert (breaker.capacity.wanted, breaker.capacity.beside) == (2, 1)
    assert breaker.telemetry.counts["UsdPerHour"] == pytest.approx(3 * alone)
    assert breaker.records.record.slots == 2 * 4, "a candidate has a share of the calls, not calls of its own"


def test_a_candidate_goes_down_with_the_live_one_and_stays_down(breaker: FakeBreaker) -> None:
    breaker.capacity.beside = 1
    breaker.ring(LATENCY)
    assert breaker.capacity.beside == 0
    breaker.capacity.beside = 1
    breaker.alarms.names.clear()
    breaker.minute()
    assert (breaker.state, breaker.capacity.wanted, breaker.capacity.beside) == ("open", 0, 0)


def test_a_candidate_sleeps_too() -> None:
    breaker = sleeping(**NIGHT)
    go_to(breaker, 23)
    breaker.tick()
    breaker.capacity.beside = 1
    breaker.tick()
    assert (status(breaker), breaker.capacity.beside) == ("asleep", 0)


def test_by_default_it_never_sleeps(breaker: FakeBreaker) -> None:
    for _ in range(24):
        breaker.clock.advance(3_600)
        breaker.tick()
    assert (breaker.capacity.wanted, status(breaker)) == (1, "awake")


def test_it_sleeps_at_night_and_wakes_in_the_morning() -> None:
    breaker = sleeping(**NIGHT)
    go_to(breaker, 22, 59)
    breaker.tick()
    assert status(breaker) == "awake"
    go_to(breaker, 23)
    breaker.tick()
    assert (status(breaker), breaker.capacity.wanted, breaker.capacity.held) == ("asleep", 0, True)
    go_to(breaker, 7, 29, day=24)
    breaker.tick()
    assert status(breaker) == "asleep"
    go_to(breaker, 7, 30, day=24)
    breaker.tick()
    assert (status(breaker), breaker.capacity.wanted, breaker.capacity.held) == ("awake", 1, False)
    assert [(r.action, r.actor) for r in breaker.audit.records] == [("sleep", "clock"), ("wake", "clock")]


def test_a_visitor_at_night_wakes_it_until_nobody_asks() -> None:
    breaker = sleeping(**NIGHT)
    go_to(breaker, 23, 30)
    breaker.tick()
    assert breaker.call(command="wake") == {"waking": True}
    assert breaker.call(command="wake") == {"waking": False}
    breaker.minute()
    assert status(breaker) == "awake"
    asked(breaker)
    breaker.clock.advance(14 * 60)
    breaker.tick()
    assert status(breaker) == "awake"
    breaker.minute()
    assert status(breaker) == "asleep"


def asked(breaker: FakeBreaker) -> None:
    breaker.records.record = CapacityRecord(
        **{**vars(breaker.records.record), "asked_at": breaker.clock()},
    )


def test_it_sleeps_when_nobody_asks_and_stays_asleep_until_somebody_does() -> None:
    breaker = sleeping(**IDLE)
    breaker.clock.advance(29 * 60)
    breaker.tick()
    assert status(breaker) == "awake"
    asked(breaker)
    breaker.clock.advance(29 * 60)
    breaker.tick()
    assert status(breaker) == "awake"
    breaker.minute()
    assert status(breaker) == "asleep"
    breaker.clock.advance(86_400)
    breaker.tick()
    assert status(breaker) == "asleep"
    assert breaker.call(command="wake") == {"waking": True}


def test_idle_sleep_of_the_day_is_not_ended_by_the_hour() -> None:
    breaker = sleeping(**NIGHT, idle_minutes=30)
    go_to(breaker, 9)
    breaker.tick()
    assert status(breaker) == "awake"
    go_to(breaker, 13)
    breaker.tick()
    assert status(breaker) == "asleep"
    go_to(breaker, 14)
    breaker.tick()
    assert status(breaker) == "asleep"
    go_to(breaker, 8, day=24)
    breaker.tick()
    assert status(breaker) == "awake"


def test_a_stage_that_sleeps_no_more_wakes_what_still_does() -> None:
    breaker = FakeBreaker()
    breaker.records.record = CapacityRecord(
        status=CapacityStatus.ASLEEP, wanted=0, changed_at=breaker.clock() - timedelta(hours=1)
    )
    breaker.capacity.wanted = 0
    breaker.tick()
    assert breaker.capacity.wanted == 1


def test_an_open_breaker_sleeps_for_no_hour_and_wakes_for_nobody() -> None:
    breaker = sleeping(**NIGHT)
    breaker.ring(LATENCY)
    breaker.alarms.names.clear()
    go_to(breaker, 23)
    breaker.tick()
    assert status(breaker) == "stopped"
    assert breaker.call(command="wake") == {"waking": False}
    go_to(breaker, 8, day=24)
    breaker.tick()
    assert (breaker.state, breaker.capacity.wanted) == ("open", 0)


def test_muted_alarms_shut_nothing_down_and_the_status_says_so(breaker: FakeBreaker) -> None:
    breaker.alarms.names.add(LATENCY)
    breaker.alarms.silenced = True
    breaker.tick()
    assert breaker.state == "closed"
    told = breaker.call(command="status")
    assert (told["muted"], told["ringing"][0]["alarm"]) == (True, LATENCY)
    breaker.alarms.silenced = False
    breaker.tick()
    assert breaker.state == "open"


def test_what_sleeps_is_shut_down_like_anything_else() -> None:
    breaker = sleeping(**NIGHT)
    go_to(breaker, 23)
    breaker.tick()
    breaker.ring(LATENCY)
    assert (breaker.state, status(breaker), breaker.capacity.wanted) == ("open", "stopped", 0)


@pytest.mark.parametrize(
    "wish",
    [
        {"time_zone": "Europe/Moscow", "asleep_from": "23:00"},
        {"time_zone": "Europe/Moscow", "idle_minutes": 0},
        {"asleep_from": "23:00", "awake_from": "07:00"},
    ],
)
def test_half_a_wish_is_none(wish: dict) -> None:
    with pytest.raises(ValidationError):
        SleepWish.model_validate(wish)


def test_hours_within_one_day() -> None:
    wish = SleepWish.model_validate({"time_zone": "UTC", "asleep_from": "01:00", "awake_from": "05:00"})
    record = CapacityRecord(changed_at=datetime(2026, 11, 22, tzinfo=ZoneInfo("UTC")))
    hours = {
        hour
        for hour in range(24)
        if wish.may_sleep(record, datetime(2026, 11, 23, hour, tzinfo=ZoneInfo("UTC")))
    }
    assert hours == {1, 2, 3, 4}


def test_status_tells_everything_and_is_recorded_with_who_looked(breaker: FakeBreaker) -> None:
    breaker.ring(LATENCY)
    told = breaker.call(command="status", actor="anna")
    assert told["state"] == "open"
    assert told["capacity"] == {"status": "stopped", "wanted": 0, "ready": 0, "slots": 0}
    assert told["ringing"][0]["alarm"] == LATENCY
    assert breaker.audit.newest(1)[0].action == "status"
    breaker.call(command="status")
    assert [r.action for r in breaker.audit.records] == ["trip", "status"]


def test_history_is_the_newest_first(breaker: FakeBreaker) -> None:
    breaker.call(command="stop", actor="anna", reason="new image")
    breaker.clock.advance(1)
    told = breaker.call(command="history", actor="boris", limit=2)["history"]
    assert [(each["actor"], each["action"]) for each in told] == [("boris", "history"), ("anna", "stop")]
    assert (told[1]["before"], told[1]["after"]) == ("closed", "open")
