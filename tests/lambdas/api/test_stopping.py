"""A stop ends the turn with what could be read; the worker finds its claim lost and asks no more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from core.dialogue import Reply, Turn, TurnState
from lambdas.answer import draft as draft_module
from tests.fakes.dialogue_data import RETENTION, reply
from tests.fakes.dialogues import FakeTurns
from tests.fakes.flow import FakeFlow
from tests.fakes.platform import FakePlatform, Visitor
from tests.fakes.working import delivery, make_reconciler, make_worker
from tests.lambdas.api.test_dialogue import code

STOPPED = "Ответ остановлен. Вопрос можно задать снова."


def stop(visitor: Visitor, message_id: str = "m1") -> Any:
    return visitor.call("POST", f"/messages/{message_id}/stop")


def stored(visitor: Visitor) -> Turn:
    return visitor.platform.store.turns[visitor.session_id, "m1"]


def claimed(visitor: Visitor) -> Turn:
    visitor.ask(wait_seconds=0)
    return visitor.platform.turns.claim(visitor.session_id, "m1", 60)


def test_what_nobody_has_taken_yet_ends_refused(platform: FakePlatform, visitor: Visitor) -> None:
    visitor.ask(wait_seconds=0)
    answer = stop(visitor)
    assert answer.status_code == 200
    body = answer.json()
    assert (body["state"], body["reason"], body["text"]) == ("refused", "stopped", STOPPED)
    assert visitor.read().json() == body
    flow = FakeFlow()
    (pointer,) = platform.queue.messages
    assert make_worker(platform, flow).work(delivery(pointer))  # acknowledged
    assert flow.questions == []


def test_what_could_be_read_is_the_answer(platform: FakePlatform, visitor: Visitor) -> None:
    turn = claimed(visitor)
    platform.turns.write_draft(turn, "Да, есть.", first=True)
    seen = visitor.read().json()
    body = stop(visitor).json()
    assert (body["state"], body["reason"], body["text"]) == ("answered", "stopped", "Да, есть.")
    assert body["revision"] == seen["revision"]
    assert body["versions"]["policy"] == "p1"
    assert platform.store.sessions[visitor.session_id].recent == ()


def test_a_stop_again_and_a_stop_after_the_end_change_nothing(
    platform: FakePlatform, visitor: Visitor
) -> None:
    turn = claimed(visitor)
    platform.turns.write_draft(turn, "Да.", first=True)
    first = stop(visitor)
    kept = stored(visitor)
    platform.clock.advance(5)
    assert stop(visitor).json() == first.json()
    visitor.ask(message_id="m2", wait_seconds=0)
    other = platform.turns.claim(visitor.session_id, "m2", 60)
    platform.turns.finish(other, reply(), retention=RETENTION)
    assert stop(visitor, "m2").json()["reason"] is None
    assert stored(visitor) == kept
    assert platform.telemetry.events.count("turn_stopped") == 1


def test_a_worker_that_is_speaking_stops_at_its_next_sentence(
    platform: FakePlatform, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draft_module, "INTERVAL_SECONDS", 0.0)
    visitor.ask(wait_seconds=0)
    flow, said, heard = FakeFlow(), [], []

    def the_model() -> Iterator[str]:
        try:
            yield from ("Раз.", "Раз. Два.", "Раз. Два. Три.", "Раз. Два. Три. Четыре.")
        finally:
            heard.append("the end")

    def speak(_question: Any, publish: Any) -> Reply:
        for text in the_model():
            publish(text)
            said.append(text)
            if len(said) == 2:
                assert stop(visitor).json()["text"] == "Раз. Два."
        return reply("Раз. Два. Три.")

    flow.do = speak
    (pointer,) = platform.queue.messages
    assert make_worker(platform, flow).work(delivery(pointer))
    assert said == ["Раз.", "Раз. Два."]
    assert heard == ["the end"]  # nobody listens to the model any more: its slot is free
    assert visitor.read().json()["text"] == "Раз. Два."
    assert platform.telemetry.alarms == []


def test_a_worker_that_says_nothing_more_ends_nothing(platform: FakePlatform, visitor: Visitor) -> None:
    visitor.ask(wait_seconds=0)
    flow = FakeFlow()

    def think(*_: Any) -> Reply:
        stop(visitor)
        return reply("Поздно.")

    flow.do = think
    (pointer,) = platform.queue.messages
    assert make_worker(platform, flow).work(delivery(pointer))
    assert visitor.read().json()["text"] == STOPPED
    assert platform.store.sessions[visitor.session_id].recent == ()


def test_an_answer_that_grows_meanwhile_ends_with_all_that_could_be_read(
    platform: FakePlatform, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn = claimed(visitor)
    platform.turns.write_draft(turn, "Раз.", first=True)
    ends = FakeTurns.stop

    def late(turns: FakeTurns, *arguments: Any, **named: Any) -> Turn:
        if named["shown"] == "Раз.":
            turns.write_draft(turn, "Раз. Два.", first=False)
        return ends(turns, *arguments, **named)

    monkeypatch.setattr(FakeTurns, "stop", late)
    assert stop(visitor).json()["text"] == "Раз. Два."


def test_an_end_that_comes_first_counts(
    platform: FakePlatform, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn = claimed(visitor)
    ends = FakeTurns.stop

    def late(turns: FakeTurns, *arguments: Any, **named: Any) -> Turn:
        turns.finish(turn, reply("Да, есть."), retention=RETENTION)
        return ends(turns, *arguments, **named)

    monkeypatch.setattr(FakeTurns, "stop", late)
    body = stop(visitor).json()
    assert (body["state"], body["reason"], body["text"]) == ("answered", None, "Да, есть.")


def test_a_dead_workers_turn_is_stopped_and_not_sent_again(platform: FakePlatform, visitor: Visitor) -> None:
    turn = claimed(visitor)
    platform.turns.write_draft(turn, "Полтек", first=True)
    platform.clock.advance(61)
    assert stop(visitor).json()["text"] == "Полтек"
    platform.clock.advance(3_600)
    make_reconciler(platform).run(lambda: 50.0)
    assert len(platform.queue.messages) == 1
    assert stored(visitor).state is TurnState.ANSWERED


def test_the_door_of_a_stop(platform: FakePlatform, visitor: Visitor) -> None:
    assert code(stop(visitor, "unknown")) == (404, "not_found")
    assert code(stop(visitor, "a b")) == (422, "invalid_input")
    visitor.ask(wait_seconds=0)
    path = f"{visitor.path}/messages/m1/stop"
    assert code(platform.client.post(path)) == (401, "token_required")
    assert code(platform.client.post(path, headers=platform.open().headers)) == (403, "foreign_token")
    visitor.call("POST", "/end")
    assert stop(visitor).status_code == 200
    visitor.call("DELETE")
    assert code(stop(visitor)) == (404, "not_found")
    assert not platform.store.drafts
