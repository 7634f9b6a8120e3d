"""Lists of what is not wanted, with the word that refuses behind them, and requests beside which words stand
that ask for nothing.
"""

from __future__ import annotations

from itertools import permutations, product

import pytest

from tests.assistants.showroom.conftest import Salon, car, told

COLOURS = ("белый", "чёрный", "серый", "синий", "красный")
ROWS = [
    car(f"{model[:3]}-{colour}", model, name, body, 2022, "бензин", colour, 10_000, price)
    for (model, name, body, price), colour in product(
        (
            ("CLA 200", "CLA-Class", "седан", 4_300_000),
            ("GLB 200", "GLB-Class", "внедорожник", 5_900_000),
        ),
        COLOURS,
    )
]
PLURAL = {"белый": "белые", "чёрный": "чёрные", "серый": "серые", "синий": "синие", "красный": "красные"}
BEHIND = ("не рассматриваю", "не предлагать", "прошу не присылать", "не показывайте", "мне не нужны")
BORES = ("надоели", "мне, признаться, за жизнь надоели", "уже приелись", "нам порядком осточертели")


@pytest.fixture(scope="module")
def salon() -> Salon:
    salon = Salon()
    salon.stock(ROWS)
    return salon


def of(prefix: str, *without: str) -> list[str]:
    return sorted(f"{prefix}-{colour}" for colour in COLOURS if colour not in without)


@pytest.mark.parametrize("refused", [*permutations(COLOURS, 3)][::7])
@pytest.mark.parametrize("behind", BEHIND)
@pytest.mark.parametrize("between", [", но ", ". ", ", "])
def test_a_list_is_refused_whole(
    salon: Salon, refused: tuple[str, str, str], behind: str, between: str
) -> None:
    one, two, three = refused if "нужны" not in behind else map(PLURAL.get, refused)
    reply = salon.ask(f"CLA до 5 млн{between}{one}, {two} и {three} {behind}")
    assert sorted(told(reply)) == of("CLA", *refused), reply.text


@pytest.mark.parametrize("wants", ["хочу", "нужен", "ищу", "есть"])
def test_what_is_wanted_before_the_list_is_none_of_it(salon: Salon, wants: str) -> None:
    reply = salon.ask(f"{wants} CLA чёрный, белый и серый не рассматриваю")
    assert sorted(told(reply)) == ["CLA-чёрный"], reply.text


@pytest.mark.parametrize(("refused", "bores"), [*product([*permutations(COLOURS, 2)][::5], BORES)])
def test_what_bores_is_refused(salon: Salon, refused: tuple[str, str], bores: str) -> None:
    one, two = (PLURAL[colour] for colour in refused)
    for question in (
        f"CLA есть? {one.capitalize()} и {two} {bores}.",
        f"{one.capitalize()} и {two} {bores}. Какие CLA у вас есть?",
    ):
        reply = salon.ask(question)
        assert sorted(told(reply)) == of("CLA", *refused), reply.text


@pytest.mark.parametrize("aside", ["Одной цифрой, я за рулём", "Коротко, спешу", "Мне для отчёта"])
@pytest.mark.parametrize(
    "asked", ["Цена самой дешёвой машины у вас", "Сколько стоит самый дешёвый автомобиль"]
)
def test_the_cheapest_car_is_told_whatever_stands_beside(salon: Salon, asked: str, aside: str) -> None:
    reply = salon.ask(f"{asked}. {aside}")
    assert "4 300 000 ₽" in reply.text, reply.text


@pytest.mark.parametrize("name", ["Brabus", "Alpina", "Zenvo"])
@pytest.mark.parametrize("asks", ["не продаёте?", "у вас есть?", "вы продаёте?"])
def test_a_make_that_nobody_knows_is_said_not_to_be_there(salon: Salon, name: str, asks: str) -> None:
    reply = salon.ask(f"{name} {asks}")
    assert reply.reason == "not_in_stock", reply.text
    assert name in reply.text


@pytest.mark.parametrize("story", ["Штук десять надо в парк", "Надо в таксопарк", "Беру на фирму"])
@pytest.mark.parametrize("asked", ["Солярис или киа рио есть?", "Киа рио есть?", "Форд фокус имеется?"])
def test_a_foreign_car_is_said_not_to_be_there_beside_a_story(salon: Salon, asked: str, story: str) -> None:
    assert salon.ask(f"{asked} {story}").reason == "not_in_stock"


def test_genuine_ones_are_those_of_that_name(salon: Salon) -> None:
    assert "5" in salon.ask("Сколько у вас сейчас настоящих CLA?").text


def test_parts_are_sold_all_the_same(salon: Salon) -> None:
    assert salon.ask("Запчасти не продаёте?").reason != "not_in_stock"
