"""The table `control`: leases and what is said of the endpoint."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest

from lambdas.adapters.breaker import Breaker, BreakerState
from lambdas.adapters.leases import Lease, Leases
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


def test_without_an_item_the_breaker_is_closed(dynamodb: Any) -> None:
    breaker = Breaker(dynamodb, "control")
    assert breaker.status().state is BreakerState.CLOSED
    assert breaker.status().lets_through
    assert breaker.slots(4) == 4


def test_the_breaker_and_the_capacity_are_read_again_after_two_seconds(dynamodb: Any) -> None:
    clock = FakeClock()
    breaker = Breaker(dynamodb, "control", monotonic=clock.monotonic)
    assert (breaker.status().lets_through, breaker.slots(4)) == (True, 4)
    for item in (
        {"key": "breaker", "state": "open", "since": "2026-11-23T09:00:00.000000Z", "reason": "latency"},
        {"key": "capacity#model"},
    ):
        dynamodb.put_item(
            TableName="control",
            Item={name: {"S": value} for name, value in item.items()}
            | ({"slots": {"N": "0"}} if item["key"] == "capacity#model" else {}),
        )
    clock.advance(1.9)
    assert (breaker.status().lets_through, breaker.slots(4)) == (True, 4)
    clock.advance(0.2)
    status = breaker.status()
    assert (status.state, status.since, status.reason) == (BreakerState.OPEN, NOON, "latency")
    assert not status.lets_through
    assert breaker.slots(4) == 0
