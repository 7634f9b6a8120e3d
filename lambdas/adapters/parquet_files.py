"""Rows as Parquet files on this machine: written row by row, read by SQL. Knows DuckDB.

Rows wait on disk as lines of JSON and DuckDB makes the file of them, so that a day of any size takes little
memory. Refuses to know what a column means and where files go.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TextIO

import duckdb

from core.analytics.rows import TABLES, ColumnType, Row, columns

MEMORY_MB = 256
ROW_GROUP = 10_000
_DUCKDB = {
    ColumnType.TEXT: "VARCHAR",
    ColumnType.TEXTS: "VARCHAR[]",
    ColumnType.WHOLE: "BIGINT",
    ColumnType.REAL: "DOUBLE",
    ColumnType.TRUTH: "BOOLEAN",
    ColumnType.DAY: "DATE",
    ColumnType.MOMENT: "TIMESTAMP",
}


@dataclass(frozen=True)
class WrittenFile:
    path: Path
    rows: int


def engine(scratch: Path) -> duckdb.DuckDBPyConnection:
    """DuckDB in memory: no extension is fetched, nothing leaves the machine, what is too much goes to
    `scratch`.
    """
    return duckdb.connect(
        config={
            "memory_limit": f"{MEMORY_MB}MB",
            "temp_directory": str(scratch),
            "threads": 1,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
    )


def schema(table: type[Row]) -> dict[str, str]:
    """Columns as DuckDB calls their types."""
    return {name: _DUCKDB[kind] for name, kind in columns(table).items()}


def write_lines(rows: Iterable[Row], folder: Path) -> dict[str, WrittenFile]:
    """Every table's rows as lines of JSON in `folder`; a table without rows has an empty file."""
    counts = dict.fromkeys(TABLES, 0)
    paths = {name: folder / f"{name}.jsonl" for name in TABLES}
    with ExitStack() as stack:
        files: dict[str, TextIO] = {
            name: stack.enter_context(path.open("w", encoding="utf-8")) for name, path in paths.items()
        }
        for row in rows:
            files[row.TABLE].write(json.dumps(_plain(row)) + "\n")
            counts[row.TABLE] += 1
    return {name: WrittenFile(paths[name], counts[name]) for name in TABLES}


def write_parquet(rows: Iterable[Row], folder: Path) -> dict[str, WrittenFile]:
    """Every table's rows as a Parquet file in `folder`, in the order in which they came."""
    lines = write_lines(rows, folder)
    made: dict[str, WrittenFile] = {}
    with engine(folder) as duck:
        for name, written in lines.items():
            target = folder / f"{name}.parquet"
            duck.execute(
                f"COPY (SELECT * FROM {lines_as_table(name, written.path)}) TO '{target}'"  # noqa: S608 - our names
                f" (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP})"
            )
            written.path.unlink()
            made[name] = WrittenFile(target, written.rows)
    return made


def lines_as_table(name: str, path: Path) -> str:
    """The table expression over lines of JSON."""
    typed = ", ".join(f"{column}: '{kind}'" for column, kind in schema(TABLES[name]).items())
    return f"read_json('{path}', format = 'newline_delimited', columns = {{{typed}}})"


def _plain(row: Row) -> dict[str, Any]:
    return {field.name: _value(getattr(row, field.name)) for field in fields(row)}


def _value(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):  # a lone surrogate is no text for anybody but Python
        return value.encode("utf-8", "replace").decode().replace("\0", "")
    if isinstance(value, tuple):
        return [_value(each) for each in value]
    return value
