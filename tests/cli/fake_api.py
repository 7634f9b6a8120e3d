"""The HTTP API of the product, in memory, with moods: what the command line meets without a stack."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass
class FakeTurn:
    question: str
    began: float
    polls: int = 0


@dataclass
class FakeApi:
    """`answers` maps a question to its final text; `moods` are used up one a request to /messages."""

    answers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    moods: list[str] = field(default_factory=list)
    flickering: bool = False
    forgetful: bool = False
    resting: bool = False
    sessions: list[str] = field(default_factory=list)
    erased: list[str] = field(default_factory=list)
    turns: dict[str, FakeTurn] = field(default_factory=dict)
    requests: list[tuple[str, str]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    url: str = ""

    def handle(
        self, method: str, path: str, query: dict[str, str], body: Any
    ) -> tuple[int, Any, dict[str, str]]:
        with self.lock:
            self.requests.append((method, path))
            if path == "/v1/assistants":
                return 200, {"assistants": [{"id": "salon", "terms": {"version": "1"}}]}, {}
            if path == "/v1/health":
                return 200, {"state": "ok", "breaker": {"state": "closed"}, "assistants": []}, {}
            if path.endswith("/sessions"):
                assert body["consent"] == {"storage": True, "training": False, "text_version": "1"}
                self.sessions.append(f"s{len(self.sessions)}")
                return 201, {"session_id": self.sessions[-1], "token": "t"}, {}
            if method == "DELETE":
                self.erased.append(path.rpartition("/")[2])
                return 204, None, {}
            return self._messages(method, path, query, body)

    def _messages(
        self, method: str, path: str, query: dict[str, str], body: Any
    ) -> tuple[int, Any, dict[str, str]]:
        mood = self.moods.pop(0) if self.moods else "fine"
        if mood == "broken":
            return 500, {"error": {"code": "internal", "message": "x"}}, {}
        if mood == "full":
            return 429, {"error": {"code": "too_many_requests", "message": "Позже"}}, {"Retry-After": "0"}
        if mood == "invalid":
            fields = [{"field": "text", "message": "длинно"}]
            return 422, {"error": {"code": "invalid_input", "message": "Проверьте", "fields": fields}}, {}
        if method == "POST":
            message_id = body["message_id"]
            self.turns.setdefault(message_id, FakeTurn(body["text"], time.monotonic()))
        else:
            message_id = path.rpartition("/")[2]
        return self._view(message_id, int(query.get("after", 0)))

    def _view(self, message_id: str, after: int) -> tuple[int, Any, dict[str, str]]:
        turn = self.turns[message_id]
        turn.polls += 1
        text = self.answers.get(turn.question, f"Ответ на «{turn.question}»")
        if self.flickering:
            text += str(turn.polls)
        over = time.monotonic() - turn.began >= self.seconds and not self.forgetful
        readable = text if over else text[: 3 * turn.polls]
        view = {
            "message_id": message_id,
            "state": "answered" if over else "answering",
            "text": readable[after:],
            "offset": len(readable),
            "revision": 0,
            "notice": ("Отдыхаю." if self.resting else None) if over else "ожидайте",
            "offers": ["callback"] if over and self.resting else [],
            "sources": [{"kind": "stock", "id": "1", "title": "Наличие"}],
            "facts": [],
        }
        return (200 if over else 202), view, {} if over else {"Retry-After": "1"}


def serve(api: FakeApi) -> ThreadingHTTPServer:
    """Serves in the background; `api.url` is where."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _do(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            url = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(url.query).items()}
            status, value, headers = api.handle(self.command, url.path, query, body)
            data = b"" if status == 204 else json.dumps(value, ensure_ascii=False).encode()
            self.send_response(status)
            for name, header in {**headers, "Content-Length": str(len(data))}.items():
                self.send_header(name, header)
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_DELETE = _do  # noqa: N815  the standard library's names

        def log_message(self, *_: Any) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    api.url = f"http://127.0.0.1:{server.server_address[1]}"
    return server
