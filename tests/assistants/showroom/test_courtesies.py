"""What a visitor says out of politeness is no subject, and the car spoken of has many names."""

from __future__ import annotations

import pytest

from tests.assistants.showroom.conftest import Salon, car, told

ROWS = [
    car("C1", "CLA 200", "CLA-Class", "седан", 2021, "бензин", "белый", 61_000, 3_200_000),
    car("C2", "CLA 250", "CLA-Class", "седан", 2023, "бензин", "чёрный", 8_000, 4_900_000),
    car("V1", "V 250 d", "V-Class", "минивэн", 2022, "дизель", "серый", 40_000, 8_800_000),
]
_COURTESIES = (
    "если не трудно", "если Вас не затруднит", "не сочтите за труд", "будьте любезны", "будьте добры",
    "если это не сложно",
)  # fmt: skip


@pytest.fixture(scope="module")
def salon() -> Salon:
    salon = Salon()
    salon.stock(ROWS, [])
    return salon


@pytest.mark.parametrize("courtesy", _COURTESIES)
@pytest.mark.parametrize(
    ("asked", "vin"),
    [
        ("Благодарю Вас. А какой из них с наименьшим пробегом, {courtesy}?", "C2"),
        ("А какой из них самый дешёвый, {courtesy}?", "C1"),
    ],
)
def test_a_courtesy_is_no_subject(salon: Salon, asked: str, vin: str, courtesy: str) -> None:
    reply = salon.talk("какие CLA есть?", asked.format(courtesy=courtesy))
    assert told(reply) == [vin], reply.text


@pytest.mark.parametrize(
    "asked",
    [
        "Очень хорошо. И сколько же за него просят?", "Цена этого экземпляра?", "Цена этой машинки?",
        "Какая цена у этого экземпляра?", "Сколько стоит этот аппарат?", "Сколько стоит эта тачка?",
    ],
)  # fmt: skip
def test_the_car_that_was_told_is_meant(salon: Salon, asked: str) -> None:
    reply = salon.talk("какие CLA есть?", "Какой из них с наименьшим пробегом?", asked)
    assert told(reply) == ["C2"], reply.text
    assert "4 900 000" in reply.text.replace("\u00a0", " "), reply.text


@pytest.mark.parametrize(("name", "vins"), [("вэшка", ["V1"]), ("гелик", [])])
def test_or_not_denies_nothing(salon: Salon, name: str, vins: list[str]) -> None:
    reply = salon.ask(f"{name} есть или не")
    assert reply.reason in (None, "not_in_stock"), reply.text
    assert told(reply) == vins, reply.text


@pytest.mark.parametrize(
    ("compared", "vin"),
    [
        ("новее по году", "C2"), ("старше по возрасту", "C1"), ("дешевле по цене", "C1"),
        ("новее по году выпуска", "C2"), ("дороже по стоимости", "C2"),
    ],
)  # fmt: skip
def test_by_what_they_are_compared_is_said_twice(salon: Salon, compared: str, vin: str) -> None:
    reply = salon.ask(f"Какой CLA у вас {compared}?")
    assert told(reply) == [vin], reply.text
