"""Drive, mileage, condition, years and colours in visitors' own words, held against the rows."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product

import pytest

from tests.assistants.showroom.conftest import Row, Salon, car

Holds = Callable[[Row], bool]

_MODELS = (
    ("CLA 200", "CLA", "седан"), ("CLA 250 4MATIC", "CLA", "универсал"),
    ("AMG CLA 45 S 4MATIC+", "CLA", "седан"), ("E 300", "E-Class", "купе"),
    ("E 450 4MATIC", "E-Class", "купе"), ("E 220 d 4MATIC", "E-Class", "универсал"),
    ("GLC 200 4MATIC", "GLC", "внедорожник"), ("AMG GLC 63 S 4MATIC+", "GLC", "внедорожник"),
)  # fmt: skip
_STATES = (
    (2019, "белый", 61_000, 3_900_000), (2021, "чёрный", 24_000, 5_100_000),
    (2022, "серебристый", 0, 7_200_000), (2024, "коричневый", 0, 9_400_000),
)  # fmt: skip
_ROWS = [
    car(f"W1K{number:014d}", model, group, body, year, "дизель" if " d " in model else "бензин", color, *rest)
    for number, ((model, group, body), (year, color, *rest)) in enumerate(product(_MODELS, _STATES), 1)
]


@pytest.fixture(scope="module")
def salon() -> Salon:
    salon = Salon()
    salon.stock(_ROWS)
    return salon


def _of(group: str, holds: Holds = lambda row: True) -> Holds:
    return lambda row: row["class_name"] == group and holds(row)


def _driven_by_all(row: Row) -> bool:
    return "4MATIC" in row["model"]


def _tells(salon: Salon, question: str, holds: Holds) -> None:
    """The answer counts and lists the cars of which `holds` is true, all of them and no other."""
    reply = salon.ask(question)
    wanted = {row["vin"] for row in _ROWS if holds(row)}
    told = {fact.id for fact in reply.facts if fact.kind == "stock"}
    counted = re.search(r"В наличии (\d+) ", reply.text)
    assert wanted, "a case without a car shows nothing"
    assert told, reply.text
    assert told <= wanted, reply.text
    assert (int(counted.group(1)) if counted else len(told)) == len(wanted), reply.text


@pytest.mark.parametrize("drive", ["4MATIC", "4matic", "4 matic", "4матик", "полным приводом 4MATIC"])
@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("{} с {} есть?", _of("CLA", _driven_by_all)),
        ("{} с {}", _of("GLC")),
        ("Подскажите {} с {}, почём?", _of("E-Class", _driven_by_all)),
        (
            "какие {} с {} до 6 млн",
            _of("CLA", lambda row: _driven_by_all(row) and row["price_rub"] <= 6_000_000),
        ),
    ],
)
def test_a_preposition_is_no_letter_of_a_name(question: str, holds: Holds, drive: str, salon: Salon) -> None:
    group = next(row["class_name"] for row in _ROWS if holds(row))
    _tells(salon, question.format(group, drive), holds)


@pytest.mark.parametrize("question", ["CLA 45 S 4MATIC", "CLA 45 с 4MATIC", "CLA 45 S с 4MATIC есть?"])
def test_the_letter_behind_a_number_is_one(question: str, salon: Salon) -> None:
    _tells(salon, question, lambda row: "CLA 45" in row["model"])


@pytest.mark.parametrize("nought", ["ноль", "нуль", "0", "0 км", "ноль километров"])
@pytest.mark.parametrize(
    "question",
    ["CLA, пробег {}", "Мне CLA с пробегом ровно {}", "ищу CLA, пробегом в {}", "CLA с пробегом {}, есть?"],
)
def test_a_mileage_of_nought_is_a_number(question: str, nought: str, salon: Salon) -> None:
    _tells(salon, question.format(nought), _of("CLA", lambda row: row["mileage_km"] == 0))


def test_a_mileage_above_nought_stays_one(salon: Salon) -> None:
    _tells(salon, "CLA с пробегом", _of("CLA", lambda row: row["mileage_km"] > 0))
    _tells(salon, "CLA, пробег не ноль", _of("CLA", lambda row: row["mileage_km"] > 0))
