"""A car with an option that is called by what it is and by its name: the sum, or that there is none such."""

from __future__ import annotations

from itertools import product

import pytest

from core.dialogue import Reply
from tests.assistants.showroom.conftest import Salon, car

CARS = [
    car("E2", "E 200", "E-Class", "седан", 2022, "бензин", "белый", 12_000, 6_000_000),
    car("E4", "E 450 4MATIC", "E-Class", "седан", 2023, "бензин", "чёрный", 0, 9_000_000),
    car("E5", "E 450 4MATIC", "E-Class", "седан", 2024, "бензин", "серый", 0, 9_800_000),
    car("L1", "GLC 300 4MATIC", "GLC", "внедорожник", 2023, "бензин", "белый", 0, 8_000_000),
    car("G1", "G 350 d", "G-Class", "внедорожник", 2022, "дизель", "чёрный", 0, 15_000_000),
    car("C1", "C 180", "C-Class", "седан", 2023, "бензин", "чёрный", 0, 5_000_000),
]
OPTIONS = [
    {"model": "E 200", "option": "Аудиосистема Burmester", "price_rub": 165_000},
    {"model": "GLC 300 4MATIC", "option": "Пневмоподвеска AIRMATIC", "price_rub": 286_000},
    {"model": "E 450 4MATIC", "option": "Камера кругового обзора", "price_rub": 157_000},
    {"model": "E 450 4MATIC", "option": "Фары DIGITAL LIGHT", "price_rub": 414_000},
]
CALLED = {
    ("E 200", "6 165 000 ₽"): ("музыкой Burmester", "акустикой Burmester", "звуком бурмистер"),
    ("GLC 300", "8 286 000 ₽"): ("подвеской AIRMATIC", "пневмой"),
    ("E 450", "9 414 000 ₽"): ("оптикой DIGITAL LIGHT", "цифровым светом"),
}
ASKED = (
    "Сколько будет стоить {} с {}?", "Сколько стоит {} с {}?", "{} с {} почём?",
    "Во сколько обойдётся {} с {}?",
)  # fmt: skip
LEAST = ("{} по деньгам сколько минимум?", "{}, какая минимальная цена?", "сколько минимум стоит {}?")


@pytest.fixture(scope="module")
def salon() -> Salon:
    salon = Salon()
    salon.stock(CARS, OPTIONS)
    return salon


def _sums(reply: Reply) -> bool:
    return any(fact.kind == "calculation" for fact in reply.facts)


@pytest.mark.parametrize(
    ("asked", "named", "total", "option"),
    [
        (asked, named, total, option)
        for asked, ((named, total), options) in product(ASKED, CALLED.items())
        for option in options
    ],
)
def test_the_sum_of_both_is_told(salon: Salon, asked: str, named: str, total: str, option: str) -> None:
    reply = salon.ask(asked.format(named, option))
    assert total in reply.text.replace("\u00a0", " "), reply.text


@pytest.mark.parametrize(
    ("asked", "named", "option"),
    list(
        product(
            ASKED, ["G-класс", "гелик", "C 180"], [each for several in CALLED.values() for each in several]
        )
    ),
)
def test_of_a_model_that_has_it_not_that_is_told(salon: Salon, asked: str, named: str, option: str) -> None:
    reply = salon.ask(asked.format(named, option))
    assert reply.reason == "not_in_stock", reply.text
    assert "опци" in reply.text
    assert not _sums(reply)


@pytest.mark.parametrize(
    "question",
    [
        "Сколько стоит ремонт музыки Burmester на E 200?",
        "Сколько стоит тест-драйв G-класса с музыкой Burmester?",
        "Сколько будет стоить страховка G-класса с музыкой Burmester?",
        "Чем хороша музыка Burmester?",
    ],
)
def test_what_is_asked_of_something_else_is_no_sum(salon: Salon, question: str) -> None:
    reply = salon.ask(question)
    assert not _sums(reply)
    assert "Таких опций нет" not in reply.text


@pytest.mark.parametrize("asked", LEAST)
@pytest.mark.parametrize("camera", ["камерой 360", "круговой камерой", "круговым обзором"])
def test_the_least_sum_is_asked_for_in_many_words(salon: Salon, asked: str, camera: str) -> None:
    reply = salon.ask(asked.format(f"E450 с {camera}"))
    assert "9 157 000 ₽" in reply.text.replace("\u00a0", " "), reply.text
