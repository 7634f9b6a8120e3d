"""The life of a turn under anything that may happen: each accepted turn ends exactly once.

Hypothesis plays the visitor, the queue (duplicates, losses), workers that crash, sleep through their lease
and wake again, the model that rests or warms up, the reconciler and the operator. Two questions of one
dialogue live at the same time.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from core.dialogue import Reply, Turn, TurnState
from core.errors import LostClaim, ModelResting, ModelWarming, NoModelSlot, TurnBusy, TurnOver
from lambdas.adapters.breaker import CapacityState, CapacityStatus
from lambdas.adapters.turn_queue import TurnPointer
from lambdas.adapters.unfinished_turns import DEAD_LETTERED
from lambdas.answer.worker import MAX_CLAIMS
from lambdas.reconcile.redrive import redrive
from tests.fakes.dialogue_data import RETENTION, reply
from tests.fakes.flow import FakeFlow
from tests.fakes.platform import LIMITS, FakePlatform
from tests.fakes.working import delivery, make_reconciler, make_worker

LEASE = 60.0


def no_slot(*_: Any) -> Reply:
    raise NoModelSlot


def model_resting(*_: Any) -> Reply:
    raise ModelResting


def model_warming(*_: Any) -> Reply:
    raise ModelWarming


class LifeOfATurn(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.platform = FakePlatform()
        self.visitor = self.platform.open()
        self.asleep: list[Turn] = []
        self.asked: set[str] = set()
        self.ended: dict[str, Turn] = {}
        self.redrives = 0

    def deliver(self, do: Any, at: int = 0) -> None:
        """One delivery; an unfinished message stays in the queue, as SQS would have it."""
        queue = self.platform.queue.messages
        pointer = queue[at % len(queue)]
        flow = FakeFlow()
        flow.do = do
        if make_worker(self.platform, flow).work(delivery(pointer, LEASE)):
            queue.remove(pointer)

    @initialize()
    def two_questions(self) -> None:
        self.ask("m1", "Раз?")
        self.ask("m2", "Два?")

    @rule(name=st.sampled_from(["m1", "m2", "m3"]), text=st.sampled_from(["Раз?", "Два?"]))
    def ask(self, name: str, text: str) -> None:
        answer = self.visitor.ask(text, name, wait_seconds=0)
        if answer.status_code == 409:
            assert self.platform.store.turns[self.visitor.session_id, name].question != text
        elif answer.status_code == 429:  # a queue full of duplicates admits nobody new
            assert len(self.platform.queue.messages) >= LIMITS.backlog_limit
            assert name not in self.asked
        else:
            assert answer.status_code in (200, 202)
            self.asked.add(name)

    @rule(name=st.sampled_from(["m1", "m3"]))
    def poll(self, name: str) -> None:
        status = self.visitor.read(name).status_code
        assert status == 404 if name not in self.asked else status in (200, 202)

    @rule(name=st.sampled_from(["m1", "m2", "m3"]))
    def stop(self, name: str) -> None:
        before = self.platform.store.turns.get((self.visitor.session_id, name))
        answer = self.visitor.call("POST", f"/messages/{name}/stop")
        assert answer.status_code == (404 if before is None else 200)
        if before is None:
            return
        now = self.platform.store.turns[self.visitor.session_id, name]
        assert now.state.final
        assert now.reply is not None
        if before.state.final:
            assert now == before
        else:
            assert now.reply.reason == "stopped"
            assert answer.json()["text"] == now.reply.text != ""
            assert (now.fence, now.attempt) == (before.fence, before.attempt)

    @rule(name=st.sampled_from(["m1", "m2"]), thumb=st.sampled_from(["up", "down"]))
    def rate(self, name: str, thumb: str) -> None:
        status = self.visitor.call("PUT", f"/messages/{name}/feedback", json={"thumb": thumb}).status_code
        kept = self.platform.store.turns[self.visitor.session_id, name]
        assert status == (200 if kept.state.final else 409)
        if kept.state.final:
            assert kept.feedback is not None
            assert kept.feedback.thumb == thumb
            self.ended[name] = kept

    @rule(seconds=st.sampled_from([30, 61, 61, 61, 200]))
    def time_passes(self, seconds: int) -> None:
        if self.platform.clock() < self.platform.store.sessions[self.visitor.session_id].expires_at:
            self.platform.clock.advance(seconds)

    @precondition(lambda self: self.platform.queue.messages)
    @rule(
        at=st.integers(0, 3),
        fate=st.sampled_from(["sleeps", "sleeps", "sleeps", "answers", "falls", "full", "rests", "warms up"]),
        seconds=st.sampled_from([0, 30, 61]),
    )
    def a_worker(self, at: int, fate: str, seconds: int) -> None:
        if fate == "sleeps":
            self.fall_asleep(at, seconds)
        elif fate == "answers":
            self.deliver(lambda *_: reply(), at)
        elif fate == "falls":
            self.deliver(lambda *_: 1 / 0, at)
        else:
            self.deliver({"full": no_slot, "rests": model_resting, "warms up": model_warming}[fate], at)

    def fall_asleep(self, at: int, seconds: int) -> None:
        """A worker claims, says half a sentence, and dies or wakes much later."""
        queue = self.platform.queue.messages
        pointer = queue[at % len(queue)]
        stored = self.platform.store.turns[pointer.session_id, pointer.message_id]
        if stored.claims >= MAX_CLAIMS:  # the next one does not begin, it buries
            self.deliver(lambda *_: reply(), at)
            return
        try:
            turn = self.platform.turns.claim(pointer.session_id, pointer.message_id, LEASE)
        except (TurnBusy, TurnOver):
            return
        self.platform.turns.write_draft(turn, "Полтек", first=True)
        self.asleep.append(turn)
        self.platform.clock.advance(seconds)

    @precondition(lambda self: self.asleep)
    @rule(drafts=st.booleans())
    def a_sleeper_wakes(self, drafts: bool) -> None:
        turn = self.asleep.pop(0)
        stored = self.platform.store.turns[turn.session_id, turn.message_id]
        is_its_own = (stored.fence, stored.attempt) == (turn.fence, turn.attempt) and not stored.state.final
        try:
            if drafts:
                self.platform.turns.write_draft(turn, "Полтекста", first=True)
            self.platform.turns.finish(turn, reply("Проспал."), retention=RETENTION)
            assert is_its_own
        except LostClaim:
            assert not is_its_own or stored.state is not TurnState.ANSWERING

    @precondition(lambda self: self.platform.queue.messages)
    @rule(duplicate=st.booleans())
    def the_queue_loses_or_doubles(self, duplicate: bool) -> None:
        queue = self.platform.queue.messages
        if duplicate:
            queue.append(queue[0])
        else:
            queue.pop(0)

    @rule(status=st.sampled_from(CapacityStatus))
    def the_model_sleeps_or_wakes(self, status: CapacityStatus) -> None:
        slots = int(status is CapacityStatus.AWAKE)
        self.platform.gate.live = CapacityState(status, slots, self.platform.clock())

    @rule()
    def reconcile(self) -> None:
        make_reconciler(self.platform).run(lambda: 50.0)

    @rule()
    def operator_redrives(self) -> None:
        dead = {
            name
            for name, turn in self.ended.items()
            if turn.reply is not None and turn.reply.reason == DEAD_LETTERED
        }
        redrive("tester", self.platform.unfinished, self.platform.queue, self.platform.clock)
        for name in dead:
            if not self.platform.store.turns[self.visitor.session_id, name].state.final:
                del self.ended[name]
                self.redrives += 1

    @invariant()
    def an_end_is_an_end(self) -> None:
        for (_, name), turn in self.platform.store.turns.items():
            if name in self.ended:
                assert turn == self.ended[name]
            elif turn.state.final:
                assert turn.reply is not None
                self.ended[name] = turn

    @invariant()
    def nobody_dies_on_a_turn_for_ever(self) -> None:
        assert all(turn.claims <= MAX_CLAIMS + 1 for turn in self._turns() if not self.redrives)

    @invariant()
    def what_was_accepted_is_there(self) -> None:
        assert {turn.message_id for turn in self._turns()} == self.asked

    def teardown(self) -> None:
        """Left alone with a reconciler, one good worker and a model that is awake, everything ends."""
        self.asleep.clear()
        self.platform.gate.live = CapacityState()
        for _ in range(60):
            if all(turn.state.final for turn in self._turns()):
                break
            self.platform.clock.advance(61)
            make_reconciler(self.platform).run(lambda: 50.0)
            for pointer in list(self.platform.queue.messages):
                self._serve(pointer)
        assert all(turn.state.final for turn in self._turns())
        buried = {letter.pointer.message_id for letter in self.platform.queue.dead if letter.pointer}
        for turn in self._turns():
            if turn.reply is not None and turn.reply.reason == DEAD_LETTERED:
                assert turn.message_id in buried
        self.an_end_is_an_end()

    def _serve(self, pointer: TurnPointer) -> None:
        if make_worker(self.platform, FakeFlow()).work(delivery(pointer, LEASE)):
            self.platform.queue.messages.remove(pointer)

    def _turns(self) -> list[Turn]:
        return list(self.platform.store.turns.values())


LifeOfATurn.TestCase.settings = settings(
    max_examples=settings.default.max_examples // 2,
    stateful_step_count=50,
    suppress_health_check=list(HealthCheck),
)
TestLifeOfATurn = pytest.mark.timeout(240)(LifeOfATurn.TestCase)
