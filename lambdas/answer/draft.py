"""The answer while it grows: readable within half a second, written at most twice a second.

A text that comes too soon after the last one is written by a timer, so a sentence never waits for the next.
A store that is away costs the growth, not the answer. What does not go on from what may have been read is
left to the end of the turn, which replaces the whole. Refuses to know what is in the text.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Protocol, Self

from core.dialogue import Turn
from core.errors import StoreAway
from core.measures import Measure
from lambdas.adapters.clock import Clock
from lambdas.adapters.telemetry import Telemetry, names

INTERVAL_SECONDS = 0.5


class DraftStore(Protocol):
    """Raises LostClaim, StoreAway."""

    def write_draft(self, turn: Turn, text: str, *, first: bool) -> None: ...


class Draft:
    """Give `publish` to a flow; leave the context before the turn is ended.

    `shown` is the longest text that a visitor may have seen.
    """

    def __init__(
        self,
        turns: DraftStore,
        turn: Turn,
        telemetry: Telemetry,
        *,
        clock: Clock,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._turns = turns
        self._turn = turn
        self._telemetry = telemetry
        self._clock = clock
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None
        self._failure: Exception | None = None
        self._written_at = float("-inf")
        self._latest = ""
        self._written = ""
        self.shown = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """No write is under way afterwards, and none will come."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer.join()

    def publish(self, text: str) -> None:
        """Makes `text` readable, now or within half a second, if it goes on from what is readable.

        Raises LostClaim, perhaps a text later.
        """
        with self._lock:
            if self._failure is not None:
                raise self._failure
            if not text.startswith(self.shown):
                return
            self._latest = text
            wait = self._written_at + INTERVAL_SECONDS - self._monotonic()
            if wait <= 0:
                self._write()
            elif self._timer is None or not self._timer.is_alive():
                self._timer = threading.Timer(wait, self._write_later)
                self._timer.daemon = True
                self._timer.start()

    def _write_later(self) -> None:
        with self._lock:
            try:
                self._write()
            except Exception as error:  # noqa: BLE001 - kept for the thread that publishes
                self._failure = error

    def _write(self) -> None:
        if self._latest == self._written:
            return
        self.shown = self._latest
        try:
            self._turns.write_draft(self._turn, self._latest, first=not self._written)
            if not self._written:
                waited = (self._clock() - self._turn.waiting_since) / timedelta(milliseconds=1)
                self._telemetry.measure(
                    Measure.FIRST_TEXT_MILLISECONDS, waited, assistant=self._turn.assistant
                )
            self._written = self._latest
        except StoreAway as error:
            told = names(self._turn.session_id, self._turn.message_id)
            self._telemetry.alarm("draft_not_written", error, **told)
        self._written_at = self._monotonic()
