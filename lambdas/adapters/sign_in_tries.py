"""How often somebody tried to sign in with one address: few times in a quarter of an hour.

    key                                    tries   expires_at
    sign-in#2026-11-23T09:15#<hash>        3       half an hour later

Cognito slows guessing down too, but says neither how nor to whom. A hash stands for the address, and TTL
forgets it. Refuses to know passwords.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from core.errors import TooManySignIns
from lambdas.adapters import items
from lambdas.adapters.clock import to_seconds
from lambdas.adapters.dialogue_table import DialogueTable

WINDOW = timedelta(minutes=15)
TRIES = 10


class SignInTries:
    """`control` is the table of what is counted over all sessions. Every method raises StoreAway."""

    def __init__(self, control: DialogueTable) -> None:
        self._control = control

    def count(self, email: str) -> None:
        """One more try. Raises TooManySignIns, with the time until the quarter is over."""
        now = self._control.clock()
        begins = _quarter(now)
        update = self._control.update(
            items.to_wire({"key": _key(begins, email)}),
            "ADD tries :one SET expires_at = :expires",
            "attribute_not_exists(tries) OR tries < :most",
            {":one": 1, ":most": TRIES, ":expires": to_seconds(begins + 2 * WINDOW)},
        )
        if self._control.write(update) is None:
            wait = begins + WINDOW - now
            raise TooManySignIns(retry_after_seconds=max(1, int(wait.total_seconds())))


def _quarter(now: datetime) -> datetime:
    return now.replace(minute=now.minute // 15 * 15, second=0, microsecond=0)


def _key(begins: datetime, email: str) -> str:
    digest = hashlib.sha256(email.strip().casefold().encode("utf-8", "replace")).hexdigest()[:32]
    return f"sign-in#{begins:%Y-%m-%dT%H:%M}#{digest}"
