"""`attendant pilot report`: pilot.toml, the deployment and the salon's files in, one HTML file out.

Knows where the pieces come from. Refuses to compute and to draw (`jobs/pilot`).
"""

# ruff: noqa: PLC0415  what evaluation needs is only there where its packages are installed

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from cli.deployment import Deployment, find
from cli.evaluating import require_packages, spec_of
from cli.progress import days_read
from core.spec import Hours
from lambdas.adapters.dialogue_table import DialogueTable
from lambdas.adapters.dialogues import Dialogues
from lambdas.adapters.owner_settings import OwnerSettingsReader
from lambdas.adapters.visits import Visits

if TYPE_CHECKING:
    from jobs.pilot.evidence import Evidence
    from jobs.pilot.settings import PilotSettings
    from jobs.pilot.verdicts import Finding

_T = TypeVar("_T")


def write(config: Path, output: Path, home: str, outputs: Path | None) -> None:
    """Raises CommandFailed, EvaluationRefused."""
    require_packages()
    from jobs.pilot.page import page
    from jobs.pilot.settings import read_settings
    from jobs.pilot.targets import findings

    settings = read_settings(config)
    evidence = _given(settings, find(home, outputs))
    found = findings(evidence)
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(page(evidence, found, datetime.now(UTC)), encoding="utf-8")
    for finding in found:
        print(_line(finding))
    print(output)


def _given(settings: PilotSettings, deployment: Deployment) -> Evidence:
    """The salon's files first: a broken one is told before the table is read."""
    from jobs.pilot import runs, tables
    from jobs.pilot.evidence import Evidence
    from jobs.pilot.observed import Observed, observe

    spec = spec_of(settings.pilot.assistant)
    hours: Hours = OwnerSettingsReader(deployment.documents()).of(spec).hours
    zone = ZoneInfo(hours.time_zone)
    before, written = settings.before, settings.runs
    evidence = Evidence(
        settings=settings,
        hours=hours,
        observed=Observed(),
        operator_seconds=_read(
            before.operator_dialogues, lambda p: tables.operator_dialogue_seconds(p, zone)
        ),
        shifts=_read(before.shifts, lambda path: tables.shifts(path, zone)),
        callbacks_before=_read(before.callbacks, lambda path: tables.callbacks(path, zone)),
        stress=_read(written.loadtest, lambda path: runs.read_stress(path, settings.pilot.answer_seconds)),
        marks=_read(written.marks, runs.read_marks),
    )
    dynamodb = deployment.client("dynamodb")
    dialogues = Dialogues(DialogueTable(dynamodb, deployment.output("DialoguesTable")))
    visits = Visits(DialogueTable(dynamodb, deployment.output("ControlTable")))
    with days_read(settings.pilot.assistant, settings.pilot.days + 3) as progress:
        return replace(evidence, observed=observe(dialogues, visits, settings.pilot, zone, progress))


def _read(path: Path | None, reader: Callable[[Path], _T]) -> _T | None:
    return None if path is None else reader(path)


def _line(finding: Finding) -> str:
    if finding.estimate is None:
        return f"{finding.key:<32} {finding.verdict.name.lower()}"
    value, interval = finding.estimate.value, finding.estimate.interval
    figure = f"{value:.4g} (95 %: {interval.low:.4g} to {interval.high:.4g})"
    return f"{finding.key:<32} {finding.verdict.name.lower():<12} {figure}, n = {finding.estimate.size}"
