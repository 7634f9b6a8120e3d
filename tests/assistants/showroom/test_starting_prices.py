"""What two prices differ by that were asked for one after the other."""

from __future__ import annotations

import pytest

from core.dialogue import Reply
from tests.assistants.showroom.conftest import Salon, car

CARS = [
    car("V1", "V 300 d 4MATIC", "V-Class", "минивэн", 2021, "дизель", "серый", 60_000, 9_200_000),
    car("V2", "V 300 d 4MATIC", "V-Class", "минивэн", 2023, "дизель", "белый", 0, 10_500_000),
    car("V3", "V 250 d 4MATIC", "V-Class", "минивэн", 2023, "дизель", "серый", 0, 9_800_000),
    car("V4", "V 250 d 4MATIC", "V-Class", "минивэн", 2024, "дизель", "белый", 0, 10_550_000),
    car("B1", "B 200", "B-Class", "хэтчбек", 2020, "бензин", "белый", 30_000, 3_000_000),
    car("B2", "B 200", "B-Class", "хэтчбек", 2023, "бензин", "серый", 0, 4_100_000),
    car("B3", "B 200", "B-Class", "хэтчбек", 2024, "бензин", "серый", 0, 4_400_000),
]


@pytest.fixture
def stocked(salon: Salon) -> Salon:
    salon.stock(CARS)
    return salon


def _last(salon: Salon, *questions: str) -> Reply:
    salon.ask(questions[0])
    for question in questions[1:-1]:
        salon.ask(question, fresh=False)
    return salon.ask(questions[-1], fresh=False)


def _said(reply: Reply) -> str:
    return reply.text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    "question",
    [
        "и какая разница между этими ценами?", "какая разница между этими двумя ценами?", "а разница?",
        "и на сколько дешевле?", "на сколько отличаются эти цены?", "а разница в цене какая?",
        "сколько между ними разница?",
    ],
)  # fmt: skip
def test_of_the_two_that_were_asked_for(stocked: Salon, question: str) -> None:
    assert "600 000 ₽" in _said(_last(stocked, "V 300 d почём начинаются?", "а V 250 d?", question))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("самый дешёвый подержанный B-класс?", "а новый B-класс от какой цены?"),
        ("от какой цены B 200 с пробегом?", "а новый?"),
        ("сколько стоит самый дешёвый B-класс с пробегом?", "а самый дешёвый новый?"),
    ],
)
def test_of_whatever_asks_for_a_price(stocked: Salon, first: str, second: str) -> None:
    reply = _last(stocked, first, second, "и какая разница между этими двумя ценами?")
    assert "1 100 000 ₽" in _said(reply)


def test_of_one_list_with_two_cars(stocked: Salon) -> None:
    assert "750 000 ₽" in _said(_last(stocked, "какие V 250 d есть?", "разница между этими ценами?"))


def test_a_list_between_ends_it(stocked: Salon) -> None:
    reply = _last(stocked, "V 300 d от какой цены?", "какие B 200 есть?", "какая разница между этими ценами?")
    assert "6 200 000" not in _said(reply)


def test_of_one_that_is_not_there_nothing_is_told(stocked: Salon) -> None:
    reply = _last(stocked, "от какой цены V 300 d?", "а GLS?", "и какая разница между этими ценами?")
    assert reply.reason == "not_in_stock"
    assert "Разница в цене" not in reply.text


@pytest.mark.parametrize("question", ["и на сколько V 250 d дороже?", "на сколько V 300 d дешевле?"])
def test_of_one_of_the_two(stocked: Salon, question: str) -> None:
    reply = _last(stocked, "V 300 d почём начинаются?", "а V 250 d?", question)
    assert "600 000 ₽" in _said(reply)


def test_of_the_new_one(stocked: Salon) -> None:
    reply = _last(stocked, "от какой цены B 200 с пробегом?", "а без пробега?", "на сколько новый дороже?")
    assert "1 100 000 ₽" in _said(reply)


def test_of_the_cheapest_of_what_is_not_there(stocked: Salon) -> None:
    reply = _last(stocked, "почём самый дешёвый GLS?", "а V 250 d?", "сколько между ними разницы?")
    assert "750 000" not in _said(reply)
