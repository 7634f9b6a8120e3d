"""The URL: which driver it means, what identifies a source, what never gets out."""

from __future__ import annotations

import pytest

from core.errors import ExportRefused
from lambdas.inventory_export.source import Timeouts, open_source, reading, source_identity, source_url


@pytest.mark.parametrize(
    ("raw", "driver"),
    [
        ("sqlite:////data/stock.db", "sqlite+pysqlite"),
        ("postgres://reader@db/stock", "postgresql+psycopg"),
        ("postgresql://reader@db/stock", "postgresql+psycopg"),
        ("postgresql+psycopg2://reader@db/stock", "postgresql+psycopg"),
        (" oracle://reader@db/?service_name=STOCK\n", "oracle+oracledb"),
    ],
)
def test_the_driver_is_chosen_by_the_url(raw, driver):
    assert source_url(raw).drivername == driver


@pytest.mark.parametrize("raw", ["postgres://r:p@db/s", "oracle://r:p@db:1521/?service_name=S"])
def test_the_drivers_are_there_and_an_unreachable_host_is_unreadable_without_its_password(raw):
    url = source_url(raw.replace(":p@db", ":geheim@127.0.0.1").replace("127.0.0.1/", "127.0.0.1:9/"))
    with pytest.raises(ExportRefused) as caught, reading(open_source(url, Timeouts(connect_seconds=2))):
        pass
    assert caught.value.reason == "unreadable"
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize("raw", ["", "C:\\stock.mdb", "mysql://r@db/s", "http://db/", "sqlite://", "a" * 99])
def test_what_cannot_be_read_is_refused_without_its_text(raw):
    with pytest.raises(ExportRefused) as caught:
        open_source(source_url(raw), Timeouts())
    assert caught.value.reason == "unreadable"


def test_a_source_is_known_by_everything_but_its_password():
    def identity(raw: str) -> str:
        return source_identity(source_url(raw))

    one = identity("postgres://reader:old@db/stock?sslmode=require&application_name=a")
    assert one == identity("postgresql://reader:new@db/stock?application_name=a&sslmode=require&password=x")
    assert one != identity("postgres://reader:old@db/other?sslmode=require&application_name=a")
    assert one != identity("postgres://reader:old@db2/stock?sslmode=require&application_name=a")


@pytest.mark.parametrize("view", ["stock; DROP TABLE x", 'a"b', "a.b.c", "", "1st"])
def test_a_view_is_a_name_and_nothing_else(view, make_source):
    with reading(open_source(source_url(f"sqlite:///{make_source([])}"), Timeouts())) as source:
        with pytest.raises(ExportRefused, match="name of a view"):
            source.has(view)
        with pytest.raises(ExportRefused, match="name of a view"):
            list(source.rows(view, ["vin"]))


def test_a_view_that_is_not_there_is_told_by_its_name(make_source):
    engine = open_source(source_url(f"sqlite:///{make_source([])}"), Timeouts())
    with reading(engine) as source, pytest.raises(ExportRefused, match="there is no view trucks"):
        list(source.rows("trucks", ["vin"]))
