"""A number of a designation put in the place of another is of the same class, however it is said."""

from __future__ import annotations

import pytest

from tests.assistants.showroom.conftest import Salon, car, told

NEW = 0
STOCK = [
    car("A1", "A 200", "A-Class", "хэтчбек", 2022, "бензин", "белый", 30_000, 2_900_000),
    car("C1", "GLC 300 4MATIC", "GLC-Class", "внедорожник", 2022, "бензин", "белый", NEW, 6_900_000),
    car("C2", "GLC 200 4MATIC", "GLC-Class", "внедорожник", 2021, "бензин", "чёрный", 8_000, 5_100_000),
    car("C3", "GLC 200 4MATIC", "GLC-Class", "внедорожник", 2023, "бензин", "белый", NEW, 6_300_000),
    car("C4", "GLC 220 d 4MATIC", "GLC-Class", "внедорожник", 2023, "дизель", "белый", NEW, 6_500_000),
]


@pytest.fixture
def stocked(salon: Salon) -> Salon:
    salon.stock(STOCK)
    return salon


@pytest.mark.parametrize(
    "said",
    [
        "не 300, а 200", "не 300-й, а 200-й", "200, а не 300", "вместо 300 давайте 200", "200 вместо 300",
        "нет, лучше 200", "ой, 200", "извините, 200 имел в виду", "оговорилась, 200", "а если 200?",
        "давайте лучше 200-й", "хотя нет, 200",
    ],
)  # fmt: skip
def test_the_new_number_is_of_the_class_spoken_of(stocked: Salon, said: str) -> None:
    reply = stocked.talk("GLC 300 есть?", said)
    assert sorted(told(reply)) == ["C2", "C3"]
    assert "Не учтено" not in reply.text
    assert told(stocked.talk("GLC 300 есть?", said, "самый дешёвый какой?")) == ["C2"]


@pytest.mark.parametrize("said", ["не 300, а 220 d", "извините, 220 d имел в виду", "вместо 300 220d"])
def test_its_letter_goes_with_it(stocked: Salon, said: str) -> None:
    assert told(stocked.talk("GLC 300 есть?", said)) == ["C4"]


@pytest.mark.parametrize("said", ["самый дешёвый из двухсотых", "самый дешёвый из 200-х какой?"])
def test_those_of_the_number_are_those_spoken_of(stocked: Salon, said: str) -> None:
    assert told(stocked.talk("GLC 200 есть?", said)) == ["C2"]
    assert told(stocked.talk(said)) == ["A1"]
