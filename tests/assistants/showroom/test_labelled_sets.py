"""The labelled sets are sound: each row can be judged, on its own stock and on one that nobody has seen.

A source is the bare id of a passage in `knowledge/*.toml`: ids are unique over its files. Questions on the
salon and its cars double as held-out paraphrases (question -> sources): none repeats the knowledge's words.
Says nothing of how well the assistant does: that is `attendant eval`.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb
import pytest

from core.spec import ASSISTANTS_FOLDER
from jobs.generate_stock import draw_stock, read_catalogue, write_stock

ASSISTANT = ASSISTANTS_FOLDER / "showroom"
SETS = ASSISTANT / "evals"
SPLITS = ("dev", "test")
COLUMNS = [
    "id",
    "kind",
    "dialogue",
    "stock",
    "question",
    "answer",
    "expect",
    "truth",
    "sources",
    "must",
    "note",
]
KINDS = {"stock", "salon", "cars", "forbidden", "foreign", "attack", "small_talk", "edge"}
EXPECTED = {"fact", "absent", "no_fact", "small_talk", "off_topic", "forbidden", "price_refused"}
COMPARED = {"vin", "count", "price_rub", "year", "mileage_km"}

MINIMUM = {
    ("dev", "stock"): 190,
    ("test", "stock"): 130,
    ("dev", "forbidden"): 90,
    ("test", "forbidden"): 70,
    ("dev", "foreign"): 65,
    ("test", "foreign"): 40,
    ("dev", "salon"): 150,
    ("test", "salon"): 115,
    ("dev", "cars"): 125,
    ("test", "cars"): 120,
    ("dev", "small_talk"): 40,
    ("test", "small_talk"): 29,
    ("dev", "edge"): 45,
    ("test", "edge"): 40,
    ("dev", "attack"): 75,
    ("test", "attack"): 45,
}
"""Rows by split and kind, those of dialogues not counted. Extend when a set lands."""
MINIMUM_DIALOGUES = {"dev": 32, "test": 32}
"""Those with a question on stock."""
MINIMUM_ON_A_GENERATED_STOCK = 70

FILES = sorted(path for split in SPLITS for path in (SETS / split).glob("*.csv"))
Rows = list[dict[str, str]]


@dataclass(frozen=True)
class Answered:
    column: str
    values: list[object]

    @property
    def absent(self) -> bool:
        present = [value for value in self.values if value is not None]
        return not present or (self.column == "count" and present == [0])


@cache
def rows_of(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def rows(kind: str | None = None, split: str | None = None) -> Rows:
    return [
        row
        for path in FILES
        if split in (None, path.parent.name)
        for row in rows_of(path)
        if kind in (None, row["kind"])
    ]


def with_truth() -> Rows:
    """All of stock, and an attack that has a question of stock in it."""
    return [row for row in rows() if row["truth"]]


def stock_files(name: str) -> tuple[Path, Path]:
    if name == "sample":
        return ASSISTANT / "sample" / "available_product.csv", ASSISTANT / "sample" / "trim_option.csv"
    return SETS / "stocks" / f"{name}.csv", SETS / "stocks" / f"{name}.options.csv"


STOCKS = ["sample", *sorted(path.stem for path in (SETS / "stocks").glob("?.csv"))]


def loaded(cars: Path, options: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    for table, path in (("available_product", cars), ("trim_option", options)):
        connection.execute(f"CREATE TABLE {table} AS SELECT * FROM read_csv(?)", [str(path)])
    connection.execute("SET enable_external_access = false")
    return connection


@cache
def stock(name: str) -> duckdb.DuckDBPyConnection:
    return loaded(*stock_files(name))


def asked(connection: duckdb.DuckDBPyConnection, truth: str) -> Answered:
    """One column with a name that says what is compared; a number stands alone."""
    cursor = connection.execute(truth)
    (column,) = [each[0] for each in cursor.description]
    values = [value for (value,) in cursor.fetchall()]
    assert column in COMPARED, truth
    assert column == "vin" or len(values) <= 1, truth
    assert len(set(values)) == len(values), truth
    return Answered(column, values)


def entries(*files: str) -> Iterator[dict[str, Any]]:
    """Of all knowledge, or of the files named."""
    for path in sorted((ASSISTANT / "knowledge").glob("*.toml")):
        if not files or path.stem in files:
            for each in tomllib.loads(path.read_text(encoding="utf-8")).values():
                yield from each


@cache
def passages() -> set[str]:
    return {entry["id"] for entry in entries() if "id" in entry}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_file_is_as_agreed(path: Path) -> None:
    raw = path.read_bytes()
    assert raw.startswith(",".join(COLUMNS).encode() + b"\n")
    assert b"\r" not in raw
    for row in rows_of(path):
        assert set(row) == set(COLUMNS), row["id"]
        assert row["kind"] in KINDS, row["id"]
        assert row["stock"] in STOCKS, row["id"]
        assert row["question"].strip(), row["id"]
        assert row["answer"] or row["kind"] == "attack", row["id"]
        expected = row["expect"].split("|")
        assert set(expected) <= EXPECTED, row["id"]
        assert len(set(expected)) == len(expected), row["id"]
        assert all(fragment.strip() for fragment in row["must"].split("|") if row["must"]), row["id"]
        assert bool(row["truth"]) == (row["kind"] == "stock") or row["kind"] == "attack", row["id"]
        if row["sources"]:
            assert set(row["sources"].split("|")) <= passages(), row["id"]


def test_ids_and_questions_are_told_apart() -> None:
    for number in (Counter(row["id"] for row in rows()), Counter(_asked_how(row) for row in rows())):
        assert not [name for name, times in number.items() if times > 1]


def test_a_passage_has_an_id_of_its_own() -> None:
    times = Counter(entry["id"] for entry in entries() if "id" in entry)
    assert not [name for name, number in times.items() if number > 1]


def test_every_passage_is_asked_about() -> None:
    asked_about = {source for row in rows() for source in row["sources"].split("|")}
    assert not {entry["id"] for entry in entries("faq", "cars")} - asked_about


def test_no_question_repeats_the_knowledge() -> None:
    known = {
        _words(phrase)
        for entry in entries()
        for key in ("question", "title", "also", "questions")
        for phrase in ([entry[key]] if isinstance(entry.get(key), str) else entry.get(key, []))
    }
    assert not [
        row["id"] for kind in ("salon", "cars") for row in rows(kind) if _words(row["question"]) in known
    ]


def _asked_how(row: dict[str, str]) -> tuple[str, str, str, str]:
    return _words(row["question"]) or row["question"], row["kind"], row["stock"], row["dialogue"]


def _words(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_dialogues_are_whole(path: Path) -> None:
    turns = [(name, list(group)) for name, group in groupby(rows_of(path), key=lambda row: row["dialogue"])]
    named = [(name, group) for name, group in turns if name]

    assert len({name for name, _ in named}) == len(named), "a dialogue's rows stand together"
    for name, group in named:
        assert 2 <= len(group) <= 6, name
        assert len({row["stock"] for row in group}) == 1, name


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_truth_agrees_with_what_is_expected(path: Path) -> None:
    """Of stock; what is right about an attack is another matter."""
    for row in rows_of(path):
        if row["kind"] != "stock":
            continue
        assert re.fullmatch(r"SELECT [^;]+", row["truth"]), row["id"]
        expected = set(row["expect"].split("|"))
        absent = asked(stock(row["stock"]), row["truth"]).absent
        assert ("absent" if absent else "fact") in expected, row["id"]
        assert ("fact" if absent else "absent") not in expected, row["id"]


@pytest.mark.parametrize("name", STOCKS)
def test_every_truth_can_be_asked_of_every_stock(name: str) -> None:
    for row in with_truth():
        asked(stock(name), row["truth"])


@pytest.mark.parametrize(("seed", "cars"), [(101, 8), (102, 40), (103, 400)])
def test_every_truth_can_be_asked_of_a_stock_that_nobody_has_seen(
    seed: int, cars: int, tmp_path: Path
) -> None:
    files = write_stock(draw_stock(read_catalogue(), seed=seed, cars=cars), tmp_path / "unseen.csv")
    unseen = loaded(*files)
    absent = [asked(unseen, row["truth"]).absent for row in with_truth()]

    assert any(absent)
    assert not all(absent)


def test_nothing_is_true_of_an_empty_stock() -> None:
    empty = loaded(*stock_files("sample"))
    empty.execute("DELETE FROM available_product")
    empty.execute("DELETE FROM trim_option")

    assert not [row["id"] for row in with_truth() if not asked(empty, row["truth"]).absent]


def test_prices_in_the_marks_are_prices_of_the_stock() -> None:
    for row in rows("stock"):
        prices = {
            price
            for table in ("available_product", "trim_option")
            for (price,) in stock(row["stock"]).execute(f"SELECT price_rub FROM {table}").fetchall()
        }
        prices |= set(asked(stock(row["stock"]), row["truth"]).values)
        told = re.findall(r"(\d{1,3}(?: \d{3})+) ₽", row["answer"])
        assert {int(price.replace(" ", "")) for price in told} <= prices, row["id"]


@pytest.mark.parametrize(("split", "kind"), MINIMUM)
def test_there_are_enough(split: str, kind: str) -> None:
    assert len([row for row in rows(kind, split) if not row["dialogue"]]) >= MINIMUM[split, kind]


@pytest.mark.parametrize("split", SPLITS)
def test_there_are_enough_dialogues(split: str) -> None:
    assert len({row["dialogue"] for row in rows("stock", split)} - {""}) >= MINIMUM_DIALOGUES[split]


def test_generated_stocks_are_asked_about() -> None:
    asked_about = Counter(row["stock"] for row in rows("stock"))
    generated = [name for name in STOCKS if name != "sample"]

    assert len(generated) >= 3
    assert all(asked_about[name] >= MINIMUM_ON_A_GENERATED_STOCK for name in generated)
