"""Comparisons and joined requests of which one side is not there: which, and what there is of the other."""

from __future__ import annotations

from itertools import permutations

import pytest

from tests.assistants.showroom.conftest import Row, Salon, car, told

CARS = [
    car("A1", "EQA 250", "EQA", "внедорожник", 2022, "электро", "белый", 0, 4_900_000),
    car("A2", "EQA 350 4MATIC", "EQA", "внедорожник", 2023, "электро", "чёрный", 9_000, 5_600_000),
    car("B1", "EQB 300 4MATIC", "EQB", "внедорожник", 2022, "электро", "синий", 0, 5_200_000),
    car("C1", "GLC 220 d 4MATIC", "GLC-Class", "внедорожник", 2022, "дизель", "красный", 0, 6_790_000),
    car("C2", "GLC 300 4MATIC", "GLC-Class", "внедорожник", 2021, "бензин", "белый", 30_000, 6_100_000),
    car("D1", "GLB 200", "GLB-Class", "внедорожник", 2022, "бензин", "белый", 0, 4_090_000),
    car("D2", "GLB 220 d 4MATIC", "GLB-Class", "внедорожник", 2023, "дизель", "красный", 0, 5_400_000),
    car("E1", "GLS 450 4MATIC", "GLS-Class", "внедорожник", 2024, "бензин", "чёрный", 0, 16_000_000),
    car("E2", "GLS 450 d 4MATIC", "GLS-Class", "внедорожник", 2023, "дизель", "синий", 0, 15_050_000),
    car("E3", "GLS 400 d 4MATIC", "GLS-Class", "внедорожник", 2022, "дизель", "серый", 9_000, 13_450_000),
    car("X1", "X 250 d 4MATIC", "X-Class", "пикап", 2020, "дизель", "белый", 24_300, 4_890_000),
]
NAMES = {"EQA": "A", "EQB": "B", "GLC": "C", "GLB": "D", "GLS": "E"}


def _without(letters: str) -> list[Row]:
    return [row for row in CARS if row["vin"][0] not in letters]


@pytest.fixture(scope="module")
def salon() -> Salon:
    return Salon()


PAIRS = list(permutations(NAMES, 2))


@pytest.mark.parametrize(("one", "other"), PAIRS)
@pytest.mark.parametrize(
    "question",
    ["что дешевле, {} или {}? сколько от?", "Что дешевле: самая дешёвая {} или самая дешёвая {}? Покажите её",
     "На сколько самый дешёвый {} дороже самого дешёвого {}?", "{} или {}, что дешевле?"],
)  # fmt: skip
def test_the_cheapest_of_the_side_that_is_there(salon: Salon, question: str, one: str, other: str) -> None:
    salon.stock(_without(NAMES[other]))
    reply = salon.ask(question.format(one, other))
    cheapest = min(
        (row for row in CARS if row["vin"][0] == NAMES[one]), key=lambda row: int(row["price_rub"])
    )
    assert reply.reason is None, reply.text
    assert f"{cheapest['price_rub']:,}".replace(",", " ") in reply.text
    assert cheapest["vin"] in told(reply)
    assert f"Сейчас нет в наличии: {other}" in reply.text


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_neither_side_is_there(salon: Salon, one: str, other: str) -> None:
    salon.stock(_without(NAMES[one] + NAMES[other]))
    reply = salon.ask(f"На сколько самый дешёвый {one} дороже самого дешёвого {other}?")
    assert reply.reason == "not_in_stock"
    assert one in reply.text
    assert other in reply.text


def test_a_year_that_is_not_there(salon: Salon) -> None:
    salon.stock(CARS)
    reply = salon.ask("На сколько GLS 450 2024 года дороже, чем GLS 450 2022-го?")
    assert told(reply) == ["E1"]
    assert "Сейчас нет в наличии: GLS 450, 2022 год" in reply.text


def test_one_car_has_no_difference(salon: Salon) -> None:
    salon.stock(CARS)
    reply = salon.ask("Какая разница в цене между самым дорогим и самым дешёвым пикапом?")
    assert reply.reason == "not_in_stock"
    assert "в наличии один" in reply.text
    assert "Разница" not in reply.text


@pytest.mark.parametrize(
    "question", ["глс 450 бензин или 450d, что дешевле?", "GLS 450 бензин или GLS 450 d есть?"]
)
@pytest.mark.parametrize("gone", ["", "E1", "E2"])
def test_the_fuel_is_of_the_side_that_is_said_to_have_it(salon: Salon, question: str, gone: str) -> None:
    salon.stock([row for row in CARS if row["vin"] != gone])
    assert told(salon.ask(question)) == [vin for vin in ("E1", "E2") if vin != gone]


@pytest.mark.parametrize(
    "question",
    ["Есть новый красный GLC? И заодно белый новый GLB", "Красный новый GLC и заодно белый новый GLB есть?",
     "новый красный GLC и ещё белый новый GLB", "Есть красный новый GLC? И ещё новый белый GLB?"],
)  # fmt: skip
@pytest.mark.parametrize(("gone", "cars"), [("", ["C1", "D1"]), ("C", ["D1"]), ("D", ["C1"])])
def test_two_requests_keep_their_colours(salon: Salon, question: str, gone: str, cars: list[str]) -> None:
    salon.stock(_without(gone))
    reply = salon.ask(question)
    assert reply.reason is None
    assert {*cars} <= {fact.id for fact in reply.facts if fact.kind == "stock"}
    assert "или белый" not in reply.text
    assert not gone or "нет в наличии" in reply.text


@pytest.mark.parametrize("gone", ["", "E2", "E3", "E2 E3"])
def test_two_cars_each_with_its_colour(salon: Salon, gone: str) -> None:
    salon.stock([row for row in CARS if row["vin"] not in gone.split()])
    reply = salon.ask("серый глс 400д или синий глс 450д — что из этого есть")
    assert told(reply) == [vin for vin in ("E2", "E3") if vin not in gone.split()], reply.text
    assert not gone or "нет в наличии" in reply.text


@pytest.mark.parametrize(
    "question",
    ["если нет дизельного GLC то какие дизельные GLB есть?",
     "Если дизельного GLC нет, то дизельный GLB есть?",
     "если у вас нет дизельных GLC, тогда какие дизельные GLB есть?"],
)  # fmt: skip
@pytest.mark.parametrize(("gone", "cars"), [("", ["C1"]), ("C", ["D2"]), ("CD", [])])
def test_the_second_is_asked_for_where_the_first_is_not_there(
    salon: Salon, question: str, gone: str, cars: list[str]
) -> None:
    salon.stock(_without(gone))
    reply = salon.ask(question)
    assert told(reply) == cars, reply.text
    assert not gone or "нет в наличии (GLC, топливо — дизель)" in reply.text


@pytest.mark.parametrize(
    ("first", "second"), [*permutations(["белый", "чёрный", "синий", "серый", "красный"], 2)]
)
def test_both_questions_on_a_colour_are_answered(salon: Salon, first: str, second: str) -> None:
    salon.stock(CARS)
    genitive = second[:-2] + ("его" if second.endswith("ий") else "ого")
    reply = salon.ask(f"Подскажите, GLS у вас {first}? А {genitive} нету?")
    there = {row["color"] for row in CARS if row["vin"][0] == "E"} & {first, second}
    assert (reply.reason is None) == bool(there), reply.text
    for color in (first, second):
        assert f"GLS, цвет — {color}" in reply.text
