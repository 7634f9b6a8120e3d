"""What is refused is not wanted: «новый мы не потянем» asks for used ones, «не, лучше белый» for another."""

from __future__ import annotations

import csv
from typing import Any

import pytest

from core.spec import ASSISTANTS_FOLDER
from tests.assistants.showroom.conftest import Salon

STOCKS = ASSISTANTS_FOLDER / "showroom" / "evals" / "stocks"
NEW_REFUSED = (
    "новый мы не потянем", "новую машину не осилим", "на новую денег нет", "новая отпадает",
    "новую не дадут купить", "новые дорогие", "новая слишком дорого", "новый нам не по карману",
)  # fmt: skip
USED_REFUSED = ("подержанную брать боюсь", "б/у мы не рассматриваем", "с пробегом брать страшно")
REFUSALS = ("не, ", "не-не, ", "неа, ", "не то, ", "не. ", "не, лучше ")


def _salon(salon: Salon) -> list[dict[str, Any]]:
    with (STOCKS / "w.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    salon.stock(rows)
    return rows


@pytest.mark.parametrize(("said", "class_name"), [("GLB", "GLB-Class"), ("E-класс", "E-Class")])
@pytest.mark.parametrize(
    ("refused", "new"), [*((each, False) for each in NEW_REFUSED), *((each, True) for each in USED_REFUSED)]
)
@pytest.mark.parametrize("asked", ["{refused}, есть {said}?", "{said} есть? {refused}"])
def test_what_is_refused_is_not_shown(
    salon: Salon, asked: str, refused: str, said: str, class_name: str, *, new: bool
) -> None:
    rows = _salon(salon)
    cars = [row for row in rows if row["class_name"] == class_name and (int(row["mileage_km"]) == 0) == new]
    text = salon.ask(asked.format(refused=refused, said=said)).text
    assert f"В наличии {len(cars)} " in text, text


@pytest.mark.parametrize("asked", ["GLB новые не дороже 5 млн", "новые дорогие машины какие есть?"])
def test_new_ones_with_a_denial_beside(salon: Salon, asked: str) -> None:
    _salon(salon)
    text = salon.ask(asked).text
    assert "новые)" in text, text


@pytest.mark.parametrize("refusal", REFUSALS)
@pytest.mark.parametrize(("before", "after", "kept"), [
    ("E-класс чёрный есть?", "белый", {"color": "белый"}),
    ("E-класс купе есть?", "седан", {"body": "седан"}),
])  # fmt: skip
def test_a_bare_refusal_denies_nothing_else(
    salon: Salon, refusal: str, before: str, after: str, kept: dict[str, str]
) -> None:
    rows = [row for row in _salon(salon) if row["class_name"] == "E-Class"]
    cars = [row for row in rows if all(value in row[name] for name, value in kept.items())]
    salon.ask(before)
    assert f"В наличии {len(cars)} " in salon.ask(refusal + after, fresh=False).text


@pytest.mark.parametrize("again", ["кроме них что?", "а кроме них?", "помимо этих какие есть?"])
@pytest.mark.parametrize("refused", ["не предлагайте", "не нужны", "мне не нравятся"])
def test_what_is_refused_twice_is_refused_of_the_same(salon: Salon, refused: str, again: str) -> None:
    rows = [row for row in _salon(salon) if row["class_name"] == "E-Class"]
    cars = [row for row in rows if "белый" not in row["color"]]
    salon.ask("E-класс есть?")
    assert f"В наличии {len(cars)} " in salon.ask(f"белые {refused}, {again}", fresh=False).text
