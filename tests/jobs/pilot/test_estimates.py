"""Intervals cover what is true: data are drawn from known truths, over and over, by a seed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from jobs.pilot import estimates
from jobs.pilot.estimates import Estimate
from tests.jobs.pilot import made_up

ROUNDS = 200
LEAST_COVERED = 0.91
"""Of 95 %: less three standard errors of 200 rounds, less what a bootstrap of skewed data loses."""


def covered(drawn: Callable[[np.random.Generator], Estimate | None], truth: float) -> float:
    draw = np.random.default_rng(20_261_122)
    hits = 0
    for _ in range(ROUNDS):
        estimate = drawn(draw)
        assert estimate is not None
        hits += estimate.interval.low <= truth <= estimate.interval.high
    return hits / ROUNDS


def clustered_share(draw: np.random.Generator) -> Estimate | None:
    """60 dialogues of 1 to 9 questions; in each of them one's own share is in time, 0.9 on the whole."""
    hits, groups = [], []
    for dialogue in range(60):
        own = draw.beta(4.5, 0.5)
        for _ in range(5):
            hits.append(bool(draw.random() < own))
            groups.append(str(dialogue))
    return estimates.share(hits, groups)


def dispersed_rate(draw: np.random.Generator) -> Estimate | None:
    """Days differ: their rates are drawn from a gamma distribution. A fifth less than before."""
    before, after = (
        [int(draw.poisson(draw.gamma(4, middle / 4))) for _ in range(28)] for middle in (5.0, 4.0)
    )
    scatter = estimates.dispersion([before, after])
    return estimates.change_of_rate(sum(before), 28 * 12, sum(after), 28 * 12, scatter)


def occupancy(draw: np.random.Generator) -> Estimate | None:
    parts = {}
    for operator in range(8):
        own, shifts = draw.normal(0.7, 0.05), draw.integers(8, 15)
        parts[str(operator)] = (float(own * shifts * 8), float(shifts * 8))
    return estimates.ratio_by_group(parts)


def talk(draw: np.random.Generator) -> Estimate | None:
    before = {str(operator): float(draw.lognormal(9, 0.3)) for operator in range(6)}
    after = {name: each * 0.8 * float(draw.lognormal(0, 0.1)) for name, each in before.items()}
    return estimates.change_by_group(before, after)


def pages(draw: np.random.Generator) -> Estimate | None:
    days = made_up.visits(draw)
    return estimates.change_by_day(
        [(d.with_assistant.seconds, d.with_assistant.count, d.without.seconds, d.without.count) for d in days]
    )


def choice_of_nps(draw: np.random.Generator, count: int, promoters: float, detractors: float) -> list[int]:
    return [
        int(each) for each in draw.multinomial(count, [promoters, 1 - promoters - detractors, detractors])
    ]


CASES: dict[str, tuple[Callable, float]] = {
    "share": (lambda draw: estimates.share(list(draw.random(80) < 0.97), [str(n) for n in range(80)]), 0.97),
    "clusters": (clustered_share, 0.9),
    "mean": (lambda draw: estimates.mean(draw.choice([5, 8, 10], 60, p=[0.2, 0.5, 0.3]).tolist()), 8.0),
    "mean_change": (
        lambda draw: estimates.change_of_mean(
            draw.lognormal(6, 0.7, 120).tolist(), (0.7 * draw.lognormal(6, 0.7, 100)).tolist()
        ),
        -0.3,
    ),
    "nps": (lambda draw: estimates.nps(choice_of_nps(draw, 40, 0.6, 0.15)), 45.0),
    "nps_change": (
        lambda draw: estimates.change_of_nps(
            choice_of_nps(draw, 300, 0.5, 0.2), choice_of_nps(draw, 60, 0.6, 0.1)
        ),
        20.0,
    ),
    "rate": (
        lambda draw: estimates.change_of_rate(draw.poisson(40) + 0, 100, draw.poisson(30) + 0, 150),
        30 / 150 / (40 / 100) - 1,
    ),
    "scatter": (dispersed_rate, -0.2),
    "occupancy": (occupancy, 0.7),
    "talk": (talk, -0.2),
    "page": (pages, 0.5),
}


@pytest.mark.parametrize("case", CASES)
def test_intervals_cover_the_truth(case: str) -> None:
    drawn, truth = CASES[case]
    assert covered(drawn, truth) >= LEAST_COVERED


def test_wilson_by_hand() -> None:
    found = estimates.share([True] * 9 + [False], [str(n) for n in range(10)])
    assert found.interval.low == pytest.approx(0.5958, abs=1e-4)  # Newcombe's own arithmetic
    assert found.interval.high == pytest.approx(0.9821, abs=1e-4)


def test_an_exact_ratio_of_rates() -> None:
    """R's poisson.test(c(11, 6+8+7), c(800, 1083+1050+878)): 1.97, 95 % 0.859 to 4.277, p 0.0797."""
    found = estimates.change_of_rate(21, 3011, 11, 800)
    assert 1 + found.value == pytest.approx(1.9715, abs=1e-3)
    assert 1 + found.interval.low == pytest.approx(0.8584, abs=2e-3)
    assert 1 + found.interval.high == pytest.approx(4.2772, abs=2e-3)


def test_nobody_is_certain_of_a_handful() -> None:
    unanimous = estimates.nps((5, 0, 0))
    assert unanimous.value == 100
    assert unanimous.interval.low < 80
    assert not unanimous.enough
    assert estimates.share([True] * 10, [str(n) for n in range(10)]).interval.low < 0.75


def test_answers_of_one_dialogue_count_less() -> None:
    hits = [n >= 20 for n in range(100)]
    alone = estimates.share(hits, [str(n) for n in range(100)])
    together = estimates.share(hits, [str(n // 10) for n in range(100)])
    assert together.interval.high - together.interval.low > 2 * (alone.interval.high - alone.interval.low)


def test_nothing_changed_is_seldom_called_a_change() -> None:
    draw = np.random.default_rng(3)
    alarms = {"mean": 0, "nps": 0, "rate": 0}
    for _ in range(ROUNDS):
        before, after = draw.lognormal(6, 1, (2, 80)).tolist()
        alarms["mean"] += estimates.change_of_mean(before, after).p < 0.05
        counts = (choice_of_nps(draw, 80, 0.5, 0.2), choice_of_nps(draw, 80, 0.5, 0.2))
        alarms["nps"] += estimates.change_of_nps(*counts).p < 0.05
        alarms["rate"] += (
            estimates.change_of_rate(int(draw.poisson(40)) + 1, 10, int(draw.poisson(40)), 10).p < 0.05
        )
    assert all(count / ROUNDS < 0.10 for count in alarms.values()), alarms


@pytest.mark.parametrize(
    "nothing",
    [
        estimates.share([], []),
        estimates.mean([]),
        estimates.change_of_mean([], [1.0]),
        estimates.change_of_mean([1.0], []),
        estimates.change_of_mean([0.0], [1.0]),
        estimates.nps((0, 0, 0)),
        estimates.change_of_nps((0, 0, 0), (1, 1, 1)),
        estimates.change_of_rate(0, 10, 5, 10),
        estimates.change_of_rate(5, 10, 5, 0),
        estimates.ratio_by_group({}),
        estimates.ratio_by_group({"one": (1.0, 2.0)}),
        estimates.change_by_group({"a": 1.0}, {"b": 1.0}),
        estimates.change_by_day([]),
        estimates.change_by_day([(0.0, 0, 10.0, 2)]),
    ],
)
def test_of_nothing_there_is_no_figure(nothing: Estimate | None) -> None:
    assert nothing is None


def test_what_never_varies_and_what_never_came() -> None:
    assert estimates.change_of_mean([5.0] * 30, [5.0] * 30).value == 0
    assert estimates.change_by_group({"a": 1.0, "b": 1.0}, {"a": 2.0, "b": 2.0}).value == pytest.approx(1.0)
    none_came = estimates.change_of_rate(30, 10, 0, 10)
    assert none_came.value == -1
    assert none_came.interval.high < -0.8
