"""What the pieces of a message between spaces say, kept so that what was met before is not read again.

A piece says the same wherever it is followed by as much as was looked at; it is kept with that. What hangs on
more of the message (`Look.rests`) is not. Knows where readings begin. Refuses to know how they are found
(`core.belief`).
"""

from __future__ import annotations

from collections.abc import Callable

from core.glass import Look, Reading

Told = tuple[tuple[int, list[Reading]], ...]
"""From where in a piece words of the policy may be read, and as what."""

_MOST_KEPT = 50_000
_BESIDE = 4
"""A piece is kept with so many at most, itself among them."""
_END = ["\0"] * (_BESIDE - 1)
"""Stand for what follows the last piece: «нарк» ends otherwise than «нарк  отики»."""


class Met:
    def __init__(self) -> None:
        self._told: dict[str, Told] = {}

    def read(self, look: Look, anew: Callable[[Look, int, str], int]) -> None:
        """Notes what all pieces say. `anew` notes it of one and tells where that was certain."""
        if len(self._told) > _MOST_KEPT:
            self._told.clear()
        place, met, hidden = 0, self._told, look.message.has_invisible
        pieces = [*look.message.folded.split(" "), *_END]
        for at, piece in enumerate(pieces[: -len(_END)]):
            told = met.get(piece)
            if told is None:
                told = met.get(f"{piece} {pieces[at + 1]}")
            if told is None or (told and hidden):
                told = self._look(look, place, pieces[at : at + _BESIDE], anew)
            for begin, readings in told:
                look.found[place + begin] = readings
            place += len(piece) + 1

    def _look(self, look: Look, place: int, pieces: list[str], anew: Callable[[Look, int, str], int]) -> Told:
        piece, whole = pieces[0], " ".join(pieces)
        told = self._told.get(whole)
        if told is not None and not look.message.has_invisible:
            return told
        found, look.found, look.rests = look.found, {}, False
        lost = anew(look, place, piece) - place
        told = tuple((start - place, readings) for start, readings in look.found.items())
        look.found = found
        if lost < len(whole) and not look.rests:
            pair = f"{piece} {pieces[1]}"
            self._told[piece if lost < len(piece) else pair if lost < len(pair) else whole] = told
        return told
