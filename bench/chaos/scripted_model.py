"""A model's server whose every word is known beforehand, with moods. A process of its own, to be killed.

Speaks the OpenAI-compatible stream. What it says of a question of the probe follows from the question's mark
alone (`said`); to anybody else it repeats what it was told, without the last line. The moods lie in a file,
read again when it changes, so that a server which was killed comes back with them:

    {"hang": 0.3, "error": 0.2, "deadly": 1}      shares of 0..1 of the requests

Whether a request is hit follows from the seed, the mark and how often it was asked. Refuses to know the
platform.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import select
import threading
import time
import zlib
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

MOODS = ("hang", "drip", "error", "broken", "cut", "busy")
DEADLY = "deadly"
OF_THE_PROBE = re.compile(r"(model|fragile|deadly) (\S+)")
LAST_WORDS = "DROP DEAD"
SENTENCE_SECONDS = 0.04
DRIP_SECONDS = 1.0
HANG_SECONDS = 60.0
NUMBERS = ("one", "two", "three", "four", "five")


def said(mark: str) -> str:
    """What the model says of the question with this mark."""
    return " ".join(f"{mark} is {number}." for number in NUMBERS[: 2 + zlib.crc32(mark.encode()) % 4])


class Script:
    """Which words and which mood a request gets."""

    def __init__(self, moods: Path, seed: int) -> None:
        self._moods, self._seed = moods, seed
        self._asked: Counter[str] = Counter()
        self._turn = threading.Lock()

    def of(self, text: str) -> tuple[str, str | None]:
        """The answer, and the mood that spoils it."""
        found = OF_THE_PROBE.fullmatch(text)
        mark = found[2] if found else text
        with self._turn:
            self._asked[mark] += 1
            times = self._asked[mark]
        wishes = self._wishes()
        if found and found[1] == DEADLY and wishes.get(DEADLY):
            return LAST_WORDS, None
        return (said(mark) if found else text.rpartition("\n")[0] or text), self._mood(wishes, mark, times)

    def _mood(self, wishes: dict[str, float], mark: str, times: int) -> str | None:
        dice = random.Random(f"{self._seed}:{mark}:{times}").random()
        for mood in MOODS:
            dice -= wishes.get(mood, 0)
            if dice < 0:
                return mood
        return None

    def _wishes(self) -> dict[str, float]:
        try:
            wishes: dict[str, float] = json.loads(self._moods.read_text())
        except (OSError, ValueError):
            return {}
        return wishes


def sentences(text: str) -> list[str]:
    """Pieces as a model would stream them: each but the first begins with its space."""
    return re.findall(r"\s*[^.]*\.|\s*[^.]+$", text)


def event(text: str | None, **more: Any) -> bytes:
    choice = {"index": 0, "delta": {} if text is None else {"content": text}, "finish_reason": None, **more}
    return f"data: {json.dumps({'choices': [choice]}, ensure_ascii=False)}\n\n".encode()


def stream(text: str) -> Iterator[bytes]:
    for piece in sentences(text):
        yield event(piece)
    yield event(None, finish_reason="stop")
    usage = {"prompt_tokens": 1, "completion_tokens": len(sentences(text))}
    yield f"data: {json.dumps({'choices': [], 'usage': usage})}\n\n".encode()
    yield b"data: [DONE]\n\n"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self._json(200, {"status": "ok"})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        text, mood = self.server.script.of(body["messages"][-1]["content"])
        try:
            self._answer(text, mood)
        except OSError:  # the caller had enough
            self.close_connection = True

    def _answer(self, text: str, mood: str | None) -> None:
        if mood == "hang":
            select.select([self.connection], [], [], HANG_SECONDS)
        elif mood == "error":
            self._json(500, {"error": {"message": "scripted"}})
        elif mood == "busy":
            self._json(429, {"error": {"message": "scripted"}})
        else:
            self._stream(list(stream(text)), mood)

    def _stream(self, events: list[bytes], mood: str | None) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        if mood == "drip":
            for byte in b"".join(events):
                self._send(bytes([byte]), DRIP_SECONDS)
        elif mood == "broken":
            self._send(events[0] + b'data: {"choices": [{"delta"\n\n')
        else:
            for each in events[:2] if mood == "cut" else events:
                self._send(each, SENTENCE_SECONDS)

    def _send(self, data: bytes, pause: float = 0.0) -> None:
        self.wfile.write(data)
        self.wfile.flush()
        time.sleep(pause)

    def _json(self, status: int, value: dict[str, Any]) -> None:
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None: ...


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, port: int, script: Script) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.script = script

    def handle_error(self, *_: Any) -> None: ...


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--moods", type=Path, required=True)
    parser.add_argument("--seed", type=int, required=True)
    given = parser.parse_args()
    Server(given.port, Script(given.moods, given.seed)).serve_forever()


if __name__ == "__main__":
    main()
