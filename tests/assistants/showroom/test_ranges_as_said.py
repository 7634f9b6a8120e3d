"""Ranges of prices and years as they are said: both ends, «край», «в районе», «и новее» behind two years."""

from __future__ import annotations

import csv
from collections.abc import Callable
from typing import Any

import pytest

from core.spec import ASSISTANTS_FOLDER
from tests.assistants.showroom.conftest import Salon

STOCKS = ASSISTANTS_FOLDER / "showroom" / "evals" / "stocks"
PRICES = {
    (4_000_000, 6_000_000): (
        "от 4х до шести миллионов", "от 4-х до 6-ти", "от 4х до шести", "4000-6000 тысяч",
        "от 4000 до 6000 тысяч", "между четырьмя и шестью миллионами",
    ),
    (0, 5_000_000): ("пятёрка край", "пятёрка миллионов край", "потолок 5", "пятёрка максимум"),
    (4_500_000, 5_500_000): ("в районе пяти", "около 5", "5 млн +-", "пять миллионов плюс-минус"),
    (0, 6_000_000): ("не дороже пяти-шести миллионов", "до пяти-шести миллионов"),
}  # fmt: skip
YEARS = {
    (2020, 2030): ("2020 или 2021 и новее", "2020 либо 2021 года и новее"),
    (2000, 2020): ("2019 или 2020 и старше",),
    (2020, 2021): ("двадцатого-двадцать первого года", "2020 или 2021", "2020-2021"),
    (2023, 2024): ("двух-трёхлетка",),
}  # fmt: skip


def _rows(salon: Salon) -> list[dict[str, Any]]:
    with (STOCKS / "w.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    salon.stock(rows)
    return [row for row in rows if row["class_name"] == "E-Class"]


def _counts(salon: Salon, said: str, holds: Callable[[dict[str, Any]], bool]) -> None:
    count = sum(map(holds, _rows(salon)))
    for asked in (f"E-класс {said}", f"есть E-класс {said}?", f"{said}, E-класс"):
        text = salon.ask(asked).text
        assert f"В наличии {count} " in text, (asked, text)
        assert "Не учтено" not in text


@pytest.mark.parametrize(
    ("low", "high", "said"), [(*ends, each) for ends, several in PRICES.items() for each in several]
)
def test_prices(salon: Salon, low: int, high: int, said: str) -> None:
    _counts(salon, said, lambda row: low <= int(row["price_rub"]) <= high)


@pytest.mark.parametrize(
    ("first", "last", "said"), [(*ends, each) for ends, several in YEARS.items() for each in several]
)
def test_years(salon: Salon, first: int, last: int, said: str) -> None:
    _counts(salon, said, lambda row: first <= int(row["year"]) <= last)


@pytest.mark.parametrize("said", ["GLS 4х4", "GLS 4x4", "GLS 4 х 4"])
def test_the_formula_of_the_wheels_names_no_model(salon: Salon, said: str) -> None:
    _rows(salon)
    assert "(GLS, полный привод)" in salon.ask(f"{said} есть?").text
