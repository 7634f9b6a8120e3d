"""Bytes that nobody sends by accident: each is refused by its own status, and the next caller is served."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from inference_container.engines.scripted import Script, ScriptedEngine
from inference_container.http_face.app import build_app
from tests.inference_container.test_embeddings import FakeEmbedder
from tests.inference_container.test_http_contract import wait_ready

MEBIBYTE = 1 << 20
GENERATING = ("/v1/chat/completions", "/invocations")
PATHS = (*GENERATING, "/v1/embeddings")
ASKED: dict[str, Any] = {"messages": [{"role": "user", "content": "?"}]}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    engine = ScriptedEngine(model="tiny", script=Script(answer="да"))
    app = build_app(engine, embedder=FakeEmbedder(), max_body_bytes=MEBIBYTE, switchable=True)
    with TestClient(app, raise_server_exceptions=False) as client:
        wait_ready(client)
        yield client


def refused(client: TestClient, path: str, body: bytes, status: int = 400, **more: Any) -> None:
    response = client.post(path, content=body, **more)
    assert response.status_code == status, response.text
    assert response.json()["error"]["type"] == "invalid_request_error"
    assert client.post("/v1/chat/completions", json=ASKED).status_code == 200


def chat(**fields: str) -> bytes:
    """A request whose fields are JSON as written: what `json.dumps` would never write, too."""
    written = {"messages": json.dumps(ASKED["messages"]), **fields}
    return ("{" + ", ".join(f'"{name}": {value}' for name, value in written.items()) + "}").encode()


def form(schema: str) -> str:
    return f'{{"type": "json_schema", "json_schema": {{"schema": {schema}}}}}'


@pytest.mark.parametrize("path", PATHS)
def test_ten_megabytes_are_refused(client: TestClient, path: str) -> None:
    refused(client, path, json.dumps({"messages": "x" * (10 * MEBIBYTE)}).encode(), 413)


@pytest.mark.parametrize("path", [*PATHS, "/capacity"])
def test_a_body_that_never_ends_is_read_no_further_than_the_limit(path: str) -> None:
    app = build_app(
        ScriptedEngine(model="tiny"), embedder=FakeEmbedder(), max_body_bytes=MEBIBYTE, switchable=True
    )

    async def scene() -> tuple[int, int]:
        await app.state.service.start()
        taken, statuses = 0, []

        async def receive() -> dict[str, Any]:
            nonlocal taken
            taken += 1 << 16
            return {"type": "http.request", "body": b" " * (1 << 16), "more_body": True}

        async def send(message: Any) -> None:
            statuses.append(message.get("status"))

        method = "PUT" if path == "/capacity" else "POST"
        scope = {"type": "http", "method": method, "path": path, "query_string": b"", "headers": []}
        await asyncio.wait_for(app(scope, receive, send), 10)
        return statuses[0], taken

    status, taken = asyncio.run(scene())
    assert status == 413
    assert taken <= MEBIBYTE + (1 << 16)


def test_a_body_in_pieces_is_as_long_as_all_of_them(client: TestClient) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(20):
            yield b" " * (MEBIBYTE // 10)

    assert client.post("/v1/chat/completions", content=pieces()).status_code == 413


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "body",
    [
        b"\xef\xbb\xbf{}",
        json.dumps(ASKED).encode("utf-16"),
        json.dumps(ASKED).encode("utf-32"),
        b"\xc0\xaf",
        b"\xed\xa0\x80",
        b"\x1f\x8b\x08\x00",
        b'{"messages": [], "messages"',
        b"{}{}",
        b'{"a":' * 50_000,
        b'{"messages": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b"9" * 100_000,
        b"-",
        b"1e999999",
        b"Infinity",
        b"'single'",
    ],
)
def test_bytes_that_are_no_request(client: TestClient, path: str, body: bytes) -> None:
    refused(client, path, body)


@pytest.mark.parametrize(
    "fields",
    [
        {"user": r'"\ud800"'},
        {"model": r'"\udfff"'},
        {"stop": r'"\ud83d"'},
        {"stop": r'["ok", "\udc00x"]'},
        {"messages": r'[{"role": "system", "content": "\udc00\ud800"}]'},
        {"response_format": r'{"type": "json_schema", "json_schema": {"schema": {"\ud800": 1}}}'},
        {"temperature": "NaN"},
        {"temperature": "-Infinity"},
        {"temperature": "1e400"},
        {"temperature": "-0.0001"},
        {"top_p": "NaN"},
        {"top_p": "1e-400"},
        {"max_tokens": "-1"},
        {"max_tokens": "-9223372036854775809"},
        {"max_tokens": "9" * 5_000},
        {"max_tokens": "1.5"},
        {"max_tokens": "1e3"},
        {"max_tokens": "true"},
        {"max_tokens": "null"},
        {"max_completion_tokens": "-5"},
        {"seed": "9223372036854775808"},
        {"seed": "0.5"},
        {"n": "0"},
        {"n": "true"},
        {"stream": "1"},
        {"stop": '"' + "x" * 101 + '"'},
        {"messages": json.dumps([{"role": "user", "content": "?"}] * 501)},
        {"messages": '[{"role": "user", "content": "?", "name": "x"}]'},
        {"messages": '[{"role": "user", "content": [{"type": "text", "text": "?"}]}]'},
        {"stream_options": '{"include_usage": true, "more": 1}'},
        {"response_format": form('{"a":' * 300 + "1" + "}" * 300)},
        {"response_format": form(json.dumps({"a": "x" * 40_000}))},
        {"logit_bias": "{}"},
        {"functions": "[]"},
    ],
)  # fmt: skip
def test_a_field_that_is_wrong(client: TestClient, fields: dict[str, str]) -> None:
    refused(client, "/v1/chat/completions", chat(**fields))


def test_of_two_fields_of_one_name_the_last_counts_as_everywhere(client: TestClient) -> None:
    twice = b'{"max_tokens": 1, "messages": [{"role": "user", "content": "?"}], "max_tokens": -1}'
    refused(client, "/v1/chat/completions", twice)


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", "x"]
)
def test_the_bytes_count_not_what_they_are_called(client: TestClient, kind: str) -> None:
    """SageMaker's callers name all sorts of types, or none."""
    told = {"Content-Type": kind}
    body = json.dumps(ASKED).encode()
    assert client.post("/invocations", content=body, headers=told).status_code == 200
    refused(client, "/invocations", b"messages=?", headers=told)


@pytest.mark.parametrize("encoding", ["gzip", "br", "nonsense"])
def test_a_packed_body_is_no_json(client: TestClient, encoding: str) -> None:
    """Nothing is unpacked: a small body cannot become a large one."""
    refused(client, "/invocations", b"\x1f\x8b" + b"\0" * 100, headers={"Content-Encoding": encoding})


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Timeout-Seconds": "9" * 8_000},
        {"X-Amzn-SageMaker-Custom-Attributes": "timeout_seconds=" + "1" * 9_000},
    ],
)
def test_a_header_of_any_length_is_looked_at_once(client: TestClient, headers: dict[str, str]) -> None:
    refused(client, "/invocations", json.dumps(ASKED).encode(), headers=headers)


def test_a_caller_who_goes_away_within_the_body_is_nobodys_error() -> None:
    app = build_app(ScriptedEngine(model="tiny"), max_body_bytes=MEBIBYTE)

    async def scene() -> list[int]:
        await app.state.service.start()
        parts: AsyncIterator[dict[str, Any]] = _cut_off()
        statuses: list[int] = []

        async def send(message: Any) -> None:
            statuses.append(message.get("status"))

        scope = {"type": "http", "method": "POST", "path": "/invocations", "query_string": b"", "headers": []}
        await asyncio.wait_for(app(scope, lambda: anext(parts), send), 10)
        return statuses

    assert asyncio.run(scene()) == [499, None]


async def _cut_off() -> AsyncIterator[dict[str, Any]]:
    yield {"type": "http.request", "body": b'{"messages": [', "more_body": True}
    while True:
        yield {"type": "http.disconnect"}
