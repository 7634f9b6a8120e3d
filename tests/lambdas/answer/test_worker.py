"""One delivery of one turn, whatever happens to it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core.dialogue import Exchange, Reply, TurnState, Versions
from core.errors import NoModelSlot, StoreAway
from core.flow import Question
from core.spec import Limits
from lambdas.adapters.telemetry import passed_lines
from lambdas.adapters.turn_queue import TurnPointer
from lambdas.answer.batch import work_batch
from lambdas.answer.worker import MAX_CLAIMS, Worker
from tests.fakes.dialogue_data import RETENTION, reply, session, stepped, turn
from tests.fakes.flow import FakeFlow
from tests.fakes.platform import FakePlatform
from tests.fakes.specs import spec
from tests.fakes.working import delivery, make_worker

EVENT = json.loads((Path(__file__).parents[2] / "events/sqs_turn.json").read_text(encoding="utf-8"))
POINTER = TurnPointer(session_id="S1", message_id="m1", assistant="tester")
SECRET = "Меня зовут Аркадий"


class Bench:
    def __init__(self, platform: FakePlatform) -> None:
        self.platform = platform
        self.flow = FakeFlow()
        self.worker: Worker = make_worker(platform, self.flow)
        platform.dialogues.open(session())

    def accept(self, message_id: str = "m1", text: str = SECRET) -> TurnPointer:
        moved = stepped(self.platform.store.sessions["S1"], self.platform.clock())
        self.platform.turns.accept(moved, turn(moved, message_id, question=text))
        return POINTER.model_copy(update={"message_id": message_id})

    def work(self, pointer: TurnPointer = POINTER) -> bool:
        return self.worker.work(delivery(pointer))

    def turn(self, message_id: str = "m1") -> Any:
        return self.platform.store.turns["S1", message_id]


@pytest.fixture
def bench() -> Bench:
    return Bench(FakePlatform(spec(limits=Limits(recent_turns=2))))


def test_an_answer_is_written_with_memory_and_versions(bench: Bench) -> None:
    bench.accept()
    bench.flow.do = lambda *_: reply("Да.", memory={"model": "C 180"})
    assert bench.work()
    ended = bench.turn()
    assert (ended.state, ended.reply.text) == (TurnState.ANSWERED, "Да.")
    assert ended.reply.versions.policy == "p1"
    kept = bench.platform.store.sessions["S1"]
    assert (kept.memory, kept.recent) == ({"model": "C 180"}, (Exchange(question=SECRET, answer="Да."),))


def test_a_redelivered_question_is_the_same_visitors_and_keeps_the_version_that_answered(
    bench: Bench,
) -> None:
    pointer = bench.accept()
    bench.flow.do = no_slot
    assert not bench.work(pointer)
    answered = reply("Да.").model_copy(update={"versions": Versions(model="m1@attendant/2")})
    bench.flow.do = lambda *_: answered
    assert bench.work(pointer)
    assert bench.turn().reply.versions.model == "m1@attendant/2"
    (visitor,) = {question.visitor for question in bench.flow.questions}
    assert visitor is not None
    assert "S1" not in visitor
    assert len(bench.flow.questions) == 2


def no_slot(*_: object) -> Reply:
    raise NoModelSlot


def test_the_next_question_sees_the_memory_and_the_last_exchanges(bench: Bench) -> None:
    for number in range(4):
        bench.flow.do = lambda *_, number=number: reply(f"Ответ {number}", memory={"n": number})
        bench.work(bench.accept(f"m{number}", f"Вопрос {number}"))
    last = bench.flow.questions[-1]
    assert last.memory == {"n": 2}
    assert [each.question for each in last.recent] == ["Вопрос 1", "Вопрос 2"]
    assert 50 < last.seconds_left < 60


def test_a_refusal_of_the_flow_leaves_the_memory_alone(bench: Bench) -> None:
    bench.work(bench.accept("m0"))
    before = bench.platform.store.sessions["S1"]
    bench.flow.do = lambda *_: Reply(state=TurnState.REFUSED, text="Не по теме.", reason="off_topic")
    bench.work(bench.accept("m1"))
    after = bench.platform.store.sessions["S1"]
    assert (after.memory, after.recent) == (before.memory, before.recent)
    assert bench.turn().state is TurnState.REFUSED


def test_a_flow_that_says_it_otherwise_in_the_end_replaces_what_was_read(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lambdas.answer.draft.INTERVAL_SECONDS", 0)

    def change(_question: Question, publish: Callable[[str], None]) -> Reply:
        publish("Около получаса.")
        publish("Бесплатно, около получаса.")
        return reply(text="Бесплатно, около получаса.")

    bench.accept()
    bench.flow.do = change
    assert bench.work()
    ended = bench.turn()
    assert (ended.reply.text, ended.revision) == ("Бесплатно, около получаса.", 2)


def test_a_flow_that_falls_is_an_apology_and_an_alarm_without_a_word_of_the_visitor(bench: Bench) -> None:
    def fall(question: Question, publish: Callable[[str], None]) -> Reply:
        publish("Да, есть")
        raise ValueError(question.text)

    bench.accept()
    bench.flow.do = fall
    assert bench.work()
    ended = bench.turn()
    assert (ended.state, ended.reply.text) == (TurnState.FAILED, "Простите, не получилось.")
    assert (ended.reply.reason, ended.revision) == ("error", 2)  # the readable text was replaced
    (event, error) = bench.platform.telemetry.alarms[0]
    assert event == "flow_failed"
    assert error is not None
    assert any("fall" in line for line in passed_lines(error))
    assert SECRET not in repr(bench.platform.telemetry.lines) + repr(passed_lines(error))


def test_no_slot_hands_the_message_back_as_if_nothing_had_been(bench: Bench) -> None:
    def full(*_: Any) -> Reply:
        raise NoModelSlot

    bench.accept()
    bench.flow.do = full
    for _ in range(10):
        assert not bench.work()
    assert (bench.turn().state, bench.turn().claims) == (TurnState.QUEUED, 0)
    assert set(bench.platform.queue.delayed) == {1}
    bench.flow.do = lambda *_: reply()
    assert bench.work()
    assert bench.turn().state is TurnState.ANSWERED


def test_a_live_lease_sends_the_message_back_until_its_end(bench: Bench) -> None:
    bench.accept()
    bench.platform.turns.claim("S1", "m1", 60)
    bench.platform.clock.advance(20)
    assert not bench.work()
    assert bench.platform.queue.delayed == [41]
    assert bench.flow.questions == []


@pytest.mark.parametrize("gone", ["finished", "erased", "expired"])
def test_a_turn_that_is_over_is_acknowledged(bench: Bench, gone: str) -> None:
    bench.accept()
    if gone == "finished":
        bench.work()
    elif gone == "erased":
        bench.platform.dialogues.erase("S1")
    else:
        bench.platform.clock.advance(RETENTION.total_seconds())
    asked = len(bench.flow.questions)
    assert bench.work()
    assert len(bench.flow.questions) == asked


def test_an_answer_to_an_erased_dialogue_is_thrown_away(bench: Bench) -> None:
    def erased_meanwhile(*_: Any) -> Reply:
        bench.platform.dialogues.erase("S1")
        return reply()

    bench.accept()
    bench.flow.do = erased_meanwhile
    assert bench.work()
    assert not bench.platform.store.turns
    assert bench.platform.telemetry.events.count("claim_lost") == 1


def test_a_worker_that_wakes_late_writes_nothing(bench: Bench) -> None:
    def overtaken(*_: Any) -> Reply:
        bench.platform.clock.advance(61)
        other = bench.platform.turns.claim("S1", "m1", 60)
        bench.platform.turns.finish(other, reply("Второй."), retention=RETENTION)
        return reply("Первый.")

    bench.accept()
    bench.flow.do = overtaken
    assert bench.work()
    assert bench.turn().reply.text == "Второй."


def test_a_turn_that_kills_its_workers_goes_to_the_dead_letters(bench: Bench) -> None:
    bench.accept()
    for _ in range(MAX_CLAIMS):
        bench.platform.turns.claim("S1", "m1", 60)  # and the worker dies
        bench.platform.clock.advance(61)
    assert bench.work()
    ended = bench.turn()
    assert (ended.state, ended.reply.reason) == (TurnState.FAILED, "dead_lettered")
    assert [letter.pointer for letter in bench.platform.queue.dead] == [POINTER]
    assert bench.flow.questions == []


def test_dead_letters_that_are_away_leave_the_turn_for_the_next_delivery(bench: Bench) -> None:
    bench.accept()
    for _ in range(MAX_CLAIMS):
        bench.platform.turns.claim("S1", "m1", 60)
        bench.platform.clock.advance(61)
    bench.platform.queue.broken = True
    assert deliver(bench, EVENT) == [EVENT["Records"][0]["messageId"]]
    assert bench.turn().state is TurnState.QUEUED  # given back, and not forgiven
    bench.platform.queue.broken = False
    assert deliver(bench, EVENT) == []
    assert bench.turn().state is TurnState.FAILED


class Flaky:
    """A store whose `finish` and `write_draft` are away for so many calls."""

    def __init__(self, turns: Any, away: int, *, written: bool = False) -> None:
        self._turns, self.away, self._written = turns, away, written

    def __getattr__(self, name: str) -> Any:
        return getattr(self._turns, name)

    def finish(self, *arguments: Any, **named: Any) -> Any:
        if self.away > 0:
            self.away -= 1
            if self._written:
                self._turns.finish(*arguments, **named)
            raise StoreAway
        return self._turns.finish(*arguments, **named)

    def write_draft(self, *arguments: Any, **named: Any) -> None:
        if self.away > 0:
            raise StoreAway
        self._turns.write_draft(*arguments, **named)


def unreliable(bench: Bench, away: int, *, written: bool = False) -> Bench:
    flaky = Flaky(bench.platform.turns, away, written=written)
    bench.worker = replace(bench.worker, turns=flaky, pause=bench.platform.clock.advance)
    return bench


def test_an_end_is_written_when_the_store_comes_back_in_time(bench: Bench) -> None:
    unreliable(bench, 2).accept()
    assert bench.work()
    assert bench.turn().state is TurnState.ANSWERED
    assert len(bench.flow.questions) == 1


def test_an_end_whose_writing_was_only_told_to_have_failed_is_an_end(bench: Bench) -> None:
    unreliable(bench, 1, written=True).accept()
    assert bench.work()
    assert bench.turn().state is TurnState.ANSWERED


def test_an_end_that_cannot_be_written_goes_back_and_comes_to_the_dead_letters(bench: Bench) -> None:
    unreliable(bench, 10**6).accept()
    for _ in range(MAX_CLAIMS):
        assert not bench.work()
        assert bench.turn().state is TurnState.QUEUED
    bench.worker = make_worker(bench.platform, bench.flow)
    assert bench.work()
    assert bench.turn().reply.reason == "dead_lettered"
    assert set(bench.platform.queue.delayed) == {5}


def test_documents_that_are_away_are_waited_for(bench: Bench) -> None:
    def away(*_: Any) -> Reply:
        raise StoreAway

    bench.accept()
    bench.flow.do = away
    assert not bench.work()
    bench.flow.do = lambda *_: reply()
    assert bench.work()
    assert bench.turn().state is TurnState.ANSWERED


def test_a_draft_that_cannot_be_written_costs_nothing_but_the_draft(bench: Bench) -> None:
    def speaks(_question: Question, publish: Callable[[str], None]) -> Reply:
        publish("Да.")
        return reply("Да. Есть.")

    unreliable(bench, 2).accept()
    bench.flow.do = speaks
    assert bench.work()
    assert bench.turn().reply.text == "Да. Есть."


def deliver(bench: Bench, event: dict[str, Any]) -> list[str]:
    answer = work_batch(event, bench.worker, bench.platform.telemetry, lambda: 60.0)
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def record(number: int, message_id: str) -> dict[str, Any]:
    body = json.dumps({"session_id": "S1", "message_id": message_id, "assistant": "tester"})
    return EVENT["Records"][0] | {"messageId": f"id{number}", "body": body}


def test_the_recorded_event(bench: Bench) -> None:
    bench.accept()
    assert deliver(bench, EVENT) == []
    assert bench.turn().state is TurnState.ANSWERED


def test_nothing_overtakes_a_message_that_goes_back(bench: Bench) -> None:
    for message_id in ("m1", "m2", "m3"):
        bench.accept(message_id)
    bench.platform.turns.claim("S1", "m2", 60)
    event = {"Records": [record(number, f"m{number}") for number in (1, 2, 3)]}
    assert deliver(bench, event) == ["id2", "id3"]
    assert bench.turn("m1").state is TurnState.ANSWERED
    assert bench.turn("m3").state is TurnState.QUEUED


@pytest.mark.parametrize(
    "body", ["", "{}", "[]", '{"session_id":"S1","message_id":"m1","assistant":"other"}']
)
def test_a_message_that_is_none_goes_back_and_is_told(bench: Bench, body: str) -> None:
    event = {"Records": [EVENT["Records"][0] | {"body": body}]}
    assert len(deliver(bench, event)) == 1
    assert bench.platform.telemetry.events.count("delivery_failed") == 1


def test_an_invocation_that_raised_leaves_nothing_to_the_next(bench: Bench) -> None:
    def fall(*_: Any) -> Reply:
        raise RuntimeError

    bench.flow.do = fall
    bench.work(bench.accept("m1"))
    bench.flow.do = lambda *_: reply("Да.")
    bench.work(bench.accept("m2"))
    assert bench.turn("m2").reply.text == "Да."
    assert bench.platform.store.sessions["S1"].recent == (Exchange(question=SECRET, answer="Да."),)
