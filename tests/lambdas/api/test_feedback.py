"""Thumbs: one for each answer that has ended, with a reason; the last counts, and goes with the dialogue."""

from __future__ import annotations

import json
from typing import Any

import pytest

from core.dialogue import Reply, TurnState
from core.spec import Capability
from lambdas.adapters.unfinished_turns import DEAD_LETTERED
from tests.fakes.dialogue_data import RETENTION, reply
from tests.fakes.platform import FakePlatform, Visitor
from tests.fakes.specs import spec
from tests.lambdas.api.test_dialogue import code, fields

UP = {"thumb": "up", "reason": "Понятно"}


def thumb(visitor: Visitor, body: Any, message_id: str = "m1") -> Any:
    content = {"content": json.dumps(body), "headers": {"Content-Type": "application/json"}}
    return visitor.call("PUT", f"/messages/{message_id}/feedback", **content)


def answered(platform: FakePlatform, visitor: Visitor, said: Reply | None = None) -> None:
    visitor.ask(wait_seconds=0)
    claimed = platform.turns.claim(visitor.session_id, "m1", 60)
    platform.turns.finish(claimed, said or reply(), retention=RETENTION)


def test_the_last_thumb_counts_and_is_shown(platform: FakePlatform, visitor: Visitor) -> None:
    answered(platform, visitor)
    assert visitor.read().json()["feedback"] is None
    first = thumb(visitor, UP)
    assert (first.status_code, set(first.json())) == (200, {"rated_at"})
    assert visitor.read().json()["feedback"] == UP
    platform.clock.advance(5)
    assert thumb(visitor, {"thumb": "down"}).status_code == 200
    assert visitor.read().json()["feedback"] == {"thumb": "down", "reason": ""}
    kept = platform.turns.get(visitor.session_id, "m1")
    assert kept is not None
    assert kept.feedback is not None
    assert kept.feedback.given_at == platform.clock()


def test_a_thumb_comes_after_the_answer_and_after_the_end_of_the_dialogue(
    platform: FakePlatform, visitor: Visitor
) -> None:
    visitor.ask(wait_seconds=0)
    assert code(thumb(visitor, UP)) == (409, "answer_pending")
    platform.turns.finish(platform.turns.claim(visitor.session_id, "m1", 60), reply(), retention=RETENTION)
    visitor.call("POST", "/end")
    assert thumb(visitor, UP).status_code == 200


def test_a_refusal_can_be_rated_too(visitor: Visitor) -> None:
    assert visitor.ask("Что с выборами?").json()["state"] == "refused"
    assert thumb(visitor, {"thumb": "down", "reason": "Почему?"}).status_code == 200


def test_an_answer_that_is_made_anew_was_rated_by_nobody(platform: FakePlatform, visitor: Visitor) -> None:
    answered(platform, visitor, Reply(state=TurnState.FAILED, text="Простите.", reason=DEAD_LETTERED))
    thumb(visitor, {"thumb": "down"})
    dead = platform.turns.get(visitor.session_id, "m1")
    assert dead is not None
    platform.unfinished.revive(dead)
    assert visitor.read().json()["feedback"] is None


def test_thumbs_for_nothing(platform: FakePlatform, visitor: Visitor) -> None:
    answered(platform, visitor)
    assert code(thumb(visitor, UP, "unknown")) == (404, "not_found")
    path = f"{visitor.path}/messages/m1/feedback"
    assert code(platform.client.put(path, json=UP)) == (401, "token_required")
    assert code(platform.client.put(path, json=UP, headers=platform.open().headers)) == (403, "foreign_token")
    visitor.call("DELETE")
    assert code(thumb(visitor, UP)) == (404, "not_found")
    assert not platform.store.turns


def test_who_collects_no_ratings_takes_no_thumbs() -> None:
    visitor = FakePlatform(spec(capabilities={Capability.INVENTORY})).open()
    assert code(thumb(visitor, UP)) == (404, "not_found")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "thumb"),
        ({"thumb": "sideways"}, "thumb"),
        ({"thumb": None}, "thumb"),
        ({"thumb": True}, "thumb"),
        ({"thumb": ["up"]}, "thumb"),
        ({"thumb": "UP"}, "thumb"),
        ({"thumb": "up", "reason": "x" * 1001}, "reason"),
        ({"thumb": "up", "reason": "a\x00b"}, "reason"),
        ({"thumb": "up", "reason": "\ud800"}, "reason"),
        ({"thumb": "up", "reason": 1}, "reason"),
        ({"thumb": "up", "stars": 5}, "stars"),
        ([], "body"),
        ("up", "body"),
    ],
)
def test_wrong_thumbs(platform: FakePlatform, visitor: Visitor, body: Any, field: str) -> None:
    answered(platform, visitor)
    answer = thumb(visitor, body)
    assert code(answer) == (422, "invalid_input")
    wrong = fields(answer)
    assert set(wrong) == {field}
    assert all(any("а" <= char <= "я" for char in message) for message in wrong.values())
    assert visitor.read().json()["feedback"] is None


def test_no_line_of_the_log_carries_a_reason(platform: FakePlatform, visitor: Visitor) -> None:
    answered(platform, visitor)
    thumb(visitor, {"thumb": "down", "reason": "Меня зовут Аркадий"})
    assert "Аркадий" not in repr(platform.telemetry.lines)
    told = dict(platform.telemetry.lines)
    assert told["answer_rated"]["thumb"] == "down"
