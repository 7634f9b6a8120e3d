"""How sure a figure is, at 95 %.

Shares have Wilson's score interval: E. B. Wilson, "Probable inference, the law of succession, and statistical
inference", JASA 22 (1927). A bootstrap would call 0 of 300 certain. Means have the percentile bootstrap:
B. Efron, R. Tibshirani, "An Introduction to the Bootstrap" (1993), ch. 13; whole dialogues are drawn, because
the answers within one depend on each other. Refuses to know what is measured.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

RESAMPLES = 10_000
SEED = 20_261_123
_Z = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True)
class Interval:
    low: float
    high: float


def of_share(hits: int, total: int) -> Interval | None:
    """Wilson's; None of nothing."""
    return None if total == 0 else of_share_of(hits / total, total)


def of_share_of(share: float, total: float) -> Interval:
    """The same of a share of so many answers, of which there may be a fraction: an effective sample."""
    middle = share + _Z**2 / (2 * total)
    half = _Z * math.sqrt(share * (1 - share) / total + _Z**2 / (4 * total**2))
    scale = 1 + _Z**2 / total
    low = 0.0 if share == 0 else (middle - half) / scale
    high = 1.0 if share == 1 else (middle + half) / scale
    return Interval(low, high)


def of_mean(values: Sequence[float], groups: Sequence[str]) -> Interval | None:
    """Percentile bootstrap of the mean; values of one group are drawn together."""
    if not values:
        return None
    sums, counts = _by_group(np.asarray(values, dtype=float), groups)
    means = _resampled(sums, counts)
    low, high = np.percentile(means, (2.5, 97.5))
    return Interval(float(low), float(high))


def _by_group(values: np.ndarray, groups: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    _, places = np.unique(np.asarray(groups), return_inverse=True)
    size = int(places.max()) + 1
    return np.bincount(places, weights=values, minlength=size), np.bincount(places, minlength=size)


def _resampled(sums: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """The mean of each resample. Drawn in slices: all at once would need resamples × groups of memory."""
    draw = np.random.default_rng(SEED)
    size = len(sums)
    means = []
    for start in range(0, RESAMPLES, 1_000):
        drawn = draw.integers(0, size, size=(min(1_000, RESAMPLES - start), size))
        means.append(sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1))
    return np.concatenate(means)
