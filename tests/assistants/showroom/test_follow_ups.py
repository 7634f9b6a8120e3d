"""Questions that lean on the dialogue."""

from __future__ import annotations

import csv
from typing import Any

import pytest

from core.spec import ASSISTANTS_FOLDER
from tests.assistants.showroom.conftest import Salon, told

SAMPLE = ASSISTANTS_FOLDER / "showroom" / "sample"


def _rows(name: str) -> list[dict[str, Any]]:
    with (SAMPLE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def stocked(salon: Salon) -> Salon:
    salon.stock(_rows("available_product"), _rows("trim_option"))
    return salon


def _values(salon: Salon, name: str, *questions: str) -> list[Any]:
    reply = salon.talk(*questions)
    rows = {row["vin"]: row for row in _rows("available_product")}
    return sorted({rows[vin][name] for vin in told(reply)})


def test_another_colour_of_the_same_car(stocked: Salon) -> None:
    assert _values(stocked, "color", "Есть ли чёрный C 180?", "а в белом?") == ["белый"]
    assert _values(stocked, "model", "Есть ли чёрный C 180?", "а в белом?") == ["C 180"]


def test_another_model_keeps_the_colour(stocked: Salon) -> None:
    assert _values(stocked, "class_name", "Есть ли чёрный C 180?", "а GLE?") == ["GLE-Class"]
    assert _values(stocked, "color", "Есть ли чёрный C 180?", "а GLE?") == ["чёрный"]


def test_cheaper_than_what_was_shown(stocked: Salon) -> None:
    reply = stocked.talk("Есть ли чёрный C 180?", "а дешевле?")
    assert all(fact.values["price_rub"] < 5_490_000 for fact in reply.facts)
    assert reply.facts


def test_the_second_of_those_shown_and_its_year(stocked: Salon) -> None:
    first = stocked.talk("Какие GLC есть?")
    second = stocked.ask("второй вариант", fresh=False)
    assert told(second) == [first.facts[1].id]
    year = stocked.ask("а какого он года?", fresh=False)
    assert str(first.facts[1].values["year"]) in year.text


def test_a_criterion_that_led_to_nothing_does_not_stay(stocked: Salon) -> None:
    assert _values(stocked, "fuel", "есть ешка?", "а в универсале?", "а дизель?") == ["дизель"]


def test_the_price_of_a_car_that_a_passage_told_of(stocked: Salon) -> None:
    assert _values(stocked, "class_name", "расскажите про GLC", "сколько он стоит?")[0].startswith("GLC")


def test_the_dearest_after_the_cheapest(stocked: Salon) -> None:
    reply = stocked.talk("самый дешёвый GLC", "а самый дорогой?")
    dearest = max(
        int(row["price_rub"]) for row in _rows("available_product") if row["class_name"].startswith("GLC")
    )
    assert reply.facts[0].values["price_rub"] == dearest


def test_a_service_question_between_does_not_lose_the_car(stocked: Salon) -> None:
    assert _values(stocked, "class_name", "GLE есть?", "Какой у вас график работы?", "а в белом?") == [
        "GLE-Class"
    ]


def test_what_nothing_was_said_of_is_asked_back(stocked: Salon) -> None:
    assert stocked.ask("сколько он стоит?").reason == "clarify"


def test_the_sixtieth_turn_works_as_the_first(stocked: Salon) -> None:
    for number in range(30):
        stocked.ask("Какие GLC есть?", fresh=number == 0)
        reply = stocked.ask("а чёрные?", fresh=False)
    assert {fact.values["color"] for fact in reply.facts} == {"чёрный"}
    assert len(str(stocked.memory)) < 1_000


def test_options_and_their_prices(stocked: Salon) -> None:
    reply = stocked.ask("сколько стоит панорамная крыша на C 180?")
    assert "185 000 ₽" in reply.text
    assert [fact.kind for fact in reply.facts] == ["option"]


@pytest.mark.parametrize(
    "memory", [{"wish": 5}, {"wish": {"price_to": "x"}}, {"shown": "abc"}, {"wish": {"zzz": 1}}]
)
def test_a_memory_that_cannot_be_read_counts_as_forgotten(stocked: Salon, memory: dict) -> None:
    stocked.memory = memory
    assert told(stocked.ask("Есть ли чёрный C 180?", fresh=False))
