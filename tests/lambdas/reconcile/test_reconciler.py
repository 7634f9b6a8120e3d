"""Turns that nobody answers: sent again with growing patience, given up, brought back."""

from __future__ import annotations

import pytest

from core.dialogue import Turn, TurnState
from core.errors import SendFailed, StoreAway
from lambdas.adapters.breaker import BreakerState, BreakerStatus, CapacityState, CapacityStatus
from lambdas.adapters.turn_queue import DeadLetter
from lambdas.reconcile.reconciler import MAX_ATTEMPTS, Reconciler, patience
from lambdas.reconcile.redrive import Redriven, redrive
from tests.fakes.dialogue_data import RETENTION, reply, session, stepped, turn
from tests.fakes.flow import FakeFlow
from tests.fakes.platform import FakePlatform
from tests.fakes.working import delivery, make_reconciler, make_worker


@pytest.fixture
def platform() -> FakePlatform:
    made = FakePlatform()
    made.dialogues.open(session())
    moved = stepped(made.store.sessions["S1"], made.clock())
    made.turns.accept(moved, turn(moved))
    return made


@pytest.fixture
def reconciler(platform: FakePlatform) -> Reconciler:
    return make_reconciler(platform)


def run(reconciler: Reconciler) -> tuple[int, int]:
    done = reconciler.run(lambda: 50.0)
    return done.resent.get("tester", 0), done.buried.get("tester", 0)


def test_a_lost_message_is_sent_again_after_a_minute(platform: FakePlatform, reconciler: Reconciler) -> None:
    platform.clock.advance(59)
    assert run(reconciler) == (0, 0)
    platform.clock.advance(2)
    assert run(reconciler) == (1, 0)
    assert run(reconciler) == (0, 0)
    assert len(platform.queue.messages) == 1
    assert platform.store.turns["S1", "m1"].attempt == 2


def test_a_live_lease_is_left_alone(platform: FakePlatform, reconciler: Reconciler) -> None:
    platform.clock.advance(50)
    platform.turns.claim("S1", "m1", 60)
    platform.clock.advance(30)
    assert run(reconciler) == (0, 0)
    platform.clock.advance(31)
    assert run(reconciler) == (1, 0)


def test_an_ended_turn_is_left_alone(platform: FakePlatform, reconciler: Reconciler) -> None:
    platform.turns.finish(platform.turns.claim("S1", "m1", 60), reply(), retention=RETENTION)
    platform.clock.advance(3600)
    assert run(reconciler) == (0, 0)


def test_it_is_given_up_after_five_attempts_and_half_an_hour(
    platform: FakePlatform, reconciler: Reconciler
) -> None:
    minutes = 0
    while not run(reconciler)[1]:
        platform.clock.advance(60)
        minutes += 1
        assert minutes < 60
    assert 30 <= minutes <= 40
    assert sum(patience(number).total_seconds() for number in range(1, MAX_ATTEMPTS + 1)) == 31 * 60
    given_up = platform.store.turns["S1", "m1"]
    assert (given_up.state, given_up.reply.reason) == (TurnState.FAILED, "dead_lettered")
    assert given_up.reply.text == "Простите, не получилось."
    assert len(platform.queue.dead) == 1
    assert platform.telemetry.events.count("turn_dead_lettered") == 1


def test_a_turn_that_is_kept_for_a_model_waking_up_is_neither_given_up_nor_called_old(
    platform: FakePlatform, reconciler: Reconciler
) -> None:
    platform.gate.live = CapacityState(CapacityStatus.WARMING, 0, platform.clock())
    for _ in range(60):
        platform.clock.advance(60)
        assert run(reconciler)[1] == 0
    assert platform.telemetry.counts["OldestUnfinishedSeconds"] == 0
    platform.gate.live = CapacityState(CapacityStatus.AWAKE, 1, platform.clock())
    platform.clock.advance(30)
    platform.telemetry.counts.clear()
    assert run(reconciler)[1] == 0
    assert platform.telemetry.counts["OldestUnfinishedSeconds"] == 30
    assert make_worker(platform, FakeFlow()).work(delivery(platform.queue.messages[-1]))
    assert platform.store.turns["S1", "m1"].state is TurnState.ANSWERED


def test_a_breaker_that_is_open_keeps_no_turn_alive(platform: FakePlatform, reconciler: Reconciler) -> None:
    platform.gate.shown = BreakerStatus(BreakerState.OPEN)
    platform.gate.live = CapacityState(CapacityStatus.WARMING, 0, platform.clock())
    bury(platform, reconciler)


def test_a_queue_that_is_away_is_told_and_tried_again(platform: FakePlatform, reconciler: Reconciler) -> None:
    platform.clock.advance(61)
    platform.queue.broken = True
    assert run(reconciler) == (0, 0)
    assert platform.telemetry.events.count("send_failed") == 1
    platform.queue.broken = False
    platform.clock.advance(121)  # the attempt that was not sent is counted, the next one comes
    assert run(reconciler) == (1, 0)


def test_a_table_that_is_away_for_one_turn_keeps_no_other_waiting(
    platform: FakePlatform, reconciler: Reconciler, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = stepped(platform.store.sessions["S1"], platform.clock())
    platform.turns.accept(moved, turn(moved, "m2"))
    platform.clock.advance(61)
    next_attempt = platform.unfinished.next_attempt

    def throttled(asked: Turn) -> Turn | None:
        if asked.message_id == "m1":
            raise StoreAway("ProvisionedThroughputExceededException")
        return next_attempt(asked)

    monkeypatch.setattr(platform.unfinished, "next_attempt", throttled)
    assert run(reconciler) == (1, 0)
    monkeypatch.undo()
    assert run(reconciler) == (1, 0)


def test_it_stops_when_its_time_is_nearly_up(platform: FakePlatform, reconciler: Reconciler) -> None:
    platform.clock.advance(61)
    assert reconciler.run(lambda: 1.0).resent == {}


def bury(platform: FakePlatform, reconciler: Reconciler) -> None:
    while not run(reconciler)[1]:
        platform.clock.advance(60)
    platform.queue.messages.clear()


def test_redriving_brings_a_turn_back_to_be_answered(platform: FakePlatform, reconciler: Reconciler) -> None:
    bury(platform, reconciler)
    assert redrive("tester", platform.unfinished, platform.queue, platform.clock) == Redriven(sent=1)
    assert platform.queue.dead == []
    (pointer,) = platform.queue.messages
    assert make_worker(platform, FakeFlow()).work(delivery(pointer))
    assert platform.store.turns["S1", "m1"].state is TurnState.ANSWERED


def test_redriving_twice_is_redriving_once(platform: FakePlatform, reconciler: Reconciler) -> None:
    bury(platform, reconciler)
    letter = platform.queue.dead[0]
    redrive("tester", platform.unfinished, platform.queue, platform.clock)
    make_worker(platform, FakeFlow()).work(delivery(platform.queue.messages[0]))
    platform.queue.dead.append(letter)
    assert redrive("tester", platform.unfinished, platform.queue, platform.clock) == Redriven(dropped=1)
    assert platform.store.turns["S1", "m1"].state is TurnState.ANSWERED


def test_redriving_that_broke_off_goes_on(platform: FakePlatform, reconciler: Reconciler) -> None:
    bury(platform, reconciler)
    platform.queue.broken = True
    with pytest.raises(SendFailed):
        redrive("tester", platform.unfinished, platform.queue, platform.clock)
    platform.queue.broken = False
    assert redrive("tester", platform.unfinished, platform.queue, platform.clock) == Redriven(sent=1)
    assert len(platform.queue.messages) == 1


def test_letters_without_a_turn_and_letters_that_are_none(
    platform: FakePlatform, reconciler: Reconciler
) -> None:
    bury(platform, reconciler)
    platform.queue.dead.append(DeadLetter(None, "stranger"))
    platform.dialogues.erase("S1")
    done = redrive("tester", platform.unfinished, platform.queue, platform.clock)
    assert done == Redriven(dropped=1, unreadable=1)
    assert [letter.receipt for letter in platform.queue.dead] == ["stranger"]
