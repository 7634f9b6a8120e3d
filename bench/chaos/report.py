"""The report of a run: what became of the questions of each phase, how long it took, what was broken.

Knows a judged book. Refuses to judge.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable
from typing import Any

from bench.chaos.checker import Book
from bench.chaos.followed import Followed

OUTCOMES = ("answered", "without model", "refused", "apology", "redriven", "unended")
SHOWN_VIOLATIONS = 20


def report(book: Book) -> dict[str, Any]:
    """Everything that there is to tell, as JSON can carry it."""
    phases: dict[str, list[Followed]] = {}
    for turn in book.turns.values():
        phases.setdefault(turn.asked["phase"], []).append(turn)
    return {
        "ok": not book.violations,
        "run": {name: value for name, value in book.run.items() if name not in {"event", "at", "texts"}},
        "minutes": round(book.seconds / 60, 1),
        "questions": len(book.turns),
        "phases": {name: _of(turns) for name, turns in phases.items()},
        "all": _of(book.turns.values()),
        "fault_events": dict(Counter(f"{e['name']} {e['what']}" for e in book.faults)),
        "brought_back": book.redriven,
        "violations": dict(Counter(violation.rule for violation in book.violations)),
        "first_violations": [vars(violation) for violation in book.violations[:SHOWN_VIOLATIONS]],
    }


def _of(turns: Iterable[Followed]) -> dict[str, Any]:
    followed = list(turns)
    seconds = sorted((t.finished_at - t.created_at).total_seconds() for t in followed if t.end)
    return {
        "questions": len(followed),
        "outcomes": dict(Counter(map(outcome, followed))),
        "median_seconds": round(statistics.median(seconds), 2) if seconds else None,
        "p95_seconds": round(seconds[round(0.95 * (len(seconds) - 1))], 2) if seconds else None,
        "longest_seconds": round(seconds[-1], 1) if seconds else None,
    }


def outcome(turn: Followed) -> str:
    if turn.end is None or turn.dead:
        return "unended"
    if turn.deaths:
        return "redriven"
    if turn.end["state"] == "answered":
        return "without model" if turn.end["reason"] == "model_unavailable" else "answered"
    return {"refused": "refused", "failed": "apology"}[turn.end["state"]]


def as_text(told: dict[str, Any]) -> str:
    run = told["run"]
    head = f"{'asked while':<22}{'n':>6}" + "".join(f"{name:>15}" for name in OUTCOMES)
    asked = f"{told['questions']} questions, seed {run['seed']}, {run['at_once']} at once"
    lines = [
        f"{asked}, model {run['model']}: {told['minutes']} min",
        "",
        f"{head}{'median s':>10}{'p95 s':>8}{'max s':>8}",
        *(_line(name, each) for name, each in told["phases"].items()),
        _line("all", told["all"]),
        "",
        "faults: " + ", ".join(f"{name} {count}x" for name, count in sorted(told["fault_events"].items())),
        f"dead letters brought back: {told['brought_back']}",
        f"violations: {sum(told['violations'].values())}",
        *(f"  {rule}: {count}" for rule, count in told["violations"].items()),
        *(f"    {v['rule']} {v['session']} {v['message']} {v['detail']}" for v in told["first_violations"]),
    ]
    return "\n".join(lines)


def _line(name: str, phase: dict[str, Any]) -> str:
    counts = "".join(f"{phase['outcomes'].get(outcome, 0):>15}" for outcome in OUTCOMES)
    times = [
        phase[key] if phase[key] is not None else "-"
        for key in ("median_seconds", "p95_seconds", "longest_seconds")
    ]
    return f"{name:<22}{phase['questions']:>6}{counts}{times[0]:>10}{times[1]:>8}{times[2]:>8}"
