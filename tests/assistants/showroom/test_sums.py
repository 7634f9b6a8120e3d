"""What the first of one kind and the first of another come to together, and all of a kind."""

from __future__ import annotations

import pytest

from core.dialogue import Reply
from tests.assistants.showroom.conftest import Salon, car, told

CARS = [
    car("A1", "GLA 200", "GLA-Class", "внедорожник", 2021, "бензин", "белый", 10_000, 3_000_000),
    car("A2", "GLA 250", "GLA-Class", "внедорожник", 2023, "бензин", "чёрный", 0, 5_000_000),
    car("E1", "E 200", "E-Class", "седан", 2020, "бензин", "белый", 20_000, 4_500_000),
    car("E2", "E 220 d", "E-Class", "седан", 2023, "дизель", "белый", 0, 7_000_000),
    car("V1", "V 250 d", "V-Class", "минивэн", 2022, "дизель", "серый", 0, 9_000_000),
    car("V2", "V 300 d", "V-Class", "минивэн", 2023, "дизель", "чёрный", 0, 12_000_000),
]


@pytest.fixture
def stocked(salon: Salon) -> Salon:
    salon.stock(CARS)
    return salon


def _said(reply: Reply) -> str:
    return reply.text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("question", "total"),
    [
        ("Если взять сразу самый дешёвый GLA и самый дешёвый V-класс, на сколько это потянет вместе?", 12),
        ("Беру два: самый дешёвый GLA 200 и самый дешёвый V 300 d. Сколько за оба?", 15),
        ("Для семьи: самый недорогой GLA и самая недорогая ешка, какая сумма за обе?", 7.5),
        ("самый дешёвый GLA, самая дешёвая ешка и самый дешёвый V-класс — сколько за все три?", 16.5),
        ("сколько вместе стоят самый дешёвый GLA и самый дорогой V-класс?", 15),
        ("самый дешёвый GLA плюс самый дешёвый V-класс, сколько будет?", 12),
        ("во сколько обойдутся самый дешёвый чёрный GLA и самый дешёвый чёрный V-класс?", 17),
        ("жене самый дешёвый GLA, мне самый дешёвый E-класс. Какая общая сумма?", 7.5),
        ("сложите цену самого дешёвого GLA и самого дешёвого V-класса", 12),
        ("сумма цен самого дешёвого нового GLA и самого дешёвого GLA с пробегом", 8),
        ("сколько денег надо на самый дешёвый GLA и самую дешёвую ешку?", 7.5),
        ("возьму самый дорогой GLA и самый дешёвый V-класс. Итого сколько?", 14),
        ("самые дешёвые GLA и ешка: сколько за обе?", 7.5),
        ("GLA и ешка, самые дешёвые, сколько выйдет вместе?", 7.5),
        ("цена самого дешёвого GLA вместе с самым дорогим V-классом", 15),
        ("самый дешёвый седан и самый дешёвый минивэн, сколько за оба?", 13.5),
    ],
)  # fmt: skip
def test_each_by_its_own_end(stocked: Salon, question: str, total: float) -> None:
    assert f"Вместе — {round(total * 1_000_000):,} ₽".replace(",", " ") in _said(stocked.ask(question))


def test_of_what_is_not_there_no_sum_is_told(stocked: Salon) -> None:
    reply = stocked.ask("самый дешёвый GLA и самый дешёвый GLS, сколько за оба?")
    assert reply.reason == "not_in_stock"
    assert "Вместе" not in reply.text
    assert "GLS" in reply.text


@pytest.mark.parametrize(
    "question",
    [
        "на сколько самый дешёвый V-класс дороже самого дешёвого GLA?",
        "самый дешёвый GLA и самая дешёвая ешка, белые, сколько за обе?",
        "самый новый V-класс или самый новый GLA, что дешевле?",
        "разница самого дешёвого GLA и самой дешёвой ешки",
    ],
)  # fmt: skip
def test_what_is_no_sum_or_not_clear(stocked: Salon, question: str) -> None:
    assert "Вместе —" not in stocked.ask(question).text


def test_two_of_one_kind_are_the_first_two(stocked: Salon) -> None:
    reply = stocked.ask("хочу два самых дешёвых GLA, сколько за оба?")
    assert "8 000 000 ₽" in _said(reply)
    assert told(reply) == ["A1", "A2"]


def test_ends_of_two_kinds_are_each_of_its_own(stocked: Salon) -> None:
    assert told(stocked.ask("самый дорогой GLA и самый дешёвый V-класс")) == ["A2", "V1"]


@pytest.mark.parametrize(
    ("question", "total", "count"),
    [
        ("если скупить у вас все GLA разом, какая сумма получится?", 8, 2),
        ("хочу скупить все ваши GLA, какая сумма выйдет?", 8, 2),
        ("если выкупить весь ваш запас GLA, сколько денег понадобится?", 8, 2),
        ("сколько стоят все ваши V-классы вместе?", 21, 2),
        ("во сколько обойдутся все ешки вместе взятые?", 11.5, 2),
        ("сколько всего стоят все белые ешки?", 11.5, 2),
        ("общая стоимость всех белых GLA", 3, 1),
        ("сложите цены всех минивэнов", 21, 2),
        ("посчитай сумму всех GLA", 8, 2),
        ("суммарная цена всех дизелей", 28, 3),
        ("сколько денег нужно, чтобы купить все V-классы", 21, 2),
        ("если забрать все V-классы целиком, сколько?", 21, 2),
        ("сколько я отдам за все GLA?", 8, 2),
        ("какая сумма за все V-классы?", 21, 2),
        ("в какую сумму встанут все GLA и ешки разом?", 19.5, 4),
    ],
)  # fmt: skip
def test_all_of_a_kind(stocked: Salon, question: str, total: float, count: int) -> None:
    text = _said(stocked.ask(question))
    assert f"Вместе — {round(total * 1_000_000):,} ₽".replace(",", " ") in text
    assert f"посчитано по {count} автомобил" in text
    assert "Не учтено" not in text


@pytest.mark.parametrize(
    "question",
    [
        "общая стоимость всех белых V-классов",
        "сколько стоят все ваши GLS вместе?",
        "какая сумма за все розовые GLA?",
    ],
)  # fmt: skip
def test_of_a_kind_that_is_not_there_no_sum_is_told(stocked: Salon, question: str) -> None:
    reply = stocked.ask(question)
    assert reply.reason == "not_in_stock"
    assert "Вместе —" not in reply.text


@pytest.mark.parametrize(
    "question",
    [
        "покажи все GLA сразу",
        "сколько всего GLA?",
        "сколько стоят ваши GLA?",
        "хочу купить GLA, покажите все",
        "покажите все белые ешки и сколько они стоят",
        "хочу взять GLA, всё равно какой, сколько стоит?",
    ],
)
def test_a_list_of_all_is_no_sum(stocked: Salon, question: str) -> None:
    reply = stocked.ask(question)
    assert "Вместе —" not in reply.text
    assert told(reply)


@pytest.mark.parametrize(
    ("questions", "total"),
    [
        (("какие ешки есть?", "а если взять все разом, какая сумма?"), "11 500 000 ₽"),
        (("какие ешки есть?", "сколько стоят все вместе?"), "11 500 000 ₽"),
        (("сколько стоят все GLA вместе?", "а все V-классы вместе?"), "21 000 000 ₽"),
    ],
)
def test_all_that_were_spoken_of(stocked: Salon, questions: tuple[str, ...], total: str) -> None:
    assert f"Вместе — {total}" in _said(stocked.talk(*questions))
