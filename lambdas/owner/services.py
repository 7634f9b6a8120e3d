"""What the owner's API needs of the world, as protocols: `lambdas/adapters` keeps them, `tests/fakes` too.

Refuses to know AWS.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from core.analytics.metrics import Metrics
from core.day_costs import Rates
from core.dialogue import Callback, CallbackState, Turn
from core.facts import Document, DocumentKind, Manifest
from core.flow import Embedder
from core.spec import AssistantSpec
from lambdas.adapters.audit import AuditRecord
from lambdas.adapters.breaker import EndpointState
from lambdas.adapters.clock import Clock
from lambdas.adapters.owner_pool import Owner, PasswordExpected, SignedIn
from lambdas.adapters.owners_dialogues import WholeDialogue
from lambdas.adapters.telemetry import Telemetry


class Owners(Protocol):
    """Raises StoreAway; what signs in raises SignInRefused, TooManySignIns too."""

    def sign_in(self, email: str, password: str) -> SignedIn | PasswordExpected: ...

    def new_password(self, email: str, session: str, password: str) -> SignedIn: ...

    def refresh(self, refresh_token: str) -> SignedIn: ...

    def sign_out(self, access_token: str) -> None: ...

    def owner(self, access_token: str) -> Owner | None: ...


class Tries(Protocol):
    """Raises TooManySignIns, StoreAway."""

    def count(self, email: str) -> None: ...


class OwnersDocuments(Protocol):
    """Raises DocumentMissing, DocumentDamaged, StoreAway; `publish` PublicationConflict."""

    def current(self, assistant: str, kind: DocumentKind) -> Document: ...

    def manifest(self, assistant: str, kind: DocumentKind) -> Manifest: ...

    def version(self, assistant: str, kind: DocumentKind, version: str) -> Document: ...

    def history(self, assistant: str, kind: DocumentKind, limit: int) -> Iterator[Manifest]: ...

    def publish(
        self,
        assistant: str,
        kind: DocumentKind,
        data: bytes,
        *,
        rows: int,
        schema: str,
        author: str,
        expected: Manifest | None,
    ) -> Manifest: ...


class Dialogues(Protocol):
    """Raises StoreAway; `change_callback` NotFound, CallbackChanged."""

    def opened(
        self, assistant: str, day: date, before: datetime | None
    ) -> Iterator[tuple[datetime, str]]: ...

    def whole(self, session_id: str) -> WholeDialogue | None: ...

    def turns_of(self, assistant: str, day: date) -> Iterator[Turn]: ...

    def callbacks(self, assistant: str) -> Iterator[Callback]: ...

    def change_callback(
        self,
        assistant: str,
        session_id: str,
        callback_id: str,
        *,
        expected: CallbackState,
        state: CallbackState,
        note: str,
        by: str,
    ) -> Callback: ...


class Audit(Protocol):
    """Raises StoreAway."""

    def append(self, subject: str, record: AuditRecord) -> None: ...

    def of(self, subject: str) -> list[AuditRecord]: ...


class LaterCalls(Protocol):
    """Raises StoreAway."""

    def restamp(self, assistant: str, newest: date | None = None) -> None: ...


class Awake(Protocol):
    """Raises StoreAway."""

    def minutes(self, begin: datetime, end: datetime) -> int | None: ...


@dataclass(frozen=True, kw_only=True)
class Services:
    """`rates` is None where nobody knows what a day costs. `embedder` is made when it is needed first: who
    signs in need not wait for it.
    """

    specs: Mapping[str, AssistantSpec]
    owners: Owners
    tries: Tries
    documents: OwnersDocuments
    dialogues: Dialogues
    metrics: Metrics
    endpoint: EndpointState
    awake: Awake
    rates: Rates | None
    audit: Audit
    later: LaterCalls
    embedder: Callable[[], Embedder]
    telemetry: Telemetry
    clock: Clock
    body_bytes: int = 4 * 1024 * 1024
