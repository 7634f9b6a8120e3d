"""Questions and answers: the deadline, growing text, repetition, refusals, shedding."""

from __future__ import annotations

from typing import Any

import pytest

from core.dialogue import Fact, Reply, Session, Source, Turn, TurnState, Versions
from core.errors import StoreAway
from core.spec import Limits
from lambdas.api.services import ApiLimits
from tests.fakes.dialogue_data import RETENTION
from tests.fakes.platform import FakePlatform, Visitor
from tests.fakes.specs import spec

NOTICE = "Ваш запрос обрабатывается, ожидайте ответа"
ANSWER = Reply(
    state=TurnState.ANSWERED,
    text="Да, есть C 180.",
    sources=(Source(kind="stock", id="v1", title="Склад"),),
    facts=(Fact(kind="stock", id="VIN1", values={"price_rub": 4_990_000}),),
    versions=Versions(model="m", snapshot="s1"),
)


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


class Hand:
    """A worker's hand: answers the turn after so many seconds of the API's waiting."""

    def __init__(self, platform: FakePlatform, visitor: Visitor, after_seconds: float) -> None:
        self.platform, self.visitor = platform, visitor
        self.at = platform.clock.monotonic() + after_seconds
        self.claimed: Any = None

    def __call__(self) -> None:
        if self.claimed is None and self.platform.clock.monotonic() >= self.at:
            self.claimed = self.platform.turns.claim(self.visitor.session_id, "m1", 60)
            self.platform.turns.finish(self.claimed, ANSWER, retention=RETENTION)


def test_an_answer_in_time(platform: FakePlatform, visitor: Visitor) -> None:
    platform.meanwhile = Hand(platform, visitor, 3.0)
    answer = visitor.ask()
    assert answer.status_code == 200
    body = answer.json()
    assert (body["state"], body["text"], body["offset"]) == ("answered", ANSWER.text, len(ANSWER.text))
    assert body["sources"] == [{"kind": "stock", "id": "v1", "title": "Склад"}]
    assert body["facts"] == [{"kind": "stock", "id": "VIN1", "values": {"price_rub": 4_990_000}}]
    assert body["versions"]["snapshot"] == "s1"
    assert body["notice"] is None
    assert body["elapsed_ms"] == pytest.approx(3_000, abs=300)
    assert platform.leases.held == []


def test_waiting_looks_often_first(platform: FakePlatform, visitor: Visitor) -> None:
    visitor.ask()
    assert platform.pauses[:6] == pytest.approx([0.04, 0.06, 0.1, 0.15, 0.25, 0.25])


def test_past_the_deadline_there_is_a_notice_and_the_answer_comes_later(
    platform: FakePlatform, visitor: Visitor
) -> None:
    started = platform.clock.monotonic()
    answer = visitor.ask()
    assert 8.5 <= platform.clock.monotonic() - started <= 9.1  # a margin before ten seconds
    assert answer.status_code == 202
    assert answer.json()["notice"] == NOTICE
    assert answer.headers["location"] == visitor.path + "/messages/m1"
    assert answer.headers["retry-after"] == "1"
    platform.meanwhile = Hand(platform, visitor, 0)
    late = visitor.read(wait_seconds=5)
    assert (late.status_code, late.json()["text"]) == (200, ANSWER.text)
    assert platform.leases.held == []


def test_who_does_not_want_to_wait_does_not(platform: FakePlatform, visitor: Visitor) -> None:
    answer = visitor.ask(wait_seconds=0)
    assert (answer.status_code, answer.json()["state"], platform.pauses) == (202, "queued", [])
    assert [pointer.message_id for pointer in platform.queue.messages] == ["m1"]


def test_no_room_to_wait_is_a_notice_at_once() -> None:
    platform = FakePlatform(limits=ApiLimits(waiting_limit=0, backlog_limit=10))
    assert platform.open().ask().status_code == 202
    assert platform.pauses == []
    assert platform.telemetry.events.count("waiters_full") == 1


def test_what_breaks_while_waiting_is_a_notice(platform: FakePlatform, visitor: Visitor) -> None:
    def break_down() -> None:
        raise RuntimeError("the store is away")

    platform.meanwhile = break_down
    assert visitor.ask().status_code == 202
    assert platform.telemetry.events.count("wait_failed") == 1
    assert platform.leases.held == []


def test_a_store_that_is_away_is_503_and_nothing_is_half_done(
    platform: FakePlatform, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: Any) -> None:
        raise StoreAway

    with monkeypatch.context() as patch:
        patch.setattr(platform.turns, "accept", away)
        answer = visitor.ask(wait_seconds=0)
    assert code(answer) == (503, "unavailable")
    assert answer.headers["retry-after"] == "2"
    assert visitor.ask(wait_seconds=0).status_code == 202


def test_what_is_away_beside_the_question_does_not_stop_it(
    platform: FakePlatform, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: Any) -> None:
        raise StoreAway

    monkeypatch.setattr(platform.queue, "depth", away)
    monkeypatch.setattr(platform.leases, "release", away)
    platform.meanwhile = Hand(platform, visitor, 1)
    assert visitor.ask().status_code == 200
    assert {event for event, _ in platform.telemetry.alarms} == {"depth_unknown", "waiter_not_released"}


def test_a_growing_text_is_read_in_pieces(platform: FakePlatform, visitor: Visitor) -> None:
    visitor.ask(wait_seconds=0)
    claimed = platform.turns.claim(visitor.session_id, "m1", 60)
    platform.turns.write_draft(claimed, "Да, есть", first=True)
    first = visitor.read(wait_seconds=10, after=0)
    assert (first.status_code, first.json()["text"], first.json()["offset"]) == (202, "Да, есть", 8)
    platform.meanwhile = lambda: platform.turns.write_draft(claimed, "Да, есть C 180", first=False)
    second = visitor.read(wait_seconds=10, after=8)
    assert (second.status_code, second.json()["text"]) == (202, " C 180")
    platform.turns.finish(claimed, ANSWER, retention=RETENTION)
    last = visitor.read(wait_seconds=10, after=14).json()
    assert (last["state"], last["text"], last["offset"]) == ("answered", ".", 15)
    assert last["revision"] == second.json()["revision"]


def test_a_text_begun_anew_is_told_by_its_revision(platform: FakePlatform, visitor: Visitor) -> None:
    visitor.ask(wait_seconds=0)
    platform.turns.write_draft(platform.turns.claim(visitor.session_id, "m1", 60), "Старое.", first=True)
    seen = visitor.read().json()
    platform.clock.advance(61)
    platform.turns.write_draft(platform.turns.claim(visitor.session_id, "m1", 60), "Новое", first=True)
    anew = visitor.read(after=7, revision=seen["revision"], wait_seconds=5)
    assert (anew.json()["text"], anew.json()["offset"]) == ("Новое", 5)
    assert anew.json()["revision"] != seen["revision"]
    assert platform.pauses == []


def test_a_text_that_was_given_up_is_taken_back_under_another_revision(
    platform: FakePlatform, visitor: Visitor
) -> None:
    visitor.ask(wait_seconds=0)
    claimed = platform.turns.claim(visitor.session_id, "m1", 60)
    platform.turns.write_draft(claimed, "Старое.", first=True)
    seen = visitor.read().json()
    platform.turns.release(claimed)
    given_up = visitor.read(after=7, revision=seen["revision"]).json()
    assert (given_up["state"], given_up["text"], given_up["offset"]) == ("queued", "", 0)
    assert given_up["revision"] > seen["revision"]


@pytest.mark.parametrize("why", ["the store is away", "another worker began just now"])
def test_a_draft_that_cannot_be_read_takes_nothing_back(
    platform: FakePlatform, visitor: Visitor, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    visitor.ask(wait_seconds=0)
    claimed = platform.turns.claim(visitor.session_id, "m1", 60)
    platform.turns.write_draft(claimed, "Да, есть", first=True)
    revision = visitor.read().json()["revision"]

    def unreadable(_turn: Any) -> str | None:
        if why == "the store is away":
            raise StoreAway
        return None

    monkeypatch.setattr(platform.turns, "draft", unreadable)
    for after in (0, 8):
        again = visitor.read(after=after, revision=revision).json()
        assert (again["text"], again["offset"], again["revision"]) == ("", after, revision)


def test_the_same_message_again_is_the_same_turn(platform: FakePlatform, visitor: Visitor) -> None:
    visitor.ask(wait_seconds=0)
    visitor.ask(wait_seconds=0)
    assert len(platform.store.turns) == 1
    assert (platform.queue.sends, len(platform.queue.messages)) == (2, 1)
    assert platform.store.sessions[visitor.session_id].sequence == 1


def test_the_same_id_with_another_text_is_a_conflict(visitor: Visitor) -> None:
    visitor.ask(wait_seconds=0)
    assert code(visitor.ask("Другое", wait_seconds=0)) == (409, "message_changed")


def test_a_queue_that_is_away_loses_nothing(platform: FakePlatform, visitor: Visitor) -> None:
    platform.queue.broken = True
    assert visitor.ask(wait_seconds=0).status_code == 202
    assert platform.telemetry.events.count("send_failed") == 1
    platform.queue.broken = False
    visitor.read()
    assert [pointer.message_id for pointer in platform.queue.messages] == ["m1"]


def test_a_forbidden_question_is_refused_and_recorded_at_once(
    platform: FakePlatform, visitor: Visitor
) -> None:
    answer = visitor.ask("Кто победит на выборах?")
    assert answer.status_code == 200
    body = answer.json()
    assert (body["state"], body["text"]) == ("refused", "Об этом я не говорю.")
    assert (body["reason"], body["versions"]["policy"]) == ("forbidden:politics", "p1")
    assert platform.queue.messages == []
    assert visitor.read().json() == body


def test_too_many_messages_a_minute() -> None:
    platform = FakePlatform(spec(limits=Limits(messages_per_minute=3)))
    visitor = platform.open()
    for number in range(3):
        assert visitor.ask(message_id=f"m{number}", wait_seconds=0).status_code == 202
        platform.clock.advance(10)
    shed = visitor.ask(message_id="m3", wait_seconds=0)
    assert code(shed) == (429, "too_many_requests")
    assert shed.headers["retry-after"] == "30"
    assert visitor.ask(message_id="m0", wait_seconds=0).status_code == 202  # nothing new, so nothing to shed
    platform.clock.advance(30)
    assert visitor.ask(message_id="m3", wait_seconds=0).status_code == 202


def test_questions_that_meet_in_one_dialogue_are_all_accepted(
    platform: FakePlatform, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    accept = platform.turns.accept
    others = iter(range(9))

    def overtaken(session: Session, turn: Turn) -> None:
        if (number := next(others, None)) is not None:
            before = platform.store.sessions[session.session_id]
            ahead = before.model_copy(update={"sequence": before.sequence + 1})
            accept(ahead, turn.model_copy(update={"message_id": f"other{number}"}))
        accept(session, turn)

    monkeypatch.setattr(platform.turns, "accept", overtaken)

    assert visitor.ask(wait_seconds=0).status_code == 202
    assert len(platform.store.turns) == 10


def test_a_long_backlog_sheds(platform: FakePlatform, visitor: Visitor) -> None:
    platform.queue.shown_depth = 10
    shed = visitor.ask()
    assert code(shed) == (429, "too_many_requests")
    assert int(shed.headers["retry-after"]) > 0
    assert not platform.store.turns
    assert visitor.ask("Кто победит на выборах?").status_code == 200  # costs the queue nothing


def test_unknown_message(visitor: Visitor) -> None:
    assert code(visitor.read("m9")) == (404, "not_found")


def test_the_deadline_counts_from_the_gateway(platform: FakePlatform, visitor: Visitor) -> None:
    from lambdas.http_boundary.boundary import _arrival

    now = platform.clock()
    early = int((now.timestamp() - 8) * 1000)
    assert (now - _arrival(early, now)).total_seconds() == pytest.approx(8)
    assert _arrival(early + 20_000, now) == now
    assert _arrival(None, now) == now
