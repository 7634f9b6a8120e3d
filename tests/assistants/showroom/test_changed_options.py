"""The options of a sum, changed by the next question: one in another's place, one less, one more, both."""

from __future__ import annotations

from typing import Any

import pytest

from core.dialogue import Reply
from tests.assistants.showroom.conftest import Salon, car

STOCK = [
    car("C1", "C 300 e", "C-Class", "седан", 2021, "гибрид", "серый", 20_000, 5_000_000),
    car("C2", "C 300 e", "C-Class", "седан", 2023, "гибрид", "чёрный", 0, 6_000_000),
    car("E1", "E 220 d", "E-Class", "седан", 2022, "дизель", "белый", 0, 8_000_000),
]
OPTIONS: list[dict[str, Any]] = [
    {"model": "C 300 e", "option": "Проекционный дисплей", "price_rub": 100_000},
    {"model": "C 300 e", "option": "Аудиосистема Burmester", "price_rub": 200_000},
    {"model": "C 300 e", "option": "Камера кругового обзора", "price_rub": 400_000},
    {"model": "E 220 d", "option": "Пневмоподвеска AIRMATIC", "price_rub": 300_000},
]
FIRST = "Сколько будет C 300 e с проекционным дисплеем?"


def _said(reply: Reply) -> str:
    return reply.text.replace("\u00a0", " ")


@pytest.fixture
def stocked(salon: Salon) -> Salon:
    salon.stock(STOCK, OPTIONS)
    return salon


@pytest.mark.parametrize(
    "swap",
    [
        "А если вместо проекции взять Burmester?", "а с Burmester вместо дисплея?", "не дисплей, а Burmester",
        "вместо проекционного дисплея Burmester", "дисплей не надо, а Burmester добавьте",
        "дисплей замените на Burmester", "замените дисплей на Burmester", "а вместо него Burmester сколько?",
        "дисплей уберите, добавьте Burmester", "лучше без дисплея, но с Burmester",
    ],
)  # fmt: skip
def test_one_in_anothers_place(stocked: Salon, swap: str) -> None:
    text = stocked.talk(FIRST, swap).text
    assert "С опциями (Аудиосистема Burmester — 200 000 ₽) — 5 200 000 ₽" in text, text
    assert "Проекционный" not in text


@pytest.mark.parametrize(
    "drop", ["а без дисплея?", "дисплей не надо", "проекцию уберите", "а если без проекции?"]
)
def test_one_less(stocked: Salon, drop: str) -> None:
    text = stocked.talk("Сколько будет C 300 e с проекционным дисплеем и Burmester?", drop).text
    assert "С опциями (Аудиосистема Burmester — 200 000 ₽) — 5 200 000 ₽" in text, text
    text = stocked.talk(FIRST, drop).text
    assert "5 000 000 ₽" in text
    assert "Проекционный" not in text


@pytest.mark.parametrize(
    "more", ["а если ещё и Burmester?", "и с Burmester", "плюс Burmester", "добавьте Burmester"]
)
def test_one_more(stocked: Salon, more: str) -> None:
    assert "5 300 000 ₽" in stocked.talk(FIRST, more).text


def test_what_stays_beside_a_swap(stocked: Salon) -> None:
    talk = (FIRST, "и ещё с Burmester", "а с камерой вместо дисплея?")
    assert "5 600 000 ₽" in stocked.talk(*talk).text
    assert "5 200 000 ₽" in stocked.talk(*talk, "а без камеры?").text


def test_the_swap_of_one_question(stocked: Salon) -> None:
    text = stocked.ask("C 300 e с Burmester вместо дисплея сколько стоит?").text
    assert "5 200 000 ₽" in text
    assert "Проекционный" not in text


@pytest.mark.parametrize("both", ["а вместе эти две опции?", "а обе вместе?", "обе сколько?", "а с обеими?"])
def test_both_with_the_car(stocked: Salon, both: str) -> None:
    assert "5 300 000 ₽" in stocked.talk(FIRST, "а с Burmester?", both).text


@pytest.mark.parametrize("both", ["а вместе эти две опции?", "обе опции вместе сколько?"])
def test_both_alone(stocked: Salon, both: str) -> None:
    reply = stocked.talk("Почём дисплей на C 300 e?", "а Burmester?", both)
    assert "Все вместе — 300 000 ₽" in reply.text


@pytest.mark.parametrize("both", ["а вместе эти две опции?", "обе опции вместе сколько?"])
@pytest.mark.parametrize(
    "first", [("Почём дисплей на C 300 e?", "а пневма?"), (FIRST, "а с пневмоподвеской?")]
)
def test_both_where_one_is_not_offered(stocked: Salon, first: tuple[str, str], both: str) -> None:
    reply = stocked.talk(*first, both)
    assert reply.reason == "not_in_stock", reply.text
    assert "Пневмоподвеска AIRMATIC" in reply.text
    assert "₽" not in reply.text


@pytest.mark.parametrize("least", ["какая минимальная цена выйдет", "сколько самый дешёвый", "самое дешёвое"])
def test_the_least_sum_of_a_car_stays_one_of_that_car(stocked: Salon, least: str) -> None:
    reply = stocked.talk("C 300 e есть?", f"А с дисплеем {least}?", "а если вместо дисплея взять Burmester?")
    assert "5 200 000 ₽" in reply.text, reply.text


@pytest.mark.parametrize(
    "question",
    ["а без него?", "а без дисплея?", "а совсем без опций?", "без всяких допов?", "а если без этого?"],
)
def test_without_any_it_is_the_price_alone(stocked: Salon, question: str) -> None:
    stocked.ask(FIRST)
    text = _said(stocked.ask(question, fresh=False))
    assert "5 000 000 ₽" in text
    assert "опциями" not in text


def test_without_it_is_without_the_last_one(stocked: Salon) -> None:
    stocked.ask(FIRST)
    stocked.ask("и ещё с Burmester?", fresh=False)
    assert "5 100 000 ₽" in _said(stocked.ask("а без него?", fresh=False))


@pytest.mark.parametrize(
    "question",
    ["на сколько это дороже, чем без него?", "и на сколько это дороже?", "какая разница с ценой без опций?"],
)
def test_what_the_options_add(stocked: Salon, question: str) -> None:
    stocked.ask(FIRST)
    assert "Разница — 100 000 ₽" in _said(stocked.ask(question, fresh=False))


@pytest.mark.parametrize(
    "question", ["а если дисплей и камера?", "а если взять дисплей и камеру кругового обзора?"]
)
def test_several_by_their_names_alone(stocked: Salon, question: str) -> None:
    stocked.ask(FIRST)
    assert "5 500 000 ₽" in _said(stocked.ask(question, fresh=False))


@pytest.mark.parametrize("question", ["а E-класс с ней же?", "E 220 d с ней сколько?", "а ешка с такой же?"])
def test_of_another_car_with_the_same(stocked: Salon, question: str) -> None:
    stocked.ask("сколько выйдет E 220 d с пневмой?")
    assert "8 300 000 ₽" in _said(stocked.ask(question, fresh=False))


def test_another_car_that_cannot_have_the_same(stocked: Salon) -> None:
    stocked.ask(FIRST)
    reply = stocked.ask("а E-класс с ним же?", fresh=False)
    assert reply.reason == "not_in_stock"
    assert "Проекционный дисплей" in reply.text


def test_one_of_them_by_a_word_that_alone_names_none(salon: Salon) -> None:
    axle = {"model": "C 300 e", "option": "Управляемая задняя ось", "price_rub": 150_000}
    salon.stock(STOCK, [*OPTIONS, axle])
    salon.ask("C 300 e с управляемой задней осью и Burmester какая цена?")
    assert "5 150 000 ₽" in _said(salon.ask("а только с осью?", fresh=False))


@pytest.mark.parametrize(
    ("question", "total"),
    [
        ("Сколько отдать за чёрный C 300 e с камерой и дисплеем?", "6 500 000 ₽"),
        ("Сколько минимум отдать за C 300 e с камерой?", "5 400 000 ₽"),
    ],
)
def test_what_is_to_be_given_for_it(stocked: Salon, question: str, total: str) -> None:
    assert total in _said(stocked.ask(question))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("а с ним же E 220 d?", "8 300 000 ₽"), ("а без него?", "5 000 000 ₽"),
        ("а с камерой?", "5 400 000 ₽"),
        ("а E-класс с этой же опцией?", "8 300 000 ₽"),
    ],
)  # fmt: skip
def test_behind_an_option_that_it_cannot_have(stocked: Salon, question: str, said: str) -> None:
    stocked.ask("C 300 e с пневмой сколько выйдет?")
    assert said in _said(stocked.ask(question, fresh=False))


def test_what_it_would_add_is_asked_back(stocked: Salon) -> None:
    stocked.ask("C 300 e с пневмой сколько выйдет?")
    assert stocked.ask("на сколько дороже с ней, чем без неё?", fresh=False).reason == "clarify"


def test_two_ends_with_an_option_are_no_sum_of_one_car(stocked: Salon) -> None:
    reply = stocked.ask("самый дешёвый C-класс и самый дешёвый E-класс с пневмой, сколько за оба?")
    assert "8 300 000 ₽" not in _said(reply)
