"""What is true of a stock, said by one SELECT (DuckDB's dialect) over `available_product` and `trim_option`.

The result's column says what is compared: `vin` is the set of cars that a question is about; `count`,
`price_rub`, `year` and `mileage_km` are the number that the answer must state, in one row. No row, NULL, or a
count of 0 is absence. So a question is judged on a stock that nobody has seen. Reads nothing but the two
tables: no file, no network, no setting can be reached from the SQL.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import duckdb

from core.errors import EvaluationRefused
from core.facts import Car, TrimOption
from jobs.evaluation.sets import Row
from jobs.evaluation.stocks import Stock

VIN = "vin"
NUMBERS = ("count", "price_rub", "year", "mileage_km")
# An option's price, a mean, a sum, and what is added to or taken from another value.
_COMPUTED = re.compile(
    r"\btrim_option\b|\b(?:avg|sum|abs|median)\s*\(|\)\s*[-+]\s*(?:\(|\w+\s*\()", re.IGNORECASE
)


@dataclass(frozen=True)
class Truth:
    """`cars` where the question is about a set of them, else `number`; `column` says which number, `computed`
    that it is worked out of several values (a sum, a mean, a difference, an option) and is no car's own.
    """

    column: str
    cars: frozenset[str] = frozenset()
    number: int | None = None
    computed: bool = False

    @property
    def absent(self) -> bool:
        """Whether nothing of what was asked for is there."""
        return not self.cars if self.column == VIN else self.number is None or self._is_no_car

    @property
    def _is_no_car(self) -> bool:
        return self.column == "count" and self.number == 0


class TruthBook:
    """The tables of one stock in memory."""

    def __init__(self, stock: Stock) -> None:
        self._vins = {car.vin for car in stock.cars}
        self._connection = duckdb.connect(":memory:")
        self._fill("available_product", Car, stock.cars)
        self._fill("trim_option", TrimOption, stock.options)
        self._connection.execute("SET enable_external_access = false")
        self._connection.execute("SET lock_configuration = true")

    def _fill(self, table: str, row_type: type[Car | TrimOption], rows: Iterable[Car | TrimOption]) -> None:
        types = {
            name: "BIGINT" if field.annotation is int else "VARCHAR"
            for name, field in row_type.model_fields.items()
        }
        described = ", ".join(f"{name} {kind}" for name, kind in types.items())
        self._connection.execute(f"CREATE TABLE {table} ({described})")
        values = [tuple(row.model_dump().values()) for row in rows]
        if values:
            marks = ", ".join("?" * len(types))
            self._connection.executemany(f"INSERT INTO {table} VALUES ({marks})", values)  # noqa: S608 - our names

    def truth(self, sql: str) -> Truth:
        """Raises EvaluationRefused that says what is wrong with the SQL."""
        try:
            statements = duckdb.extract_statements(sql)
            if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
                raise EvaluationRefused("truth must be one SELECT")
            self._connection.execute(statements[0])
            columns = [each[0].lower() for each in self._connection.description or ()]
            rows = self._connection.fetchall()
        except duckdb.Error as error:
            raise EvaluationRefused(f"truth: {_first_line(error)}") from error
        if len(columns) != 1 or columns[0] not in (VIN, *NUMBERS):
            raise EvaluationRefused(f"truth: its one column must be {VIN} or {', '.join(NUMBERS)}")
        if columns[0] == VIN:
            return self._vin_truth(rows)
        return replace(_number_truth(columns[0], rows), computed=_is_computed(sql))

    def _vin_truth(self, rows: list[Any]) -> Truth:
        cars = frozenset(row[0] for row in rows if row[0] is not None)
        if not cars <= self._vins:
            raise EvaluationRefused("truth: its vin are not of the stock")
        return Truth(VIN, cars=cars)


def _is_computed(sql: str) -> bool:
    return bool(_COMPUTED.search(sql)) or "available_product" not in sql.lower()


def _number_truth(column: str, rows: list[Any]) -> Truth:
    if len(rows) > 1:
        raise EvaluationRefused(f"truth: {len(rows)} rows where {column} is one number")
    value = rows[0][0] if rows else None
    if value is None:
        return Truth(column)
    try:
        return Truth(column, number=round(value))
    except (TypeError, ValueError) as error:
        raise EvaluationRefused(f"truth: {column} is not a number") from error


class Truths:
    """The truth of every row on the stock that it is asked on."""

    def __init__(self, stocks: Iterable[Stock]) -> None:
        self._books = {stock.name: TruthBook(stock) for stock in stocks}

    def of(self, row: Row, stock: str) -> Truth | None:
        """None where the row has none. Raises EvaluationRefused that names the row's file and line."""
        if not row.truth:
            return None
        try:
            return self._books[stock].truth(row.truth)
        except EvaluationRefused as error:
            raise EvaluationRefused(f"{row.place}: {error}") from error


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
