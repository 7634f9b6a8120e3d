"""Questions that lean on the dialogue."""

from __future__ import annotations

import csv
from typing import Any

import pytest

from core.spec import ASSISTANTS_FOLDER
from tests.assistants.showroom.conftest import Salon, car, told
from tests.assistants.showroom.test_stock_questions import FIRST

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


UNSEEN = [
    (("GLE есть?", "чёрный", "а подешевле?"), None, ["Дешевле таких нет (GLE, цвет — чёрный)"]),
    (("C 180", "а C 200?", "а какой дешевле?", "а E-класс?"), "A03 A04", ["(E-класс)"]),
    (("C-класс есть?", "а второй?", "а 2022 года?"), "A00", []),
    (("C-класс есть?", "а второй?", "какой у него пробег?"), "A00", ["пробег — 12 км"]),
    (("C-класс есть?", "какой из них самый новый?"), "A02", ["Из показанных"]),
    (("C-класс есть?", "первый из них какого года?"), "A01", ["2021 года выпуска"]),
    (("C-класс есть?", "сравни их"), "A00 A01 A02", ["Дешевле всех: № 1", "Новее всех: № 3"]),
    (("C-класс есть?", "а второй?", "а он новый?"), "A00", ["пробег — 12 км"]),
    (("C-класс есть?", "а постарше?"), "A04 A11", ["Старше таких нет"]),
    (("самая дешёвая машина", "а подороже?"), "A11", []),
    (("самая дешёвая машина", "а подороже?", "а подороже?"), "A04", []),
    (("самая дешёвая машина", "а второй по цене?"), "A11", ["2-й по цене"]),
    (("самая дорогая машина", "а подешевле?"), "A10", []),
    (("C-класс есть?", "а не белые?"), "A00 A02", ["цвет — не белый"]),
    (("белый C-класс есть?", "а не белые?"), "A00 A02", []),
    (("C-класс не белый", "а белый?"), "A01", []),
    (("GLE есть?", "а на сколько GLC дешевле?"), "A06 A07", ["разница — 650 000 ₽"]),
    (("чёрный седан", "дешевле чем S 450 есть?"), None, ["Дешевле"]),
]


@pytest.mark.parametrize(("questions", "vins", "said"), UNSEEN, ids=[" → ".join(row[0]) for row in UNSEEN])
def test_on_an_unseen_stock(
    salon: Salon, questions: tuple[str, ...], vins: str | None, said: list[str]
) -> None:
    salon.stock(FIRST)
    reply = salon.talk(*questions)
    assert vins is None or told(reply) == vins.split(), reply.text
    assert all(piece in reply.text for piece in said), reply.text


@pytest.mark.parametrize("more", ["ещё", "покажи ещё", "дальше", "а остальные?", "а другие есть?"])
@pytest.mark.parametrize("question", ["что есть до 7 млн?", "что есть в наличии?", "не белые машины"])
def test_a_list_goes_on_without_repeating(salon: Salon, question: str, more: str) -> None:
    salon.stock(FIRST)
    salon.ask(question)
    wish = salon.memory["wish"]
    seen = list(salon.memory["shown"]) if wish else []
    while told(reply := salon.ask(more, fresh=False)) and salon.memory["wish"] == wish:
        page = told(reply)
        assert not set(page) & set(seen), reply.text
        seen += page
    wanted = [row["vin"] for row in FIRST if _fits(row, question)]
    assert sorted(seen) == wanted


def _fits(row: dict[str, Any], question: str) -> bool:
    if "7 млн" in question:
        return int(row["price_rub"]) <= 7_000_000
    return "белые" not in question or (
        "бел" not in row["color"].lower() and "white" not in row["color"].lower()
    )


def test_the_memory_of_an_earlier_version_still_loads(salon: Salon) -> None:
    salon.stock(FIRST)
    salon.memory = {"wish": {"classes": ["C-класс"], "colors": ["black"]}, "shown": ["A00"]}
    assert salon.ask("а второй?", fresh=False).reason != "clarify"
    salon.memory = {"wish": None, "shown": ["A00", "A01"]}
    assert told(salon.ask("а второй?", fresh=False)) == ["A01"]


@pytest.mark.parametrize("new", ["новых", "новеньких"])
def test_how_many_of_them_are_new_asks_for_no_newest(new: str) -> None:
    salon = Salon()
    rows = [
        car(f"N{year}", "GLB 200", "GLB-Class", "внедорожник", year, "бензин", "белый", 0, 5_000_000)
        for year in (2023, 2024)
    ]
    used = car("U", "GLB 200", "GLB-Class", "внедорожник", 2024, "бензин", "белый", 900, 4_000_000)
    salon.stock([*rows, used])
    assert told(salon.talk("какие GLB есть?", f"а {new} из них сколько?")) == ["N2023", "N2024"]


@pytest.mark.parametrize("follow", ["а на заднем?", "а с задним?", "ну а на заднем", "а если на заднем?"])
def test_a_drive_is_named_by_its_adjective(stocked: Salon, follow: str) -> None:
    reply = stocked.talk("E-класс с полным приводом есть?", follow)
    assert reply.facts
    assert all(fact.values["class_name"] == "E-Class" for fact in reply.facts)
    assert not any("4MATIC" in fact.values["model"] for fact in reply.facts)
    assert "Не учтено" not in reply.text


def test_a_line_among_those_shown_is_of_their_class(stocked: Salon) -> None:
    reply = stocked.talk("Какие гелики есть?", "а AMG из них есть?")
    rows = [row for row in _rows("available_product") if row["class_name"] == "G-Class"]
    amg = {row["vin"] for row in rows if row["model"].startswith("AMG")}
    assert amg
    assert {*told(reply)} == amg


@pytest.mark.parametrize("which", ["что дешевле", "который из них дешевле", "какой дешевле", "кто дороже"])
def test_two_that_are_compared_by_price_are_the_stocks(stocked: Salon, which: str) -> None:
    reply = stocked.ask(f"Сравниваю C 180 и E 200, {which}?")
    assert reply.stock_as_of is not None
    assert {fact.values["model"] for fact in reply.facts} == {"C 180", "E 200"}
