"""Labelled sets, stocks and truths that are broken: the error names the file and the line."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import EvaluationRefused
from jobs.evaluation.sets import COLUMNS, Expect, Kind, Split, read_set
from jobs.evaluation.stocks import read_stock
from jobs.evaluation.truth import Truth, TruthBook, Truths
from tests.jobs.evaluation.conftest import STOCK, row

HEAD = ",".join(COLUMNS)
GOOD = "q1,salon,,sample,Когда открыто?,С 9:00.,fact,,hours|phone,9:00,why"
CARS = "vin,model,class_name,body,year,fuel,color,mileage_km,price_rub,updated_at"
CAR = "V1,C 180,C-Class,седан,2023,бензин,чёрный,0,5490000,2026-11-20"


@pytest.fixture
def dev(tmp_path: Path) -> Path:
    folder = tmp_path / "evals" / "dev"
    folder.mkdir(parents=True)
    return folder


def written(folder: Path, data: bytes | str) -> Path:
    path = folder / "set.csv"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def test_a_whole_file_is_read(dev: Path, tmp_path: Path) -> None:
    written(dev, f"{HEAD}\n{GOOD}\n\n" + 'q2,stock,,a,"В две\nстроки?",,absent|no_fact,,,,\n')
    one, two = read_set(tmp_path, Split.DEV).rows
    assert (one.kind, one.expect, one.sources) == (Kind.SALON, {Expect.FACT}, {"hours", "phone"})
    assert (two.question, two.stock, two.place) == ("В две\nстроки?", "a", f"{dev / 'set.csv'}, line 4")
    assert [each.id for each in read_set(tmp_path, Split.DEV, [Kind.STOCK]).rows] == ["q2"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "set.csv: is empty"),
        (b"\n\n", "set.csv: is empty"),
        (f"\ufeff{HEAD}\n{GOOD}\n", "line 1: begins with a byte order mark"),
        (f"{HEAD}\n{GOOD}\n\0,\n", "line 3: holds a NUL byte"),
        (
            f"{HEAD}\n{GOOD}\n".encode() + "q2,salon,,,Вопрос?,,fact,,,,".encode("cp1251"),
            "line 3: is not UTF-8",
        ),
        (f"{HEAD.replace(',truth', '')}\n", "line 1: no column truth"),
        (f"{HEAD},more\n", "line 1: unknown column more"),
        (f"{HEAD}\nq1,salon,,\n", "line 2: 4 values for 11 columns"),
        (f"{HEAD}\n{GOOD}\n{GOOD}\n", "line 3: the id q1 stands there twice"),
        (f"{HEAD}\n{GOOD.replace('salon', 'saloon')}\n", "line 2: 'saloon' is not a valid Kind"),
        (f"{HEAD}\n{GOOD.replace(',fact,', ',facts,')}\n", "line 2: 'facts' is not a valid Expect"),
        (f"{HEAD}\n{GOOD.replace(',fact,', ',,')}\n", "line 2: nothing is expected"),
        (f'{HEAD}\n"q1,salon', "line 2: unexpected end of data"),
        (f"{HEAD}\nq1,salon,d,a,А?,,fact,,,,\nq2,salon,d,b,Б?,,fact,,,,\n", "line 3: its dialogue began on"),
    ],
)
def test_a_broken_set_says_where(dev: Path, tmp_path: Path, data: bytes | str, said: str) -> None:
    path = written(dev, data)
    with pytest.raises(EvaluationRefused, match=said) as refused:
        read_set(tmp_path, Split.DEV)
    assert str(path) in str(refused.value)


def test_no_sets_at_all(tmp_path: Path) -> None:
    with pytest.raises(EvaluationRefused, match="no labelled sets"):
        read_set(tmp_path, Split.TEST)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{CARS}\n{CAR.replace('5490000', '')}\n", "line 2: column price_rub: is empty"),
        (f"{CARS}\n{CAR.replace('2023', '20 23г')}\n", "line 2: column year"),
        (f"{CARS}\n{CAR}\n{CAR}\n", "line 3: its vin stands in line 2, too"),
        (f"{CARS}\n", "no car in it"),
        (CARS.replace(",vin", "").replace("vin,", "") + "\n", "line 1: no column vin"),
    ],
)
def test_a_broken_stock_says_where(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "hidden.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(EvaluationRefused, match=said):
        read_stock(path, 2026)


def test_a_stock_has_its_options_beside_it(tmp_path: Path) -> None:
    (tmp_path / "hidden.csv").write_text(f"{CARS}\n{CAR}\n", encoding="utf-8")
    (tmp_path / "hidden.options.csv").write_text(
        "model,option,price_rub\nC 180,Люк,185000\n", encoding="utf-8"
    )
    stock = read_stock(tmp_path / "hidden.csv", 2026)
    assert [option.price_rub for option in stock.options] == [185_000]


@pytest.mark.parametrize(
    ("sql", "truth"),
    [
        ("SELECT vin FROM available_product WHERE color = 'зелёный'", Truth("vin", frozenset({"G1"}))),
        ("SELECT vin FROM available_product WHERE year = 1999", Truth("vin")),
        ("SELECT count(*) AS count FROM available_product", Truth("count", number=7)),
        ("SELECT min(price_rub) AS price_rub FROM available_product", Truth("price_rub", number=4_690_000)),
        (
            "SELECT avg(price_rub) AS price_rub FROM trim_option",
            Truth("price_rub", number=179_000, computed=True),
        ),
        (
            "SELECT (SELECT max(price_rub) FROM available_product) - (SELECT 4690000) AS price_rub",
            Truth("price_rub", number=32_210_000, computed=True),
        ),
        (
            "SELECT max(price_rub) - min(price_rub) AS price_rub FROM available_product",
            Truth("price_rub", number=32_210_000, computed=True),
        ),
        ("SELECT max(year) AS year FROM available_product WHERE vin = ''", Truth("year")),
    ],
)
def test_truths(sql: str, truth: Truth) -> None:
    assert TruthBook(STOCK).truth(sql) == truth
    assert truth.absent == (truth.number is None and not truth.cars)


@pytest.mark.parametrize(
    "sql",
    [
        "SELEC vin FROM available_product",
        "SELECT vin FROM stock",
        "SELECT model FROM available_product",
        "SELECT vin, year FROM available_product",
        "SELECT year FROM available_product",
        "SELECT 'nobody' AS vin",
        "SELECT vin FROM available_product; DROP TABLE available_product",
        "DROP TABLE available_product",
        "SELECT 1 AS count FROM read_csv('/etc/passwd')",
        "SELECT 'x' AS count",
        "",
    ],
)
def test_a_wrong_truth_says_where(sql: str) -> None:
    with pytest.raises(EvaluationRefused, match=r"set.csv, line 2: truth"):
        Truths([STOCK]).of(row(truth=sql or " "), "sample")
