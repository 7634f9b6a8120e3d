"""The front door in front of a fake emulator: what passes, what does not, and where it goes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from cli.embedded_cloud.front_door import Upstream, build

Answer = Callable[[httpx.Request], httpx.Response]


class FakeEmulator(httpx.AsyncBaseTransport):
    """Keeps what it was asked; answers with `answer`."""

    def __init__(self, answer: Answer = lambda _request: httpx.Response(200, text="ok")) -> None:
        self.answer = answer
        self.asked: list[tuple[str, str, dict[str, str], bytes]] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        body = await request.aread()
        self.asked.append((request.method, str(request.url), dict(request.headers), body))
        return self.answer(request)


def door(emulator: FakeEmulator) -> TestClient:
    upstream = Upstream("http://127.0.0.1:4566", "api1", "site-bucket", "our-token")
    return TestClient(build(upstream, emulator), follow_redirects=False)


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/v1/health", "/_aws/execute-api/api1/$default/v1/health"),
        (
            "/v1/x?wait_seconds=0&after=%D0%B0",
            "/_aws/execute-api/api1/$default/v1/x?wait_seconds=0&after=%D0%B0",
        ),
        ("/v1/openapi.json", "/_aws/execute-api/api1/$default/v1/openapi.json"),
        ("/", "/site-bucket/index.html"),
        ("/app.js", "/site-bucket/app.js"),
        ("/v1", "/site-bucket/v1"),
        ("/v1evil", "/site-bucket/v1evil"),
        ("//evil.example/v1/x", "/site-bucket//evil.example/v1/x"),
    ],
)
def test_where_a_path_goes(path: str, asked: str) -> None:
    emulator = FakeEmulator()

    door(emulator).get(f"http://testserver{path}")

    assert [url for _, url, _, _ in emulator.asked] == [f"http://127.0.0.1:4566{asked}"]


@pytest.mark.parametrize("path", ["/v1/%2e%2e/x", "/%2E%2e/other-bucket/secret", "/v1/%2e/x"])
def test_dots_are_refused(path: str) -> None:
    emulator = FakeEmulator()

    assert door(emulator).get(path).status_code == 400
    assert emulator.asked == []


@given(st.binary(max_size=2_000))
def test_a_body_passes_byte_for_byte_both_ways(body: bytes) -> None:
    emulator = FakeEmulator(lambda request: httpx.Response(200, content=request.content))

    answer = door(emulator).post("/v1/x", content=body)

    assert emulator.asked[0][3] == body
    assert answer.content == body


def test_a_body_above_the_gateways_limit_is_refused() -> None:
    emulator = FakeEmulator()

    assert door(emulator).post("/v1/x", content=b"x" * (10 * 1024 * 1024 + 1)).status_code == 413
    assert emulator.asked == []


def test_a_visitors_cookie_never_reaches_another_visitor() -> None:
    emulator = FakeEmulator(
        lambda _request: httpx.Response(200, headers=[("set-cookie", "a=1"), ("set-cookie", "b=2")])
    )
    shared = door(emulator)

    first = shared.get("/v1/x")
    shared.cookies.clear()
    shared.get("/v1/x")

    assert first.headers.get_list("set-cookie") == ["a=1", "b=2"]
    assert "cookie" not in emulator.asked[1][2]


def test_the_api_is_shown_our_token_whatever_the_client_sends() -> None:
    emulator = FakeEmulator(lambda request: httpx.Response(200, text=str(request.headers)))

    door(emulator).get("/v1/x", headers=[("X-Origin-Token", "guessed"), ("x-origin-token", "again")])

    assert emulator.asked[0][2]["x-origin-token"] == "our-token"


def test_the_bucket_is_not_shown_our_token() -> None:
    emulator = FakeEmulator()

    door(emulator).get("/app.js", headers={"x-origin-token": "guessed"})

    assert "x-origin-token" not in emulator.asked[0][2]


def test_headers_of_one_hop_and_of_the_emulator_do_not_pass() -> None:
    emulator = FakeEmulator(
        lambda _request: httpx.Response(
            200, headers={"x-amz-id": "1", "connection": "close", "retry-after": "3"}
        )
    )

    answer = door(emulator).get(
        "/v1/x",
        headers={"X-Amz-Target": "DynamoDB_20120810.Scan", "Authorization": "Bearer t", "TE": "trailers"},
    )

    asked = emulator.asked[0][2]
    assert asked["authorization"] == "Bearer t"
    assert not {"x-amz-target", "te"} & set(asked)
    assert asked["host"] == "127.0.0.1:4566"
    assert answer.headers["retry-after"] == "3"
    assert not {"x-amz-id", "connection"} & set(answer.headers)


def test_redirects_are_handed_on_and_not_followed() -> None:
    emulator = FakeEmulator(
        lambda _request: httpx.Response(302, headers={"location": "http://evil.example/"})
    )

    assert door(emulator).get("/v1/x").status_code == 302
    assert len(emulator.asked) == 1


def test_a_page_that_is_not_there_is_a_plain_404() -> None:
    emulator = FakeEmulator(lambda _request: httpx.Response(403, text="<Error>bucket name and more</Error>"))

    answer = door(emulator).get("/nothing")

    assert answer.status_code == 404
    assert "bucket" not in answer.text


def test_a_stopped_emulator_is_an_honest_502() -> None:
    def refuse(_request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    answer = door(FakeEmulator(refuse)).get("/v1/x")

    assert answer.status_code == 502
    assert answer.json()["error"]["code"] == "unavailable"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/v1/x#y", 400), ("GET", "/#y", 400), ("GET", "/v1/x?a=#", 400), ("FOO", "/v1/x", 405)],
)
def test_what_is_refused_here_has_the_shape_of_the_apis_errors(method: str, path: str, status: int) -> None:
    sent: list[dict[str, Any]] = []
    raw_path, _, query = path.partition("?")
    scope = {"type": "http", "method": method, "path": raw_path, "raw_path": raw_path.encode()}
    scope |= {"query_string": query.encode(), "headers": [], "scheme": "http", "server": ("test", 80)}

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    upstream = Upstream("http://127.0.0.1:4566", "api1", "b", "t")
    asyncio.run(build(upstream, FakeEmulator())(scope, receive, send))

    assert sent[0]["status"] == status
    assert set(json.loads(sent[1]["body"])["error"]) == {"code", "message", "fields", "request_id"}


def test_head_of_a_page_tells_its_length() -> None:
    emulator = FakeEmulator(lambda _request: httpx.Response(200, headers={"content-length": "11266"}))

    assert door(emulator).head("/").headers["content-length"] == "11266"
