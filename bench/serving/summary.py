"""What one comparison says, and several of them as one.

A machine that is lent by the hour runs the numbers in flight in parts; each part asked everybody that it
names in turn, so their repeats stand side by side and no figure is taken across two parts but the medians.
Refuses to know servers (`compare`) and how it looks (`page`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from itertools import count
from statistics import median
from typing import Any

from bench.serving import figures
from bench.serving.asking import Answer
from bench.serving.compare import Measured, Run


def summary(measured: Measured) -> dict[str, Any]:
    """Figures, ratios and broken promises, with the runs that they come from. Raises ValueError for none."""
    runs = measured.runs
    asked = [each for run in runs for each in run.answers if not each.error]
    if not asked:
        raise ValueError(f"nobody answered in time: {'; '.join(measured.left_out)}")
    found = list(figures.figures(runs))
    beside = list(figures.ratios(runs, found))
    return {
        "prompt_tokens": round(median(each.prompt_tokens for each in asked)),
        "figures": [asdict(each) for each in found],
        "ratios": [asdict(each) for each in beside],
        "alike": [asdict(each) for each in figures.alike(runs)],
        **measured.told(),
        "faults": figures.broken(found, beside),
    }


def joined(parts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Several comparisons as one; a repeat keeps its neighbours. Raises ValueError for two models."""
    if len({(part["model"], part["threads"]) for part in parts}) > 1:
        raise ValueError("comparisons of one model with as many threads can be put together, no others")
    measured, numbers = Measured(), count()
    for part in parts:
        number = {repeat: next(numbers) for repeat in sorted({run["repeat"] for run in part["runs"]})}
        measured.runs += [_run(run, number[run["repeat"]]) for run in part["runs"]]
        measured.states += part["states"]
        measured.left_out += part["left_out"]
    commands = "`, `".join(part["command"] for part in parts)
    return {**parts[0], "command": commands, "day": parts[-1]["day"], **summary(measured)}


def _run(told: Mapping[str, Any], repeat: int) -> Run:
    return Run(**{**told, "repeat": repeat, "answers": [Answer(**each) for each in told["answers"]]})
