"""Visitors: they ask, wait, read along, repeat themselves, hang up, lose patience, and write everything down.

Knows the client's side of the contract: a question is sent under one id until it is taken, what was read is
asked for by revision and offset. A visitor who loses patience sends what is left and goes; who stays away is
looked for at the end (`settling.py`). Refuses to know which faults are on, but for the visitor's own habits.
"""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from bench.chaos.followed import FINAL
from bench.chaos.ledger import Ledger
from bench.chaos.questions import Asked, Plan, Visit
from cli.conversation import Attendant, Dialogue, Message, Rejected, Unreachable, new_message_id

ARRIVE_EVERY_SECONDS = 0.7
INSISTS_SECONDS = 120.0
PATIENCE_SECONDS = 12.0
READS_SECONDS = 5.0
AWAY_SHARE = 0.08
SHED = 429


@dataclass
class Habits:
    """Faults of the visitors' own, as shares of 0..1: switched by the schedule."""

    repeats: float = 0.0
    hangs_up: float = 0.0


@dataclass
class Sent:
    """A question that was asked: whom to ask for its end."""

    dialogue: Dialogue
    message_id: str
    asked: Asked
    accepted: bool = False
    ended: bool = False
    dead: bool = False
    redelivered: int = 0

    @property
    def place(self) -> dict[str, str]:
        return {"session": self.dialogue.session_id, "message": self.message_id}


@dataclass
class Visitors:
    """`on_visit` is told the phase of each visit before it begins."""

    api: Attendant
    url: str
    ledger: Ledger
    plan: Plan
    habits: Habits
    seed: int
    on_visit: Callable[[Visit], None]
    sent: list[Sent] = field(default_factory=list)
    broken: list[BaseException] = field(default_factory=list)

    def run(self, at_once: int) -> None:
        """Returns when every question of the plan was asked. Raises what a visitor stumbled over."""
        crowd = [threading.Thread(target=self._visit_all, daemon=True) for _ in range(at_once)]
        for visitor in crowd:
            visitor.start()
            time.sleep(ARRIVE_EVERY_SECONDS)  # a crowd at a closed door would measure the cold start alone
        for visitor in crowd:
            visitor.join()
        if self.broken:
            raise self.broken[0]

    def _visit_all(self) -> None:
        try:
            while not self.broken and (visit := self.plan.next()) is not None:
                self.on_visit(visit)
                self._visit(visit)
        except BaseException as error:  # noqa: BLE001 - raised again where the run is waited for
            self.broken.append(error)

    def _visit(self, visit: Visit) -> None:
        dice = random.Random(f"{self.seed}:{visit.number}:manner")
        dialogue = self._open(visit.assistant)
        if dialogue is None:  # its questions are missing from the book, and the checker says so
            return
        stays, taken = dice.random() >= AWAY_SHARE, True
        for stretch in visit.stretches:
            asked = [self._note(dialogue, visit, each) for each in stretch]
            for sent in asked:
                taken = taken and self._send(
                    sent, dice
                )  # after one that nobody takes the rest waits for the end
            stays = stays and all(self._follow(sent) for sent in asked)

    def _open(self, assistant: str) -> Dialogue | None:
        deadline = time.monotonic() + INSISTS_SECONDS
        while time.monotonic() < deadline:
            try:
                return self.api.open(assistant)
            except (Unreachable, Rejected) as error:
                if isinstance(error, Rejected) and error.status != SHED:
                    raise
                time.sleep(0.5)
        return None

    def _note(self, dialogue: Dialogue, visit: Visit, asked: Asked) -> Sent:
        sent = Sent(dialogue, new_message_id(), asked)
        self.ledger.write(
            "asked",
            **sent.place,
            number=asked.number,
            assistant=visit.assistant,
            phase=visit.phase.name,
            kind=asked.kind,
            question=asked.text,
            due=asked.due,
        )
        self.sent.append(sent)
        return sent

    def _send(self, sent: Sent, dice: random.Random) -> bool:
        if dice.random() < self.habits.hangs_up:
            self._hang_up(sent)
        self.insist(sent)
        if sent.accepted and dice.random() < self.habits.repeats:
            self._repeat(sent, dice)
        return sent.accepted

    def insist(self, sent: Sent) -> None:
        """Sends the question until it is taken."""
        deadline = time.monotonic() + INSISTS_SECONDS
        while not sent.accepted and time.monotonic() < deadline:
            if self.look(sent, "post", lambda: self._post(sent)) is None:
                time.sleep(0.3)

    def look(self, sent: Sent, via: str, call: Callable[[], Message], **asked: Any) -> Message | None:
        """One request for one question, written down whatever comes of it; None without an answer."""
        began = time.monotonic()
        try:
            message = call()
        except Rejected as error:
            self.ledger.write("rejected", **sent.place, via=via, status=error.status, code=error.code)
            time.sleep(min(error.retry_after_seconds or 0.0, 5.0))
            return None
        except Unreachable as error:
            self.ledger.write("trouble", **sent.place, via=via, word=error.trouble)
            return None
        sent.accepted = True
        sent.ended |= message.state in FINAL
        sent.dead = message.reason == "dead_lettered"
        self.ledger.write("view", **sent.place, via=via, **_view(message, began, **asked))
        return message

    def _follow(self, sent: Sent) -> bool:
        """Reads along; False when patience is lost before the end."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        after = 0
        revision: int | None = None
        while sent.accepted and not sent.ended and time.monotonic() < deadline:
            read = self.look(
                sent,
                "poll",
                partial(
                    sent.dialogue.poll,
                    sent.message_id,
                    wait_seconds=READS_SECONDS,
                    after=after,
                    revision=revision,
                ),
                asked_after=after,
                asked_revision=revision,
            )
            if read is None or (not read.text and read.state not in FINAL):
                time.sleep(0.25)
            if read is not None:
                after = len(read.text) + (after if read.revision == revision else 0)
                revision = read.revision
        return sent.ended

    def _post(self, sent: Sent, text: str | None = None) -> Message:
        return sent.dialogue.send(sent.message_id, text or sent.asked.text, wait_seconds=0)

    def _repeat(self, sent: Sent, dice: random.Random) -> None:
        """The same again, three times at once; and, now and then, the same id with another text."""
        again = [
            threading.Thread(target=self.look, args=(sent, "post", lambda: self._post(sent)))
            for _ in range(3)
        ]
        for request in again:
            request.start()
        for request in again:
            request.join()
        if dice.random() < 0.5:
            self._change(sent)

    def _change(self, sent: Sent) -> None:
        try:
            status = self._post(sent, f"{sent.asked.text} или нет").status
        except Rejected as error:
            status = error.status
        except Unreachable as error:
            self.ledger.write("trouble", **sent.place, via="changed", word=error.trouble)
            return
        self.ledger.write("changed", **sent.place, status=status)

    def _hang_up(self, sent: Sent) -> None:
        """Sends the question and is gone before the answer."""
        address = urlsplit(self.url)
        connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=5)
        body = {"message_id": sent.message_id, "text": sent.asked.text}
        path = f"/v1/{sent.dialogue.assistant}/sessions/{sent.dialogue.session_id}/messages"
        headers = {"Authorization": f"Bearer {sent.dialogue.token}", "Content-Type": "application/json"}
        with suppress(OSError):
            connection.request("POST", path, json.dumps(body).encode(), headers)
        connection.close()


def _view(
    message: Message, began: float, asked_after: int = 0, asked_revision: int | None = None
) -> dict[str, Any]:
    return {
        "began": began,
        "ended": time.monotonic(),
        "asked_after": asked_after,
        "asked_revision": asked_revision,
        "status": message.status,
        "echo": message.message_id,
        "state": message.state,
        "text": message.text,
        "offset": message.offset,
        "revision": message.revision,
        "reason": message.reason,
        "created_at": message.created_at,
        "finished_at": message.finished_at,
        "facts": [fact["id"] for fact in message.facts],
    }
