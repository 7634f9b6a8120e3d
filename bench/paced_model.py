"""A model's server that repeats what it was told, at a steady pace: for measuring all that is not the model.

    .venv/bin/python -m bench.paced_model --port 8090 &
    attendant up --detach --model-url http://127.0.0.1:8090 --model paced

It repeats the passages of the prompt, which is what the showroom asks for, so that the guard lets it pass.
The usual pace is that of the 1.5B model on two idle cores: a third of a second to the first token and 25
tokens a second. Knows the OpenAI-compatible stream. Refuses to think.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

CHARACTERS_A_TOKEN = 3  # of Russian text, roughly


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self._answer("application/json", [b'{"status": "ok"}'])

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self._answer("text/event-stream", self.server.events(asked))

    def _answer(self, kind: str, parts: list[bytes] | Iterator[bytes]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        try:
            for part in parts:
                self.wfile.write(part)
                self.wfile.flush()
        except OSError:  # the caller had enough
            self.close_connection = True

    def log_message(self, *_: Any) -> None: ...


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, port: int, *, first_seconds: float, tokens_per_second: float) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self._first_seconds = first_seconds
        self._pause = 1 / tokens_per_second

    def events(self, asked: dict[str, Any]) -> Iterator[bytes]:
        prompt = "\n".join(message["content"] for message in asked["messages"])
        told = asked["messages"][-1]["content"]
        text = told.rpartition("\n")[0] or told
        tokens = re.findall(rf"(?s).{{1,{CHARACTERS_A_TOKEN}}}", text)[: asked.get("max_tokens", 72)]
        time.sleep(self._first_seconds)
        for token in tokens:
            yield _event([{"index": 0, "delta": {"content": token}, "finish_reason": None}])
            time.sleep(self._pause)
        yield _event([{"index": 0, "delta": {}, "finish_reason": "stop"}])
        usage = {"prompt_tokens": len(prompt) // CHARACTERS_A_TOKEN, "completion_tokens": len(tokens)}
        yield _event([], usage=usage | {"total_tokens": sum(usage.values())})
        yield b"data: [DONE]\n\n"


def _event(choices: list[dict[str, Any]], **more: Any) -> bytes:
    return f"data: {json.dumps({'choices': choices, **more}, ensure_ascii=False)}\n\n".encode()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--first-seconds", type=float, default=0.35)
    parser.add_argument("--tokens-per-second", type=float, default=25.0)
    given = parser.parse_args()
    pace = {"first_seconds": given.first_seconds, "tokens_per_second": given.tokens_per_second}
    Server(given.port, **pace).serve_forever()


if __name__ == "__main__":
    main()
