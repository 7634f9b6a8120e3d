"""Everyday words of people who ask aloud: driven cars, sums and years without their unit, what leans on a
turn that was not understood.
"""

from __future__ import annotations

import pytest

from assistants.showroom.language.condition import condition_of
from assistants.showroom.language.driving import said_to_drive
from assistants.showroom.language.elliptic import completed
from assistants.showroom.language.intents import Ask, ask_of, relative_of
from assistants.showroom.language.spoken_sums import as_meant
from assistants.showroom.language.wish import Condition, Wish
from core.quantities import quantities
from core.russian import lemma, normalise, words


@pytest.mark.parametrize(
    ("said", "condition"),
    [
        ("те что уже катались", Condition.USED),
        ("машина которая ездила", Condition.USED),
        ("какие не бегали и которые не катались", Condition.NEW),
        ("она новая или каталась", None),
        ("я уже ездил на таком", None),
    ],
)
def test_a_car_that_has_driven_is_used(said: str, condition: Condition | None) -> None:
    spelling = normalise(said)
    forms = words(spelling)
    assert condition_of([lemma(form) for form in forms], forms, spelling) is condition


def test_whether_a_car_is_new_is_asked_of_its_mileage() -> None:
    assert ask_of(["она", "новый", "или", "кататься"], "она новая или каталась") == (Ask.DETAIL, "mileage")


def test_other_verbs_say_nothing_of_driving() -> None:
    assert said_to_drive("машина которая понравилась") == []


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("до пяти триста", [5_300_000]),
        ("девять двести не дороже", [9_200_000]),
        ("дороже десятки", [10_000_000]),
        ("дешевле семерки бмв", []),
        ("у соседа пятерка", []),
        ("19 и 20 год", [2019, 2020]),
        ("17, 18 или 21 год", [2017, 2018, 2021]),
    ],
)
def test_numbers_without_their_unit(said: str, values: list[int]) -> None:
    assert [round(number.value) for number in as_meant(said, quantities(said))] == values


def test_a_short_year_completes_years_that_were_spoken_of() -> None:
    years = Wish(year_from=2023, year_to=2023)
    assert completed("а 22 чёрный", years) == "а 2022 года чёрный"
    assert completed("а 22 млн", years) == "а 22 млн"
    assert completed("а 22 чёрный", Wish(colors=("black",))) == "а 22 чёрный"


@pytest.mark.parametrize(
    ("said", "relative"), [("а который моложе", "newer"), ("а какая младше", "newer"), ("а белая", None)]
)
def test_a_younger_one_is_a_newer_one(said: str, relative: str | None) -> None:
    assert relative_of(words(said), Wish()) == relative


def test_how_much_money_to_prepare_asks_the_price() -> None:
    assert ask_of(["на", "купе", "сколько", "деньги"], "на купе сколько денег готовить") == (
        Ask.PRICE,
        "price",
    )
