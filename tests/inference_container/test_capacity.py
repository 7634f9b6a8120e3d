"""A server that may be switched off: what it refuses then, what ends, and that nobody else may switch it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from inference_container.__main__ import read_settings
from inference_container.engines.scripted import Script, ScriptedEngine
from inference_container.http_face.app import build_app
from tests.inference_container.test_http_contract import QUESTION, wait_ready

SLOW = Script(answer="раз два три четыре пять " * 20, token_seconds=0.05)


@pytest.fixture
def client() -> Iterator[TestClient]:
    with TestClient(build_app(ScriptedEngine(model="tiny", script=SLOW), switchable=True)) as client:
        wait_ready(client)
        yield client


def test_a_server_that_was_not_told_to_has_no_switch() -> None:
    with TestClient(build_app(ScriptedEngine(model="tiny", script=Script()))) as client:
        wait_ready(client)
        assert client.get("/capacity").status_code == 404
        assert client.put("/capacity", json={"copies": 0}).status_code == 404
        assert client.get("/ping").status_code == 200


def test_switched_off_it_refuses_and_says_why(client: TestClient) -> None:
    assert client.get("/capacity").json() == {"copies": 1, "ready": 1}
    assert client.put("/capacity", json={"copies": 0}).json() == {"copies": 0, "ready": 0}
    for answer in (
        client.get("/ping"),
        client.post("/v1/chat/completions", json=QUESTION),
        client.post("/invocations", json=QUESTION),
    ):
        assert answer.status_code == 503
        assert answer.json()["error"]["code"] == "switched_off"
        assert int(answer.headers["Retry-After"]) > 0
    assert "attendant_model_ready 0" in client.get("/metrics").text
    assert client.put("/capacity", json={"copies": 1}).json() == {"copies": 1, "ready": 1}
    assert client.get("/ping").status_code == 200


def test_switching_off_ends_what_runs(client: TestClient) -> None:
    ended: list[str] = []

    def ask() -> None:
        ended.append(client.post("/v1/chat/completions", json={**QUESTION, "stream": True}).text)

    asking = threading.Thread(target=ask)
    asking.start()
    while "attendant_model_running 0" in client.get("/metrics").text:
        time.sleep(0.01)
    time.sleep(0.2)  # some words are out
    client.put("/capacity", json={"copies": 0})
    asking.join(timeout=2)
    (text,) = ended
    last = json.loads(text.split("data: ")[-1])
    assert last["error"]["code"] == "switched_off"
    assert "[DONE]" not in text
    assert "attendant_model_running 0" in client.get("/metrics").text


@pytest.mark.parametrize("body", ['{"copies": 2}', '{"copies": -1}', '{"copies": "0"}', "{}", "0", "{"])
def test_what_is_no_number_of_copies_changes_nothing(client: TestClient, body: str) -> None:
    assert client.put("/capacity", content=body).status_code == 400
    assert client.put("/capacity", content='{"copies": 0}' + " " * 2000).status_code == 413
    assert client.get("/capacity").json()["copies"] == 1


def test_the_switch_is_an_option_of_the_process() -> None:
    assert read_settings([], {}).switchable is False
    assert read_settings(["--switchable"], {}).switchable is True
    assert read_settings([], {"INFERENCE_SWITCHABLE": "true"}).switchable is True
