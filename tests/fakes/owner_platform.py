"""The owner's API with a client: stores in moto, accounts, numbers and embeddings in memory."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from fastapi.testclient import TestClient

from core.analytics.metrics import (
    BudgetRange,
    DayNumbers,
    Mean,
    Nps,
    RefusedTopic,
    Today,
    UnansweredQuestion,
    Wished,
    Wishes,
)
from core.day_costs import Rates
from core.errors import FieldError, InvalidInput, SignInRefused, StoreAway, TooManySignIns
from core.facts import DocumentKind
from core.knowledge import KNOWLEDGE_SCHEMA, compile_knowledge
from core.knowledge_source import KnowledgeSource, Passage
from core.vectors import DIMENSION
from lambdas.adapters.awake_time import AwakeTime
from lambdas.adapters.dialogue_table import DialogueTable
from lambdas.adapters.dialogues import Dialogues
from lambdas.adapters.documents import Documents
from lambdas.adapters.owner_pool import Owner, PasswordExpected, SignedIn
from lambdas.adapters.owners_audit import OwnersAudit
from lambdas.adapters.owners_dialogues import DialoguesOfOwner
from lambdas.adapters.sign_in_tries import SignInTries
from lambdas.adapters.turns import Turns
from lambdas.owner.app import create_app
from lambdas.owner.services import Services
from tests.fakes.clock import FakeClock
from tests.fakes.control import FakeGate
from tests.fakes.specs import POLICY, spec
from tests.fakes.telemetry import FakeTelemetry

EMAIL, PASSWORD = "owner@example.ru", "Correct-Horse-77"
RATES = Rates(usd_per_copy_hour=1.2, usd_per_question=0.01, usd_per_day=2.4)
SOURCE = KnowledgeSource(
    passages=(
        Passage(
            id="hours",
            kind="faq",
            title="Когда вы открыты?",
            text="Мы открыты с девяти до девяти.",
            questions=("Когда вы открыты?", "Во сколько закрываетесь?"),
        ),
    ),
    foreign=("Какая завтра погода?",),
    vocabulary={"classes": [{"name": "C"}]},
)


class FakeOwners:
    """Accounts by address. `tokens` are those that count; `temporary` addresses must set a password."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.passwords = {EMAIL: PASSWORD}
        self.temporary: set[str] = set()
        self.tokens: dict[str, str] = {}
        self.asked = 0
        self.away = False
        self.slow_down = False

    def sign_in(self, email: str, password: str) -> SignedIn | PasswordExpected:
        self._may_answer()
        if self.passwords.get(email) != password:
            raise SignInRefused
        if email in self.temporary:
            return PasswordExpected(f"session-of-{email}")
        return self.given(email)

    def new_password(self, email: str, session: str, password: str) -> SignedIn:
        if session != f"session-of-{email}" or email not in self.temporary:
            raise SignInRefused
        if len(password) < 14:
            raise InvalidInput(fields=(FieldError("new_password", "Не короче 14 знаков."),))
        self.passwords[email] = password
        self.temporary.discard(email)
        return self.given(email)

    def refresh(self, refresh_token: str) -> SignedIn:
        self._may_answer()
        if not refresh_token.startswith("refresh-"):
            raise SignInRefused
        return self.given(refresh_token.removeprefix("refresh-"))

    def sign_out(self, access_token: str) -> None:
        email = self.tokens[access_token]
        self.tokens = {token: whose for token, whose in self.tokens.items() if whose != email}

    def owner(self, access_token: str) -> Owner | None:
        self._may_answer()
        self.asked += 1
        email = self.tokens.get(access_token)
        return None if email is None else Owner(email, self.clock() + timedelta(hours=1))

    def given(self, email: str) -> SignedIn:
        token = f"access-{len(self.tokens)}-{email}"
        self.tokens[token] = email
        return SignedIn(token, f"refresh-{email}", 3_600)

    def _may_answer(self) -> None:
        if self.away:
            raise StoreAway("InternalErrorException")
        if self.slow_down:
            raise TooManySignIns(retry_after_seconds=60)


class FakeMetrics:
    def __init__(self) -> None:
        self.questions: list[UnansweredQuestion] = []

    def today(self, assistant: str) -> Today:
        numbers = DayNumbers(
            day=date(2026, 11, 23), dialogues=3, turns=7, answered=5, csat=Mean(mean=9.0, count=2), nps=Nps()
        )
        return Today(
            numbers=numbers, refusals=(RefusedTopic(topic="politics", count=2),), callbacks_waiting=1
        )

    def trends(self, assistant: str, days: int) -> tuple[DayNumbers, ...]:
        first = date(2026, 11, 23) - timedelta(days=days - 1)
        return tuple(DayNumbers(day=first + timedelta(days=number)) for number in range(days))

    def refusals(self, assistant: str, days: int) -> tuple[RefusedTopic, ...]:
        return ()

    def wishes(self, assistant: str, days: int) -> Wishes:
        return Wishes(
            models=(Wished(name="GLC", count=2),),
            budgets=(BudgetRange(from_rub=3_000_000, to_rub=4_000_000, count=1),),
        )

    def unanswered(self, assistant: str, days: int) -> tuple[UnansweredQuestion, ...]:
        return tuple(self.questions)

    def callbacks_by_hour(self, assistant: str, days: int) -> tuple[int, ...]:
        return (0,) * 24


class FakeEmbedder:
    """A vector by the text's first word, so that what begins alike is alike. Counts what it was asked."""

    def __init__(self) -> None:
        self.embedded: list[str] = []

    def embed_query(self, text: str) -> Sequence[float]:
        self.embedded.append(text)
        first = text.split(maxsplit=1)[0].casefold() if text.split() else ""
        digest = hashlib.sha256(first.encode("utf-8", "replace")).digest()
        vector = [0.0] * DIMENSION
        vector[int.from_bytes(digest[:4], "big") % DIMENSION] = 0.25
        return vector

    def embed_passages(self, texts: Sequence[str]) -> list[Sequence[float]]:
        return [self.embed_query(text) for text in texts]


class FakeLater:
    def __init__(self) -> None:
        self.restamped: list[tuple[str, date | None]] = []
        self.away = False

    def restamp(self, assistant: str, newest: date | None = None) -> None:
        if self.away:
            raise StoreAway("TooManyRequestsException")
        self.restamped.append((assistant, newest))


class OwnerPlatform:
    def __init__(self, dynamodb: Any, s3: Any) -> None:
        self.clock, self.telemetry = FakeClock(), FakeTelemetry()
        self.spec, self.other = spec(), spec("other")
        self.owners, self.metrics = FakeOwners(self.clock), FakeMetrics()
        self.embedder, self.later, self.gate = FakeEmbedder(), FakeLater(), FakeGate()
        table = DialogueTable(dynamodb, "dialogues", self.clock)
        self.dialogues, self.turns = Dialogues(table), Turns(table)
        self.awake = AwakeTime(DialogueTable(dynamodb, "control", self.clock))
        self.documents = Documents(s3, "published", clock=self._moment)
        self.audit = OwnersAudit(dynamodb, "audit")
        self._published = 0
        self.put(DocumentKind.POLICY, json.dumps(POLICY).encode(), "policy/1")
        self.put(DocumentKind.KNOWLEDGE, compile_knowledge(SOURCE, FakeEmbedder()), KNOWLEDGE_SCHEMA)
        self.app = create_app(
            Services(
                specs={each.id: each for each in (self.spec, self.other)},
                owners=self.owners,
                tries=SignInTries(DialogueTable(dynamodb, "control", self.clock)),
                documents=self.documents,
                dialogues=DialoguesOfOwner(table),
                metrics=self.metrics,
                endpoint=self.gate,
                awake=self.awake,
                rates=RATES,
                audit=self.audit,
                later=self.later,
                embedder=lambda: self.embedder,
                telemetry=self.telemetry,
                clock=self.clock,
            )
        )
        self.client = TestClient(self.app, raise_server_exceptions=False)
        self.headers: dict[str, str] = {}

    def _moment(self) -> datetime:
        """Each version has a moment of its own."""
        self._published += 1
        return self.clock() + timedelta(milliseconds=self._published)

    def put(self, kind: DocumentKind, data: bytes, schema: str) -> None:
        self.documents.publish(self.spec.id, kind, data, rows=1, schema=schema, author="seed")

    def sign_in(self, email: str = EMAIL) -> OwnerPlatform:
        token = self.owners.given(email).access_token
        self.headers = {"Authorization": f"Bearer {token}"}
        return self

    def call(self, method: str, path: str, **request: Any) -> Any:
        headers = self.headers | request.pop("headers", {})
        return self.client.request(method, f"/v1/owner{path}", headers=headers, **request)

    def read(self, path: str, **query: Any) -> Any:
        return self.call("GET", path, params=query)

    def document(self, kind: str) -> Any:
        return self.read(f"/tester/documents/{kind}").json()

    def publish(self, kind: str, value: Any, expected: str | None = None) -> Any:
        seen = self.document(kind)["version"] if expected is None else expected
        body = {"expected_version": seen, "value": value}
        return self.call("PUT", f"/tester/documents/{kind}", json=body)


def token_claiming(**claims: Any) -> str:
    """A token that says this of itself, signed by nobody."""
    parts = ({"alg": "RS256", "kid": "k"}, claims)
    told = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts]
    return ".".join((*told, "c2ln"))
