"""What is left of the money that one has behind a car, or what it lacks."""

from __future__ import annotations

import pytest

from tests.assistants.showroom.conftest import Salon, car

CARS = [
    car("L1", "GLC 300 4MATIC", "GLC-Class", "внедорожник", 2022, "бензин", "белый", 12_000, 4_600_000),
    car("L2", "GLC 220 d 4MATIC", "GLC-Class", "внедорожник", 2023, "дизель", "чёрный", 0, 6_100_000),
    car("L3", "GLE 350 4MATIC", "GLE-Class", "внедорожник", 2021, "бензин", "белый", 22_000, 7_200_000),
    car("L4", "A 180", "A-Class", "хэтчбек", 2023, "бензин", "чёрный", 0, 3_300_000),
]
OPTIONS = [{"model": "GLC 300 4MATIC", "option": "Панорамная крыша", "price_rub": 200_000}]


@pytest.fixture(scope="module")
def salon() -> Salon:
    salon = Salon()
    salon.stock(CARS, OPTIONS)
    return salon


def _last(salon: Salon, *turns: str) -> str:
    return salon.talk(*turns).text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    "question",
    [
        "Если у меня 5 миллионов и я возьму самый дешёвый GLC, сколько останется?",
        "сколько останется от 5 млн, если взять GLC?", "Бюджет 5 млн ровно. Что останется после покупки GLC?",
        "Беру самый дешёвый GLC, на руках 5 миллионов. Сколько сдачи?",
        "хватит ли 5 миллионов на GLC и сколько сверху?", "какой будет остаток от 5 млн после покупки GLC?",
        "У меня 5 000 000 рублей. Какой самый дешёвый GLC? И сколько у меня останется?",
        "сколько денег останется с пяти миллионов на страховку, если куплю самую дешевую глц",
    ],
)  # fmt: skip
def test_what_is_left_is_told(salon: Salon, question: str) -> None:
    assert "Из 5 000 000 ₽ останется 400 000 ₽" in _last(salon, question)


@pytest.mark.parametrize(
    "question",
    [
        "сколько не хватает до самого дешёвого GLE, если у меня 5 млн?",
        "есть 5 млн, сколько добавить на GLE?",
        "сколько доплатить к 5 млн, чтобы взять GLE?", "сколько останется от 5 млн, если взять GLE?",
        "бюджет 5 миллионов, до GLE сколько не хватает?", "накоплено 5 млн, сколько ещё копить на GLE?",
        "у меня 5 млн, сколько придётся занять на GLE?", "имея 5 млн, сколько не хватит на GLE?",
    ],
)  # fmt: skip
def test_what_it_lacks_is_told(salon: Salon, question: str) -> None:
    assert "За 5 000 000 ₽ такого автомобиля нет: не хватает 2 200 000 ₽" in _last(salon, question)


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        (("Сколько стоит самый дешёвый GLC?", "а сколько останется от 6 млн?"), "1 400 000 ₽"),
        (("Сколько стоит GLC с панорамой?", "а сколько останется от 6 млн?"), "останется 1 200 000 ₽"),
        (("Бюджет 6 млн. Какой самый дешёвый GLC?", "А сколько останется?"), "останется 1 400 000 ₽"),
        (("Какие есть GLC?", "сколько останется от 7 млн, если взять самый дорогой?"), "останется 900 000 ₽"),
        (("сколько останется от 6 млн, если взять GLC?", "а если A-класс?"), "останется 2 700 000 ₽"),
        (("сколько останется от 6 млн, если взять GLC?", "А от 8 млн?"), "останется 3 400 000 ₽"),
        (("сколько останется от 6 млн, если взять GLC?", "а с панорамой?"), "останется 1 200 000 ₽"),
        (("Есть красный GLC?", "сколько останется от 6 млн?"), "Считать остаток поэтому не с чего"),
        (("сколько останется от 6 млн, если взять GLC с фаркопом?",), "Таких опций нет"),
        (("сколько останется от 6 млн, если взять GLS?",), "нет в наличии (GLS)"),
        (("сколько останется от 9 млн, если взять GLC и A-класс?",), "для одного автомобиля"),
        (("сколько останется от 9 млн, если взять GLC или GLE?",), "останется 1 800 000 ₽"),
    ],
)
def test_it_is_reckoned_for_the_car_that_is_meant(salon: Salon, turns: tuple[str, ...], told: str) -> None:
    assert told in _last(salon, *turns)


@pytest.mark.parametrize(
    "question",
    [
        "GLC до 5 млн", "Хватит ли 5 миллионов на GLC?", "сколько GLC остаётся до 5 млн?",
        "сколько осталось GLC?",
        "сколько доплатить за панораму на GLC 300?", "моя C 180 стоит 2 млн, сколько доплатить за GLC?",
        "у меня GLC за 3 млн, сколько доплатить до GLE?",
    ],
)  # fmt: skip
def test_other_sums_are_no_budget(salon: Salon, question: str) -> None:
    text = _last(salon, question)
    assert "останется" not in text
    assert "не хватает" not in text


def test_the_newest_in_any_case_is_no_unused_car(salon: Salon) -> None:
    assert "GLE 350" in _last(salon, "какой год у самого нового GLE?")
