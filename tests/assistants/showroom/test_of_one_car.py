"""What is asked of one car that was told is answered of it, and is no criterion afterwards."""

from __future__ import annotations

import csv
from typing import Any

import pytest

from core.spec import ASSISTANTS_FOLDER
from tests.assistants.showroom.conftest import Salon, told

SAMPLE = ASSISTANTS_FOLDER / "showroom" / "sample" / "available_product.csv"
with SAMPLE.open(encoding="utf-8", newline="") as _file:
    ROWS: list[dict[str, Any]] = list(csv.DictReader(_file))
CLASSES = ("GLC", "GLE", "CLS", "S-класс")


@pytest.fixture
def stocked(salon: Salon) -> Salon:
    salon.stock(ROWS)
    return salon


@pytest.mark.parametrize("name", CLASSES)
@pytest.mark.parametrize(
    ("predicate", "column"),
    [
        ("она дизельная?", "fuel"),
        ("а он белый?", "color"),
        ("это купе или седан?", "body"),
        ("свежий хоть по году?", "year"),
        ("он не старше 2020 года?", "year"),
        ("пробег-то не страшный?", "mileage_km"),
    ],
)
def test_the_dearest_is_what_a_predicate_is_said_of(
    stocked: Salon, name: str, predicate: str, column: str
) -> None:
    first = told(stocked.talk(f"Какой {name} дороже всех?"))
    reply = stocked.ask(predicate, fresh=False)
    assert told(reply) == first
    value = next(row[column] for row in ROWS if row["vin"] == first[0])
    assert (f"{int(value):,}".replace(",", " ") if column == "mileage_km" and value != "0" else value) in (
        reply.text.replace("пробега ещё не было", "0").replace("\u00a0", " ")
    )
    assert "нет в наличии" not in reply.text
    assert told(stocked.ask("а сколько он стоит?", fresh=False)) == first


@pytest.mark.parametrize("other", ["а есть белые?", "она есть в белом?", "он нужен белый", "а белые какие?"])
def test_what_asks_for_cars_is_no_predicate(stocked: Salon, other: str) -> None:
    first = told(stocked.talk("Какой GLC дороже всех?"))
    reply = stocked.ask(other, fresh=False)
    assert told(reply) != first or reply.reason == "clarify"
    assert "этого автомобиля" not in reply.text


def _of_a_colour() -> list[tuple[str, str, str]]:
    """Class, colour and fuel of the one car of that colour in its class, where the fuel is another one's."""
    found = []
    for name in ("GLC", "GLE", "E", "C", "S"):
        rows = [row for row in ROWS if row["class_name"] == f"{name}-Class"]
        for colour in ("чёрный", "белый", "серый"):
            same = [row for row in rows if row["color"].startswith(colour)]
            if len(same) == 1 and same[0]["fuel"] in ("бензин", "гибрид", "электро"):
                found.append((name if len(name) > 1 else f"{name}-класс", colour, same[0]["vin"]))
    return found


@pytest.mark.parametrize(("name", "colour", "vin"), _of_a_colour())
def test_a_colour_is_the_subject(stocked: Salon, name: str, colour: str, vin: str) -> None:
    stocked.talk(f"{name} какие есть?")
    reply = stocked.ask(f"{colour} у вас дизельный?", fresh=False)
    assert told(reply) == [vin]
    assert "нет в наличии" not in reply.text


def test_some_class_has_one_car_of_a_colour() -> None:
    assert _of_a_colour()


def test_a_colour_with_an_attribute_is_one_car_wanted(stocked: Salon) -> None:
    for name, colour, _ in _of_a_colour():
        stocked.talk(f"{name} какие есть?")
        assert stocked.ask(f"а {colour} дизельный?", fresh=False).reason == "not_in_stock"


def _of_one_colour() -> list[tuple[str, str, dict[str, Any]]]:
    """Class, colour and the one car of that colour in its class."""
    return [
        (name if len(name) > 1 else f"{name}-класс", colour, same[0])
        for name in ("GLC", "GLE", "E", "C", "S")
        for colour in ("чёрный", "белый", "серый", "синий", "красный")
        for rows in [[row for row in ROWS if row["class_name"] == f"{name}-Class"]]
        if len(same := [row for row in rows if row["color"].startswith(colour)]) == 1
    ]


@pytest.mark.parametrize(
    "asked",
    [
        "{0} который, {1}?",
        "{0} который {1}?",
        "который {0}, тот {1}?",
        "а тот {0} — он {1}?",
        "тот, что {0}, {1}?",
        "вон тот {0}, он {1}?",
        "вот этот {0} {1}?",
        "{0} — {1}?",
        "{0} разве {1}?",
    ],
)
@pytest.mark.parametrize("predicate", ["дизельный", "с дизелем", "2016 года", "с пробегом", "без пробега"])
def test_what_is_said_of_the_car_of_a_colour_denies_no_car(
    stocked: Salon, asked: str, predicate: str
) -> None:
    name, colour, row = _of_one_colour()[0]
    stocked.talk(f"{name} какие есть?")
    reply = stocked.ask(asked.format(colour, predicate), fresh=False)
    assert told(reply) == [row["vin"]]
    assert "нет в наличии" not in reply.text
    following = stocked.ask("а сколько таких?", fresh=False)
    assert "нет в наличии" not in following.text
    assert told(following) in ([], [row["vin"]])


@pytest.mark.parametrize(
    "asked",
    [
        "{0} дизельный есть?",
        "{0}, который дизельный?",
        "{0} 2016 года",
        "{0} с пробегом 1 км",
        "хочу тот, который {0}, 2016 года",
        "{0} — до 5 тысяч рублей",
        "из них {0} 2016 года?",
    ],
)
def test_a_colour_beside_a_value_is_one_car_wanted(stocked: Salon, asked: str) -> None:
    name, colour, row = next(each for each in _of_one_colour() if each[2]["fuel"] != "дизель")
    stocked.talk(f"{name} какие есть?")
    reply = stocked.ask(asked.format(colour), fresh=False)
    assert reply.reason == "not_in_stock", (reply.text, row)
