"""Texts put together by what they are about.

Groups grow by average likeness, the most alike first, until no two of them are alike enough. Takes any
measure of likeness; refuses to know what it is made of.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import mul


def grouped(vectors: Sequence[Sequence[float]], least: float) -> list[list[int]]:
    """Places of unit vectors, largest group first and within it the most typical first; of the same size the
    earlier first. Two groups are joined while the mean of the cosines between them is `least` or more.
    """
    groups = [[place] for place in range(len(vectors))]
    alike = [[sum(map(mul, one, other)) for other in vectors] for one in vectors]
    between = [list(row) for row in alike]  # sums of cosines; divided by the sizes they are means
    alive = set(range(len(vectors)))
    while (pair := _nearest(between, groups, alive, least)) is not None:
        one, other = pair
        groups[one] += groups[other]
        alive.discard(other)
        for each in alive:
            between[one][each] = between[each][one] = between[one][each] + between[other][each]
    found = [_typical_first(alike, groups[at]) for at in alive]
    return sorted(found, key=lambda group: (-len(group), min(group)))


def _nearest(
    between: Sequence[Sequence[float]], groups: Sequence[Sequence[int]], alive: set[int], least: float
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


def _typical_first(alike: Sequence[Sequence[float]], group: Sequence[int]) -> list[int]:
    return sorted(group, key=lambda place: -sum(alike[place][other] for other in group))
