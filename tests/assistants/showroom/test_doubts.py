"""What nobody understood of a question weighs on the next ones only as far as they are told so."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import Any

import pytest

from core.dialogue import Reply
from jobs.generate_stock import draw_stock, read_catalogue
from tests.assistants.showroom.conftest import Salon

DENIALS = (
    "только чтобы не такой как у соседа", "лишь бы не как маршрутка", "не как у всех",
    "но без этих ваших фокусов", "не для понтов", "не с этой оптикой",
)  # fmt: skip
OPENINGS = ("Ищу {0}, {1}. Какие есть?", "нужен {0} {1} что есть", "{0} есть? {1}")
BODIES = ("седан", "внедорожник", "хэтчбек")
NEXT = (
    ("а до 6 млн?", lambda row: row["price_rub"] <= 6_000_000),
    ("а какие из них новые?", lambda row: row["mileage_km"] <= 100),
    ("чёрные есть?", lambda row: row["color"].startswith("чёрный")),
)


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    cars = draw_stock(read_catalogue(), seed=11, cars=160).cars
    return [json.loads(json.dumps(asdict(each), default=str)) for each in cars]


def _is_true(reply: Reply, truth: set[str]) -> bool:
    shown = {fact.id for fact in reply.facts if fact.kind == "stock"}
    if reply.reason == "not_in_stock" or "нет в наличии" in reply.text:
        return not truth
    counted = re.search(r"В наличии (\d+)", reply.text)
    return shown <= truth and (int(counted[1]) if counted else len(shown)) == len(truth)


@pytest.mark.parametrize("denial", DENIALS)
@pytest.mark.parametrize("body", BODIES)
def test_what_was_understood_of_a_first_question_stays_and_the_rest_is_owned_up_to(
    salon: Salon, rows: list[dict[str, Any]], body: str, denial: str
) -> None:
    salon.stock(rows)
    for opening in OPENINGS:
        for question, holds in NEXT:
            first = salon.ask(opening.format(body, denial))
            assert first.reason == "clarify"
            reply = salon.ask(question, fresh=False)
            truth = {row["vin"] for row in rows if row["body"] == body and holds(row)}
            assert _is_true(reply, truth), (opening.format(body, denial), question, reply.text)
            assert "Прежние условия не учтены: «" in reply.text
            assert "Прежние условия не учтены: «" in salon.ask("а дешевле 20 млн?", fresh=False).text


def test_the_thing_beside_a_denial_is_no_criterion_of_the_next_question(
    salon: Salon, rows: list[dict[str, Any]]
) -> None:
    salon.stock(rows)
    salon.ask("Нужен внедорожник, седан не предел мечтаний, что есть?")
    reply = salon.ask("а до 6 млн?", fresh=False)
    truth = {row["vin"] for row in rows if row["body"] == "внедорожник" and row["price_rub"] <= 6_000_000}
    assert reply.reason == "clarify" or _is_true(reply, truth), reply.text


def test_a_question_of_its_own_has_no_doubts(salon: Salon, rows: list[dict[str, Any]]) -> None:
    salon.stock(rows)
    salon.ask("Ищу седан, не как у всех. Какие есть?")
    assert "не как у" not in salon.ask("Сколько стоит самый дешёвый GLC?", fresh=False).text
    assert "не как у" not in salon.ask("а самый дорогой?", fresh=False).text


def test_a_denial_that_may_take_something_back_is_asked_about_before_anything_leans_on_it(
    salon: Salon, rows: list[dict[str, Any]]
) -> None:
    salon.stock(rows)
    reply = salon.talk("Какие GLC есть?", "только не самые дорогие", "а белые?")
    assert reply.reason == "clarify"


def test_a_word_that_points_at_nothing_leaves_the_criteria_beside_it(
    salon: Salon, rows: list[dict[str, Any]]
) -> None:
    salon.stock(rows)
    asked = salon.talk("Какие GLC есть?", "а тот чёрный дешевле?")
    assert asked.reason == "clarify"
    reply = salon.ask("а до 6 млн?", fresh=False)
    black = [row for row in rows if row["class_name"] == "GLC-Class" and row["color"].startswith("чёрный")]
    truth = {row["vin"] for row in black if row["price_rub"] <= 6_000_000}
    assert _is_true(reply, truth), reply.text
