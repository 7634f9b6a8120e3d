"""How versions of the model compare: what visitors thought, how long they waited, each beside its number.

    python -m jobs.compare_variants --assistant showroom --days 7

Reads the index by day. A turn counts for the version that its answer names; a rating for the version that
all answers of its dialogue name, and a dialogue in which two versions spoke for neither. Answers without the
model are no version's: one that fails often is seen in the alarms, not here. Refuses to say who has won.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from statistics import NormalDist, fmean, median, stdev
from typing import Protocol

from core.dialogue import Rating, Turn
from lambdas.adapters.clients import aws_client
from lambdas.adapters.dialogue_table import DialogueTable
from lambdas.adapters.dialogues import Dialogues

LOWEST, HIGHEST = 1, 10
"""Of the scale of CSAT."""


class DialoguesByDay(Protocol):
    def turns_of(self, assistant: str, day: date) -> Iterator[Turn]: ...

    def ratings_of(self, assistant: str, day: date) -> Iterator[tuple[str, Rating]]: ...


@dataclass(frozen=True)
class Compared:
    """One version. The interval is of the mean, at 95 %; None where fewer than two have rated."""

    model: str
    turns: int
    median_seconds: float
    p95_seconds: float
    ratings: int
    csat: float | None
    csat_interval: tuple[float, float] | None


def compare(
    dialogues: DialoguesByDay, assistants: Sequence[str], *, newest: date, days: int
) -> list[Compared]:
    """By the version's name."""
    seconds: defaultdict[str, list[float]] = defaultdict(list)
    spoke: defaultdict[str, set[str]] = defaultdict(set)
    rated: dict[str, int] = {}
    for assistant in assistants:
        for day in (newest - timedelta(days=back) for back in range(days)):
            for turn in dialogues.turns_of(assistant, day):
                if turn.reply is None or turn.finished_at is None or turn.reply.versions.model is None:
                    continue
                model = turn.reply.versions.model
                seconds[model].append((turn.finished_at - turn.waiting_since).total_seconds())
                spoke[turn.session_id].add(model)
            rated |= {session: rating.csat for session, rating in dialogues.ratings_of(assistant, day)}
    marks: defaultdict[str, list[int]] = defaultdict(list)
    for session, csat in rated.items():
        if len(spoke[session]) == 1:
            marks[next(iter(spoke[session]))].append(csat)
    return [_compared(model, seconds[model], marks[model]) for model in sorted(seconds)]


def _compared(model: str, seconds: list[float], marks: list[int]) -> Compared:
    return Compared(
        model=model,
        turns=len(seconds),
        median_seconds=round(median(seconds), 3),
        p95_seconds=round(sorted(seconds)[math.ceil(0.95 * len(seconds)) - 1], 3),
        ratings=len(marks),
        csat=round(fmean(marks), 2) if marks else None,
        csat_interval=interval(marks),
    )


def interval(marks: Sequence[int]) -> tuple[float, float] | None:
    """Where the mean is, at 95 %: Student's, with one mark more at each end of the scale (the way of Agresti
    and Coull), so that a few equal marks do not look like certainty.
    """
    if len(marks) < 2:
        return None
    padded = [*marks, LOWEST, HIGHEST]
    middle = fmean(padded)
    half = students_quantile(len(padded) - 1) * stdev(padded) / math.sqrt(len(padded))
    return round(max(LOWEST, middle - half), 2), round(min(HIGHEST, middle + half), 2)


def students_quantile(freedom: int) -> float:
    """97.5 % of Student's t by its expansion around the normal's; below 1 % off from 3 degrees on."""
    z = NormalDist().inv_cdf(0.975)
    terms = (
        z,
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    return math.fsum(term / float(freedom) ** power for power, term in enumerate(terms))


def lines(compared: Sequence[Compared]) -> Iterator[str]:
    for each in compared:
        if each.csat is None:
            csat = "nobody has rated"
        elif each.csat_interval is None:
            csat = f"CSAT {each.csat:.2f} (n = 1: no interval)"
        else:
            low, high = each.csat_interval
            csat = f"CSAT {each.csat:.2f} (n = {each.ratings}, 95 %: {low:.2f} to {high:.2f})"
        times = f"median {each.median_seconds:.1f} s, p95 {each.p95_seconds:.1f} s"
        yield f"{each.model:<48} {each.turns:>6} turns, {times}, {csat}"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="compare_variants", description="Compare versions of the model")
    parser.add_argument("--assistant", required=True, action="append", help="may be given again")
    parser.add_argument("--days", type=int, default=7)
    parser.add_argument("--table", default=os.environ.get("DIALOGUES_TABLE"), help="or DIALOGUES_TABLE")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    chosen = parser.parse_args(arguments)
    if not chosen.table:
        parser.error("name the table of dialogues: --table or DIALOGUES_TABLE")
    dialogues = Dialogues(DialogueTable(aws_client("dynamodb", read_seconds=10), chosen.table))
    compared = compare(dialogues, chosen.assistant, newest=datetime.now(UTC).date(), days=chosen.days)
    told = (json.dumps(asdict(each)) for each in compared) if chosen.json else lines(compared)
    sys.stdout.writelines(f"{line}\n" for line in told)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
