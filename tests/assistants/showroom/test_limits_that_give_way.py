"""Limits that bind no more («пусть дороже, но …»), the first by year, and an opening «а» in Latin letters."""

from __future__ import annotations

import pytest

from tests.assistants.showroom.conftest import Salon, car, told

NEW = 0
STOCK = [
    car("A1", "A 180", "A-Class", "хэтчбек", 2022, "бензин", "белый", 30_000, 2_900_000),
    car("C1", "CLS 350 d 4MATIC", "CLS-Class", "купе", 2019, "дизель", "белый", 97_000, 5_420_000),
    car("C2", "CLS 450 4MATIC", "CLS-Class", "купе", 2021, "бензин", "чёрный", 8_000, 8_100_000),
    car("C3", "CLS 450 4MATIC", "CLS-Class", "купе", 2023, "бензин", "белый", NEW, 9_300_000),
    car("G1", "GLS 450 4MATIC", "GLS-Class", "внедорожник", 2022, "бензин", "чёрный", 20_000, 11_700_000),
    car("G2", "GLS 450 4MATIC", "GLS-Class", "внедорожник", 2024, "бензин", "белый", NEW, 15_900_000),
    car("E1", "AMG GLE 53 4MATIC+", "GLE-Class", "внедорожник", 2022, "бензин", "чёрный", NEW, 14_890_000),
    car("E2", "AMG E 53 4MATIC+", "E-Class", "седан", 2022, "бензин", "чёрный", NEW, 9_890_000),
]


@pytest.fixture
def stocked(salon: Salon) -> Salon:
    salon.stock(STOCK)
    return salon


@pytest.mark.parametrize(
    ("limited", "said", "cars"),
    [
        ("CLS до 6 млн", "пусть дороже, но с пробегом до 10 тысяч", ["C2", "C3"]),
        ("CLS до 6 млн", "можно и подороже, но белый", ["C1", "C3"]),
        ("CLS дешевле 6 млн есть?", "готовы чуть дороже, зато не старше 2023 года", ["C3"]),
        ("CLS не старше 2022", "можно постарше, но белый", ["C1", "C3"]),
        ("CLS до 6 млн", "пусть будет дороже, но новый", ["C3"]),
    ],
)
def test_a_limit_that_may_be_passed_binds_no_more(
    stocked: Salon, limited: str, said: str, cars: list[str]
) -> None:
    assert sorted(told(stocked.talk(limited, said))) == cars


def test_something_dearer_is_still_asked_for(stocked: Salon) -> None:
    assert told(stocked.talk("CLS до 6 млн", "а можно подороже?")) != told(stocked.talk("CLS"))


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("Какой год у самого старого CLS?", "C1"),
        ("Какой максимальный год выпуска среди CLS?", "C3"),
        ("Самый поздний год выпуска у ваших CLS какой?", "C3"),
        ("самый ранний год у CLS?", "C1"),
        ("минимальный год выпуска CLS", "C1"),
        ("CLS с максимальным годом выпуска", "C3"),
    ],
)
def test_the_first_by_year(stocked: Salon, asked: str, first: str) -> None:
    assert told(stocked.talk(asked)) == [first]


@pytest.mark.parametrize("younger", ["новее", "поновее", "моложе", "помоложе", "помладше", "посвежее"])
def test_a_little_newer_is_newer(stocked: Salon, younger: str) -> None:
    assert sorted(told(stocked.talk(f"CLS {younger} 2019 года"))) == ["C2", "C3"]
    assert sorted(told(stocked.talk("CLS 2019 года есть?", f"а {younger}?"))) == ["C2", "C3"]


def test_the_number_of_the_cars_spoken_of_is_of_those(stocked: Salon) -> None:
    assert told(stocked.talk("GLE 53 какие есть", "самый дешёвый из 53-х?")) == ["E1"]
    assert told(stocked.talk("самый дешёвый из 53-х?")) == ["E2"]


def test_what_is_not_there_is_compared_with_nothing(stocked: Salon) -> None:
    reply = stocked.talk("Есть GLS 580?", "А 450-й дешевле? Сколько?")
    assert sorted(told(reply)) == ["G1", "G2"]


@pytest.mark.parametrize("asked", ["a gls", "A GLS est?", "a gls est' v nalichii?"])
def test_an_opening_a_before_another_class_is_no_class(stocked: Salon, asked: str) -> None:
    assert sorted(told(stocked.talk("gle est v nalichii", asked))) == ["G1", "G2"]


@pytest.mark.parametrize("asked", ["a klass est?", "a 180", "A class", "A и GLS"])
def test_an_a_class_is_one(stocked: Salon, asked: str) -> None:
    assert "A1" in told(stocked.talk(asked))


@pytest.mark.parametrize(
    "asked",
    [
        "CLS 450 есть? А самый дешёвый CLS сколько стоит?",
        "CLS 450 и CLS 300 d за одну цену, правда? Сколько стоит самый дешёвый CLS?",
        "CLS 450 в наличии? Какой CLS самый дешёвый?",
    ],
)
def test_the_class_behind_its_designation_is_a_question_of_its_own(stocked: Salon, asked: str) -> None:
    assert "C1" in told(stocked.talk(asked))


def test_two_cars_told_in_turn_are_both_meant(stocked: Salon) -> None:
    asked = ("GLE 53 сколько стоит?", "А E 53?")
    assert told(stocked.talk(*asked, "Что из них дороже и почём?")) == ["E1"]
    assert told(stocked.talk(*asked, "кто из них дешевле?")) == ["E2"]
