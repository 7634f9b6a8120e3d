"""Texts put together by what they are about.

Two texts are alike by their embeddings and by the groups of letters that they share, rare ones most, as in
the search for an answer (`core.knowledge`). Groups grow by average likeness, the most alike first, until no
two of them are alike enough. Refuses to know where texts come from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul

from core.bm25 import Bm25, letters
from core.vectors import centred, mean_of

LETTERS = 0.8
"""What a full share of letters counts beside a cosine of 1: as in the search."""
ENOUGH = 0.3
"""Chosen on one half of labelled topics and shown on the other: bench/likeness.py."""

Matrix = Sequence[Sequence[float]]


@dataclass(frozen=True)
class Wordings:
    """Other texts of the kind, and the mean of their vectors: they say what all have in common."""

    texts: tuple[str, ...]
    mean: Sequence[float]


def alike(texts: Sequence[str], vectors: Matrix, known: Wordings, weight: float = LETTERS) -> Matrix:
    """How alike any two texts are; `vectors` are theirs, of length 1."""
    index = Bm25(map(letters, (*texts, *known.texts)))
    shares = [index.scores(letters(text))[: len(texts)] for text in texts]
    back, mean = zip(*shares, strict=True), _mean(vectors, known)
    placed = [centred(vector, mean) for vector in vectors]
    return [
        [
            sum(map(mul, one, other)) + weight * (to + of) / 2
            for other, to, of in zip(placed, its, theirs, strict=True)
        ]
        for one, its, theirs in zip(placed, shares, back, strict=True)
    ]


def _mean(vectors: Matrix, known: Wordings) -> Sequence[float]:
    """Of all texts: few known ones alone would say more of themselves than of the kind."""
    if not vectors:
        return known.mean
    share = len(known.texts) / (len(known.texts) + len(vectors))
    return [share * x + (1 - share) * y for x, y in zip(known.mean, mean_of(vectors), strict=True)]


def grouped(likeness: Matrix, least: float = ENOUGH) -> list[list[int]]:
    """Places of texts, largest group first and within it the most typical first; of the same size the earlier
    first. Two groups are joined while the mean likeness between them is `least` or more.
    """
    groups = [[place] for place in range(len(likeness))]
    between = [list(row) for row in likeness]  # sums; divided by the sizes they are means
    alive = set(range(len(likeness)))
    while (pair := _nearest(between, groups, alive, least)) is not None:
        one, other = pair
        groups[one] += groups[other]
        alive.discard(other)
        for each in alive:
            between[one][each] = between[each][one] = between[one][each] + between[other][each]
    found = [_typical_first(likeness, groups[at]) for at in alive]
    return sorted(found, key=lambda group: (-len(group), min(group)))


def _nearest(
    between: Matrix, groups: Sequence[Sequence[int]], alive: set[int], least: float
) -> tuple[int, int] | None:
    best, pair = least, None
    order = sorted(alive)
    for number, one in enumerate(order):
        row, size = between[one], len(groups[one])
        for other in order[number + 1 :]:
            mean = row[other] / (size * len(groups[other]))
            if mean >= best:
                best, pair = mean, (one, other)
    return pair


def _typical_first(likeness: Matrix, group: Sequence[int]) -> list[int]:
    return sorted(group, key=lambda place: -sum(likeness[place][other] for other in group if other != place))
