"""«На какие машины можно подогрев руля?»: cars whose model is offered with it, of those named."""

from __future__ import annotations

from itertools import product

import pytest

from tests.assistants.showroom.conftest import Salon, car, is_about_stock, told

STOCK = [
    car("B1", "B 200", "B-Class", "хэтчбек", 2023, "бензин", "красный", 25_800, 3_690_000),
    car("A1", "A 200", "A-Class", "седан", 2024, "бензин", "красный", 0, 3_990_000),
    car("A2", "A 180", "A-Class", "седан", 2022, "бензин", "белый", 0, 3_090_000),
    car("S1", "GLS 450 4MATIC", "GLS", "внедорожник", 2022, "бензин", "чёрный", 0, 14_190_000),
    car("S2", "GLS 350 d 4MATIC", "GLS", "внедорожник", 2020, "дизель", "серый", 85_500, 8_890_000),
    car("S3", "GLS 450 4MATIC", "GLS", "внедорожник", 2023, "бензин", "синий", 0, 14_590_000),
]
OPTIONS = [
    {"model": "B 200", "option": "Подогрев руля", "price_rub": 31_000},
    {"model": "A 200", "option": "Подогрев руля", "price_rub": 33_000},
    {"model": "GLS 450 4MATIC", "option": "Подогрев руля", "price_rub": 51_000},
    {"model": "GLS 450 4MATIC", "option": "Фаркоп", "price_rub": 210_000},
    {"model": "GLS 450 4MATIC", "option": "Аудиосистема Burmester", "price_rub": 249_000},
    {"model": "A 200", "option": "Панорамная крыша", "price_rub": 151_000},
]
HAS = {
    "подогрев руля": ["A1", "B1", "S1", "S3"], "фаркоп": ["S1", "S3"], "Burmester": ["S1", "S3"],
    "панорама": ["A1"],
}  # fmt: skip
ASKED = (
    "на какие машины у вас можно {}", "На какие автомобили ставится {}?", "на каких машинах есть {}?",
    "К каким машинам из наличия можно взять {}?", "Жена просит. На каких моделях бывает {}?",
)  # fmt: skip
ASKED_OF_GLS = ("на какие GLS можно {}", "На каких GLS есть {}?", "Какие GLS бывают с опцией {}?")


@pytest.fixture(scope="module")
def salon() -> Salon:
    salon = Salon()
    salon.stock(STOCK, OPTIONS)
    return salon


@pytest.mark.parametrize(("asked", "option"), list(product(ASKED, HAS)))
def test_the_cars_are_told(salon: Salon, asked: str, option: str) -> None:
    assert told(salon.ask(asked.format(option))) == HAS[option]


@pytest.mark.parametrize(("asked", "option"), list(product(ASKED_OF_GLS, ["подогрев руля", "фаркоп"])))
def test_of_those_that_are_named(salon: Salon, asked: str, option: str) -> None:
    assert told(salon.ask(asked.format(option))) == ["S1", "S3"]


@pytest.mark.parametrize("what", ["музыка ", "аудиосистема ", "акустика ", ""])
@pytest.mark.parametrize("greeting", ["", "Здравствуйте, а "])
def test_what_it_is_stands_before_its_name(salon: Salon, greeting: str, what: str) -> None:
    there = salon.ask(f"{greeting}на GLS 450 есть {what}Burmester?").text.replace("\u00a0", " ")
    assert "249 000 ₽" in there
    assert "Не учтено" not in there
    for named in ("A 200", "GLE 450", "GLS 350 d"):
        reply = salon.ask(f"{greeting}на {named} есть {what}Burmester?")
        assert reply.reason == "not_in_stock", reply.text
        assert named in reply.text
        assert "такой опции" in reply.text


@pytest.mark.parametrize(
    "question",
    [
        "на какие машины действует гарантия?", "на каких машинах можно приехать на тест-драйв?",
        "Что за музыка Burmester?", "На какие машины вы ставите зимние шины?",
    ],
)  # fmt: skip
def test_what_is_no_option_is_left_to_the_articles(salon: Salon, question: str) -> None:
    assert not is_about_stock(salon.ask(question))


@pytest.mark.parametrize(
    "question",
    [
        "есть GLS, на который можно фаркоп заказать?", "покажите GLS, на которые ставят фаркоп",
        "нужен GLS, для которого есть фаркоп", "найдётся GLS, к которому дают Burmester?",
        "есть GLS, у которого бывает Burmester?",
    ],
)  # fmt: skip
def test_of_those_for_which_there_is_one(salon: Salon, question: str) -> None:
    assert told(salon.ask(question)) == ["S1", "S3"]
