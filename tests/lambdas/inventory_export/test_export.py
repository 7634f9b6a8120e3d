"""The export against real SQLite files: what is published, what is refused, what stays as it was."""

from __future__ import annotations

import json
import sqlite3
import time
from pathlib import Path

import pytest

from core.errors import ExportRefused, PublicationConflict
from core.facts import Document, DocumentKind, Snapshot
from core.spec import Inventory
from lambdas.inventory_export.export import Export, run_export
from lambdas.inventory_export.source import Timeouts
from tests.lambdas.inventory_export.conftest import COLUMNS, NOW, a_car

SNAPSHOT = ("salon", DocumentKind.SNAPSHOT)


def export_of(path: Path | str, **changes):
    url = path if isinstance(path, str) else f"sqlite:///{path}"
    return Export(assistant="salon", inventory=Inventory(), url=url, now=NOW, **changes)


def snapshot_in(documents) -> Snapshot:
    return Snapshot.of(Document(manifest=documents.manifests[SNAPSHOT], data=documents.data[SNAPSHOT]))


def refusal(export, documents) -> ExportRefused:
    before = dict(documents.manifests), dict(documents.data)
    with pytest.raises(ExportRefused) as caught:
        run_export(export, documents)
    assert (documents.manifests, documents.data) == before
    return caught.value


def test_what_stands_in_the_view_is_published(make_source, documents):
    manifest = run_export(export_of(make_source([a_car(1), a_car(2)])), documents)
    snapshot = snapshot_in(documents)
    assert manifest.rows == 2
    assert [car.price_rub for car in snapshot.cars] == [5_990_001, 5_990_002]
    assert snapshot.cars[0].color == "чёрный"
    assert snapshot.options == ()


def test_columns_in_another_order_and_case_with_others_between(make_source, documents):
    view = (
        "CREATE VIEW available_product AS SELECT updated_at AS UPDATED_AT, 'x' AS photo,"
        " price_rub AS Price_Rub, mileage_km, color, fuel, year AS YEAR,"
        " body, class_name, model AS MODEL, vin AS VIN FROM stock"
    )
    run_export(export_of(make_source([a_car(1)], view=view)), documents)
    assert snapshot_in(documents).cars[0].model == "C 180"


def test_an_unseen_odd_source_that_means_the_same(make_source, documents):
    odd = [
        a_car(1, year="2024", price_rub="5 990 000 ₽", mileage_km=12.0, color=None, updated_at=1_790_000_000),
        a_car(2, model=3, price_rub=4500000.0, mileage_km="12 345 км", body="  седан\u00a0 купе "),
        a_car(3, year="2025.0", price_rub="3,450,000", mileage_km=None, fuel=b"\xd0\xb4\xd0\xb8\xd0\xb7"),
        a_car(4, vin=" wdd1234 ", class_name=None, updated_at="вчера"),
    ]
    run_export(export_of(make_source(odd)), documents)
    first, second, third, fourth = snapshot_in(documents).cars
    assert (first.year, first.price_rub, first.mileage_km, first.color) == (2024, 5_990_000, 12, "")
    assert first.updated_at.startswith("2026-09-21T")
    assert (second.model, second.price_rub, second.mileage_km, second.body) == (
        "3",
        4_500_000,
        12_345,
        "седан купе",
    )
    assert (third.price_rub, third.mileage_km, third.fuel) == (3_450_000, 0, "диз")
    assert (fourth.vin, fourth.class_name, fourth.updated_at) == ("WDD1234", "", "вчера")


def test_options_come_along_when_there_is_a_view_of_them(make_source, documents):
    path = make_source([a_car(1)])
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE trim_option (option TEXT, MODEL TEXT, price_rub)")
        connection.execute("INSERT INTO trim_option VALUES ('панорамная крыша', 'C 180', '150 000')")
    run_export(export_of(path), documents)
    (option,) = snapshot_in(documents).options
    assert (option.model, option.option, option.price_rub) == ("C 180", "панорамная крыша", 150_000)


def test_a_drifted_view_of_options_refuses_the_whole(make_source, documents):
    path = make_source([a_car(1)])
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE trim_option (name, price)")
    assert refusal(export_of(path), documents).reason == "drifted"


def test_empty_is_refused_even_when_shrinking_is_accepted(make_source, documents):
    assert refusal(export_of(make_source([]), accept_shrink=True), documents).reason == "empty"


@pytest.mark.parametrize(("left", "refused"), [(8, False), (7, True), (1, True), (12, False)])
def test_over_a_fifth_fewer_rows_is_refused(make_source, documents, left, refused):
    run_export(export_of(make_source([a_car(n) for n in range(10)])), documents)
    smaller = export_of(make_source([a_car(n) for n in range(left)]))
    if refused:
        assert refusal(smaller, documents).reason == "shrunk"
        run_export(export_of(make_source([a_car(n) for n in range(left)]), accept_shrink=True), documents)
    else:
        run_export(smaller, documents)
    assert len(snapshot_in(documents).cars) == left


def test_another_source_is_not_compared(make_source, documents):
    run_export(export_of(make_source([a_car(n) for n in range(10)])), documents)
    run_export(export_of(make_source([a_car(1)], name="other.db")), documents)
    assert len(snapshot_in(documents).cars) == 1
    back = export_of(make_source([a_car(n) for n in range(5)]))
    assert refusal(back, documents).reason == "shrunk"


@pytest.mark.parametrize(
    "columns", ["vin, model", COLUMNS.replace("price_rub", "price_rub AS price"), f"{COLUMNS}, vin AS 'VIN '"]
)
def test_a_view_of_another_shape_is_drift(make_source, documents, columns):
    view = f"CREATE VIEW available_product AS SELECT {columns} FROM stock"
    assert refusal(export_of(make_source([a_car(1)], view=view)), documents).reason == "drifted"


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("price_rub", None),
        ("price_rub", "по запросу"),
        ("price_rub", 5_990_000.5),
        ("price_rub", 0),
        ("price_rub", "3,450"),
        ("year", 20_245),
        ("year", "C 180"),
        ("mileage_km", -1),
        ("mileage_km", "мало"),
        ("vin", None),
        ("model", "   "),
        ("model", "x" * 201),
        ("color", b"\xff\xfe"),
        ("vin", "WDD00000000000000"),
    ],
)
def test_a_value_that_its_column_may_not_hold_is_drift_and_is_not_told(make_source, documents, column, value):
    refused = refusal(export_of(make_source([a_car(0), a_car(1, **{column: value})])), documents)
    assert refused.reason == "drifted"
    assert "row 2" in str(refused)
    assert not isinstance(value, str) or value.strip() == "" or value not in str(refused)


def test_an_unknown_mileage_of_an_older_car_is_not_called_new(make_source, documents):
    old = make_source([a_car(1, year=2018, mileage_km=None)])
    assert refusal(export_of(old), documents).reason == "drifted"


def test_no_file_no_view_no_database(tmp_path, make_source, documents):
    missing = refusal(export_of(tmp_path / "nowhere.db"), documents)
    assert missing.reason == "unreadable"
    assert not (tmp_path / "nowhere.db").exists()
    text = tmp_path / "text.db"
    text.write_text("это не база данных " * 100, encoding="utf-8")
    assert refusal(export_of(text), documents).reason == "unreadable"
    without = make_source([a_car(1)], view="CREATE VIEW something_else AS SELECT 1")
    assert refusal(export_of(without), documents).reason == "unreadable"


def test_a_half_written_file_changes_nothing(make_source, documents):
    path = make_source([a_car(n, model="м" * 190) for n in range(2_000)])
    run_export(export_of(path), documents)
    whole = path.read_bytes()
    for share in (0.2, 0.5, 0.9):
        path.write_bytes(whole[: int(len(whole) * share)])
        assert refusal(export_of(path), documents).reason == "unreadable"
    path.write_bytes(b"")
    assert refusal(export_of(path), documents).reason == "unreadable"


def test_a_locked_file_is_unreadable_within_the_timeout(make_source, documents):
    path = make_source([a_car(1)])
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    started = time.monotonic()
    refused = refusal(export_of(path, timeouts=Timeouts(connect_seconds=1)), documents)
    assert refused.reason == "unreadable"
    assert (time.monotonic() - started) < 5
    holder.close()


def test_a_view_that_never_ends_is_stopped(make_source, documents):
    view = (
        "CREATE VIEW available_product AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
        " SELECT stock.* FROM stock, n WHERE n.i < 0"
    )
    endless = export_of(make_source([a_car(1)], view=view), timeouts=Timeouts(statement_seconds=1))
    assert refusal(endless, documents).reason == "unreadable"


def test_a_source_in_wal_mode_and_one_that_is_being_written(make_source, documents):
    path = make_source([a_car(1)])
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("PRAGMA journal_mode=WAL")
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("DELETE FROM stock")
    run_export(export_of(path), documents)
    assert len(snapshot_in(documents).cars) == 1
    writer.close()


def test_the_source_cannot_be_written_through_the_export(make_source):
    from lambdas.inventory_export.source import open_source, source_url

    engine = open_source(source_url(f"sqlite:///{make_source([a_car(1)])}"), Timeouts())
    with engine.connect() as connection, pytest.raises(Exception, match="readonly"):
        connection.exec_driver_sql("DELETE FROM stock")


def test_somebody_who_published_meanwhile_is_not_overwritten(make_source, documents):
    path = make_source([a_car(1)])
    run_export(export_of(path), documents)

    def other_export() -> None:
        documents.before_publish = lambda: None
        other = documents.manifests[SNAPSHOT].model_copy(update={"version": "theirs"})
        documents.manifests[SNAPSHOT] = other

    documents.before_publish = other_export
    with pytest.raises(PublicationConflict):
        run_export(export_of(path), documents)
    assert documents.manifests[SNAPSHOT].version == "theirs"


def test_a_path_with_spaces_and_signs(make_source, documents):
    path = make_source([a_car(1)], name="мой склад #1?.db")
    run_export(export_of(f"sqlite:///{str(path).replace('?', '%3F')}"), documents)
    assert json.loads(documents.data[SNAPSHOT])["cars"][0]["vin"].startswith("WDD")
