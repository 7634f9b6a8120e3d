"""How many cars an answer says there are, in every way that it may be read.

Knows that an answer of several lists says a number for each, and that one of them may be a car without a
number. Refuses to know which count is true.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from jobs.evaluation.pieces import Piece, asserts, shown_more


def counts_told(pieces: Sequence[Piece], offers: Sequence[Piece]) -> set[int]:
    """Each count, their sum, the sum of the shares, and the cars shown with «и ещё 7»; `offers` are those of
    the pieces that show a car as an answer.
    """
    told = [count for piece in pieces if not piece.alternative for count in piece.counts()]
    shares = [count for piece in pieces for _, count in piece.pairs()]
    alone = _told_alone(pieces, offers)
    said = {*told, *(len(offers) + more for more in shown_more(pieces))}
    if shares:
        said.add(sum(shares))
    if len(told) > 1 or (told and alone):
        said.add(sum(told) + alone)
    return said


def _told_alone(pieces: Sequence[Piece], offers: Sequence[Piece]) -> int:
    """«Да, есть в наличии (GLB).» right before its car says one."""
    return sum(
        asserts(said.text) and not said.counts() and not said.is_offer and car in offers
        for said, car in pairwise(pieces)
    )
