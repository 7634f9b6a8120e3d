"""So many of the cheapest, however the number is said and wherever it stands; ties of the last one, too."""

from __future__ import annotations

import csv
from typing import Any

import pytest

from assistants.showroom.language.how_many import how_many
from core.spec import ASSISTANTS_FOLDER
from tests.assistants.showroom.conftest import Salon, told

SAMPLE = ASSISTANTS_FOLDER / "showroom" / "sample" / "available_product.csv"
with SAMPLE.open(encoding="utf-8", newline="") as _file:
    ROWS: list[dict[str, Any]] = list(csv.DictReader(_file))
SAID = {
    2: ("парочку", "пару", "двух", "2"), 3: ("тройку", "трёх", "3"), 4: ("четвёрку", "четырёх", "4"),
    5: ("пяток", "пятёрку", "5"),
}  # fmt: skip


@pytest.fixture
def stocked(salon: Salon) -> Salon:
    salon.stock(ROWS)
    return salon


def _first(count: int) -> set[str]:
    rows = [row for row in ROWS if row["class_name"] == "GLC-Class"]
    edge = sorted(int(row["price_rub"]) for row in rows)[count - 1]
    return {row["vin"] for row in rows if int(row["price_rub"]) <= edge}


@pytest.mark.parametrize(
    ("count", "word"), [(count, word) for count, words in SAID.items() for word in words]
)
@pytest.mark.parametrize("asked", ["назовите {} самых дешёвых GLC", "самые дешёвые GLC, {} штуки"])
def test_so_many_of_the_cheapest(stocked: Salon, asked: str, count: int, word: str) -> None:
    reply = stocked.ask(asked.format(word))
    assert set(told(reply)) == _first(count)
    assert "Не учтено" not in reply.text


def test_the_upper_one_of_two_numbers(stocked: Salon) -> None:
    assert set(told(stocked.ask("Самые дешёвые GLC, два-три"))) == _first(3)


def test_who_ties_with_the_last_is_told(stocked: Salon) -> None:
    rows = [{**row, "price_rub": 5_000_000} if row["class_name"] == "GLC-Class" else row for row in ROWS]
    stocked.stock(rows)
    every = {row["vin"] for row in rows if row["class_name"] == "GLC-Class"}
    reply = stocked.ask("назовите трёх самых дешёвых GLC")
    assert set(told(reply)) <= every
    assert len(told(reply)) > 3


@pytest.mark.parametrize(
    "other",
    [
        "самый дешёвый из двух GLC", "самый дешёвый GLC за 5 миллионов", "самый дешёвый GLC на двух хозяев",
        "самый дешёвый GLC, ему 2 года", "самый дешёвый GLC с двумя рядами", "третий самый дешёвый GLC",
    ],
)  # fmt: skip
def test_what_counts_no_cars(other: str) -> None:
    assert how_many(other.replace("ё", "е"), ()) is None
