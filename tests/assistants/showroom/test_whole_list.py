"""Behind a narrowing a question may go back to the list that the dialogue began with."""

from __future__ import annotations

import csv
from typing import Any

import pytest

from core.spec import ASSISTANTS_FOLDER
from tests.assistants.showroom.conftest import Salon

SAMPLE = ASSISTANTS_FOLDER / "showroom" / "sample" / "available_product.csv"
with SAMPLE.open(encoding="utf-8", newline="") as _file:
    ROWS: list[dict[str, Any]] = list(csv.DictReader(_file))
COLOURS = {"чёрный": "А чёрные?", "белый": "Белые есть?"}


@pytest.fixture
def stocked(salon: Salon) -> Salon:
    salon.stock(ROWS)
    return salon


def _counted(text: str) -> int:
    if text.startswith("Да, есть"):
        return 1
    return int(text.split("В наличии ")[1].split(maxsplit=1)[0])


def _lists() -> list[tuple[str, str]]:
    """Classes with cars of a colour and others, of which more than one are driven."""
    found = []
    for name in ("GLC", "GLE", "C", "E", "S"):
        rows = [row for row in ROWS if row["class_name"] == f"{name}-Class"]
        for colour in COLOURS:
            narrow = [row for row in rows if row["color"].startswith(colour)]
            if 0 < len(narrow) < len(rows) and _driven(rows) > max(1, _driven(narrow)):
                found.append((name, colour))
    return found


def _driven(rows: list[dict[str, Any]]) -> int:
    return sum(int(row["mileage_km"]) > 0 for row in rows)


@pytest.mark.parametrize(("name", "colour"), _lists())
@pytest.mark.parametrize(
    "back",
    [
        "сколько из всего первого списка с пробегом?",
        "а из показанных сначала сколько с пробегом?",
        "вернёмся ко всему перечню: с пробегом там есть?",
        "а в изначальном списке какие с пробегом?",
        "с пробегом какие из всего перечисленного?",
        "из всех, что вы показали в начале, с пробегом какие?",
    ],
)
def test_the_first_list_is_asked_again(stocked: Salon, name: str, colour: str, back: str) -> None:
    rows = [row for row in ROWS if row["class_name"] == f"{name}-Class"]
    stocked.talk(f"Какие {name if len(name) > 1 else f'{name}-класс'} есть?", COLOURS[colour])
    assert _counted(stocked.ask(back, fresh=False).text) == _driven(rows)


def test_there_are_such_lists() -> None:
    assert len(_lists()) > 1


def test_the_list_itself(stocked: Salon) -> None:
    stocked.talk("Какие GLC есть?", "А чёрные?")
    text = stocked.ask("покажите снова весь список", fresh=False).text
    assert _counted(text) == sum(row["class_name"] == "GLC-Class" for row in ROWS)


def test_another_car_begins_another_list(stocked: Salon) -> None:
    stocked.talk("Какие GLC есть?", "А чёрные?", "Какие GLE есть?", "Белые?")
    text = stocked.ask("сколько из всего первого списка с пробегом?", fresh=False).text
    assert _counted(text) == _driven([row for row in ROWS if row["class_name"] == "GLE-Class"])


def test_among_them_are_those_told_last(stocked: Salon) -> None:
    text = stocked.talk("Какие GLC есть?", "А чёрные?", "сколько из них с пробегом?").text
    black = [row for row in ROWS if row["class_name"] == "GLC-Class" and row["color"].startswith("чёрный")]
    assert _driven(black) == (0 if "нет в наличии" in text else _counted(text))


def test_a_list_of_something_else_is_none_of_cars(stocked: Salon) -> None:
    stocked.talk("Какие GLC есть?", "А чёрные?")
    assert "GLC" not in stocked.ask("а полный список документов?", fresh=False).text
