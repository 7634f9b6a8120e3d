"""After the faults: the reconciler has its time, the dead letters are brought back, everything is read again.

Waits by looking at the sparse index of unfinished turns, which costs nothing while it is empty. Bounded: who
is still waiting when patience is over goes into the book as it is.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from bench.chaos.ledger import Ledger
from bench.chaos.mischief import Mischief
from bench.chaos.stack import FaultStack
from bench.chaos.visitors import Sent, Visitors

LOOK_SECONDS = 2.0
READ_ATTEMPTS = 20
REDRIVES = 3
T = TypeVar("T")


@dataclass(frozen=True)
class Settling:
    stack: FaultStack
    visitors: Visitors
    mischief: Mischief
    ledger: Ledger
    patience_seconds: float
    tell: Callable[[str], None]
    at_once: int = 8

    def run(self) -> None:
        """Deadly words are the last fault to go: the questions that they kill are to die to the end."""
        self.mischief.end(also_deadly=False)
        self._ask_what_is_left()
        self.await_ends()
        self.mischief.end(also_deadly=True)
        for _ in range(REDRIVES):
            dead = self._read([sent for sent in self.visitors.sent if not sent.ended or sent.dead], "poll")
            if not dead:
                break
            self.tell(f"{dead} dead letters are brought back")
            for assistant, done in self.stack.redrive().items():
                self.ledger.write("redrive", assistant=assistant, **done)
            self.await_ends()
        self.tell("reading every answer a last time")
        self._read(self.visitors.sent, "last")

    def _ask_what_is_left(self) -> None:
        """In each session in its order."""
        left: dict[str, list[Sent]] = {}
        for sent in self.visitors.sent:
            if not sent.accepted:
                left.setdefault(sent.dialogue.session_id, []).append(sent)

        def ask(session: list[Sent]) -> None:
            for sent in session:
                self.visitors.insist(sent)

        self._each(ask, list(left.values()))

    def await_ends(self) -> None:
        """Returns when no turn is unfinished, or patience is over."""
        deployment = self.stack.deployment()
        dynamodb, table = deployment.client("dynamodb"), deployment.output("DialoguesTable")
        deadline, told = time.monotonic() + self.patience_seconds, -1
        while (left := _unfinished(dynamodb, table)) and time.monotonic() < deadline:
            if left != told:
                self.tell(f"{left} unfinished")
                told = left
            time.sleep(LOOK_SECONDS)

    def _read(self, sent: list[Sent], via: str) -> int:
        """Reads each once, however often that takes; how many are dead letters."""

        def read(each: Sent) -> None:
            for _ in range(READ_ATTEMPTS):
                message = self.visitors.look(
                    each, via, lambda: each.dialogue.poll(each.message_id, wait_seconds=0)
                )
                if message is not None:
                    return
                time.sleep(0.5)

        self._each(read, sent)
        return sum(each.dead for each in sent)

    def _each(self, do: Callable[[T], None], all_of_them: list[T]) -> None:
        with ThreadPoolExecutor(self.at_once) as pool:
            list(pool.map(do, all_of_them))


def _unfinished(dynamodb: Any, table: str) -> int:
    pages = dynamodb.get_paginator("scan").paginate(TableName=table, IndexName="unfinished", Select="COUNT")
    return sum(page["Count"] for page in pages)
