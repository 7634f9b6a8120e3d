"""One SQL text for each set of numbers, for DuckDB and for Athena (Trino) alike.

Knows the texts (`sql/`) and what has to be filled in: assistant, days, and the constants of `metrics.py`, so
that no number has two definitions. Refuses to know who runs them. Partitions are days of UTC and a salon's
day may lie in two of them, so a query reads one partition more on either side.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from core.analytics.metrics import BUDGET_STEP_RUB, DEADLINE_MS, UNANSWERED

FOLDER = Path(__file__).with_name("sql")
PARAMETERS = ("assistant", "first_day", "last_day", "first_partition", "last_partition")
_CONSTANTS = {
    "deadline_ms": str(DEADLINE_MS),
    "budget_step": str(BUDGET_STEP_RUB),
    "unanswered": ", ".join(f"'{reason}'" for reason in UNANSWERED),
}
_MARK = re.compile(r"(?<!:):([a-z_]+)")


@cache
def query_names() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in FOLDER.glob("*.sql")))


@cache
def query_purpose(name: str) -> str:
    """The comment at the head of a query."""
    return _text(name).splitlines()[0].removeprefix("-- ")


def query_sql(name: str, values: Mapping[str, str]) -> str:
    """The query with SQL expressions in the places of `PARAMETERS`. Raises KeyError for no such query."""
    if name not in query_names():
        raise KeyError(name)
    return _MARK.sub(lambda mark: (_CONSTANTS | dict(values))[mark[1]], _text(name))


def partitions(first_day: date, last_day: date) -> tuple[date, date]:
    """The first and the last day of UTC in which something of these local days may stand."""
    return first_day - timedelta(days=1), last_day + timedelta(days=1)


@cache
def _text(name: str) -> str:
    return (FOLDER / f"{name}.sql").read_text(encoding="utf-8").strip()
