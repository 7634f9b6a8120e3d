"""What any caller may send to the model server, and what it gets. The engine is scripted."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from inference_container.engines.scripted import Rule, Script, ScriptedEngine
from inference_container.http_face.app import build_app

QUESTION = {"messages": [{"role": "user", "content": "Есть ли C 180?"}]}
SCRIPT = Script(rules=(Rule(pattern="C 180", answer="Да, один автомобиль в наличии."),))


def wait_ready(client: TestClient, *, seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if client.get("/ping").status_code == 200:
            return
        time.sleep(0.01)
    pytest.fail("the server did not get ready")


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    app = build_app(ScriptedEngine(model="tiny", script=SCRIPT, context_tokens=50), max_body_bytes=4096)
    with TestClient(app, raise_server_exceptions=False) as client:
        wait_ready(client)
        yield client


def events(text: str) -> list[dict[str, Any]]:
    lines = [line.removeprefix("data: ") for line in text.splitlines() if line]
    assert lines.pop() == "[DONE]"
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("path", ["/v1/chat/completions", "/invocations"])
def test_a_whole_answer_with_usage(client: TestClient, path: str) -> None:
    answer = client.post(path, json={"model": "tiny", **QUESTION}).json()
    assert answer["choices"] == [
        {
            "index": 0,
            "message": {"role": "assistant", "content": "Да, один автомобиль в наличии."},
            "finish_reason": "stop",
        }
    ]
    assert answer["object"] == "chat.completion"
    assert answer["usage"]["prompt_tokens"] == 4
    assert answer["usage"]["total_tokens"] == 9


@pytest.mark.parametrize("path", ["/v1/chat/completions", "/invocations"])
def test_a_streamed_answer(client: TestClient, path: str) -> None:
    body = {**QUESTION, "stream": True, "stream_options": {"include_usage": True}}
    response = client.post(path, json=body)
    assert response.headers["content-type"].startswith("text/event-stream")
    chunks = events(response.text)
    assert chunks[0]["choices"][0]["delta"]["role"] == "assistant"
    texts = [c["choices"][0]["delta"].get("content", "") for c in chunks if c["choices"]]
    assert "".join(texts) == "Да, один автомобиль в наличии."
    assert [c["choices"][0]["finish_reason"] for c in chunks if c["choices"]][-1] == "stop"
    assert chunks[-1]["usage"]["completion_tokens"] == 5


@pytest.mark.parametrize(("version", "name"), [("attendant/2", "tiny@attendant/2"), ("", "tiny")])
def test_answers_name_the_version_and_callers_may_name_their_user(version: str, name: str) -> None:
    engine = ScriptedEngine(model="tiny", script=SCRIPT, context_tokens=50)
    with TestClient(build_app(engine, version=version)) as client:
        wait_ready(client)
        body = {**QUESTION, "model": "tiny", "user": "0" * 64}
        assert client.post("/invocations", json=body).json()["model"] == name
        streamed = client.post("/v1/chat/completions", json={**body, "stream": True})
    assert {chunk["model"] for chunk in events(streamed.text)} == {name}


def test_stop_and_max_tokens_cut(client: TestClient) -> None:
    cut = client.post("/v1/chat/completions", json={**QUESTION, "max_tokens": 2}).json()["choices"][0]
    assert (cut["message"]["content"], cut["finish_reason"]) == ("Да, один", "length")
    stopped = client.post("/v1/chat/completions", json={**QUESTION, "stop": [" в наличии"]}).json()
    assert stopped["choices"][0]["message"]["content"] == "Да, один автомобиль"


def test_models_and_metrics_and_openapi(client: TestClient) -> None:
    assert client.get("/v1/models").json()["data"][0]["id"] == "tiny"
    text = client.get("/metrics").text
    assert 'attendant_model_requests_total{outcome="answered"}' in text
    assert "attendant_model_running 0" in text
    paths = client.get("/openapi.json").json()["paths"]
    assert set(paths) == {"/ping", "/invocations", "/v1/chat/completions", "/v1/models", "/metrics"}


LONE_SURROGATE = rb'{"messages": [{"role": "user", "content": "\ud800"}]}'


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"text"',
        b"\xff\xfe",
        b'{"messages": [{"role": "user", "content": "\xff"}]}',
        LONE_SURROGATE,
        rb'{"messages": [{"role": "user", "content": "a\u0000b"}]}',
        b'{"messages": [{"role": "user", "content": NaN}]}',
        b"[" * 4000,
    ],
)
def test_bytes_that_are_no_request(client: TestClient, body: bytes) -> None:
    response = client.post("/v1/chat/completions", content=body)
    assert response.status_code == 400
    assert response.json()["error"]["type"] == "invalid_request_error"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"messages": []}, "messages"),
        ({"messages": "hi"}, "messages"),
        ({"messages": [{"role": "wizard", "content": "hi"}]}, "messages.0.role"),
        ({"messages": [{"role": "user", "content": 7}]}, "messages.0.content"),
        ({"messages": [{"role": "user"}]}, "messages.0.content"),
        ({"max_tokens": -1}, "max_tokens"),
        ({"max_tokens": 0}, "max_tokens"),
        ({"max_tokens": "10"}, "max_tokens"),
        ({"max_tokens": 10**30}, "max_tokens"),
        ({"temperature": 3}, "temperature"),
        ({"temperature": "hot"}, "temperature"),
        ({"top_p": 0}, "top_p"),
        ({"seed": 2**70}, "seed"),
        ({"stop": [""]}, "stop"),
        ({"stop": ["x"] * 9}, "stop"),
        ({"stream": "yes"}, "stream"),
        ({"n": 2}, "n"),
        ({"response_format": {"type": "xml"}}, "response_format.type"),
        ({"tools": []}, None),
    ],
)
def test_a_wrong_field_is_named(client: TestClient, change: dict[str, Any], field: str | None) -> None:
    response = client.post("/v1/chat/completions", json={**QUESTION, **change})
    assert response.status_code == 400
    error = response.json()["error"]
    assert error["type"] == "invalid_request_error"
    if field is None:
        assert error["param"] is None
    else:
        assert error["param"].startswith(field)


def test_an_error_never_repeats_the_message(client: TestClient) -> None:
    secret = "мой телефон 89161234567"
    body = {"messages": [{"role": secret, "content": secret}], secret: secret}
    assert "8916" not in client.post("/v1/chat/completions", json=body).text


def test_too_long_too_large_other_model_other_path(client: TestClient) -> None:
    long = client.post(
        "/v1/chat/completions", json={"messages": [{"role": "user", "content": "слово " * 100}]}
    )
    assert (long.status_code, long.json()["error"]["code"]) == (400, "context_length_exceeded")
    assert "100 tokens" in long.json()["error"]["message"]
    large = client.post("/v1/chat/completions", content=b" " * 5000)
    assert large.status_code == 413
    other = client.post("/v1/chat/completions", json={**QUESTION, "model": "gpt-4"})
    assert (other.status_code, other.json()["error"]["code"]) == (404, "model_not_found")
    assert client.get("/nowhere").status_code == 404
    assert client.get("/v1/chat/completions").status_code == 405


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
FIELDS = ["model", "messages", "max_tokens", "temperature", "stop", "stream", "response_format", "seed", "x"]


@given(body=st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=5))
def test_no_json_makes_a_5xx(client: TestClient, body: dict[str, Any]) -> None:
    content = json.dumps({**QUESTION, **body}).encode()
    response = client.post("/v1/chat/completions", content=content)
    assert response.status_code < 500


# --- what happens in time -----------------------------------------------------------------------------------


@asynccontextmanager
async def serving(
    script: Script, *, parallel: int = 1, queue_limit: int = 1
) -> AsyncIterator[tuple[httpx.AsyncClient, ScriptedEngine]]:
    engine = ScriptedEngine(model="tiny", script=script)
    app = build_app(engine, parallel=parallel, queue_limit=queue_limit)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://model") as client,
    ):
        yield client, engine


async def ready(client: httpx.AsyncClient) -> None:
    for _ in range(500):
        if (await client.get("/ping")).status_code == 200:
            return
        await asyncio.sleep(0.01)
    pytest.fail("the server did not get ready")


def test_not_ready_before_the_warm_up() -> None:
    async def scenario() -> None:
        async with serving(Script(load_seconds=0.2)) as (client, _):
            ping = await client.get("/ping")
            early = await client.post("/v1/chat/completions", json=QUESTION)
            assert (ping.status_code, early.status_code) == (503, 503)
            assert early.headers["retry-after"]
            await ready(client)
            assert (await client.post("/v1/chat/completions", json=QUESTION)).status_code == 200

    asyncio.run(scenario())


def test_an_engine_that_cannot_load_is_never_ready() -> None:
    async def scenario() -> None:
        async with serving(Script(failure="load")) as (client, _):
            await asyncio.sleep(0.1)
            answer = await client.get("/ping")
            assert (answer.status_code, "failed" in answer.text) == (503, True)

    asyncio.run(scenario())


def test_a_full_line_sheds_with_retry_after_and_the_others_are_answered() -> None:
    async def scenario() -> None:
        async with serving(Script(answer="да", first_token_seconds=0.1)) as (client, _):
            await ready(client)
            answers = await asyncio.gather(
                *(client.post("/v1/chat/completions", json=QUESTION) for _ in range(5))
            )
            assert sorted(answer.status_code for answer in answers) == [200, 200, 429, 429, 429]
            assert all(int(a.headers["retry-after"]) >= 1 for a in answers if a.status_code == 429)

    asyncio.run(scenario())


@pytest.mark.parametrize("stream", [True, False])
def test_a_broken_engine_is_a_503_before_the_first_token(stream: bool) -> None:
    async def scenario() -> None:
        async with serving(Script(failure="before_first")) as (client, _):
            await ready(client)
            answer = await client.post("/v1/chat/completions", json={**QUESTION, "stream": stream})
            assert (answer.status_code, answer.json()["error"]["code"]) == (503, "not_serving")

    asyncio.run(scenario())


def test_a_stream_that_breaks_off_ends_with_an_error_and_without_done() -> None:
    async def scenario() -> None:
        async with serving(Script(answer="раз два три четыре", failure="halfway")) as (client, engine):
            await ready(client)
            text = (await client.post("/v1/chat/completions", json={**QUESTION, "stream": True})).text
            assert "раз" in text
            assert '"error"' in text
            assert "[DONE]" not in text
            assert engine.running == 0

    asyncio.run(scenario())


async def loaded(app: Any) -> None:
    for _ in range(500):
        if app.state.service.state == "ready":
            return
        await asyncio.sleep(0.01)
    pytest.fail("the engine did not load")


async def leave_after(app: Any, messages: int, body: dict[str, Any]) -> int:
    """Speak ASGI by hand: take so many messages of the response, then hang up. Returns what was taken."""
    taken: list[dict[str, Any]] = []
    asked, enough = asyncio.Event(), asyncio.Event()

    async def receive() -> dict[str, Any]:
        if not asked.is_set():
            asked.set()
            return {"type": "http.request", "body": json.dumps(body).encode(), "more_body": False}
        await enough.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        taken.append(message)
        if len(taken) >= messages:
            enough.set()

    scope = {
        "type": "http", "asgi": {"version": "3.0", "spec_version": "2.3"}, "http_version": "1.1",
        "method": "POST", "path": "/v1/chat/completions", "raw_path": b"/v1/chat/completions",
        "query_string": b"", "headers": [], "scheme": "http", "server": ("model", 80),
        "client": ("caller", 1), "root_path": "",
    }  # fmt: skip
    if messages == 0:
        asyncio.get_running_loop().call_later(0.05, enough.set)
    await asyncio.wait_for(app(scope, receive, send), timeout=5)
    return len(taken)


def counted(app: Any, outcome: str) -> float:
    name = "attendant_model_requests_total"
    return app.state.service.metrics.registry.get_sample_value(name, {"outcome": outcome})


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"X-Timeout-Seconds": "5"}, 200),
        ({"X-Timeout-Seconds": " 0.01 "}, 504),
        ({"X-Timeout-Seconds": "0"}, 504),
        ({"X-Amzn-SageMaker-Custom-Attributes": "trace=1;timeout_seconds=0.01"}, 504),
        ({"X-Amzn-SageMaker-Custom-Attributes": "trace=1"}, 200),
        ({"X-Timeout-Seconds": ""}, 400),
        ({"X-Timeout-Seconds": "-1"}, 400),
        ({"X-Timeout-Seconds": "nan"}, 400),
        ({"X-Timeout-Seconds": "1e9"}, 400),
        ({"X-Timeout-Seconds": "٣"}, 400),
        ({"X-Amzn-SageMaker-Custom-Attributes": "timeout_seconds="}, 400),
    ],
)
@pytest.mark.parametrize("stream", [True, False])
def test_a_caller_may_say_how_long_they_wait(headers: dict[str, str], status: int, stream: bool) -> None:
    async def scenario() -> None:
        async with serving(Script(answer="да", first_token_seconds=0.1)) as (client, engine):
            await ready(client)
            told = {name: value.encode() for name, value in headers.items()}
            body = {**QUESTION, "stream": stream}
            answer = await client.post("/v1/chat/completions", json=body, headers=told)
            assert answer.status_code == status, answer.text
            assert engine.running == 0

    asyncio.run(scenario())


@pytest.mark.parametrize("stream", [True, False])
def test_who_goes_away_frees_the_slot(stream: bool) -> None:
    async def scenario() -> None:
        engine = ScriptedEngine(model="tiny", script=Script(answer="раз два три", failure="hang"))
        app = build_app(engine, parallel=1, queue_limit=3)
        async with app.router.lifespan_context(app):
            await loaded(app)
            for _ in range(3):  # three in a row on one slot: each must have freed it for the next
                await leave_after(app, 3 if stream else 0, {**QUESTION, "stream": stream})
            await asyncio.sleep(0.05)
            line = app.state.service.admission
            assert (engine.running, line.running, line.waiting) == (0, 0, 0)
            assert counted(app, "cancelled") == 3

    asyncio.run(scenario())


def test_who_goes_away_while_waiting_leaves_the_line() -> None:
    async def scenario() -> None:
        engine = ScriptedEngine(model="tiny", script=Script(answer="раз два", failure="hang"))
        app = build_app(engine, parallel=1, queue_limit=3)
        async with app.router.lifespan_context(app):
            await loaded(app)
            first = asyncio.create_task(leave_after(app, 99, QUESTION))
            await asyncio.sleep(0.05)
            await leave_after(app, 0, QUESTION)
            await asyncio.sleep(0.02)
            assert (engine.running, app.state.service.admission.waiting) == (1, 0)
            first.cancel()

    asyncio.run(scenario())
