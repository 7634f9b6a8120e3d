"""What becomes of a question, and what is said beside the answer, while the model rests or wakes up."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from core.dialogue import Reply, TurnState
from core.errors import ModelResting, ModelWarming, StoreAway
from lambdas.adapters.breaker import BreakerState, BreakerStatus, CapacityState, CapacityStatus
from lambdas.answer.worker import Worker
from tests.fakes.clock import NOON
from tests.fakes.control import FakeGate
from tests.fakes.dialogue_data import reply
from tests.fakes.flow import FakeFlow
from tests.fakes.platform import FakePlatform
from tests.fakes.specs import spec
from tests.fakes.working import delivery, make_worker

OPEN = FakeGate(BreakerStatus(BreakerState.OPEN, NOON, "latency"))
HALF_OPEN = FakeGate(BreakerStatus(BreakerState.HALF_OPEN))
STOPPED = FakeGate(capacity=CapacityState(CapacityStatus.STOPPED, 0))
WARMING = FakeGate(capacity=CapacityState(CapacityStatus.WARMING, 0))
ASLEEP = FakeGate(capacity=CapacityState(CapacityStatus.ASLEEP, 0))
AWAKE = FakeGate()


class Desk:
    """One question, asked and delivered."""

    def __init__(self, gate: FakeGate, platform: FakePlatform | None = None) -> None:
        self.platform = platform or FakePlatform()
        self.platform.gate.shown, self.platform.gate.live = gate.shown, gate.live
        self.flow = FakeFlow()
        self.worker: Worker = make_worker(self.platform, self.flow)
        self.visitor = self.platform.open()
        self.visitor.ask(wait_seconds=0)

    def work(self) -> bool:
        (pointer,) = self.platform.queue.messages
        return self.worker.work(delivery(pointer))

    def turn(self) -> Any:
        return self.platform.store.turns[self.visitor.session_id, "m1"]

    def shown(self) -> Any:
        return self.visitor.read().json()


def lacks_the_model(error: Exception) -> Any:
    def answer(*_: Any) -> Reply:
        raise error

    return answer


@pytest.mark.parametrize("gate", [OPEN, HALF_OPEN, STOPPED])
def test_an_answer_from_facts_says_that_the_assistant_rests_and_offers_a_callback(gate: FakeGate) -> None:
    desk = Desk(gate)
    assert desk.work()
    shown = desk.shown()
    assert (shown["state"], shown["text"]) == ("answered", "Да, есть.")
    assert (shown["notice"], shown["offers"]) == ("Отдыхаю.", ["callback"])


@pytest.mark.parametrize("gate", [WARMING, ASLEEP])
def test_an_answer_from_facts_says_that_the_assistant_wakes_up(gate: FakeGate) -> None:
    desk = Desk(gate)
    assert desk.work()
    shown = desk.shown()
    assert shown["state"] == "answered"
    assert "просыпается" in shown["notice"]
    assert shown["offers"] == []


def test_an_answer_while_all_is_well_says_nothing() -> None:
    desk = Desk(AWAKE)
    assert desk.work()
    assert (desk.shown()["notice"], desk.shown()["offers"]) == (None, [])


def test_an_answer_that_the_model_had_a_part_in_says_nothing() -> None:
    desk = Desk(HALF_OPEN)
    desk.flow.do = lambda *_: reply(model_tokens=12)
    assert desk.work()
    assert desk.shown()["notice"] is None


def test_a_refusal_is_a_refusal_whatever_the_model_does() -> None:
    desk = Desk(OPEN)
    desk.flow.do = lambda *_: Reply(state=TurnState.REFUSED, text="Не по теме.", reason="off_topic")
    assert desk.work()
    assert (desk.shown()["notice"], desk.shown()["offers"]) == (None, [])


@pytest.mark.parametrize(
    "closed", [{"capabilities": ["ratings", "inventory"]}, {}], ids=["never", "out of hours"]
)
def test_no_callback_is_offered_where_none_is_taken(closed: dict[str, Any]) -> None:
    platform = FakePlatform(spec(**closed))
    if not closed:
        platform.clock.advance(timedelta(hours=12).total_seconds())
    desk = Desk(OPEN, platform)
    assert desk.work()
    assert (desk.shown()["notice"], desk.shown()["offers"]) == ("Отдыхаю.", [])


def test_a_question_that_needs_the_model_is_told_that_it_rests() -> None:
    desk = Desk(OPEN)
    desk.flow.do = lacks_the_model(ModelResting())
    assert desk.work()
    shown = desk.shown()
    assert (shown["state"], shown["text"], shown["reason"]) == ("refused", "Отдыхаю.", "model_resting")
    assert (shown["notice"], shown["offers"]) == (None, ["callback"])
    assert desk.platform.telemetry.alarms == []
    assert desk.platform.store.sessions[desk.visitor.session_id].recent == ()


def test_a_question_that_needs_the_model_is_kept_while_it_wakes_up() -> None:
    desk = Desk(WARMING)
    desk.flow.do = lacks_the_model(ModelWarming())
    for _ in range(20):
        assert not desk.work()
        desk.platform.clock.advance(15)
    assert (desk.turn().state, desk.turn().claims) == (TurnState.QUEUED, 0)
    assert set(desk.platform.queue.delayed) == {15}
    kept = desk.visitor.read()
    assert kept.status_code == 202
    assert "просыпается" in kept.json()["notice"]

    desk.platform.gate.live = CapacityState(CapacityStatus.AWAKE, 1, changed_at=desk.platform.clock())
    desk.platform.clock.advance(3)
    desk.flow.do = lambda *_: reply("Готово.", model_tokens=5)
    assert desk.work()
    assert (desk.shown()["text"], desk.shown()["notice"]) == ("Готово.", None)
    assert desk.flow.questions[-1].waited_seconds == 3  # the sleep is not held against the question
    assert desk.platform.telemetry.counts["AnswerMilliseconds"] == 3_000


def test_an_answer_does_not_fail_over_its_notice() -> None:
    def away() -> Any:
        raise StoreAway

    desk = Desk(OPEN)
    desk.platform.gate.status = desk.platform.gate.capacity = away  # type: ignore[method-assign]
    assert desk.work()
    assert (desk.turn().state, desk.turn().reply.notice) == (TurnState.ANSWERED, None)
