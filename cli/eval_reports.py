"""What is made of finished evaluations: two side by side, sheets to be marked by people, their agreement.

Knows files and how results read on a terminal. Refuses to compute (`jobs/evaluation`).
"""

# ruff: noqa: PLC0415  what evaluation needs is only there where its packages are installed

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cli.evaluating import REPORT, require_packages
from cli.failures import CommandFailed
from core.spec import ASSISTANTS_FOLDER


def compare(first: Path, second: Path) -> None:
    """Raises CommandFailed, EvaluationRefused."""
    require_packages()
    from jobs.evaluation import comparison

    for line in comparison.lines(comparison.compared(_report(first), _report(second))):
        print(line)


def sheet(report: Path, *, raters: int, output: Path | None) -> None:
    """Raises CommandFailed, EvaluationRefused."""
    require_packages()
    from jobs.evaluation.answers import AnswerBook
    from jobs.evaluation.sets import Split, read_set
    from jobs.evaluation.sheets import write_sheets

    asked = _report(report)["asked"]
    run = report if report.is_dir() else report.parent
    labelled = read_set(ASSISTANTS_FOLDER / asked["assistant"], Split(asked["split"]))
    answers = {answer.id: answer.text for answer in AnswerBook.read(run)}
    told = [(row.id, row.question, answers[row.id]) for row in labelled.rows if row.id in answers]
    folder = output or run
    folder.mkdir(parents=True, exist_ok=True)
    for path in write_sheets(told, folder, raters=raters, seed=asked["set_sha256"]):
        print(path)


def agreement(files: Sequence[Path]) -> None:
    """Raises CommandFailed, EvaluationRefused."""
    from jobs.evaluation import agreement as agreements
    from jobs.evaluation.sheets import read_marks

    if len(files) < 2:
        raise CommandFailed("agreement is between raters: name two files at least", exit_code=2)
    if len({path.resolve() for path in files}) < len(files):
        raise CommandFailed("a file is named twice", exit_code=2)
    found = agreements.agreed({str(path): read_marks(path) for path in files})
    if found.alpha is None:
        print(f"no agreement to compute: {found.items} answers have two marks, or all marks are the same")
    else:
        print(f"Krippendorff's alpha (interval): {found.alpha:.3f}, {reliability(found.alpha)}")
    print(
        f"{found.items} answers with two marks or more, {found.same:.1%} of the pairs of marks are the same"
    )
    print(f"mean mark {found.mean:.2f} of {agreements.HIGHEST}, {found.marks} marks")
    for rater, mean in found.mean_by_rater.items():
        print(f"  {mean:.2f}  {rater}")


def reliability(alpha: float) -> str:
    from jobs.evaluation.agreement import RELIABLE, TENTATIVE

    if alpha >= RELIABLE:
        return f"reliable (from {RELIABLE} on)"
    if alpha >= TENTATIVE:
        return f"good for tentative conclusions (from {TENTATIVE} on)"
    return f"too low to conclude anything (below {TENTATIVE})"


def _report(path: Path) -> dict[str, Any]:
    file = path / REPORT if path.is_dir() else path
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise CommandFailed(f"{file} cannot be read: {error.strerror}", exit_code=2) from error
    except ValueError as error:
        raise CommandFailed(f"{file} is no report of an evaluation", exit_code=2) from error
    if not isinstance(told, dict) or not str(told.get("schema", "")).startswith("evaluation/"):
        raise CommandFailed(f"{file} is no report of an evaluation", exit_code=2)
    return told
