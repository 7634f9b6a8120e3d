"""`attendant cost`: what a stage costs a month, before anything is deployed and without an account.

Brings together what the templates hold (`python -m infra.bill_of_materials`, in a process of its own because
CDK stays in infra), what is used (`cli/usage.py`), when (`cli/awake_hours.py`) and the prices. Refuses to
print: `cli/cost_report.py` does.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from pydantic import ValidationError

from cli.awake_hours import Spans, awake, month_of, office_hours
from cli.bill_lines import estimate
from cli.deployment import PROJECT
from cli.estimate import Bill, Estimate, Month
from cli.failures import CommandFailed
from cli.usage import assumptions, usage
from core.errors import PriceUnknown
from core.spec import AssistantSpec, all_specs
from infra.materials import Materials, SleepMaterials

SYNTHESIS = "infra.bill_of_materials"


@dataclass(frozen=True)
class Nap:
    """One way to sleep, and what it would save against being awake day and night."""

    how: str
    awake_hours: float
    saved_hours: float
    saved_usd: float


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A stage at several loads, and what sleeping would save. `always` is the whole month."""

    materials: Materials
    region: str
    month: date
    office_hours: float
    estimates: tuple[Estimate, ...]
    naps: tuple[Nap, ...]
    always: Nap


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What the command line asked for; None is the stage's own."""

    stage: str
    endpoint: str | None = None
    region: str | None = None
    month: str | None = None
    per_minute: float | None = None
    token_price: float | None = None


def compare(wish: Wish) -> Comparison:
    """Raises CommandFailed."""
    month = _month(wish.month)
    materials = read_materials(wish.stage, wish.endpoint)
    levels = (wish.per_minute,) if wish.per_minute else assumptions().levels
    try:
        return compared(
            materials,
            tuple(all_specs()),
            region=wish.region or materials.region,
            month=month,
            levels=levels,
            token_price=wish.token_price,
        )
    except PriceUnknown as error:
        raise CommandFailed(str(error), "add it to core/prices.toml with its source", exit_code=2) from error


def compared(
    materials: Materials,
    specs: Sequence[AssistantSpec],
    *,
    region: str,
    month: date,
    levels: Sequence[float],
    token_price: float | None = None,
) -> Comparison:
    """Raises PriceUnknown."""
    bill = bill_of(materials, specs, region=region, month=month, token_price=token_price)
    bills = [replace(bill, month=replace(bill.month, per_minute=per_minute)) for per_minute in levels]
    return Comparison(
        materials=materials,
        region=region,
        month=month,
        office_hours=bill.month.asked.hours,
        estimates=tuple(estimate(bill) for bill in bills),
        naps=tuple(_naps(bills[0])),
        always=_nap(bills[0], "awake day and night", None),
    )


def bill_of(
    materials: Materials,
    specs: Sequence[AssistantSpec],
    *,
    region: str,
    month: date,
    token_price: float | None = None,
) -> Bill:
    """At the lowest load that is assumed."""
    whole = month_of(month)
    asked = office_hours([spec.owner.hours for spec in specs], whole)
    return Bill(
        materials=materials,
        usage=usage(),
        assumed=assumptions(),
        month=Month(
            per_minute=assumptions().levels[0],
            whole=whole,
            asked=asked,
            awake=awake(materials.sleep, whole, asked),
            kept_days=max(spec.owner.retention for spec in specs) / timedelta(days=1),
        ),
        region=region,
        token_price=token_price,
    )


def _naps(bill: Bill) -> list[Nap]:
    """The stage's own sleep, if any, and the two that it could have. At the lowest load."""
    if bill.instance is None:
        return []
    idle = SleepMaterials(
        time_zone="UTC", asleep_from=None, awake_from=None, idle_minutes=bill.assumed.idle_minutes
    )
    own = bill.materials.sleep
    return [
        *([_nap(bill, "as the stage sets it", bill.month.awake)] if own else []),
        _nap(bill, "asleep while every office is closed", bill.month.asked),
        _nap(
            bill,
            f"asleep after {bill.assumed.idle_minutes} minutes without a question, if none comes at night",
            awake(idle, bill.month.whole, bill.month.asked),
        ),
    ]


def _nap(bill: Bill, how: str, running: Spans | None) -> Nap:
    hours = bill.month.hours if running is None else running.hours
    saved = bill.month.hours - hours
    usd = bill.instance.of(saved * bill.copies) if bill.instance else 0.0
    return Nap(how, hours, saved, usd)


def read_materials(stage: str, endpoint: str | None) -> Materials:
    """What the templates of the stage hold. Raises CommandFailed."""
    command = [sys.executable, "-m", SYNTHESIS, "--stage", stage]
    command += ["--endpoint", endpoint] if endpoint else []
    with_node = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    done = subprocess.run(
        command,
        cwd=PROJECT,
        env={**os.environ, "PATH": with_node},
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        return Materials.model_validate_json(done.stdout)
    except ValidationError as error:
        told = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise CommandFailed(
            f"the templates of {stage} could not be made: {told}",
            "make synth tells more",
            exit_code=2 if done.returncode == 2 else 1,
        ) from error


def _month(text: str | None) -> date:
    if text is None:
        return datetime.now(UTC).date().replace(day=1)
    try:
        return datetime.strptime(text, "%Y-%m").replace(tzinfo=UTC).date()
    except ValueError as error:
        raise CommandFailed(f"{text!r} is no month", "write 2026-12", exit_code=2) from error
