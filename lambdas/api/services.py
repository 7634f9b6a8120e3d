"""What the API needs of the world, as protocols: `lambdas/adapters` keeps them, `tests/fakes` too.

Refuses to know AWS.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from core.dialogue import Callback, Feedback, Letter, LetterState, Rating, Reply, Session, Turn
from core.facts import Document, DocumentKind, Manifest
from core.spec import AssistantSpec
from core.visits import Visit
from lambdas.adapters.breaker import CapacityState, EndpointState
from lambdas.adapters.clock import Clock
from lambdas.adapters.slotted_model import Slots
from lambdas.adapters.telemetry import Telemetry


class SessionStore(Protocol):
    """Raises NotFound where something is written under a session that is gone."""

    def open(self, session: Session) -> None: ...

    def session(self, session_id: str) -> Session | None: ...

    def end(self, session: Session) -> datetime: ...

    def rate(self, session: Session, rating: Rating) -> None: ...

    def request_callback(self, callback: Callback) -> None: ...

    def callback(self, session_id: str, callback_id: str) -> Callback | None: ...

    def erase(self, session_id: str) -> int: ...


class ErasureLog(Protocol):
    """Raises StoreAway."""

    def note(self, session: Session) -> None: ...


class TurnStore(Protocol):
    """`accept` raises MessageExists, StaleSession; `stop` LostClaim; `rate` NotFound, AnswerPending."""

    def accept(self, session: Session, turn: Turn) -> None: ...

    def get(self, session_id: str, message_id: str) -> Turn | None: ...

    def draft(self, turn: Turn) -> str | None: ...

    def stop(self, turn: Turn, reply: Reply, *, shown: str | None, retention: timedelta) -> Turn: ...

    def rate(self, session_id: str, message_id: str, feedback: Feedback) -> None: ...


class QuestionQueue(Protocol):
    """`send` raises SendFailed."""

    def send(self, turn: Turn) -> None: ...

    def depth(self, assistant: str) -> int: ...


class PublishedDocuments(Protocol):
    """Raises DocumentMissing, DocumentDamaged."""

    def current(self, assistant: str, kind: DocumentKind) -> Document: ...

    def manifest(self, assistant: str, kind: DocumentKind) -> Manifest: ...


class LetterStore(Protocol):
    """`claim` raises NotFound, TooManyLetters; all raise StoreAway."""

    def claim(self, letter: Letter, address: str) -> LetterState: ...

    def sent(self, letter: Letter) -> None: ...

    def unsent(self, letter: Letter) -> None: ...


class GiftStore(Protocol):
    """`give` raises NotFound; both StoreAway."""

    def give(self, session: Session) -> str | None: ...

    def has(self, campaign: str) -> bool: ...


class VisitCounter(Protocol):
    """Raises StoreAway."""

    def count(self, assistant: str, visit: Visit, campaign: str | None = None) -> None: ...


class Mail(Protocol):
    """Raises MailAway."""

    def send(self, address: str, subject: str, text: str) -> None: ...


class WakeUpCall(Protocol):
    """Raises StoreAway."""

    def asked(self, known: CapacityState) -> None: ...


@dataclass(frozen=True, kw_only=True)
class ApiLimits:
    """`answer_margin_seconds` is what a reply needs from here to the visitor."""

    waiting_limit: int
    backlog_limit: int
    answer_deadline_seconds: float = 10.0
    answer_margin_seconds: float = 1.0
    body_bytes: int = 64 * 1024


@dataclass(frozen=True, kw_only=True)
class Services:
    """`wake_up` is None where the model never sleeps, `mail` where no letters are sent."""

    specs: Mapping[str, AssistantSpec]
    dialogues: SessionStore
    erasures: ErasureLog
    turns: TurnStore
    queue: QuestionQueue
    letters: LetterStore
    gifts: GiftStore
    visits: VisitCounter
    leases: Slots
    endpoint: EndpointState
    documents: PublishedDocuments
    telemetry: Telemetry
    clock: Clock
    limits: ApiLimits
    site_origins: tuple[str, ...] = ()
    site_url: str = ""
    wake_up: WakeUpCall | None = None
    mail: Mail | None = None
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep
