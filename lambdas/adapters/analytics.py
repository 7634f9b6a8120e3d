"""The numbers of the dialogues, made by DuckDB of the files, with the present day straight from the table.

The SQL is the one that Athena has saved. Files are kept on this machine by their ETag: what is no longer in
the bucket is gone from here with the next question. Knows which partitions a question needs. Refuses to know
what a number means (`core.analytics.metrics`) and who asks.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from pathlib import Path
from typing import Any, Protocol

import duckdb

from core.analytics.leaving import Door, Piece
from core.analytics.metrics import (
    BUDGET_STEP_RUB,
    BudgetRange,
    DayNumbers,
    Mean,
    Nps,
    RefusedTopic,
    Today,
    UnansweredQuestion,
    Wished,
    Wishes,
)
from core.analytics.queries import PARAMETERS, partitions, query_sql
from core.analytics.rows import TABLES
from core.errors import StoreAway
from lambdas.adapters.clock import Clock, utc_now
from lambdas.adapters.parquet_files import engine, lines_as_table, schema, write_lines
from lambdas.adapters.partitions import StoredPartition

LIVE_SECONDS = 20.0
"""For how long the present day is not read again: the pages of one owner ask for many numbers at once."""
LISTINGS = 3
"""An export may replace a file between its being listed and fetched."""
_ALL_WAITING_DAYS = 3_660
_SQL_VALUES = {name: f"${name}" for name in PARAMETERS}


class Dialogues(Protocol):
    def of(self, assistant: str, day: date) -> Iterator[Piece]: ...


class Files(Protocol):
    def of(self, table: str, assistant: str) -> Iterator[StoredPartition]: ...

    def fetch(self, partition: StoredPartition, path: Path) -> bool: ...


@dataclass(frozen=True)
class Answered:
    """What a query found: its columns and rows, as the engine has them."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def each(self) -> Iterator[dict[str, Any]]:
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)


class DuckDbMetrics:
    """`core.analytics.metrics.Metrics`. `door` makes the door of an assistant, `folder` is where files are
    kept. One instance serves one thread at a time.
    """

    def __init__(
        self,
        *,
        files: Files,
        dialogues: Dialogues,
        door: Callable[[str], Door],
        folder: Path,
        clock: Clock = utc_now,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._files = files
        self._dialogues = dialogues
        self._door = door
        self._folder = folder
        self._clock = clock
        self._monotonic = monotonic
        self._live: dict[str, tuple[date, float]] = {}

    def today(self, assistant: str) -> Today:
        day = self._local_today(assistant)
        numbers = self._days(assistant, day, day)
        waiting = self.ask("callbacks", assistant, day - timedelta(days=_ALL_WAITING_DAYS), day)
        return Today(
            numbers=numbers.get(day, DayNumbers(day=day)),
            refusals=self._refusals(assistant, day, day),
            callbacks_waiting=sum(row["waiting"] for row in waiting.each()),
        )

    def trends(self, assistant: str, days: int) -> tuple[DayNumbers, ...]:
        first, last = self._span(assistant, days)
        found = self._days(assistant, first, last)
        span = (first + timedelta(days=step) for step in range(days))
        return tuple(found.get(day, DayNumbers(day=day)) for day in span)

    def refusals(self, assistant: str, days: int) -> tuple[RefusedTopic, ...]:
        return self._refusals(assistant, *self._span(assistant, days))

    def wishes(self, assistant: str, days: int) -> Wishes:
        found = list(self.ask("wishes", assistant, *self._span(assistant, days)).each())
        return Wishes(
            models=_wished(found, "model"),
            colors=_wished(found, "color"),
            budgets=tuple(
                BudgetRange(
                    from_rub=row["from_rub"],
                    to_rub=row["from_rub"] + BUDGET_STEP_RUB,
                    count=row["count"],
                )
                for row in sorted(found, key=lambda row: row["from_rub"] or 0)
                if row["kind"] == "budget"
            ),
        )

    def unanswered(self, assistant: str, days: int) -> tuple[UnansweredQuestion, ...]:
        return tuple(
            UnansweredQuestion(
                session_id=row["session_id"],
                message_id=row["message_id"],
                asked_at=row["asked_at"].replace(tzinfo=UTC),
                text=row["question"],
            )
            for row in self.ask("unanswered", assistant, *self._span(assistant, days)).each()
        )

    def callbacks_by_hour(self, assistant: str, days: int) -> tuple[int, ...]:
        found = self.ask("callbacks", assistant, *self._span(assistant, days))
        by_hour = {row["local_hour"]: row["requests"] for row in found.each()}
        return tuple(by_hour.get(hour, 0) for hour in range(24))

    def ask(self, name: str, assistant: str, first_day: date, last_day: date) -> Answered:
        """One saved query over the salon's days. Raises StoreAway, and KeyError for no such query."""
        first, last = partitions(first_day, last_day)
        values = {
            "assistant": assistant,
            "first_day": first_day,
            "last_day": last_day,
            "first_partition": first.isoformat(),
            "last_partition": last.isoformat(),
        }
        sql = query_sql(name, _SQL_VALUES)
        with self._tables(assistant, first, last) as duck:
            result = duck.execute(sql, {key: value for key, value in values.items() if f"${key}" in sql})
            names = tuple(column[0] for column in result.description or ())
            return Answered(names, tuple(result.fetchall()))

    def _span(self, assistant: str, days: int) -> tuple[date, date]:
        last = self._local_today(assistant)
        return last - timedelta(days=days - 1), last

    def _local_today(self, assistant: str) -> date:
        return self._door(assistant).today(self._clock())

    def _refusals(self, assistant: str, first: date, last: date) -> tuple[RefusedTopic, ...]:
        found = self.ask("refusals", assistant, first, last)
        return tuple(RefusedTopic(topic=row["topic"], count=row["count"]) for row in found.each())

    def _days(self, assistant: str, first: date, last: date) -> dict[date, DayNumbers]:
        return {row["local_day"]: _day(row) for row in self.ask("days", assistant, first, last).each()}

    @contextmanager
    def _tables(self, assistant: str, first: date, last: date) -> Iterator[duckdb.DuckDBPyConnection]:
        """The three tables under their names, over the files of these days and what there is of the present
        one. Only the columns that a query names are read.
        """
        today = self._clock().astimezone(UTC).date()
        live = self._present_day(assistant, today)
        with tempfile.TemporaryDirectory(prefix="analytics-") as scratch, engine(Path(scratch)) as duck:
            for table in TABLES:
                kept = self._fetched(table, assistant, first, last, but_for=today)
                duck.execute(_view(table, assistant, kept, (today, live[table])))
            yield duck

    def _present_day(self, assistant: str, today: date) -> dict[str, Path]:
        """Lines of JSON beside the files, no older than a few seconds."""
        folder = self._folder / "live" / assistant
        read = self._live.get(assistant)
        if read is None or read[0] != today or self._monotonic() - read[1] > LIVE_SECONDS:
            folder.mkdir(parents=True, exist_ok=True)
            write_lines(self._door(assistant).rows(self._dialogues.of(assistant, today)), folder)
            self._live[assistant] = (today, self._monotonic())
        return {table: folder / f"{table}.jsonl" for table in TABLES}

    def _fetched(
        self, table: str, assistant: str, first: date, last: date, *, but_for: date
    ) -> dict[date, Path]:
        """The files of these days on this machine."""
        folder = self._folder / "files" / table / assistant
        folder.mkdir(parents=True, exist_ok=True)
        for _ in range(LISTINGS):
            listed = {self._kept_at(folder, each): each for each in self._files.of(table, assistant)}
            for path in set(folder.iterdir()) - set(listed):
                path.unlink()
            wanted = {
                path: each
                for path, each in listed.items()
                if first <= each.day <= last and each.day != but_for
            }
            if all(path.exists() or self._files.fetch(each, path) for path, each in wanted.items()):
                return {each.day: path for path, each in wanted.items()}
        raise StoreAway("the files go on being replaced")

    def _kept_at(self, folder: Path, partition: StoredPartition) -> Path:
        return folder / f"{partition.day.isoformat()}.{partition.etag}.parquet"


def _view(table: str, assistant: str, kept: Mapping[date, Path], live: tuple[date, Path]) -> str:
    """Names of files carry the day; a file of an older layout lacks columns, which are NULL then."""
    named = f"'{assistant}' AS assistant"
    present = f"SELECT *, {named}, '{live[0]}' AS day FROM {lines_as_table(table, live[1])}"  # noqa: S608 - our names
    if not kept:
        return f"CREATE VIEW {table} AS {present}"
    paths = ", ".join(f"'{path}'" for path in kept.values())
    columns = ", ".join(schema(TABLES[table]))
    return (
        f"CREATE VIEW {table} AS SELECT {columns}, assistant, day FROM ({present} UNION ALL BY NAME"  # noqa: S608
        f" SELECT * EXCLUDE (filename), {named}, left(parse_filename(filename), 10) AS day"
        f" FROM read_parquet([{paths}], union_by_name = true, filename = true,"
        " hive_partitioning = false))"
    )


def _day(row: dict[str, Any]) -> DayNumbers:
    return DayNumbers(
        day=row["local_day"],
        dialogues=row["dialogues"],
        turns=row["turns"],
        answered=row["answered"],
        answered_within_10_s=row["answered_within_10_s"],
        refusals=row["refusals"],
        unanswered=row["unanswered"],
        model_tokens=int(row["model_tokens"]),
        csat=Mean(mean=row["csat"], count=row["csat_count"]),
        nps=Nps(score=row["nps"], count=row["nps_count"]),
        callbacks=row["callbacks"],
        callbacks_waiting=row["callbacks_waiting"],
    )


def _wished(found: list[dict[str, Any]], kind: str) -> tuple[Wished, ...]:
    return tuple(Wished(name=row["name"], count=row["count"]) for row in found if row["kind"] == kind)
