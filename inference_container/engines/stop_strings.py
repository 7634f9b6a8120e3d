"""Finds stop strings in text that comes in pieces, for engines that know tokens alone.

Nothing that might be the beginning of a stop string is handed on before the text after it has decided.
Refuses to know tokens.
"""

from __future__ import annotations


class StopStrings:
    """One answer. `found` says that a stop string has come; it and all that follows it are dropped."""

    def __init__(self, stops: tuple[str, ...]) -> None:
        self._stops = stops
        self._held = ""
        self.found = False

    def feed(self, text: str) -> str:
        """What may be told now."""
        if self.found:
            return ""
        text = self._held + text
        places = [place for stop in self._stops if (place := text.find(stop)) >= 0]
        if places:
            self.found, self._held = True, ""
            return text[: min(places)]
        kept = self._undecided(text)
        self._held = text[len(text) - kept :]
        return text[: len(text) - kept]

    def rest(self) -> str:
        """The answer has ended: what was held back is text."""
        held, self._held = self._held, ""
        return held

    def _undecided(self, text: str) -> int:
        """Characters at the end that may be the beginning of a stop string."""
        longest = max((len(stop) for stop in self._stops), default=1) - 1
        for length in range(min(longest, len(text)), 0, -1):
            if any(stop.startswith(text[-length:]) for stop in self._stops):
                return length
        return 0
