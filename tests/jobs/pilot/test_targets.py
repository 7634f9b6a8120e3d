"""Each verdict turns when the data cross its target, and nobody judges by a handful."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from jobs.evaluation.intervals import Interval
from jobs.pilot import plots
from jobs.pilot.estimates import Estimate
from jobs.pilot.evidence import Evidence
from jobs.pilot.observed import ObservedDialogue
from jobs.pilot.settings import PilotSettings, Target
from jobs.pilot.targets import findings, nps_counts
from jobs.pilot.verdicts import Finding, Verdict
from tests.jobs.pilot import made_up
from tests.jobs.pilot.made_up import FIRST, with_observed

REACHED, MISSED, UNDECIDED = Verdict.REACHED, Verdict.MISSED, Verdict.UNDECIDED


@pytest.fixture(autouse=True)
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Verdicts need no pictures, and these take most of the time."""
    monkeypatch.setattr(plots, "svg", lambda _: "")


def finding(evidence: Evidence, key: str) -> Finding:
    return next(each for each in findings(evidence) if each.key == key)


def waiting(share: float) -> Callable[[Evidence], Evidence]:
    late = round(300 * (1 - share))
    dialogues = [ObservedDialogue(60.0, (30.0,)) for _ in range(late)]
    dialogues += [ObservedDialogue(60.0, (3.0,)) for _ in range(300 - late)]
    return lambda evidence: with_observed(evidence, dialogues=tuple(dialogues))


def lasting(seconds: float) -> Callable[[Evidence], Evidence]:
    draw = np.random.default_rng(5)
    told = tuple(ObservedDialogue(float(draw.gamma(4, seconds / 4)), (3.0,)) for _ in range(300))
    before = [float(each) for each in np.random.default_rng(6).gamma(4, 100, 300)]
    return lambda evidence: replace(with_observed(evidence, dialogues=told), operator_seconds=before)


def rated(low: int, high: int) -> Callable[[Evidence], Evidence]:
    return lambda evidence: with_observed(evidence, csat=(low, high) * 60)


def recommending(*given: int) -> Callable[[Evidence], Evidence]:
    return lambda evidence: with_observed(evidence, nps=given * 60)


def calling(a_day_in: float, a_day_out: float) -> Callable[[Evidence], Evidence]:
    """Before there were 4 a day at noon and 2 at midnight."""

    def at(hour: int, a_day: float, first=FIRST) -> list[datetime]:
        start = datetime.combine(first, datetime.min.time(), made_up.ZONE) + timedelta(hours=hour)
        return [start + timedelta(days=n / a_day // 1) for n in range(round(28 * a_day))]

    before = [*at(12, 4, FIRST - timedelta(days=28)), *at(0, 2, FIRST - timedelta(days=28))]
    after = (*at(12, a_day_in), *at(0, a_day_out))
    return lambda evidence: replace(with_observed(evidence, callbacks=after), callbacks_before=before)


def talking(occupancy: float) -> Callable[[Evidence], Evidence]:
    draw = np.random.default_rng(8)
    before = made_up.shifts(draw, FIRST - timedelta(days=28), 0.74)
    return lambda evidence: replace(evidence, shifts=[*before, *made_up.shifts(draw, FIRST, occupancy)])


def staying(longer: float) -> Callable[[Evidence], Evidence]:
    days = tuple(made_up.visits(np.random.default_rng(9), longer))
    targets = made_up.SETTINGS["targets"] | {"page_time_change": {"at_least": 0.1}}
    settings = PilotSettings.model_validate(made_up.SETTINGS | {"targets": targets})
    return lambda evidence: replace(with_observed(evidence, visits=days), settings=settings)


def stressed(in_time: int) -> Callable[[Evidence], Evidence]:
    return lambda evidence: replace(evidence, stress=replace(evidence.stress, in_time=in_time))


def judged(value: float) -> Callable[[Evidence], Evidence]:
    estimate = Estimate(value, Interval(value - 0.2, value + 0.2), 60, 20)
    return lambda evidence: replace(evidence, marks=replace(evidence.marks, difference=estimate))


@pytest.mark.parametrize(
    ("key", "good", "between", "bad"),
    [
        ("stress_answered_in_time", stressed(595), stressed(570), stressed(540)),
        ("answered_in_time", waiting(0.99), waiting(0.95), waiting(0.85)),
        ("dialogue_time_change", lasting(200), lasting(320), lasting(420)),
        ("csat", rated(8, 10), rated(7, 9), rated(5, 8)),
        ("nps_change", recommending(9, 10, 9, 8), recommending(9, 9, 8, 6, 9, 8), recommending(9, 5, 4, 8)),
        ("callbacks_in_hours_change", calling(2, 2), calling(4, 2), calling(7, 2)),
        ("callbacks_out_of_hours_change", calling(4, 5), calling(4, 2), calling(4, 0.5)),
        ("occupancy", talking(0.6), talking(0.72), talking(0.82)),
        ("talk_time_change", talking(0.6), talking(0.74), talking(0.85)),
        ("page_time_change", staying(2.0), staying(1.1), staying(0.7)),
        ("marks_difference", judged(0), judged(-0.5), judged(-1)),
    ],
)  # fmt: skip
def test_a_verdict_turns_where_the_data_cross_the_target(
    key: str, good: Callable, between: Callable, bad: Callable
) -> None:
    whole = made_up.evidence(dialogues=60)
    told = [finding(change(whole), key).verdict for change in (good, between, bad)]
    assert told == [REACHED, UNDECIDED, MISSED]


def test_a_handful_is_not_judged_and_says_what_is_needed() -> None:
    few = finding(with_observed(made_up.evidence(), csat=(10,) * 7), "csat")
    assert few.verdict is UNDECIDED
    assert not few.estimate.enough
    assert few.needed >= few.estimate.least


def test_what_is_needed_decides() -> None:
    """Twice what is said to be needed, of the same kind, is no longer too few."""
    draw = np.random.default_rng(11)

    def of(count: int) -> Finding:
        given = np.clip(draw.normal(8.15, 1.2, count).round(), 1, 10)
        return finding(with_observed(made_up.evidence(), csat=tuple(map(int, given))), "csat")

    few = of(60)
    assert few.verdict is UNDECIDED
    assert of(2 * few.needed).verdict is REACHED


def test_what_stands_on_the_target_can_never_be_told() -> None:
    estimate = Estimate(0.72, Interval(0.7, 0.74), 50, 3)
    told = Finding(key="occupancy", title="", target=Target(at_most=0.72), estimate=estimate)
    assert told.verdict is UNDECIDED
    assert told.needed is None


def test_without_data_and_without_a_target() -> None:
    bare = Evidence(
        settings=PilotSettings.model_validate({"pilot": made_up.SETTINGS["pilot"]}),
        hours=made_up.HOURS,
        observed=with_observed(made_up.evidence(), dialogues=(), nps=(), callbacks=(), visits=()).observed,
    )
    told = {each.key: each.verdict for each in findings(bare)}
    assert told.pop("csat") is Verdict.NO_TARGET
    assert set(told.values()) == {Verdict.NOT_MEASURED}


def test_the_scale_of_nps() -> None:
    assert nps_counts(range(11)) == (2, 2, 7)


def test_hours_are_the_salons() -> None:
    """20:30 in Moscow is 17:30 of UTC: open on a weekday, closed on a Saturday."""
    weekday, saturday = datetime(2026, 12, 2, 17, 30, tzinfo=UTC), datetime(2026, 12, 5, 17, 30, tzinfo=UTC)
    evidence = with_observed(made_up.evidence(), callbacks=(weekday, saturday))
    inside = finding(evidence, "callbacks_in_hours_change").details[1]
    outside = finding(evidence, "callbacks_out_of_hours_change").details[1]
    assert (inside.size, outside.size) == ("1 заявка", "1 заявка")


def test_shifts_after_the_pilot_count_nowhere() -> None:
    evidence = made_up.evidence()
    late = replace(evidence.shifts[0], start=datetime(2027, 2, 1, tzinfo=UTC), talk_seconds=0.0)
    assert finding(replace(evidence, shifts=[*evidence.shifts, late]), "occupancy") == finding(
        evidence, "occupancy"
    )
