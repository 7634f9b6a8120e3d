"""The API on fakes, with a client, and a worker to go with it."""

from __future__ import annotations

import atexit
import json
from collections.abc import Callable
from contextlib import ExitStack
from functools import cache
from typing import Any

from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi.testclient import TestClient

from core.errors import StoreAway
from core.facts import DocumentKind
from core.spec import AssistantSpec
from lambdas.adapters.breaker import CapacityState
from lambdas.api.app import create_app
from lambdas.api.services import ApiLimits, Services
from tests.fakes.clock import FakeClock
from tests.fakes.control import FakeGate, FakeLeases
from tests.fakes.dialogues import (
    FakeDialogues,
    FakeErasures,
    FakeGifts,
    FakeLetters,
    FakeMail,
    FakeStore,
    FakeTurns,
    FakeUnfinishedTurns,
    FakeVisits,
)
from tests.fakes.documents import FakeDocuments
from tests.fakes.queue import FakeQueue
from tests.fakes.specs import POLICY, spec
from tests.fakes.telemetry import FakeTelemetry

LIMITS = ApiLimits(waiting_limit=2, backlog_limit=10)


@cache
def _event_loop() -> BlockingPortal:
    """One for all clients: by itself a client starts one for each request, which takes four times as long."""
    kept = ExitStack()
    atexit.register(kept.close)
    return kept.enter_context(start_blocking_portal())


class FakePlatform:
    """`meanwhile` is called at each pause of a waiting request: it plays the worker.

    `needed` is what was known of the model each time that somebody had a use for it.
    """

    def __init__(self, *specs: AssistantSpec, limits: ApiLimits = LIMITS, mails: bool = True) -> None:
        self.clock = FakeClock()
        self.store = FakeStore(self.clock)
        self.dialogues = FakeDialogues(self.store)
        self.turns = FakeTurns(self.store)
        self.erasures = FakeErasures()
        self.unfinished = FakeUnfinishedTurns(self.store)
        self.letters = FakeLetters(self.store)
        self.mail = FakeMail()
        self.visits = FakeVisits()
        self.queue = FakeQueue()
        self.leases = FakeLeases()
        self.gate = FakeGate()
        self.documents = FakeDocuments()
        self.telemetry = FakeTelemetry()
        self.specs = {each.id: each for each in specs or (spec(),)}
        self.pauses: list[float] = []
        self.needed: list[CapacityState] = []
        self.wake_up_fails = False
        self.meanwhile: Callable[[], None] = lambda: None
        for id_ in self.specs:
            self.documents.put(id_, DocumentKind.POLICY, json.dumps(POLICY).encode(), "p1")
            self.documents.put(id_, DocumentKind.SNAPSHOT, b'{"cars": []}', "s1")
        self.app = create_app(
            Services(
                specs=self.specs,
                dialogues=self.dialogues,
                erasures=self.erasures,
                turns=self.turns,
                queue=self.queue,
                letters=self.letters,
                gifts=FakeGifts(self.store),
                visits=self.visits,
                leases=self.leases,
                endpoint=self.gate,
                documents=self.documents,
                telemetry=self.telemetry,
                clock=self.clock,
                limits=limits,
                pause=self._pause,
                site_url="https://salon.example",
                wake_up=self,
                mail=self.mail if mails else None,
            )
        )
        self.client = TestClient(self.app)
        self.client.portal = _event_loop()

    def asked(self, known: CapacityState) -> None:
        if self.wake_up_fails:
            raise StoreAway
        self.needed.append(known)

    async def _pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.clock.advance(seconds)
        self.meanwhile()

    def open(self, assistant: str = "tester", **wish: Any) -> Visitor:
        body = {"consent": {"storage": True}, **wish}
        answer = self.client.post(f"/v1/{assistant}/sessions", json=body)
        assert answer.status_code == 201, answer.text
        return Visitor(self, answer.json())


class Visitor:
    """One open dialogue."""

    def __init__(self, platform: FakePlatform, opened: dict[str, Any]) -> None:
        self.platform = platform
        self.opened = opened
        self.session_id: str = opened["session_id"]
        self.path = f"/v1/{opened['assistant']}/sessions/{self.session_id}"
        self.headers = {"Authorization": f"Bearer {opened['token']}"}

    def call(self, method: str, path: str = "", **request: Any) -> Any:
        return self.platform.client.request(
            method, self.path + path, headers=self.headers | request.pop("headers", {}), **request
        )

    def ask(self, text: str = "Есть ли C 180?", message_id: str = "m1", **body: Any) -> Any:
        return self.call("POST", "/messages", json={"message_id": message_id, "text": text, **body})

    def read(self, message_id: str = "m1", **query: Any) -> Any:
        return self.call("GET", f"/messages/{message_id}", params=query)
