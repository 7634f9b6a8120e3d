"""Marking sheets: what people fill in with 0 to 5, blind to model, kind and judgement, and reading them back.

A rater gets a file of their own in an order of their own; items have numbers that say nothing, and a key file
that raters do not get tells which is which. Written for spreadsheets (a byte order mark, formulas disarmed),
and read as they save it. Refuses to compute agreement.
"""

from __future__ import annotations

import csv
import hashlib
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from core.errors import EvaluationRefused
from jobs.evaluation.agreement import HIGHEST, LOWEST
from jobs.evaluation.spreadsheets import Row, disarmed, read_rows

COLUMNS = ("item", "question", "answer", "mark", "comment")
KEY_FILE = "sheet-key.json"
_T = TypeVar("_T")


def write_sheets(
    answers: Sequence[tuple[str, str, str]], folder: Path, *, raters: int, seed: str
) -> list[Path]:
    """`answers` are (id, question, answer). Gives back the raters' files; the key stands beside them."""
    items = {f"{number:04d}": entry for number, entry in enumerate(shuffled(answers, seed), 1)}
    key = {item: entry[0] for item, entry in items.items()}
    (folder / KEY_FILE).write_text(json.dumps(key, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    paths = []
    for rater in range(1, raters + 1):
        path = folder / f"sheet-rater-{rater}.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            for item in shuffled(list(items), f"{seed}/{rater}"):
                _, question, answer = items[item]
                writer.writerow((item, disarmed(question), disarmed(answer), "", ""))
        paths.append(path)
    return paths


def read_marks(path: Path) -> dict[str, float]:
    """Marks by item; what is left empty is not marked. Raises EvaluationRefused with file and line."""
    marks: dict[str, float] = {}
    for row in read_rows(path, ("item", "mark")):
        item = row.values["item"]
        mark = mark_of(row, "mark")
        if item and mark is not None:
            marks[item.zfill(4)] = mark
    if not marks:
        raise EvaluationRefused(f"{path}: no answer in it is marked")
    return marks


def mark_of(row: Row, column: str) -> float | None:
    """None where it is left empty. Raises EvaluationRefused."""
    said = row.values[column].replace(",", ".")
    if not said:
        return None
    try:
        mark = float(said)
    except ValueError as error:
        raise row.broken(f"{said!r} is no mark") from error
    if not LOWEST <= mark <= HIGHEST:
        raise row.broken(f"{said} is not between {LOWEST} and {HIGHEST}")
    return mark


def shuffled(items: Sequence[_T], seed: str) -> list[_T]:
    """The same order for the same seed, on any machine."""
    order = list(items)
    random.Random(hashlib.sha256(seed.encode()).hexdigest()).shuffle(order)  # noqa: S311 - an order, no secret
    return order
