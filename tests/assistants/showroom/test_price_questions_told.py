"""A price asked with who pays, by what verb the car is got, and for whom: it is told from the stock."""

from __future__ import annotations

from itertools import product

import pytest

from tests.assistants.showroom.conftest import Salon, car, is_about_stock, told

STOCK = [
    car("Q1", "EQS 450 4MATIC", "EQS", "лифтбек", 2022, "электро", "белый", 0, 11_300_000),
    car("Q2", "EQS 580 4MATIC", "EQS", "лифтбек", 2023, "электро", "чёрный", 0, 15_900_000),
    car("M1", "Maybach S 580 4MATIC", "Maybach", "седан", 2023, "бензин", "чёрный", 0, 27_000_000),
    car("L1", "GLA 200", "GLA", "внедорожник", 2022, "бензин", "белый", 0, 4_100_000),
    car("L2", "GLA 220 d 4MATIC", "GLA", "внедорожник", 2020, "дизель", "серый", 61_000, 2_950_000),
]
OPTIONS = [{"model": "Maybach S 580 4MATIC", "option": "Управляемая задняя ось", "price_rub": 261_000}]
CARS = {"EQS": ("Q1", "11 300 000"), "Майбах": ("M1", "27 000 000"), "GLA 200": ("L1", "4 100 000")}
GOT = (
    "за сколько можно забрать {}?", "За сколько реально выкупить {}?", "по какой цене у вас можно забрать {}",
    "почём можно урвать {}?",
)  # fmt: skip
PAID = (
    "Во сколько компании обойдётся {}?", "во сколько нашей семье встанет {}?",
    "Сколько фирме будет стоить {}?", "Во сколько обойдётся организации {}?", "сколько жене выйдет {}?",
)  # fmt: skip


@pytest.fixture(scope="module")
def salon() -> Salon:
    salon = Salon()
    salon.stock(STOCK, OPTIONS)
    return salon


@pytest.mark.parametrize(("asked", "named"), list(product(GOT + PAID, CARS)))
def test_the_least_price_is_told(salon: Salon, asked: str, named: str) -> None:
    reply, (vin, price) = salon.ask(asked.format(named)), CARS[named]
    assert vin in told(reply), reply.text
    assert price in reply.text.replace("\u00a0", " ")
    assert "Не учтено" not in reply.text


@pytest.mark.parametrize("payer", ["компании ", "нам ", "фирме ", "моей жене ", ""])
def test_with_an_option_the_sum_is_told(salon: Salon, payer: str) -> None:
    reply = salon.ask(f"Во сколько {payer}обойдётся Майбах, если добавить управляемую заднюю ось?")
    assert "27 261 000" in reply.text.replace("\u00a0", " "), reply.text


@pytest.mark.parametrize(
    "purpose",
    ["выездных менеджеров", "моей любимой жены", "торговых представителей", "офиса", "начинающего водителя"],
)
@pytest.mark.parametrize(
    "asked",
    ["Что будет дешевле взять для {}: GLA 200 или GLA 220 d?", "Для {} что дешевле, GLA 200 или GLA 220 d?"],
)
def test_for_whom_changes_no_comparison(salon: Salon, asked: str, purpose: str) -> None:
    text = salon.ask(asked.format(purpose)).text.replace("\u00a0", " ")
    assert "Дешевле GLA 220 d" in text or "2 950 000" in text.split("GLA 220 d")[1], text
    assert "4 100 000" in text


@pytest.mark.parametrize(
    "question",
    [
        "За сколько EQS разгоняется до сотни?", "Во сколько обойдётся обслуживание EQS?",
        "Во сколько обойдётся замена масла на GLA?", "За сколько можно получить права?",
        "за сколько дней можно забрать машину после оплаты?",
    ],
)  # fmt: skip
def test_what_is_asked_of_something_else_is_no_price(salon: Salon, question: str) -> None:
    assert not is_about_stock(salon.ask(question))
