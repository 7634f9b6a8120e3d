"""Whatever is sent, the answer is a clear 4xx, never a 5xx, and the dialogue goes on."""

from __future__ import annotations

import json

import pytest

from tests.e2e.conftest import SALON

GOOD = {"message_id": "m-1", "text": "Есть ли C 180?", "wait_seconds": 0}


@pytest.fixture
def post(http, dialogue):
    def send(body: bytes, **headers: str):
        path = f"/v1/{SALON}/sessions/{dialogue.session_id}/messages"
        given = {"Authorization": f"Bearer {dialogue.token}", "Content-Type": "application/json", **headers}
        return http.post(path, content=body, headers=given)

    return send


def refused(response, *statuses: int) -> dict:
    assert response.status_code in (statuses or range(400, 500)), response.text
    error = response.json()["error"]
    assert error["code"]
    assert error["message"]
    return error


@pytest.mark.parametrize(
    "changes",
    [
        {"text": ""},
        {"text": "   \n"},
        {"text": "я" * 2_001},
        {"text": "Есть\x00ли"},
        {"text": None},
        {"text": 5},
        {"text": ["Есть"]},
        {"message_id": ""},
        {"message_id": "x" * 65},
        {"message_id": "../../etc"},
        {"message_id": 7},
        {"wait_seconds": -1},
        {"wait_seconds": 26},
        {"wait_seconds": "долго"},
        {"surprise": 1},
    ],
)
def test_a_wrong_field_is_named(post, changes):
    error = refused(post(json.dumps({**GOOD, **changes}).encode()), 422)
    assert error["fields"][0]["field"] in changes


def test_2000_characters_are_taken(post):
    assert post(json.dumps({**GOOD, "text": "я" * 2_000}).encode()).status_code in (200, 202)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b"\xff\xfe\x00",
        b'{"message_id": "a", "text": "\xff"}',
        b'{"message_id": "a", "text": "\\ud800"}',
        b'{"message_id": "a", "text": "' + b"[" * 5_000 + b'"',
        b"[" * 100_000,
        json.dumps({**GOOD, "text": "я" * 1_000_000}).encode(),
        b'{"text": 1e999999, "message_id": NaN}',
    ],
    ids=lambda body: f"{body[:24]!r} ({len(body)} bytes)",
)
def test_what_is_no_question_at_all(post, body):
    refused(post(body))


def test_another_content_type(post):
    refused(post(json.dumps(GOOD).encode(), **{"Content-Type": "text/plain"}))


def test_unknown_foreign_and_missing(http, api, dialogue):
    other = api.open(SALON)
    path = f"/v1/{SALON}/sessions/{dialogue.session_id}/messages"
    refused(http.post(path, json=GOOD), 401)
    refused(http.post(path, json=GOOD, headers={"Authorization": "Basic x"}), 401)
    refused(http.post(path, json=GOOD, headers={"Authorization": f"Bearer {other.token}"}), 403)
    bearer = {"Authorization": f"Bearer {dialogue.token}"}
    refused(http.post(f"/v1/{SALON}/sessions/nobody/messages", json=GOOD, headers=bearer), 404)
    refused(http.post(f"/v1/nobody/sessions/{dialogue.session_id}/messages", json=GOOD, headers=bearer), 404)
    refused(http.get(f"{path}/never-sent", headers=bearer), 404)
    refused(http.get("/v1/nothing/here/at/all"), 404)
    refused(http.put(path, json=GOOD, headers=bearer), 405, 404)


@pytest.mark.parametrize(
    "consent",
    [{}, {"storage": False}, {"storage": "yes"}, {"storage": True, "extra": 1}, [], None, {"storage": None}],
)
def test_no_session_without_consent_to_storage(http, consent):
    refused(http.post(f"/v1/{SALON}/sessions", json={"consent": consent}), 422)


@pytest.mark.parametrize("rating", [{}, {"csat": 0}, {"csat": 11}, {"csat": 5.5}, {"csat": 5, "nps": 11}])
def test_ratings_out_of_range(http, dialogue, rating):
    path = f"/v1/{SALON}/sessions/{dialogue.session_id}/rating"
    refused(http.post(path, json=rating, headers={"Authorization": f"Bearer {dialogue.token}"}), 422)


def test_the_dialogue_goes_on_after_all_that(post, dialogue):
    for body in (b"{", b'{"text": "\\ud800", "message_id": "a"}', json.dumps({**GOOD, "text": ""}).encode()):
        refused(post(body))
    assert dialogue.ask("Есть ли C 180?", lambda _: None, timeout_seconds=60).state == "answered"
