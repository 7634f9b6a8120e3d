"""The table `control`: leases, what is said of the endpoint, probes and the wake-up call."""

from __future__ import annotations

import json
import threading
from datetime import timedelta
from typing import Any

import pytest

from lambdas.adapters.breaker import (
    Availability,
    Breaker,
    BreakerState,
    BreakerStatus,
    CapacityState,
    CapacityStatus,
    availability,
)
from lambdas.adapters.clock import to_iso
from lambdas.adapters.items import from_wire, to_wire
from lambdas.adapters.leases import Lease, Leases
from lambdas.adapters.wake_up import WakeUp
from tests.fakes.clock import NOON, FakeClock

MINUTE = timedelta(seconds=60)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def leases(dynamodb: Any, clock: FakeClock) -> Leases:
    return Leases(dynamodb, "control", clock)


@pytest.mark.parametrize("size", [1, 3, 12])
def test_there_are_as_many_places_as_the_pool_is_large(leases: Leases, size: int) -> None:
    held = [leases.acquire("model", size, MINUTE) for _ in range(size)]
    assert len({lease.key for lease in held if lease}) == size
    assert leases.acquire("model", size, MINUTE) is None
    assert leases.acquire("waiting", size, MINUTE) is not None


def test_a_pool_of_nothing_has_no_place(leases: Leases) -> None:
    assert leases.acquire("model", 0, MINUTE) is None


def test_a_released_place_is_free(leases: Leases) -> None:
    lease = leases.acquire("model", 1, MINUTE)
    assert lease is not None
    leases.release(lease)
    assert leases.acquire("model", 1, MINUTE) is not None


def test_a_dead_holder_frees_its_place(leases: Leases, clock: FakeClock) -> None:
    dead = leases.acquire("model", 1, MINUTE)
    clock.advance(61)
    heir = leases.acquire("model", 1, MINUTE)
    assert heir is not None
    assert dead is not None
    leases.release(dead)  # the dead one wakes: the place is another's by now
    assert leases.acquire("model", 1, MINUTE) is None


def test_of_many_at_once_no_more_than_the_pool_get_in(leases: Leases) -> None:
    held: list[Lease | None] = []
    threads = [
        threading.Thread(target=lambda: held.append(leases.acquire("model", 2, MINUTE))) for _ in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([lease for lease in held if lease]) == 2


def put(dynamodb: Any, key: str, **attributes: Any) -> None:
    dynamodb.put_item(TableName="control", Item=to_wire({"key": key, **attributes}))


def get(dynamodb: Any, key: str) -> dict[str, Any]:
    return from_wire(dynamodb.get_item(TableName="control", Key=to_wire({"key": key}))["Item"])


def test_without_an_item_the_breaker_is_closed_and_the_model_awake(dynamodb: Any) -> None:
    breaker = Breaker(dynamodb, "control")
    assert breaker.status() == BreakerStatus(BreakerState.CLOSED, revision=0)
    assert breaker.capacity() == CapacityState(CapacityStatus.AWAKE, slots=None)
    assert availability(breaker.status(), breaker.capacity()) is Availability.AWAKE


def test_the_breaker_and_the_capacity_are_read_again_after_two_seconds(dynamodb: Any) -> None:
    clock = FakeClock()
    breaker = Breaker(dynamodb, "control", monotonic=clock.monotonic)
    first = breaker.status(), breaker.capacity()
    since = "2026-11-23T09:00:00.000000Z"
    put(dynamodb, "breaker", state="open", since=since, reason="latency", revision=7)
    put(dynamodb, "capacity#model", slots=0, status="stopped", changed_at=since, wanted=0, ready=0)
    clock.advance(1.9)
    assert (breaker.status(), breaker.capacity()) == first
    clock.advance(0.2)
    assert breaker.status() == BreakerStatus(BreakerState.OPEN, NOON, "latency", 7)
    assert breaker.capacity() == CapacityState(CapacityStatus.STOPPED, 0, NOON)


@pytest.mark.parametrize(
    ("state", "status", "slots", "told"),
    [
        ("closed", "awake", None, "awake"),
        ("closed", "awake", 0, "awake"),  # all copies are ill: that is no sleep
        ("closed", "asleep", 0, "warming"),
        ("closed", "asleep", None, "warming"),
        ("closed", "warming", 0, "warming"),
        ("closed", "warming", 2, "awake"),
        ("closed", "stopped", 0, "resting"),
        ("open", "awake", 4, "resting"),
        ("open", "warming", 0, "resting"),
        ("half_open", "awake", 4, "resting"),
    ],
)
def test_what_is_told_of_the_model(state: str, status: str, slots: int | None, told: str) -> None:
    capacity = CapacityState(CapacityStatus(status), slots)
    assert availability(BreakerStatus(BreakerState(state)), capacity) == told


def half_open(dynamodb: Any, probes: int) -> None:
    counts = {"probes_left": probes, "probes_ok": 0, "probes_failed": 0}
    put(dynamodb, "breaker", state="half_open", revision=3, **counts)


def test_no_more_probes_are_taken_than_there_are_however_many_ask_at_once(dynamodb: Any) -> None:
    half_open(dynamodb, 3)
    taken: list[bool] = []
    breakers = [Breaker(dynamodb, "control") for _ in range(10)]
    threads = [
        threading.Thread(target=lambda each=each: taken.append(each.take_probe(3))) for each in breakers
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(taken) == 3
    assert get(dynamodb, "breaker")["probes_left"] == 0


def test_a_probe_is_given_back_or_its_outcome_counted(dynamodb: Any) -> None:
    half_open(dynamodb, 1)
    breaker = Breaker(dynamodb, "control")
    assert breaker.take_probe(3)
    breaker.give_probe_back(3)
    assert breaker.take_probe(3)
    breaker.count_probe(3, ok=True)
    breaker.count_probe(3, ok=False)
    item = get(dynamodb, "breaker")
    assert (item["probes_left"], item["probes_ok"], item["probes_failed"]) == (0, 1, 1)


@pytest.mark.parametrize("now", [{"state": "half_open", "revision": 4}, {"state": "closed", "revision": 3}])
def test_a_probe_of_another_day_changes_nothing(dynamodb: Any, now: dict[str, Any]) -> None:
    put(dynamodb, "breaker", **now, probes_left=5, probes_ok=0)
    breaker = Breaker(dynamodb, "control")
    assert not breaker.take_probe(3)
    breaker.give_probe_back(3)
    breaker.count_probe(3, ok=True)
    item = get(dynamodb, "breaker")
    assert (item["probes_left"], item["probes_ok"]) == (5, 0)


def test_without_an_item_there_is_no_probe_and_none_is_made(dynamodb: Any) -> None:
    assert not Breaker(dynamodb, "control").take_probe(0)
    assert "Item" not in dynamodb.get_item(TableName="control", Key=to_wire({"key": "breaker"}))


class Lambda:
    def __init__(self) -> None:
        self.calls: list[dict[str, Any]] = []

    def invoke(self, **call: Any) -> None:
        self.calls.append(call)


class Sleeper:
    """A model that may sleep, and who asks for it."""

    def __init__(self, dynamodb: Any, clock: FakeClock) -> None:
        self.dynamodb, self.clock, self.lambda_ = dynamodb, clock, Lambda()
        self.wake_up = WakeUp(dynamodb, self.lambda_, table="control", function="breaker", clock=clock)

    def becomes(self, status: str) -> None:
        kept = dict(get(self.dynamodb, "capacity#model")) if self.known().changed_at else {}
        kept.pop("key", None)
        changed_at = to_iso(self.clock())
        put(self.dynamodb, "capacity#model", **kept | {"status": status, "changed_at": changed_at})

    def known(self) -> CapacityState:
        return Breaker(self.dynamodb, "control").capacity()

    def asked(self, known: CapacityState | None = None) -> int:
        """How often the breaker's function was called so far."""
        self.wake_up.asked(known or self.known())
        return len(self.lambda_.calls)


@pytest.fixture
def sleeper(dynamodb: Any, clock: FakeClock) -> Sleeper:
    return Sleeper(dynamodb, clock)


def test_who_sleeps_is_woken_once_a_minute_however_many_ask(sleeper: Sleeper) -> None:
    sleeper.becomes("asleep")
    stale = sleeper.known()
    assert [sleeper.asked(), sleeper.asked(), sleeper.asked(stale)] == [1, 1, 1]
    (call,) = sleeper.lambda_.calls
    assert (call["FunctionName"], call["InvocationType"]) == ("breaker", "Event")
    assert json.loads(call["Payload"]) == {"command": "wake"}
    sleeper.clock.advance(61)
    assert sleeper.asked() == 2


def test_who_is_awake_is_only_told_that_it_was_needed(sleeper: Sleeper) -> None:
    sleeper.becomes("awake")
    assert sleeper.asked() == 0
    assert sleeper.known().asked_at == NOON
    sleeper.clock.advance(30)
    sleeper.asked()
    assert sleeper.known().asked_at == NOON
    sleeper.clock.advance(31)
    sleeper.asked()
    assert sleeper.known().asked_at == sleeper.clock()


def test_who_has_just_fallen_asleep_is_woken_by_the_next_question(sleeper: Sleeper) -> None:
    sleeper.becomes("awake")
    sleeper.asked()
    sleeper.clock.advance(1)
    sleeper.becomes("asleep")
    assert sleeper.asked() == 1


def test_nothing_is_noted_of_a_model_that_nobody_knows(sleeper: Sleeper) -> None:
    assert sleeper.asked() == 0
    assert sleeper.known().asked_at is None
