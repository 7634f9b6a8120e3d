"""The API's door, asked over the loopback, without TLS: only 200 admits, and silence admits nobody."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from lambdas.rotate_origin_token import api_door
from lambdas.rotate_origin_token.api_door import ApiDoor

ANSWERS = {"good": 200, "unknown": 403, "unjudged": 500, "throttled": 429}


class Api(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status = ANSWERS[self.headers["x-origin-token"]] if self.path == "/v1/health" else 404
        self.send_response(status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture(autouse=True)
def _without_tls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_door, "HTTPSConnection", HTTPConnection)


@pytest.fixture
def address() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Api)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"https://127.0.0.1:{server.server_port}/v1/health"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(("token", "status"), ANSWERS.items())
def test_only_200_admits(address: str, token: str, status: int) -> None:
    assert ApiDoor(address).admits(token) is (status == 200)


def test_nobody_answers() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        assert ApiDoor(f"https://127.0.0.1:{taken.getsockname()[1]}/v1/health").admits("good") is False
