"""The average of prices and mileages: of named cars, of those spoken of, once more of others."""

from __future__ import annotations

import pytest

from core.dialogue import Reply
from tests.assistants.showroom.conftest import Salon, car

CARS = [
    car("E1", "GLE 350 d 4MATIC", "GLE-Class", "внедорожник", 2021, "дизель", "белый", 10_000, 6_000_000),
    car("E2", "GLE 350 d 4MATIC", "GLE-Class", "внедорожник", 2022, "дизель", "чёрный", 30_000, 8_000_000),
    car("E3", "GLE 450 4MATIC", "GLE-Class", "внедорожник", 2023, "бензин", "белый", 0, 9_000_000),
    car("E4", "GLE 450 4MATIC", "GLE-Class", "внедорожник", 2023, "бензин", "серый", 0, 13_000_000),
    car("B1", "B 200", "B-Class", "хэтчбек", 2022, "бензин", "белый", 0, 3_000_000),
    car("B2", "B 200", "B-Class", "хэтчбек", 2023, "бензин", "серый", 0, 5_000_000),
    car("B3", "B 180", "B-Class", "хэтчбек", 2019, "бензин", "серый", 60_000, 1_000_000),
]


@pytest.fixture
def stocked(salon: Salon) -> Salon:
    salon.stock(CARS)
    return salon


def _said(reply: Reply) -> str:
    return reply.text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("question", "mean"),
    [
        ("посчитайте среднюю стоимость новых B-классов", "4 000 000 ₽"),
        ("подсчитайте мне среднюю цену по новым B-классам", "4 000 000 ₽"),
        ("какова средняя цена новых бешек?", "4 000 000 ₽"), ("почём в среднем GLE?", "9 000 000 ₽"),
        ("средний ценник на GLE?", "9 000 000 ₽"), ("сколько в среднем стоит GLE?", "9 000 000 ₽"),
        ("цена на GLE в среднем какая?", "9 000 000 ₽"),
        ("какой средний пробег у GLE с пробегом?", "20 000 км"),
        ("средняя цена GLE с пробегом?", "7 000 000 ₽"),
        ("GLE с пробегом: средняя цена?", "7 000 000 ₽"),
        ("средняя цена двух самых дешёвых GLE", "7 000 000 ₽"),
        ("на сколько в среднем GLE дороже B-класса?", "Разница — 6 000 000 ₽"),
    ],
)  # fmt: skip
def test_of_named_cars(stocked: Salon, question: str, mean: str) -> None:
    text = _said(stocked.ask(question))
    assert mean in text
    assert "Не учтено" not in text


@pytest.mark.parametrize(
    "question",
    ["какой в среднем год у GLE?", "средняя цена самых новых GLE", "средний возраст GLE в среднем?"],
)
def test_what_is_not_averaged_is_asked_back(stocked: Salon, question: str) -> None:
    assert "Средн" not in stocked.ask(question).text


@pytest.mark.parametrize(
    "question",
    [
        "какая средняя цена у них?", "а средняя цена какая?", "посчитайте среднюю цену", "а в среднем почём?",
        "средняя стоимость таких?", "какова их средняя цена?",
    ],
)  # fmt: skip
def test_of_those_spoken_of(stocked: Salon, question: str) -> None:
    stocked.ask("дизельные GLE покажите")
    assert "7 000 000 ₽" in _said(stocked.ask(question, fresh=False))


def test_of_all_of_the_salon(stocked: Salon) -> None:
    stocked.ask("дизельные GLE покажите")
    assert "по 7 автомобилям" in _said(stocked.ask("А какая средняя цена вообще по салону?", fresh=False))


@pytest.mark.parametrize(
    ("question", "mean"),
    [
        ("а у бензиновых?", "11 000 000 ₽"), ("а бензиновых?", "11 000 000 ₽"),
        ("ну а по бензиновым?", "11 000 000 ₽"), ("а для белых?", "6 000 000 ₽"), ("а пробег?", "20 000 км"),
    ],
)  # fmt: skip
def test_once_more_of_others(stocked: Salon, question: str, mean: str) -> None:
    stocked.ask("дизельные GLE покажите")
    stocked.ask("какая средняя цена у них?", fresh=False)
    assert mean in _said(stocked.ask(question, fresh=False))


@pytest.mark.parametrize("question", ["а бензиновые есть?", "а самый дешёвый?", "покажите бензиновые"])
def test_what_asks_for_itself_asks_for_no_average(stocked: Salon, question: str) -> None:
    stocked.ask("средняя цена дизельных GLE?")
    assert "Средн" not in stocked.ask(question, fresh=False).text
