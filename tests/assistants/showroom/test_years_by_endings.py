"""«EQB 22го»: an ordinal's ending makes a year of two digits, and is left out by nobody."""

from __future__ import annotations

import csv
from typing import Any

import pytest

from core.spec import ASSISTANTS_FOLDER
from tests.assistants.showroom.conftest import Salon, told

SAMPLE = ASSISTANTS_FOLDER / "showroom" / "sample" / "available_product.csv"
with SAMPLE.open(encoding="utf-8", newline="") as _file:
    ROWS: list[dict[str, Any]] = list(csv.DictReader(_file))
SHORT = ("22го", "22-го", "22 го", "22-ый", "22й")
FULL = ("2022го", "2022-го", "2022-й")


@pytest.fixture
def stocked(salon: Salon) -> Salon:
    salon.stock(ROWS)
    return salon


@pytest.mark.parametrize("said", [*SHORT, *FULL])
@pytest.mark.parametrize(
    "asked",
    [
        "GLC {}",
        "GLE {} есть?",
        "седан {} до 9 млн",
        "белый GLE {}",
        "GLC белый {}",
        "GLE не старше {}",
        "GLC кроме {}",
        "GLE от {}",
        "GLC 19го или {}",
    ],
)
def test_an_ending_is_as_good_as_the_noun(stocked: Salon, asked: str, said: str) -> None:
    in_full = stocked.talk(asked.format("2022 года").replace("19го", "2019"))
    reply = stocked.talk(asked.format(said))
    assert told(reply) == told(in_full)
    assert reply.reason == in_full.reason
    assert "Не учтено" not in reply.text


def test_a_year_alone_narrows_what_was_spoken_of(stocked: Salon) -> None:
    for said in ("а 22го?", "22-го есть?", "тогда 22-го"):
        stocked.talk("GLE какие есть?")
        narrowed = told(stocked.ask(said, fresh=False))
        years = {row["vin"]: row["year"] for row in ROWS if row["class_name"] == "GLE-Class"}
        assert {years[vin] for vin in narrowed} == {"2022"}


@pytest.mark.parametrize("said", ["хотя и 22-й подойдёт", "можно и 22-й", "или 22-й тоже устроит"])
def test_a_year_that_would_do_as_well_is_one_of_two(stocked: Salon, said: str) -> None:
    years = {row["vin"]: row["year"] for row in ROWS if row["class_name"] == "GLE-Class"}
    both = [vin for vin, year in years.items() if year in ("2021", "2022")]
    assert sorted(told(stocked.talk(f"Смотрю GLE, хочу 2021 год, {said}"))) == sorted(both)


@pytest.mark.parametrize(
    "said", ["GLE белый, приеду 22-го", "GLE, 22-го числа приеду", "GLE 12го", "GLE 31-го"]
)
def test_what_is_no_year_sets_none(stocked: Salon, said: str) -> None:
    for year in ("2012 год", "2022 год)", "2031 год"):
        assert f", {year}" not in stocked.talk(said).text.split(":")[0]


def test_the_number_of_a_model_is_no_year(stocked: Salon) -> None:
    rows = [row | {"model": "AMG GLE 22 4MATIC"} if "GLE 450" in row["model"] else row for row in ROWS]
    assert rows != ROWS
    stocked.stock(rows)
    named = [row["vin"] for row in rows if "GLE 22" in row["model"]]
    shown = told(stocked.talk("GLE 22-й есть?"))
    assert shown
    assert {*shown} <= {*named}
