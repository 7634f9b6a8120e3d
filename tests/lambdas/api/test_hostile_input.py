"""Whatever comes in through the gateway, what goes out is 4xx with a clear body, and nothing is lost."""

from __future__ import annotations

import base64
import copy
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mangum import Mangum

from lambdas.http_boundary.boundary import readable_event
from tests.fakes.platform import FakePlatform, Visitor

EVENT = json.loads((Path(__file__).parents[2] / "events/http_api_ask.json").read_text(encoding="utf-8"))
CONTEXT = SimpleNamespace(aws_request_id="r1")


def through_the_gateway(visitor: Visitor, body: str | bytes | None, **changes: Any) -> tuple[int, Any]:
    """The recorded event with another body, through the very code of the handler."""
    event = copy.deepcopy(EVENT)
    event["rawPath"] = event["requestContext"]["http"]["path"] = visitor.path + "/messages"
    event["headers"]["authorization"] = visitor.headers["Authorization"]
    if isinstance(body, bytes):
        event |= {"body": base64.b64encode(body).decode(), "isBase64Encoded": True}
    elif body is None:
        del event["body"]
    else:
        event["body"] = body
    event |= changes
    answer = Mangum(visitor.platform.app, lifespan="off")(readable_event(event), CONTEXT)
    return answer["statusCode"], json.loads(answer["body"]) if answer["body"] else None


def ask(**fields: Any) -> str:
    return json.dumps({"message_id": "m1", "text": "Есть ли C 180?", "wait_seconds": 0} | fields)


def test_the_recorded_event_is_a_question(visitor: Visitor) -> None:
    status, body = through_the_gateway(visitor, EVENT["body"])
    assert (status, body["state"]) == (202, "queued")
    assert visitor.platform.store.turns[visitor.session_id, "m1"].question == "Есть ли C 180?"


HOSTILE = {
    "nothing": (None, 422, "body"),
    "empty": ("", 422, "body"),
    "empty text": (ask(text=""), 422, "text"),
    "blank text": (ask(text=" \n\t"), 422, "text"),
    "nothing visible": (ask(text="\u200b\u2060\ufeff"), 422, "text"),
    "2,001 characters": (ask(text="я" * 2001), 422, "text"),
    "1 MB": (ask(text="x" * 1_000_000), 413, None),
    "NUL": (ask(text="a\x00b"), 422, "text"),
    "raw NUL": (b'{"message_id":"m1","text":"a\x00b"}', 422, "body"),
    "lone surrogate escaped": ('{"message_id":"m1","text":"\\ud800","wait_seconds":0}', 422, "text"),
    "lone surrogate raw": ('{"message_id":"m1","text":"\ud800"}', 422, "body"),
    "invalid UTF-8": (b'{"message_id":"m1","text":"\xff\xfe\xfa"}', 422, "body"),
    "UTF-16": ('{"message_id":"m1","text":"a"}'.encode("utf-16"), 422, "body"),
    "not JSON": ("hello", 422, "body"),
    "half JSON": ('{"message_id":"m1"', 422, "body"),
    "a list": ("[]", 422, "body"),
    "a number": ("1", 422, "body"),
    "null": ("null", 422, "body"),
    "wrong text type": (ask(text=5), 422, "text"),
    "text is null": (ask(text=None), 422, "text"),
    "text is an object": (ask(text={"a": 1}), 422, "text"),
    "wrong id type": (ask(message_id=5), 422, "message_id"),
    "bad id": (ask(message_id="a b"), 422, "message_id"),
    "id ends with a line": (ask(message_id="m1\n"), 422, "message_id"),
    "long id": (ask(message_id="a" * 65), 422, "message_id"),
    "no id": ('{"text":"a"}', 422, "message_id"),
    "wait too long": (ask(wait_seconds=26), 422, "wait_seconds"),
    "wait negative": (ask(wait_seconds=-1), 422, "wait_seconds"),
    "wait is NaN": ('{"message_id":"m1","text":"a","wait_seconds":NaN}', 422, "wait_seconds"),
    "wait is infinite": ('{"message_id":"m1","text":"a","wait_seconds":1e999}', 422, "wait_seconds"),
    "wait is huge": ('{"message_id":"m1","text":"a","wait_seconds":%s}' % ("9" * 400), 422, "wait_seconds"),
    "wait is text": (ask(wait_seconds="1"), 422, "wait_seconds"),
    "unknown field": (ask(state="answered"), 422, "state"),
    "surrogate in a name": ('{"message_id":"m1","text":"a","\\udfff":1}', 422, "body"),
    "a number without end": ('{"message_id":"m1","text":%s}' % ("9" * 5000), None, None),
    "deep nesting": ("[" * 30_000, None, None),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bodies(visitor: Visitor, name: str) -> None:
    body, expected, field = HOSTILE[name]
    status, answer = through_the_gateway(visitor, body)
    assert 400 <= status < 500
    assert set(answer["error"]) == {"code", "message", "fields", "request_id"}
    assert answer["error"]["request_id"] == "JKJaXmPLvHcESHA="
    if expected is not None:
        assert status == expected
    if field is not None:
        assert field in {wrong["field"] for wrong in answer["error"]["fields"]}
    assert all(_russian(wrong["message"]) for wrong in answer["error"]["fields"])
    assert not visitor.platform.store.turns
    assert not visitor.platform.telemetry.alarms


def _russian(text: str) -> bool:
    return any("а" <= char <= "я" for char in text)


def test_exactly_2000_characters_pass_emoji_counted_as_one(visitor: Visitor) -> None:
    assert through_the_gateway(visitor, ask(text="🚗" * 2000))[0] == 202


def test_declared_form_bodies_are_no_questions(visitor: Visitor) -> None:
    headers = EVENT["headers"] | {
        "authorization": visitor.headers["Authorization"],
        "content-type": "application/x-www-form-urlencoded",
    }
    assert through_the_gateway(visitor, "text=a", headers=headers)[0] == 422


@pytest.mark.parametrize(
    "query",
    [
        "after=-1",
        "after=x",
        "after=1e9",
        "wait_seconds=nan",
        "wait_seconds=26",
        "wait_seconds=",
        "revision=-1",
    ],
)
def test_hostile_queries(visitor: Visitor, query: str) -> None:
    answer = visitor.call("GET", f"/messages/m1?{query}")
    assert answer.status_code == 422
    assert answer.json()["error"]["fields"][0]["field"] == query.partition("=")[0]


@pytest.mark.parametrize("id_", ["%00", "%ED%A0%80", "..%2f", "a" * 65, "%D0%B0", "m1%0a"])
def test_hostile_message_ids_in_the_path(visitor: Visitor, id_: str) -> None:
    answer = visitor.call("GET", f"/messages/{id_}")
    assert answer.status_code in (404, 405, 422)
    assert answer.json()["error"]["request_id"]


@pytest.mark.parametrize("id_", ["%00", "%ED%A0%80", "%20", "x" * 3000])
def test_hostile_session_ids(platform: FakePlatform, visitor: Visitor, id_: str) -> None:
    answer = platform.client.get(f"/v1/tester/sessions/{id_}/messages/m1", headers=visitor.headers)
    assert answer.status_code == 404


def test_unknown_addresses_and_methods_have_the_same_shape(platform: FakePlatform) -> None:
    for method, path, status in (
        ("GET", "/", 404),
        ("GET", "/v2", 404),
        ("GET", "/v1/health/", 404),  # and no redirect, which would name the gateway
        ("PUT", "/v1/health", 405),
    ):
        answer = platform.client.request(method, path, follow_redirects=False)
        assert answer.status_code == status
        assert answer.json()["error"]["message"]


def test_a_stranger_error_is_a_fixed_500_and_says_nothing(
    platform: FakePlatform, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = "Есть ли C 180?"

    def explode(*_: Any) -> None:
        raise RuntimeError(secret)

    monkeypatch.setattr(platform.turns, "accept", explode)
    answer = visitor.ask(secret)
    assert answer.status_code == 500
    assert answer.json()["error"]["code"] == "internal"
    assert secret not in answer.text
    assert platform.telemetry.events.count("unexpected_error") == 1
    assert secret not in repr(platform.telemetry.lines)


def test_a_request_that_raised_leaves_nothing_to_the_next(
    platform: FakePlatform, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(platform.turns, "accept", lambda *_: 1 / 0)
        first = through_the_gateway(visitor, ask())
    assert first[0] == 500
    status, body = through_the_gateway(visitor, ask())
    assert (status, body["message_id"]) == (202, "m1")
    assert platform.leases.held == []


def test_no_line_of_the_log_carries_what_a_visitor_wrote(platform: FakePlatform, visitor: Visitor) -> None:
    visitor.ask("Меня зовут Аркадий", message_id="tel79001234567", wait_seconds=0)
    visitor.ask("Другое", message_id="tel79001234567", wait_seconds=0)
    lines = repr(platform.telemetry.lines)
    for secret in ("Аркадий", "Другое", "tel79001234567", visitor.session_id, visitor.opened["token"]):
        assert secret not in lines
    routes = [fields["route"] for event, fields in platform.telemetry.lines if event == "request"]
    assert routes[-1] == "/v1/{assistant}/sessions/{session_id}/messages"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.fixed_dictionaries(
    {}, optional={"message_id": JSON, "text": JSON, "wait_seconds": st.just(0) | JSON, "other": JSON}
)


@settings(max_examples=settings.default.max_examples // 2, suppress_health_check=list(HealthCheck))
@given(body=FIELDS | JSON | st.binary(max_size=200))
def test_no_body_makes_a_5xx(body: Any) -> None:
    visitor = FakePlatform().open()
    raw = body if isinstance(body, bytes) else json.dumps(body)
    status, answer = through_the_gateway(visitor, raw)
    assert status in (200, 202) or 400 <= status < 500
    assert answer
