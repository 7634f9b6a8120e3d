"""The client's book of a fault run: one JSON line an event, appended at once, never changed.

Survives the crash of whoever writes it: a line is with the system as soon as it is written, and a torn last
line is left out when it is read. Refuses to judge (`checker.py`).

    run       seed, turns, faults, texts: the sentences of each assistant        always the first
    asked     session, message, number (its place in the session), assistant, phase, kind, question, due
    view      what the API showed of a message: via, status, began, ended, asked_after, asked_revision, and
              state, text, offset, revision, reason, created_at, finished_at, facts as they came
    rejected  a 4xx to a message: via, status, code
    changed   the status that the same id got with another text
    trouble   a broken line or a 5xx: via, word
    fault     name, and what of it began, happened or ended
    redrive   assistant, sent, dropped, unreadable
    end       all questions were read a last time                                always the last
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

Event = dict[str, Any]


class Ledger:
    """Safe to share between threads."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("x", encoding="utf-8", buffering=1)
        self._turn = threading.Lock()

    def write(self, event: str, **values: Any) -> None:
        line = json.dumps({"event": event, "at": round(time.time(), 3), **values}, ensure_ascii=False)
        with self._turn:
            self._file.write(line + "\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


def read(path: Path) -> Iterator[Event]:
    """The events in their order. A last line without its end is what a crash left of one."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.endswith("\n"):
                yield json.loads(line)
