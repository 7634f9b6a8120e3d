"""«Мин. пробег» and «макс цена» ask for an end; «макс 5 млн» bounds."""

from __future__ import annotations

from itertools import product

import pytest

from assistants.showroom.language.clipped_ends import with_ends
from tests.assistants.showroom.conftest import Salon, car, told

ENDS = {"мин": "минимальн", "мин.": "минимальн", "макс": "максимальн", "Макс.": "максимальн"}
THINGS = {
    "пробег": "ый", "пробегом": "ый", "цена": "ая", "цену": "ая", "стоимость": "ая", "ценник": "ый",
    "возраст": "ый",
}  # fmt: skip


@pytest.mark.parametrize(("end", "thing"), [*product(ENDS, THINGS)])
def test_an_end_of_what_is_measured_is_written_out(end: str, thing: str) -> None:
    full = f"{ENDS[end]}{THINGS[thing]}"
    assert with_ends(f"{end} {thing} у ешки") == f"{full} {thing} у ешки"
    assert with_ends(f"ешка, {thing} {end}") == f"ешка, {full} {thing}"


@pytest.mark.parametrize(
    "text",
    [
        "макс 5 млн", "мин 2020 год", "15 мин езды", "цена макс 7 млн", "пробег макс. 30 тысяч", "мин вода",
        "какая максимальная цена GLE 5 млн или 6?", "максимальная цена GLE 450",
        "самая минимальная цена 5 млн есть?", "максимальная цена GLE 5 млн?",
        "максимальная цена из GLE за 5 млн", "максимальная цена среди тех, что до 5 млн",
    ],
)  # fmt: skip
def test_what_bounds_is_left_alone(text: str) -> None:
    assert with_ends(text) == text


@pytest.mark.parametrize("said", ["кол-во", "колво", "Кол-во"])
def test_a_count_is_written_out(said: str) -> None:
    assert with_ends(f"{said} дизелей") == "количество дизелей"


SUMS = ("5 млн", "5,5 миллионов", "5 000 000", "пять миллионов", "4 800 тыс. руб")


@pytest.mark.parametrize(
    ("end", "lead"), [("макс.", "до"), ("Макс", "до"), ("максимальная", "до"), ("мин.", "от")]
)
@pytest.mark.parametrize("between", ["", " на GLA", " GLE"])
@pytest.mark.parametrize("said", SUMS)
def test_an_end_with_a_sum_behind_is_written_as_the_bound(
    end: str, lead: str, between: str, said: str
) -> None:
    assert with_ends(f"{end} цена{between} {said}") == f"цена{between} {lead} {said}"
    assert with_ends(f"GLC, {end} цена{between}: {said}") == f"GLC, цена{between} {lead} {said}"


ROWS = [
    car("L1", "GLA 200", "GLA-Class", "внедорожник", 2021, "бензин", "белый", 40_000, 4_300_000),
    car("L2", "GLA 250", "GLA-Class", "внедорожник", 2023, "бензин", "синий", 9_000, 5_900_000),
    car("B1", "GLB 200", "GLB-Class", "внедорожник", 2023, "бензин", "белый", 0, 5_200_000),
]


@pytest.mark.parametrize(
    ("said", "vins"),
    [
        ("макс. цена GLA 5 млн", ["L1"]),
        ("макс. цена 5 млн, GLA", ["L1"]),
        ("GLA с максимальной ценой 5 млн", ["L1"]),
        ("максимальная стоимость — пять миллионов, GLA", ["L1"]),
        ("мин. цена на GLA 5 млн", ["L2"]),
        ("GLA, макс. пробег 20 тыс км", ["L2"]),
        ("максимальная цена GLA", ["L2"]),
        ("минимальная цена GLA", ["L1"]),
    ],
)
def test_such_a_bound_holds(salon: Salon, said: str, vins: list[str]) -> None:
    salon.stock(ROWS)
    reply = salon.ask(said)
    assert told(reply) == vins, reply.text
