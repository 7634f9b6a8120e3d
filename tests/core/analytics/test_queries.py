"""The saved queries as texts: complete, and Trino's as well as DuckDB's."""

from __future__ import annotations

from datetime import date

import pytest
import sqlglot
from sqlglot import exp

from core.analytics.queries import PARAMETERS, partitions, query_names, query_purpose, query_sql
from core.analytics.rows import PARTITIONED_BY, TABLES, ColumnType, columns, partition_key

VALUES = {
    "assistant": "'salon'",
    "first_day": "DATE '2026-11-01'",
    "last_day": "DATE '2026-11-30'",
    "first_partition": "'2026-10-31'",
    "last_partition": "'2026-12-01'",
}


def test_every_parameter_has_a_value():
    assert set(VALUES) == set(PARAMETERS)


@pytest.mark.parametrize("name", query_names())
@pytest.mark.parametrize("dialect", ["trino", "athena", "duckdb"])
def test_a_query_is_read_by_the_dialect_and_asks_its_partitions_alone(name, dialect):
    tree = sqlglot.parse_one(query_sql(name, VALUES), read=dialect)
    reading = [table.parent_select for table in tree.find_all(exp.Table) if table.name in TABLES]
    assert reading
    for select in reading:
        assert {column.name for column in select.args["where"].find_all(exp.Column)} >= set(PARTITIONED_BY)


@pytest.mark.parametrize("name", query_names())
def test_a_query_names_columns_that_there_are(name):
    tree = sqlglot.parse_one(query_sql(name, VALUES), read="trino")
    made = {alias.alias for alias in tree.find_all(exp.Alias)}
    known = {column for table in TABLES.values() for column in columns(table)} | set(PARTITIONED_BY)
    assert {column.name for column in tree.find_all(exp.Column)} <= known | made | {"name"}
    assert query_purpose(name).endswith(".")


def test_no_column_holds_a_name_a_telephone_or_a_token():
    names = {column for table in TABLES.values() for column in columns(table)}
    assert not names & {"name", "phone", "email", "token", "token_sha256", "convenient_time", "car", "memory"}


def test_every_field_has_a_type():
    assert columns(TABLES["turns"])["wished_models"] is ColumnType.TEXTS
    assert columns(TABLES["turns"])["elapsed_ms"] is ColumnType.WHOLE
    assert columns(TABLES["sessions"])["ended_at"] is ColumnType.MOMENT


def test_a_local_day_may_lie_in_the_days_of_utc_beside_it():
    assert partitions(date(2026, 3, 1), date(2026, 3, 1)) == (date(2026, 2, 28), date(2026, 3, 2))
    assert partition_key("turns", "salon", date(2026, 3, 1)) == (
        "turns/assistant=salon/day=2026-03-01/part.parquet"
    )
