"""Figures of a pilot, each with its 95 % interval: which method for what, and why.

- Share (`share`): Wilson's score interval (1927), on the effective sample size of answers that come in
  clusters: E. L. Korn, B. I. Graubard, "Confidence Intervals for Proportions with Small Expected Number of
  Positive Counts Estimated from Survey Data", Survey Methodology 24 (1998).
- Mean of marks (`mean`): percentile bootstrap, B. Efron, R. Tibshirani (1993), ch. 13.
- Change of a mean between two samples (`change_of_mean`): percentile bootstrap of the ratio, because what
  lasts is skewed and the target is relative; the test is that of B. L. Welch, Biometrika 34 (1947), which
  wants no equal variances.
- NPS (`change_of_nps`): the three counts have a Dirichlet posterior under Jeffreys' prior of half an answer
  each: D. B. Rubin, "The Bayesian Bootstrap", Annals of Statistics 9 (1981), with the prior that keeps an
  unanimous handful of answers from looking certain, as for one share in L. D. Brown, T. T. Cai,
  A. DasGupta, Statistical Science 16 (2001).
- Rate of events (`change_of_rate`): exact conditional interval of the ratio of two Poisson rates, J.
  Przyborowski, H. Wilenski, Biometrika 31 (1940); counts that scatter more than Poisson's from day to day
  are divided by their dispersion (effective counts, as above).
- Occupancy (`ratio_by_group`): ratio of sums over operators, linearised, with Student's t over the operators,
  whose shifts are no independent observations: W. G. Cochran, "Sampling Techniques" (1977), ch. 6 and 9.
- Talk per shift (`change_by_group`): operators are paired with themselves; Student's t of the log ratios.
- Time on the page (`change_by_day`): whole days are drawn, because visitors of one day are alike.

Each refuses to be sure of less than it needs (`least`). Refuses to know targets and what is measured.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from jobs.evaluation import intervals

CONFIDENCE = 0.95
LEAST_FOR_BOOTSTRAP = 20
LEAST_DAYS = 10
LEAST_GROUPS = 3
LEAST_FOR_SHARE = 20
MANY = 5_000
_TAIL = (1 - CONFIDENCE) / 2
_NPS_SIGNS = np.array([100.0, 0.0, -100.0])


@dataclass(frozen=True)
class Estimate:
    """`size` are the independent observations, `least` how many of them the method needs; `p` is of the test
    that nothing has changed, where there is something to compare with.
    """

    value: float
    interval: intervals.Interval
    size: int
    least: int
    p: float | None = None

    @property
    def enough(self) -> bool:
        return self.size >= self.least


def share(hits: Sequence[bool], groups: Sequence[str]) -> Estimate | None:
    """`groups` name the cluster of each; None of nothing."""
    if not hits:
        return None
    total, found = len(hits), sum(hits)
    factor = _design_effect(np.asarray(hits, dtype=float), groups)
    interval = intervals.of_share_of(found / total, total / factor)
    return Estimate(found / total, interval, total, LEAST_FOR_SHARE)


def mean(values: Sequence[float]) -> Estimate | None:
    interval = intervals.of_mean(values, [str(place) for place in range(len(values))])
    if interval is None:
        return None
    return Estimate(float(np.mean(values)), interval, len(values), LEAST_FOR_BOOTSTRAP)


def change_of_mean(before: Sequence[float], after: Sequence[float]) -> Estimate | None:
    """Of the mean, relative: -0.2 is a fifth less. None where one of them is missing or lasts no time."""
    if not before or not after or not sum(before):
        return None
    draw = np.random.default_rng(intervals.SEED)
    ratios = _drawn_means(np.asarray(after, float), draw) / _drawn_means(np.asarray(before, float), draw)
    varied = min(len(before), len(after)) > 1 and min(np.ptp(before), np.ptp(after)) > 0
    return Estimate(
        value=float(np.mean(after) / np.mean(before)) - 1,
        interval=_percentiles(ratios - 1),
        size=min(len(before), len(after)),
        least=LEAST_FOR_BOOTSTRAP,
        p=float(stats.ttest_ind(after, before, equal_var=False).pvalue) if varied else None,
    )


def nps(counts: Sequence[int]) -> Estimate | None:
    """Of promoters, passives and detractors, from -100 to 100."""
    total = sum(counts)
    if not total:
        return None
    drawn = _drawn_nps(counts, np.random.default_rng(intervals.SEED))
    return Estimate(_nps_of(counts), _percentiles(drawn), total, LEAST_FOR_SHARE)


def change_of_nps(before: Sequence[int], after: Sequence[int]) -> Estimate | None:
    """In points; `p` is the two-sided share of draws on the other side of no change."""
    if not sum(before) or not sum(after):
        return None
    draw = np.random.default_rng(intervals.SEED)
    gaps = _drawn_nps(after, draw) - _drawn_nps(before, draw)
    aside = float(min((gaps <= 0).mean(), (gaps >= 0).mean()))
    size = min(sum(before), sum(after))
    value = _nps_of(after) - _nps_of(before)
    return Estimate(value, _percentiles(gaps), size, LEAST_FOR_SHARE, p=min(1.0, 2 * aside))


def change_of_rate(
    before: int, before_exposure: float, after: int, after_exposure: float, dispersion: float = 1.0
) -> Estimate | None:
    """Of events a unit of exposure, relative. None where nothing was before or somebody was never exposed."""
    if not before or not before_exposure or not after_exposure:
        return None
    share_of_time = after_exposure / (before_exposure + after_exposure)
    a, b = after / dispersion, before / dispersion
    low = float(stats.beta.ppf(_TAIL, a, b + 1)) if after else 0.0
    high = float(stats.beta.ppf(1 - _TAIL, a + 1, b))
    fewer, more = (
        stats.beta.sf(share_of_time, a + 1, b),
        stats.beta.cdf(share_of_time, a, b + 1) if a else 1.0,
    )

    def ratio(part: float) -> float:
        return part / (1 - part) * before_exposure / after_exposure

    return Estimate(
        value=after / after_exposure / (before / before_exposure) - 1,
        interval=intervals.Interval(ratio(low) - 1, ratio(high) - 1),
        size=before + after,
        least=1,
        p=min(1.0, 2 * float(min(fewer, more))),
    )


def dispersion(samples: Sequence[Sequence[int]]) -> float:
    """By how much daily counts scatter more than Poisson's do, pooled over samples; never below 1."""
    squares = degrees = 0.0
    for counts in samples:
        middle = float(np.mean(counts)) if counts else 0.0
        if middle > 0 and len(counts) > 1:
            squares += float(np.sum((np.asarray(counts) - middle) ** 2)) / middle
            degrees += len(counts) - 1
    return max(1.0, squares / degrees) if degrees else 1.0


def ratio_by_group(parts: Mapping[str, tuple[float, float]]) -> Estimate | None:
    """Sum of the first over sum of the second; each group is one observation. None of fewer than two."""
    tops, bottoms = (
        (np.array(column, float) for column in zip(*parts.values(), strict=True))
        if parts
        else (
            np.zeros(0),
            np.zeros(0),
        )
    )
    if len(tops) < 2 or not bottoms.sum():
        return None
    ratio, size = float(tops.sum() / bottoms.sum()), len(tops)
    error = math.sqrt(size / (size - 1) * float(np.sum((tops - ratio * bottoms) ** 2))) / float(bottoms.sum())
    half = float(stats.t.ppf(1 - _TAIL, size - 1)) * error
    return Estimate(ratio, intervals.Interval(ratio - half, ratio + half), size, LEAST_GROUPS)


def change_by_group(before: Mapping[str, float], after: Mapping[str, float]) -> Estimate | None:
    """Geometric mean change over the groups that are in both, relative. None of fewer than two."""
    both = [name for name in before if before[name] > 0 and after.get(name, 0) > 0]
    if len(both) < 2:
        return None
    logs = np.array([math.log(after[name] / before[name]) for name in both])
    middle, error = float(logs.mean()), float(logs.std(ddof=1)) / math.sqrt(len(logs))
    half = float(stats.t.ppf(1 - _TAIL, len(logs) - 1)) * error
    p = float(2 * stats.t.sf(abs(middle) / error, len(logs) - 1)) if error else None
    interval = intervals.Interval(math.expm1(middle - half), math.expm1(middle + half))
    return Estimate(math.expm1(middle), interval, len(both), LEAST_GROUPS, p)


def change_by_day(days: Sequence[tuple[float, int, float, int]]) -> Estimate | None:
    """Of the mean of one kind of visits against the other; a day is (sum, count, sum, count), theirs last."""
    table = np.array(days, float).reshape(-1, 4)
    sums = table.sum(axis=0)
    if not (sums > 0).all():
        return None
    draw = np.random.default_rng(intervals.SEED)
    drawn = table[draw.integers(0, len(table), size=(intervals.RESAMPLES, len(table)))].sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        changes = (drawn[:, 0] / drawn[:, 1]) / (drawn[:, 2] / drawn[:, 3]) - 1
    changes = changes[np.isfinite(changes)]
    aside = float(min((changes <= 0).mean(), (changes >= 0).mean()))
    value = float(sums[0] / sums[1] / (sums[2] / sums[3])) - 1
    return Estimate(value, _percentiles(changes), len(table), LEAST_DAYS, p=min(1.0, 2 * aside))


def _design_effect(values: np.ndarray, groups: Sequence[str]) -> float:
    """How many answers in clusters tell as much as one alone; never below 1."""
    middle, total = float(values.mean()), len(values)
    simple = middle * (1 - middle) / max(1, total - 1)
    _, places = np.unique(np.asarray(groups), return_inverse=True)
    size = int(places.max()) + 1
    if not simple or size < 2:
        return 1.0
    sums = np.bincount(places, weights=values - middle, minlength=size)
    return max(1.0, size / (size - 1) * float(np.sum(sums**2)) / total**2 / simple)


def _drawn_means(values: np.ndarray, draw: np.random.Generator) -> np.ndarray:
    """In slices: all at once would need resamples × values of memory. Of many values the mean is normal."""
    if len(values) > MANY:
        return draw.normal(values.mean(), values.std(ddof=1) / math.sqrt(len(values)), intervals.RESAMPLES)
    slices = [
        values[draw.integers(0, len(values), size=(100, len(values)))].mean(axis=1)
        for _ in range(intervals.RESAMPLES // 100)
    ]
    return np.concatenate(slices)


def _drawn_nps(counts: Sequence[int], draw: np.random.Generator) -> np.ndarray:
    drawn: np.ndarray = draw.dirichlet(np.asarray(counts, float) + 0.5, size=intervals.RESAMPLES) @ _NPS_SIGNS
    return drawn


def _nps_of(counts: Sequence[int]) -> float:
    return 100 * (counts[0] - counts[2]) / sum(counts)


def _percentiles(values: np.ndarray) -> intervals.Interval:
    low, high = np.percentile(values, (100 * _TAIL, 100 * (1 - _TAIL)))
    return intervals.Interval(float(low), float(high))
