"""A bound belongs to what it is said of: a mileage set apart from «с пробегом», a sum told anew, and «именно»
of what stands right behind it.
"""

from __future__ import annotations

from itertools import product

import pytest

from tests.assistants.showroom.conftest import Salon, car, told

NEW = 0
STOCK = [
    car("A1", "GLA 200", "GLA-Class", "внедорожник", 2022, "бензин", "белый", NEW, 4_900_000),
    car("A2", "GLA 200", "GLA-Class", "внедорожник", 2022, "бензин", "серый", 12_000, 4_100_000),
    car("A3", "GLA 250 4MATIC", "GLA-Class", "внедорожник", 2021, "бензин", "чёрный", 48_000, 3_700_000),
    car("A4", "GLA 250 4MATIC", "GLA-Class", "внедорожник", 2024, "бензин", "серый", NEW, 5_400_000),
    car("C1", "CLA 200", "CLA-Class", "седан", 2021, "бензин", "серебристый", 25_000, 3_900_000),
    car("C2", "CLA 250", "CLA-Class", "седан", 2024, "бензин", "чёрный", NEW, 5_900_000),
]
_APART = (" но", " а", " и", ",", ", но", ", причём", " только")
_BOUNDS = {
    "не больше 20 тысяч": ["A2"],
    "до тридцати тысяч км": ["A2", "C1"],
    "не более 50 000": ["A2", "A3", "C1"],
}


@pytest.fixture(scope="module")
def salon() -> Salon:
    salon = Salon()
    salon.stock(STOCK)
    return salon


@pytest.mark.parametrize(("apart", "bound"), [*product(_APART, _BOUNDS)])
def test_driven_and_a_bound_set_apart_are_two_criteria(salon: Salon, apart: str, bound: str) -> None:
    assert told(salon.ask(f"нужна машина с пробегом{apart} {bound}")) == _BOUNDS[bound]


@pytest.mark.parametrize("bound", _BOUNDS)
def test_a_bound_right_behind_the_mileage_may_be_of_a_new_car(salon: Salon, bound: str) -> None:
    assert {"A1", "A2"} <= {*told(salon.ask(f"нужна машина с пробегом {bound}"))}


_COLOURS = {"серый": ["A2", "A4"], "чёрный": ["A3", "C2"], "белый": ["A1"]}
_EXACTLY = ("именно", "ровно", "точно")


@pytest.mark.parametrize(("exactly", "colour"), [*product(_EXACTLY, _COLOURS)])
def test_a_word_of_the_colour_makes_no_sum_exact(salon: Salon, exactly: str, colour: str) -> None:
    for question in (
        f"{exactly} {colour}, до 6 млн",
        f"{colour}, {exactly} до 6 млн",
        f"{exactly} {colour} за 6 млн",
    ):
        assert told(salon.ask(question)) == _COLOURS[colour], question


@pytest.mark.parametrize("led", ["", "за ", "в "])
@pytest.mark.parametrize("exactly", _EXACTLY)
def test_an_exact_sum_is_exact(salon: Salon, exactly: str, led: str) -> None:
    assert told(salon.ask(f"GLA {exactly} {led}4 900 000 рублей есть?")) == ["A1"]


_MORE = ("добавим", "накинем", "доложим")
_ANEW = (
    "и посмотрим до 5,5 млн",
    "до пяти с половиной миллионов",
    "и возьмём за 5,5 млн",
    "и рассмотрим 5,5 млн",
)


@pytest.mark.parametrize(("more", "anew"), [*product(_MORE, _ANEW)])
@pytest.mark.parametrize("opening", ["а если мы", "может,"])
def test_a_limit_that_is_told_is_the_limit(salon: Salon, opening: str, more: str, anew: str) -> None:
    reply = salon.talk("GLA до 5 млн есть?", f"{opening} {more} {anew}?")
    assert told(reply) == ["A1", "A2", "A3", "A4"]
    assert "5 500 000" in reply.text
    assert "Не учтено" not in reply.text


@pytest.mark.parametrize(
    ("said", "limit", "vins"),
    [
        ("добавим ещё полмиллиона", "5 500 000", ["A1", "A2", "A3", "A4"]),
        ("а если накинуть 500 тысяч рублей?", "5 500 000", ["A1", "A2", "A3", "A4"]),
        ("добавлю до 400 тысяч", "5 400 000", ["A1", "A2", "A3", "A4"]),
        ("поднимем бюджет на миллион", "6 000 000", ["A1", "A2", "A3", "A4"]),
        ("добавим миллион и возьмём серую", "6 000 000", ["A2", "A4"]),
        ("сбросим миллион", "4 000 000", ["A3"]),
        ("урежем бюджет до 4 млн", "4 000 000", ["A3"]),
    ],
)
def test_a_sum_is_put_upon_the_limit(salon: Salon, said: str, limit: str, vins: list[str]) -> None:
    reply = salon.talk("GLA до 5 млн есть?", said)
    assert told(reply) == vins
    assert limit in reply.text
    assert "Не учтено" not in reply.text
