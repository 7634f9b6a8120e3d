"""How far people agree who have marked the same answers from 0 to 5: Krippendorff's alpha.

    alpha = 1 - D_o / D_e

D_o is the disagreement that was observed within items, D_e that expected by chance; both weigh two marks by
the square of how far apart they are (interval metric). Any number of raters, any marks missing, no assumption
that raters use the scale alike. K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section
C; the packages that compute it are under the GPL, so it stands here, held by a test to that paper's own
example. Refuses to know answers and raters: marks come in as rows by item.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from statistics import fmean

LOWEST, HIGHEST = 0, 5
TENTATIVE, RELIABLE = 0.667, 0.8
"""Krippendorff's own bounds: below the first nothing should be concluded, from the second on it may be."""


@dataclass(frozen=True)
class Agreement:
    """`alpha` is None where there is nothing to disagree about: no item with two marks, or one mark only."""

    alpha: float | None
    items: int
    marks: int
    mean: float
    mean_by_rater: Mapping[str, float]
    same: float
    """The share of pairs of marks that are equal."""


def alpha(items: Sequence[Sequence[float]]) -> float | None:
    """Interval alpha of the marks by item; items with fewer than two marks do not count."""
    pairable = [marks for marks in items if len(marks) > 1]
    coincidences: defaultdict[tuple[float, float], float] = defaultdict(float)
    for marks in pairable:
        for place, other in product(range(len(marks)), repeat=2):
            if place != other:
                coincidences[marks[place], marks[other]] += 1 / (len(marks) - 1)
    totals: defaultdict[float, float] = defaultdict(float)
    for (mark, _), weight in coincidences.items():
        totals[mark] += weight
    count = sum(totals.values())
    observed = sum(weight * (left - right) ** 2 for (left, right), weight in coincidences.items())
    expected = sum(
        totals[left] * totals[right] * (left - right) ** 2 for left, right in product(totals, repeat=2)
    )
    if count <= 1 or expected == 0:
        return None
    return 1 - (count - 1) * observed / expected


def agreed(marks: Mapping[str, Mapping[str, float]]) -> Agreement:
    """`marks` by rater and item."""
    names = dict.fromkeys(item for given in marks.values() for item in given)
    by_item = [[given[item] for given in marks.values() if item in given] for item in names]
    pairs = [(a, b) for row in by_item for place, a in enumerate(row) for b in row[place + 1 :]]
    everything = [mark for row in by_item for mark in row]
    return Agreement(
        alpha=alpha(by_item),
        items=sum(len(row) > 1 for row in by_item),
        marks=len(everything),
        mean=fmean(everything) if everything else 0.0,
        mean_by_rater={rater: fmean(given.values()) for rater, given in marks.items() if given},
        same=sum(a == b for a, b in pairs) / len(pairs) if pairs else 0.0,
    )
