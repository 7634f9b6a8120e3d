"""What is asked of the salon or of a model, though a car of the stock is named: a drive, a car given away,
what it burns. And a car that was never named is asked for.
"""

from __future__ import annotations

from itertools import product

import pytest

from tests.assistants.showroom.conftest import Salon, car, is_about_stock, told

STOCK = [
    car("L1", "GLC 300 4MATIC", "GLC", "внедорожник", 2022, "бензин", "белый", 0, 7_290_000),
    car("L2", "GLC 220 d 4MATIC", "GLC", "внедорожник", 2020, "дизель", "чёрный", 61_000, 4_900_000),
    car("E1", "E 220 d", "E-Class", "седан", 2022, "дизель", "серый", 12_000, 6_100_000),
    car("E2", "E 200", "E-Class", "седан", 2023, "бензин", "белый", 0, 6_900_000),
    car("G1", "G 350 d", "G-Class", "внедорожник", 2022, "дизель", "чёрный", 0, 15_900_000),
]
NAMED = {"GLC": ["L1", "L2"], "ешке": ["E1", "E2"], "гелике": ["G1"]}
TRIED = (
    "Хочу прокатиться на {} перед покупкой", "хочу проехаться на {}", "На {} хочу покататься сначала",
    "хотела бы порулить на {}",
)  # fmt: skip


@pytest.fixture(scope="module")
def salon() -> Salon:
    salon = Salon()
    salon.stock(STOCK)
    return salon


@pytest.mark.parametrize(("asked", "named"), list(product(TRIED, NAMED)))
def test_a_drive_is_the_salons(salon: Salon, asked: str, named: str) -> None:
    reply = salon.ask(asked.format(named))
    assert not is_about_stock(reply), reply.text
    assert "тест-драйв" in reply.text.lower()


@pytest.mark.parametrize(
    "said", ["Хочу GLC", "хочу посмотреть GLC", "хочу пересесть на GLC", "хочу купить GLC"]
)
def test_who_wants_a_car_is_told_the_cars(salon: Salon, said: str) -> None:
    assert told(salon.ask(said)) == NAMED["GLC"]


@pytest.mark.parametrize(
    "tail",
    ["", " и пересесть к вам", " и взять у вас новую", ", и купить другую", " и пересесть на мерседес"],
)
@pytest.mark.parametrize("own", ["Камри 2018, пробег 90", "Kia Rio 2017", "GLC 2019"])
def test_a_car_to_be_given_away_is_none_that_is_wanted(salon: Salon, own: str, tail: str) -> None:
    reply = salon.ask(f"У меня {own}, хочу её отдать{tail}")
    assert not is_about_stock(reply), reply.text
    assert reply.reason != "clarify"


@pytest.mark.parametrize("burns", ["жрёт", "кушает", "потребляет", "расходует"])
@pytest.mark.parametrize("named", ["дизельная ешка", "дизельная ешка 214", "дизельный GLC"])
def test_what_it_burns_is_no_count(salon: Salon, burns: str, named: str) -> None:
    assert not is_about_stock(salon.ask(f"Сколько {burns} {named}?"))


@pytest.mark.parametrize(
    ("question", "cars", "number"),
    [
        ("ешка 214 есть?", ["E1", "E2"], "214"),
        ("213 Е-класс дизель", ["E1"], "213"),
        ("214-я ешка белая", ["E2"], "214"),
        ("глц 253 чёрный", ["L2"], "253"),
    ],
)
def test_the_number_of_a_code_is_said_as_left_out(
    salon: Salon, question: str, cars: list[str], number: str
) -> None:
    reply = salon.ask(question)
    assert told(reply) == cars
    assert f"Не учтено: «{number}»" in reply.text


@pytest.mark.parametrize("question", ["ешка 300 есть?", "E 214 d есть?", "глц 214"])
def test_a_number_of_no_code_is_no_such_car(salon: Salon, question: str) -> None:
    assert told(salon.ask(question)) == []


@pytest.mark.parametrize(
    "question",
    ["Цена этой машины?", "сколько стоит эта машина?", "этот автомобиль почём?"],
)
def test_a_car_that_was_never_named_is_asked_for(salon: Salon, question: str) -> None:
    assert salon.ask(question).reason == "clarify"


def test_a_car_that_was_told_is_meant(salon: Salon) -> None:
    reply = salon.talk("самый дешёвый GLC", "Цена этой машины?")
    assert told(reply) == ["L2"]
    assert "4 900 000" in reply.text.replace("\u00a0", " ")
