"""What the owner's API needs of the world, as protocols: `lambdas/adapters` keeps them, `tests/fakes` too.

Refuses to know AWS.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from core.spec import AssistantSpec
from lambdas.adapters.clock import Clock
from lambdas.adapters.owner_pool import Owner, PasswordExpected, SignedIn
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


@dataclass(frozen=True, kw_only=True)
class Services:
    specs: Mapping[str, AssistantSpec]
    owners: Owners
    tries: Tries
    telemetry: Telemetry
    clock: Clock
    body_bytes: int = 4 * 1024 * 1024
