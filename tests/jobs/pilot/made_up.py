"""A pilot that never was: data drawn from known truths, and the evidence that is made of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from core.spec import Hours
from core.visits import STEPS_SECONDS, Stays, Visit, VisitsOfDay
from jobs.evaluation.intervals import Interval
from jobs.pilot.estimates import Estimate
from jobs.pilot.evidence import Evidence
from jobs.pilot.observed import Observed, ObservedDialogue
from jobs.pilot.runs import BlindMarks, Stress
from jobs.pilot.settings import PilotSettings
from jobs.pilot.tables import Shift

ZONE = ZoneInfo("Europe/Moscow")
WEEK = {
    day: ("10:00", "20:00") if day in ("sat", "sun") else ("09:00", "21:00")
    for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
}
HOURS = Hours.model_validate({"time_zone": "Europe/Moscow", "week": WEEK})
FIRST, LAST = date(2026, 12, 1), date(2026, 12, 28)
SETTINGS = {
    "pilot": {
        "assistant": "salon", "salon": "Северная <Звезда>", "first_day": FIRST, "last_day": LAST,
        "answer_seconds": 10,
    },
    "targets": {
        "stress_answered_in_time": {"at_least": 0.95},
        "answered_in_time": {"at_least": 0.95},
        "occupancy": {"at_most": 0.72},
        "csat": {"at_least": 8.0},
        "nps_change": {"at_least": 0},
        "dialogue_time_change": {"at_most": -0.2},
        "talk_time_change": {"at_most": 0},
        "callbacks_in_hours_change": {"at_most": 0},
        "callbacks_out_of_hours_change": {"at_least": 0},
        "marks_difference": {"at_least": -0.5},
    },
    "before": {
        "callbacks": "callbacks.csv",
        "callbacks_period": {"first_day": date(2026, 11, 3), "last_day": date(2026, 11, 30)},
    },
    "nps_quarters": [
        {"name": f"{name} квартал 2025", "promoters": high, "passives": middle, "detractors": low}
        for name, high, middle, low in (
            ("I", 118, 64, 38), ("II", 126, 71, 35), ("III", 109, 77, 44), ("IV", 131, 69, 41),
        )
    ],
}  # fmt: skip


def evidence(seed: int = 1, dialogues: int = 420) -> Evidence:
    """The whole of it."""
    draw = np.random.default_rng(seed)
    rated = int(0.4 * dialogues)
    observed = Observed(
        dialogues=tuple(dialogue(draw) for _ in range(dialogues)),
        csat=tuple(int(mark) for mark in np.clip(draw.normal(8.6, 1.4, rated).round(), 1, 10)),
        nps=tuple(int(mark) for mark in draw.choice(11, int(0.15 * dialogues), p=nps_shares(0.62, 0.13))),
        callbacks=tuple(moments(draw, FIRST, 28, 2.1)),
        visits=tuple(visits(draw)),
    )
    return Evidence(
        settings=PilotSettings.model_validate(SETTINGS),
        hours=HOURS,
        observed=observed,
        operator_seconds=draw.lognormal(np.log(380), 0.7, 350).tolist(),
        shifts=[*shifts(draw, date(2026, 11, 3), 0.74), *shifts(draw, FIRST, 0.63)],
        callbacks_before=moments(draw, date(2026, 11, 3), 28, 3.0),
        stress=Stress("steady", 600, 10.0, 588, 600, 0, 0, 7.3),
        marks=BlindMarks(
            Estimate(0.22, Interval(-0.05, 0.48), 60, 20), Estimate(3.8, Interval(3.6, 4.0), 60, 20),
            Estimate(4.02, Interval(3.83, 4.2), 60, 20), 31, 19, 10, 0.119, 0.74,
        ),
    )  # fmt: skip


def with_observed(given: Evidence, **changes) -> Evidence:
    return replace(given, observed=replace(given.observed, **changes))


def dialogue(draw: np.random.Generator, in_time: float = 0.97) -> ObservedDialogue:
    """Dialogues differ: in some of them every answer takes long."""
    waits = draw.gamma(4, 0.9 if draw.random() < in_time else 4, size=draw.integers(1, 6))
    return ObservedDialogue(float(draw.lognormal(np.log(190), 0.8)), tuple(float(each) for each in waits))


def nps_shares(promoters: float, detractors: float) -> list[float]:
    return [detractors / 7] * 7 + [(1 - promoters - detractors) / 2] * 2 + [promoters / 2] * 2


def moments(draw: np.random.Generator, first: date, days: int, a_day: float) -> list[datetime]:
    start = datetime.combine(first, datetime.min.time(), ZONE)
    return [start + timedelta(days=float(draw.uniform(0, days))) for _ in range(draw.poisson(a_day * days))]


def shifts(draw: np.random.Generator, first: date, occupancy: float, operators: int = 6) -> list[Shift]:
    found = []
    for operator in range(operators):
        own = occupancy + float(np.random.default_rng(operator).normal(0, 0.03))
        for day in range(0, 28, 2):
            start = datetime.combine(first, datetime.min.time(), ZONE) + timedelta(days=day, hours=9)
            share = float(np.clip(draw.normal(own, 0.06), 0.05, 0.98))
            found.append(Shift(f"Оператор {operator}", start.astimezone(UTC), 43_200.0, 43_200 * share))
    return found


def visits(draw: np.random.Generator, longer: float = 1.5) -> list[VisitsOfDay]:
    """Days differ, and all visitors of a day with them."""
    found = []
    for day in range(28):
        mood = draw.normal(0, 0.15)
        sides = [
            stays(draw.lognormal(np.log(mean) + mood, 1.0, int(draw.poisson(count)) + 1))
            for mean, count in ((75 * longer, 15), (75, 140))
        ]
        found.append(VisitsOfDay(FIRST + timedelta(days=day), *sides))
    return found


def stays(lasted: np.ndarray) -> Stays:
    whole = [min(int(each), STEPS_SECONDS[-1]) for each in lasted]
    steps = [Visit(each, used_assistant=True).step for each in whole]
    by_step = tuple(steps.count(step) for step in STEPS_SECONDS)
    return Stays(len(whole), sum(whole), sum(each**2 for each in whole), by_step)
