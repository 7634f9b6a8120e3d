"""«Самый дешёвый гелик», then «а без пробега?», «а чёрный?»: the end stays, unless the question has a subject
of its own; «какая из белых дешевле?» asks for one. What is told is worked out from the rows.
"""

from __future__ import annotations

from itertools import product

import pytest

from tests.assistants.showroom.conftest import Predicate, Row, Salon, car, told

NEW = 0
STOCK = [
    car("G1", "G 350 d", "G-Class", "внедорожник", 2022, "дизель", "серебристый", NEW, 15_960_000),
    car("G2", "G 350 d", "G-Class", "внедорожник", 2021, "дизель", "коричневый", 46_800, 14_960_000),
    car("G3", "G 350 d", "G-Class", "внедорожник", 2022, "дизель", "чёрный", NEW, 16_490_000),
    car("G4", "G 500", "G-Class", "внедорожник", 2023, "бензин", "чёрный", NEW, 24_800_000),
    car("G5", "G 500", "G-Class", "внедорожник", 2020, "бензин", "чёрный", 60_000, 15_200_000),
    car("G6", "G 500", "G-Class", "внедорожник", 2023, "бензин", "белый", NEW, 22_100_000),
    car("G7", "G 500", "G-Class", "внедорожник", 2019, "бензин", "белый", 80_300, 15_100_000),
    car("E1", "E 200", "E-Class", "седан", 2023, "бензин", "чёрный", NEW, 6_400_000),
    car("E2", "E 220 d", "E-Class", "седан", 2022, "дизель", "белый", 20_100, 5_400_000),
    car("E3", "E 220 d", "E-Class", "универсал", 2021, "дизель", "чёрный", 31_000, 4_900_000),
    car("E4", "E 300", "E-Class", "седан", 2020, "бензин", "белый", 45_500, 4_700_000),
    car("E5", "E 300", "E-Class", "универсал", 2023, "бензин", "белый", NEW, 7_900_000),
]
CLASSES = {"гелик": "G-Class", "е-класс": "E-Class"}
ENDS = {
    "самый дешёвый": lambda row: row["price_rub"], "самый дорогой": lambda row: -row["price_rub"],
}  # fmt: skip
# What is said of one car, and which cars it is said of.
OF_ONE: dict[str, Predicate] = {
    "а без пробега?": lambda row: row["mileage_km"] == 0,
    "а с пробегом?": lambda row: row["mileage_km"] > 0,
    "а чёрный?": lambda row: row["color"] == "чёрный",
    "а в белом цвете?": lambda row: row["color"] == "белый",
    "белый?": lambda row: row["color"] == "белый",
    "нет, чёрный": lambda row: row["color"] == "чёрный",
    "а если дизельный?": lambda row: row["fuel"] == "дизель",
    "только на бензине": lambda row: row["fuel"] == "бензин",
    "а не старше 2022 года?": lambda row: row["year"] >= 2022,
    "а пробег до 50 тысяч?": lambda row: row["mileage_km"] <= 50_000,
    "а белый почём?": lambda row: row["color"] == "белый",
}
OF_ALL: dict[str, Predicate] = {
    "а чёрные есть?": lambda row: row["color"] == "чёрный",
    "а белые?": lambda row: row["color"] == "белый",
    "а чёрный есть?": lambda row: row["color"] == "чёрный",
    "какие есть белые?": lambda row: row["color"] == "белый",
    "покажите дизельные": lambda row: row["fuel"] == "дизель",
    "а новые?": lambda row: row["mileage_km"] == 0,
}


@pytest.fixture
def stocked(salon: Salon) -> Salon:
    salon.stock(STOCK)
    return salon


def _first(rows: list[Row], end: str) -> list[str]:
    measure = ENDS[end]
    edge = min(map(measure, rows))
    return sorted(row["vin"] for row in rows if measure(row) == edge)


def _rows(class_name: str, *holds: Predicate) -> list[Row]:
    return [row for row in STOCK if row["class_name"] == class_name and all(each(row) for each in holds)]


@pytest.mark.parametrize(("end", "name", "said"), list(product(ENDS, CLASSES, OF_ONE)))
def test_the_end_stays_for_one_car(stocked: Salon, end: str, name: str, said: str) -> None:
    reply = stocked.talk(f"{end} {name}", said)
    assert told(reply) == _first(_rows(CLASSES[name], OF_ONE[said]), end)


@pytest.mark.parametrize(("end", "name", "said"), list(product(ENDS, CLASSES, OF_ALL)))
def test_all_are_told_where_all_are_asked_for(stocked: Salon, end: str, name: str, said: str) -> None:
    reply = stocked.talk(f"{end} {name}", said)
    assert told(reply) == sorted(row["vin"] for row in _rows(CLASSES[name], OF_ALL[said]))


def test_it_stays_through_several(stocked: Salon) -> None:
    assert told(stocked.talk("самый дешевый гелик", "а без пробега?", "а черный?")) == ["G3"]
    assert told(stocked.talk("самый дешевый гелик", "а чёрные есть?", "а белый?")) == ["G6", "G7"]


def test_what_it_is_an_end_of_replaces_it(stocked: Salon) -> None:
    assert told(stocked.talk("самый дешевый гелик", "а до 16 млн?")) == ["G1", "G2", "G5", "G7"]
    assert told(stocked.talk("самый новый гелик", "а до 16 млн?")) == ["G1"]


def test_it_holds_for_another_car_by_name(stocked: Salon) -> None:
    assert told(stocked.talk("какой гелик самый дешёвый?", "а е-класс?")) == ["E4"]
    assert told(stocked.talk("какой гелик самый дешёвый?", "а какие е-классы есть?")) == [
        f"E{place}" for place in range(1, 6)
    ]


def test_the_first_few_stay(stocked: Salon) -> None:
    assert told(stocked.talk("два самых дешёвых гелика", "а без пробега?")) == ["G1", "G3"]


def test_an_end_for_a_tie_is_no_condition(stocked: Salon) -> None:
    said = "чёрный гелик сколько стоит, самый дешевый если их несколько"
    assert told(stocked.ask(said)) == ["G5"]
    assert told(stocked.talk(said, "а белый?")) == ["G6", "G7"]


COMPARED = {
    "дешевле": lambda row: row["price_rub"], "дороже": lambda row: -row["price_rub"],
    "новее": lambda row: -row["year"], "старше": lambda row: row["year"],
    "с меньшим пробегом": lambda row: row["mileage_km"],
}  # fmt: skip
GROUPS: dict[str, Predicate] = {
    "белых": lambda row: row["color"] == "белый", "чёрных": lambda row: row["color"] == "чёрный",
    "дизельных": lambda row: row["fuel"] == "дизель",
}  # fmt: skip


@pytest.mark.parametrize(("compared", "group"), list(product(COMPARED, GROUPS)))
@pytest.mark.parametrize(
    "order", ["А какая из {} {}?", "который из {} {}?", "а из {} какой {}?", "какой {1} из {0}?"]
)
def test_one_of_a_kind(stocked: Salon, compared: str, group: str, order: str) -> None:
    reply = stocked.talk("какие есть е-классы до 8 млн?", order.format(group, compared))
    rows, measure = _rows("E-Class", GROUPS[group]), COMPARED[compared]
    assert told(reply) == sorted(row["vin"] for row in rows if measure(row) == min(map(measure, rows)))


@pytest.mark.parametrize("said", ["какие из белых дешевле 5 млн?", "какая из белых дешевле 5 млн?"])
def test_a_bound_is_no_end(stocked: Salon, said: str) -> None:
    assert told(stocked.talk("какие есть е-классы до 8 млн?", said)) == ["E4"]
    assert told(stocked.talk("какие есть е-классы до 8 млн?", said.replace("5 млн", "6 млн"))) == ["E2", "E4"]


@pytest.mark.parametrize(
    ("first", "question", "vins"),
    [
        ("Самый большой пробег среди геликов какой?", "а самый маленький, если новые не считать?", ["G2"]),
        ("у какого гелика самый большой пробег?", "а минимальный среди подержанных?", ["G2"]),
        ("какой самый маленький пробег у ешек с пробегом?", "а самый большой?", ["E4"]),
        ("какой самый маленький пробег у ешек с пробегом?", "а наибольший?", ["E4"]),
    ],
)  # fmt: skip
def test_the_other_end_of_the_mileage(salon: Salon, first: str, question: str, vins: list[str]) -> None:
    salon.ask(first)
    assert told(salon.ask(question, fresh=False)) == vins


@pytest.mark.parametrize(
    "question",
    [
        "Какова минимальная цена такого автомобиля?", "почём самый дешёвый из таких автомобилей?",
        "сколько стоит самая дешёвая такая машина?",
    ],
)  # fmt: skip
def test_such_a_car_is_the_one_spoken_of(salon: Salon, question: str) -> None:
    salon.ask("чёрные ешки есть?")
    assert told(salon.ask(question, fresh=False)) == ["E3"]


def test_of_such_a_car_that_is_not_there_no_price_is_told(salon: Salon) -> None:
    salon.ask("красные ешки есть?")
    assert salon.ask("Какова минимальная цена такого автомобиля?", fresh=False).reason == "not_in_stock"


def test_such_cars_are_those_spoken_of(salon: Salon) -> None:
    salon.ask("чёрные ешки есть?")
    assert told(salon.ask("от какой цены такие автомобили?", fresh=False)) == ["E1", "E3"]
