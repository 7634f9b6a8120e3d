"""Bytes of tokens to text that may go out: whole characters only, and nothing of a stop string.

A character may be spread over several tokens. Refuses to know tokens and engines.
"""

from __future__ import annotations

import codecs

from inference_container.engines.stop_strings import StopStrings


class SpokenText:
    """The text of one answer while it grows. `stop` are the strings before which it ends."""

    def __init__(self, stop: tuple[str, ...] = ()) -> None:
        # Bytes that are no UTF-8 were made by a confused model: no reader gains from a replacement character.
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="ignore")
        self._stops = StopStrings(stop)

    @property
    def stopped(self) -> bool:
        """Whether a stop string has come; nothing is said after it."""
        return self._stops.found

    def hear(self, data: bytes) -> str:
        """Takes a token's bytes; returns what can be said now."""
        return self._stops.feed(self._decoder.decode(data))

    def rest(self) -> str:
        """What was held back, when the answer is over. Half a character is left out."""
        return self._stops.rest()
