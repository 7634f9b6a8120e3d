"""Who may come in: whoever sends a token of our own edge.

Knows how long the tokens are kept and when they are read again. Refuses to refuse what it cannot judge: the
gateway remembers a refusal, an error it does not.
"""

from __future__ import annotations

import hmac
import math
from collections.abc import Callable
from typing import Protocol

from core.errors import StoreAway
from lambdas.adapters.telemetry import Telemetry

KEPT_SECONDS = 300
READ_AGAIN_SECONDS = 10  # for an unknown token; else whoever guesses would have us read all the time


class Tokens(Protocol):
    def admitted(self) -> frozenset[str]: ...


class Doorkeeper:
    """`clock` counts seconds."""

    def __init__(self, tokens: Tokens, *, telemetry: Telemetry, clock: Callable[[], float]) -> None:
        self._tokens = tokens
        self._telemetry = telemetry
        self._clock = clock
        self._known: frozenset[str] = frozenset()
        self._read_at = -math.inf

    def admits(self, token: str) -> bool:
        """Raises StoreAway when the token is unknown and the known ones cannot be read."""
        age = self._clock() - self._read_at
        if age >= KEPT_SECONDS or (age >= READ_AGAIN_SECONDS and not self._knows(token)):
            self._read(token)
        return self._knows(token)

    def _read(self, token: str) -> None:
        try:
            self._known = self._tokens.admitted()
        except StoreAway as error:
            self._telemetry.alarm("origin_token_unreadable", error)
            if not self._knows(token):
                raise
        self._read_at = self._clock()

    def _knows(self, token: str) -> bool:
        """Compares in constant time: whoever guesses learns nothing from how long it took."""
        given = token.encode(errors="surrogatepass")
        return any(hmac.compare_digest(given, known.encode()) for known in self._known)
