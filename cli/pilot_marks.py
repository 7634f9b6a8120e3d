"""`attendant pilot marks`: what the raters' sheets say, on a terminal or as JSON for the report.

Knows how figures read. Refuses to compute them (`jobs/pilot/marks.py`).
"""

# ruff: noqa: PLC0415  what evaluation needs is only there where its packages are installed

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from cli.eval_reports import reliability
from cli.evaluating import require_packages
from cli.failures import CommandFailed

if TYPE_CHECKING:
    from jobs.pilot.marks import Marked, Mean


def tell(sheets: Sequence[Path], key: Path | None, *, as_json: bool) -> None:
    """Raises CommandFailed, EvaluationRefused."""
    require_packages()
    from jobs.pilot.marks import unblinded

    if len({path.resolve() for path in sheets}) < len(sheets):
        raise CommandFailed("a sheet is named twice", exit_code=2)
    found = unblinded(sheets, key)
    if as_json:
        print(json.dumps(asdict(found), ensure_ascii=False))
    else:
        print("\n".join(_lines(found)))


def _lines(found: Marked) -> Iterator[str]:
    yield f"{found.questions} questions of {found.dialogues} dialogues, {found.raters} raters"
    for name, mean in (
        ("operators", found.operator),
        ("assistant", found.assistant),
        ("assistant - operators", found.difference),
    ):
        yield f"{name:<22} {_mean(mean)}"
    decided = found.assistant_preferred + found.operator_preferred
    yield (
        f"the assistant is preferred in {found.assistant_preferred} of {decided} dialogues, "
        f"{found.same} are even"
    )
    if found.share is not None:
        yield f"  95 %: {found.share.low:.1%} to {found.share.high:.1%}; sign test p = {found.p:.4f}"
    if found.agreement.alpha is None:
        yield "no agreement to compute: no answer has two marks, or all marks are the same"
    else:
        alpha = found.agreement.alpha
        yield f"Krippendorff's alpha (interval): {alpha:.3f}, {reliability(alpha)}"


def _mean(mean: Mean | None) -> str:
    if mean is None:
        return "not marked"
    return f"{mean.value:.2f} (95 %: {mean.interval.low:.2f} to {mean.interval.high:.2f})"
