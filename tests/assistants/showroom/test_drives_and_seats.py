"""Drives other than four-wheel are those without 4MATIC; how many seats a car has no stock says."""

from __future__ import annotations

import csv
from typing import Any

import pytest

from core.spec import ASSISTANTS_FOLDER
from tests.assistants.showroom.conftest import Salon

STOCKS = ASSISTANTS_FOLDER / "showroom" / "evals" / "stocks"
CLASSES = (
    ("w", "E-Class", "E-класс"), ("x", "C-Class", "C-класс"), ("p", "GLB-Class", "GLB"),
    ("y", "S-Class", "S-класс"),
)  # fmt: skip
DRIVES = (
    "с задним приводом", "заднеприводный", "на переднем приводе", "привод задний", "с ведущей задней осью",
    "монопривод",
)  # fmt: skip


def _rows(stock: str) -> list[dict[str, Any]]:
    with (STOCKS / f"{stock}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _counted(cars: list[dict[str, Any]]) -> tuple[str, ...]:
    """How an answer says that there are so many."""
    return (f"В наличии {len(cars)} ",) if len(cars) > 1 else ("Да, есть",) if cars else ("сейчас нет",)


@pytest.mark.parametrize("drive", DRIVES)
@pytest.mark.parametrize(("stock", "class_name", "said"), CLASSES)
def test_one_driven_axle_is_no_4matic(
    salon: Salon, stock: str, class_name: str, said: str, drive: str
) -> None:
    rows = _rows(stock)
    salon.stock(rows)
    cars = [row for row in rows if row["class_name"] == class_name and "4MATIC" not in row["model"]]
    reply = salon.ask(f"{said} {drive} есть?")
    assert any(count in reply.text for count in _counted(cars)), reply.text
    assert "Не учтено" not in reply.text


@pytest.mark.parametrize("drive", DRIVES)
def test_what_always_drives_all_wheels_has_no_other(salon: Salon, drive: str) -> None:
    salon.stock(_rows("q"))
    assert "сейчас нет в наличии (G-класс" in salon.ask(f"G-класс {drive} есть?").text


@pytest.mark.parametrize(
    "seats", ["7 мест", "семиместный", "7-ми местный", "на 7 человек", "семь мест", "7-местный"]
)
@pytest.mark.parametrize(("stock", "said"), [("w", "V 250 d"), ("w", "GLB"), ("y", "GLE")])
def test_seats_are_left_out_and_told(salon: Salon, stock: str, said: str, seats: str) -> None:
    rows = _rows(stock)
    salon.stock(rows)
    plain = salon.ask(f"{said} есть?").text
    reply = salon.ask(f"{said} {seats} есть?")
    left_out, _, answer = reply.text.partition("\n")
    assert left_out.startswith("Не учтено: «"), reply.text
    assert answer == plain


@pytest.mark.parametrize(
    "paid", ["до 50 тысяч в месяц", "по 70 000 руб в месяц", "за 90 тыс. ежемесячно", "до 100 т.р. в мес"]
)
@pytest.mark.parametrize(("stock", "said"), [("w", "V 250 d"), ("y", "белый GLE"), ("q", "седан до 9 млн")])
def test_what_is_paid_a_month_is_no_price(salon: Salon, stock: str, said: str, paid: str) -> None:
    salon.stock(_rows(stock))
    plain = salon.ask(f"{said} есть?").text
    left_out, _, answer = salon.ask(f"{said}, {paid}, есть?").text.partition("\n")
    assert left_out.startswith("Не учтено: «"), left_out
    assert answer == plain


def test_seats_bound_no_price(salon: Salon) -> None:
    salon.stock(_rows("w"))
    assert "8 000 000" not in salon.ask("V-класс до 8 мест").text
