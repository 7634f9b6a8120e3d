"""What other commands wrote for the report: `attendant loadtest --json`, `attendant pilot marks --json`.

Knows their fields. Refuses to judge them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import EvaluationRefused
from jobs.evaluation.intervals import Interval
from jobs.pilot.estimates import LEAST_FOR_BOOTSTRAP, Estimate

LOADS = ("steady", "warm", "cold")
"""The first of them that a load test has is the one that counts, as in its own verdict."""


@dataclass(frozen=True)
class Stress:
    """`in_time` questions were answered within `seconds`, `noticed` had at least the notice by then."""

    load: str
    questions: int
    seconds: float
    in_time: int
    noticed: int
    lost: int
    twice: int
    p95_seconds: float | None


@dataclass(frozen=True)
class BlindMarks:
    difference: Estimate
    operator: Estimate
    assistant: Estimate
    assistant_preferred: int
    operator_preferred: int
    same: int
    p: float | None
    alpha: float | None


def read_stress(path: Path, seconds: float) -> Stress:
    """Raises EvaluationRefused."""
    told = _json(path)
    load = next((name for name in LOADS if isinstance(told.get(name), dict)), None)
    if load is None:
        raise EvaluationRefused(f"{path}: is no report of attendant loadtest --json")
    try:
        found = told[load]
        stress = Stress(
            load=load,
            questions=int(found["questions"]),
            seconds=float(found["promise_seconds"]),
            in_time=int(found["answered_in_time"]),
            noticed=round(float(found["within_10_seconds"]) * int(found["questions"])),
            lost=len(found["lost"]),
            twice=len(found["twice"]),
            p95_seconds=found["answer_seconds"]["p95"],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise EvaluationRefused(f"{path}: a field of the load test is missing or wrong: {error}") from error
    if not 0 <= stress.in_time <= stress.questions or not stress.questions:
        raise EvaluationRefused(f"{path}: {stress.in_time} answers of {stress.questions} questions")
    if stress.seconds != seconds:
        raise EvaluationRefused(
            f"{path}: the load test counts {stress.seconds:g} s, pilot.answer_seconds says {seconds:g}"
        )
    return stress


def read_marks(path: Path) -> BlindMarks:
    """Raises EvaluationRefused."""
    told = _json(path)
    try:
        size = int(told["dialogues"])
        return BlindMarks(
            difference=_mean(told["difference"], size),
            operator=_mean(told["operator"], size),
            assistant=_mean(told["assistant"], size),
            assistant_preferred=int(told["assistant_preferred"]),
            operator_preferred=int(told["operator_preferred"]),
            same=int(told["same"]),
            p=told["p"],
            alpha=told["agreement"]["alpha"],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise EvaluationRefused(f"{path}: is no output of attendant pilot marks --json: {error}") from error


def _mean(told: Any, size: int) -> Estimate:
    interval = Interval(float(told["interval"]["low"]), float(told["interval"]["high"]))
    return Estimate(float(told["value"]), interval, size, LEAST_FOR_BOOTSTRAP)


def _json(path: Path) -> dict[str, Any]:
    try:
        told = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise EvaluationRefused(f"{path}: {error.strerror or 'cannot be read'}") from error
    except ValueError as error:
        raise EvaluationRefused(f"{path}: is no JSON") from error
    if not isinstance(told, dict):
        raise EvaluationRefused(f"{path}: is no JSON object")
    return told
