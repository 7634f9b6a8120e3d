"""What the pieces of a message between spaces say, kept so that what was met before is not read again.

A piece says the same wherever it is followed by as much as was looked at; it is kept with that. A lone letter
is kept where no other stands beside it: «E 200 d». What hangs on more of the message (`Look.rests`) is not.
Knows where readings begin. Refuses to know how they are found (`core.belief`).
"""

from __future__ import annotations

from collections.abc import Callable

from core.glass import Look, Reading
from core.message import is_lone

Told = tuple[tuple[int, list[Reading]], ...]
"""From where in a piece words of the policy may be read, and as what."""

_MOST_KEPT = 50_000
_SEEN_WHOLE = 40
"""Of a row so much is looked at, and a little more."""
_BESIDE = 4
"""A piece is kept with so many at most, itself among them."""
_END = "\0"
"""Stands for what follows the last piece: «нарк» ends otherwise than «нарк  отики»."""
_APART = "\0\0"
"""Stands for what is before a lone letter that is in no row of them."""


class Met:
    def __init__(self) -> None:
        self._told: dict[str, Told] = {}

    def read(self, look: Look, anew: Callable[[Look, int, str], int]) -> None:
        """Notes what all pieces say. `anew` notes it of one and tells where that was certain."""
        if len(self._told) > _MOST_KEPT:
            self._told.clear()
        place, met, hidden = 0, self._told, look.message.has_invisible
        pieces = [*look.message.folded.split(" "), *(_END,) * (_BESIDE - 1)]
        before = _END
        for at, piece in enumerate(pieces[: 1 - _BESIDE]):
            told = met.get(piece)
            if told is None:
                told = met.get(f"{piece} {pieces[at + 1]}")
            if told is None or (told and hidden):
                told = self._look(look, place, before, pieces[at : at + _BESIDE], anew)
            for begin, readings in told:
                look.found[place + begin] = readings
            before = piece
            place += len(piece) + 1

    def _look(
        self, look: Look, place: int, before: str, pieces: list[str], anew: Callable[[Look, int, str], int]
    ) -> Told:
        """What a piece says that is not known by itself, nor with the one behind it."""
        piece, pair, whole = pieces[0], " ".join(pieces[:2]), " ".join(pieces)
        apart = _parts(before) and _parts(pieces[1]) and "\n" not in piece
        told = self._told.get(whole)
        if told is None and apart:
            told = self._told.get(f"{_APART} {pair}", self._told.get(f"{_APART} {whole}"))
        if told is not None and not look.message.has_invisible:
            return told
        found, look.found, look.rests, look.in_row = look.found, {}, False, False
        lost = anew(look, place, piece) - place
        told = tuple((start - place, readings) for start, readings in look.found.items())
        look.found = found
        if lost < len(whole) and not look.rests:
            kept = piece if lost < len(piece) else pair if lost < len(pair) else whole
            if not look.in_row:
                self._told[kept] = told
            elif apart:
                self._told[f"{_APART} {kept if kept != piece else pair}"] = told
        return told


def _parts(piece: str) -> bool:
    """Whether no row of lone letters goes on across a piece; `_END` is where there is none."""
    return piece == _END or (len(piece) <= _SEEN_WHOLE and "\n" not in piece and not is_lone(piece))
