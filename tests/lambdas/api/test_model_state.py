"""The model seen from the API: it is needed, it warms up, it is not known."""

from __future__ import annotations

from typing import Any

import pytest

from core.errors import StoreAway
from lambdas.adapters.breaker import BreakerState, BreakerStatus, CapacityState, CapacityStatus
from tests.fakes.clock import NOON
from tests.fakes.platform import FakePlatform, Visitor

WARMING = CapacityState(CapacityStatus.WARMING, 0, NOON)


def test_a_question_meanwhile_is_kept_with_the_words_for_it(platform: FakePlatform, visitor: Visitor) -> None:
    platform.gate.live = WARMING
    asked = visitor.ask(wait_seconds=0)
    assert asked.status_code == 202
    assert "просыпается" in asked.json()["notice"]
    platform.gate.live = CapacityState()
    assert visitor.read().json()["notice"] == "Ваш запрос обрабатывается, ожидайте ответа"


def test_a_state_that_cannot_be_learned_is_no_reason_to_refuse(
    platform: FakePlatform, visitor: Visitor
) -> None:
    def away() -> Any:
        raise StoreAway

    platform.gate.status = away  # type: ignore[method-assign]
    assert visitor.ask(wait_seconds=0).json()["notice"] == "Ваш запрос обрабатывается, ожидайте ответа"
    assert platform.telemetry.alarms[0][0] == "endpoint_state_unknown"


def test_an_opened_dialogue_and_a_question_say_that_the_model_is_needed(platform: FakePlatform) -> None:
    visitor = platform.open()
    assert platform.needed == [platform.gate.live]
    visitor.ask(wait_seconds=0)
    assert len(platform.needed) == 2


def test_a_wake_up_call_that_fails_is_told_and_costs_nothing(platform: FakePlatform) -> None:
    platform.wake_up_fails = True
    platform.open()
    assert platform.telemetry.alarms[0][0] == "wake_up_failed"


@pytest.mark.parametrize(
    ("state", "capacity", "told"),
    [
        (BreakerState.OPEN, CapacityState(CapacityStatus.STOPPED, 0, NOON), "resting"),
        (BreakerState.HALF_OPEN, CapacityState(), "resting"),
        (BreakerState.CLOSED, WARMING, "warming"),
        (BreakerState.CLOSED, CapacityState(), "ok"),
    ],
)
def test_the_health_of_the_model(
    platform: FakePlatform, state: BreakerState, capacity: CapacityState, told: str
) -> None:
    platform.gate.shown, platform.gate.live = BreakerStatus(state, NOON, "latency"), capacity
    health = platform.client.get("/v1/health").json()
    assert health["state"] == told
    assert health["breaker"] == {"state": state, "since": "2026-11-23T09:00:00Z", "reason": "latency"}
    assert health["capacity"]["status"] == capacity.status
