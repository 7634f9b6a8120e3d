"""«Пакет AMG Line за AMG не считаю»: who asks for AMG wants the models, and the package is put aside."""

from __future__ import annotations

from itertools import product

import pytest

from tests.assistants.showroom.conftest import Salon, car, told

STOCK = [
    car("A1", "AMG CLA 35 4MATIC", "CLA", "седан", 2022, "бензин", "чёрный", 0, 5_690_000),
    car("A2", "AMG GLE 53 4MATIC+", "GLE", "внедорожник", 2023, "бензин", "белый", 0, 14_200_000),
    car("A3", "AMG G 63", "G-Class", "внедорожник", 2021, "бензин", "чёрный", 20_000, 21_300_000),
    car("C1", "C 200", "C-Class", "седан", 2022, "бензин", "чёрный", 0, 5_100_000),
    car("E1", "E 200", "E-Class", "седан", 2023, "бензин", "белый", 0, 6_900_000),
]
OPTIONS = [
    {"model": "C 200", "option": "Пакет AMG Line", "price_rub": 310_000},
    {"model": "E 200", "option": "Пакет AMG Line", "price_rub": 355_000},
]
ASKED = ("Какие AMG есть", "Покажите настоящие AMG", "Нужен именно AMG", "Сколько у вас амг")
ASIDE = (
    ". Пакет AMG Line за AMG не считаю", ", AMG Line не предлагать", ", а не пакет AMG Line",
    ". АМГ лайн не в счёт", " без учёта AMG Line", ", но обвес AMG меня не интересует",
    ". Не путать с пакетом AMG Line!", " (не AMG Line)",
)  # fmt: skip


@pytest.fixture(scope="module")
def salon() -> Salon:
    salon = Salon()
    salon.stock(STOCK, OPTIONS)
    return salon


@pytest.mark.parametrize(("asked", "aside"), list(product(ASKED, ASIDE)))
def test_the_models_alone_are_told(salon: Salon, asked: str, aside: str) -> None:
    reply = salon.ask(f"{asked}{aside}")
    assert told(reply) == ["A1", "A2", "A3"], reply.text
    assert "AMG Line" not in reply.text


@pytest.mark.parametrize("aside", ASIDE[:2])
def test_what_else_is_said_holds(salon: Salon, aside: str) -> None:
    assert told(salon.ask(f"Какие чёрные AMG есть до 10 млн{aside}?")) == ["A1"]
    assert told(salon.ask(f"Какие AMG есть{aside}, чёрные?")) == ["A1", "A3"]


@pytest.mark.parametrize(
    "question", ["Сколько стоит пакет AMG Line на C 200?", "C 200 с AMG Line почём?", "AMG Line на C 200?"]
)
def test_the_package_itself_is_told(salon: Salon, question: str) -> None:
    assert "310 000 ₽" in salon.ask(question).text.replace("\u00a0", " ")


BOUNDS = ("не дороже {} млн", "дешевле {} млн", "до {} млн", "не дороже чем {} млн", "не старше 2022")


@pytest.mark.parametrize(
    ("name", "bound"), list(product(("AMG E-класса", "амг ешка", "C-класс AMG", "AMG C"), BOUNDS))
)
def test_the_line_of_a_class_that_has_none_is_not_there(salon: Salon, name: str, bound: str) -> None:
    reply = salon.ask(f"{name} {bound.format(8)}")
    assert told(reply) == [], reply.text
    assert reply.reason == "not_in_stock", reply.text
