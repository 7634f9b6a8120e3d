"""`attendant cost --rates infra/day_rates.toml`: what the owner's page reckons a day's cost with.

Knows how three rates come out of whole bills: one without questions and with the endpoint asleep, one with
the endpoint awake, one with questions. Refuses to know a line of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from cli import cost
from cli.awake_hours import Spans
from cli.bill_lines import estimate
from cli.cost_page import KINDS, MONTH
from cli.estimate import Bill
from core.day_costs import Rates
from core.spec import all_specs

BILLED, FREE = ("prod", "dev"), ("local",)
HEAD = """\
# What the owner's page reckons a day's cost with, by stage and kind of endpoint, in US dollars. Written by
#     attendant cost --rates infra/day_rates.toml
# The embedded cloud is billed by nobody. Tokens of somebody else's model are in none of them.
"""
NOTHING = Rates(usd_per_copy_hour=0, usd_per_question=0, usd_per_day=0)


def write(table: Path) -> None:
    """Raises CommandFailed."""
    table.write_text("\n".join((HEAD, *_sections())), encoding="utf-8")


def rates(stage: str, kind: str) -> Rates:
    """At the lowest load that is assumed, in a month of 31 days. Raises CommandFailed, PriceUnknown."""
    materials = cost.read_materials(stage, kind)
    bill = cost.bill_of(materials, tuple(all_specs()), region=materials.region, month=MONTH)
    idle = _of(bill, per_minute=0, awake=Spans(()))
    awake = _of(bill, per_minute=0, awake=bill.month.whole)
    asked = _of(bill, per_minute=bill.month.per_minute, awake=Spans(()))
    return Rates(
        usd_per_copy_hour=_rounded((awake - idle) / bill.month.hours),
        usd_per_question=_rounded((asked - idle) / bill.month.questions),
        usd_per_day=_rounded(idle / (bill.month.hours / 24)),
    )


def _of(bill: Bill, *, per_minute: float, awake: Spans) -> float:
    return estimate(replace(bill, month=replace(bill.month, per_minute=per_minute, awake=awake))).usd


def _rounded(usd: float) -> float:
    return round(usd, 7)


def _sections() -> Iterator[str]:
    for stage in (*BILLED, *FREE):
        for kind in KINDS:
            told = NOTHING if stage in FREE else rates(stage, kind)
            yield f"[{stage}.{kind}]"
            yield from (f"{name} = {value:.7f}" for name, value in told)
            yield ""
