"""Words that point at what was said before: resolved by a rule, or asked back; never passed over."""

from __future__ import annotations

import pytest

from tests.assistants.showroom.conftest import Salon, car, told

NEW = 0
STOCK = [
    car("L1", "GLC 200 4MATIC", "GLC-Class", "внедорожник", 2021, "бензин", "чёрный", 30_000, 4_000_000),
    car("L2", "GLC 300 4MATIC", "GLC-Class", "внедорожник", 2023, "бензин", "чёрный", NEW, 7_000_000),
    car("L3", "GLC 300 4MATIC", "GLC-Class", "внедорожник", 2024, "бензин", "белый", NEW, 8_000_000),
    car("S1", "GLS 580 4MATIC", "GLS-Class", "внедорожник", 2023, "бензин", "белый", NEW, 19_000_000),
    car("S2", "AMG GLS 63 4MATIC+", "GLS-Class", "внедорожник", 2022, "бензин", "серый", NEW, 24_000_000),
    car("G1", "AMG G 63", "G-Class", "внедорожник", 2022, "бензин", "чёрный", 47_000, 25_000_000),
]


@pytest.fixture
def stocked(salon: Salon) -> Salon:
    salon.stock(STOCK, [])
    return salon


@pytest.mark.parametrize(
    ("said", "cars"),
    [
        (("GLC 200 и GLC 300 есть?", "второй в чёрном есть?", "а первый в чёрном?"), ["L1"]),
        (("GLC 200 и GLC 300 есть?", "второй в чёрном есть?"), ["L2"]),
        (("GLC и GLS есть?", "последний в белом есть?"), ["S1"]),
        (("белый GLS 580 есть?", "а такой же серый, но 63 AMG?"), ["S2"]),
        (("белый GLS 580 есть?", "а серый 63 есть новый?"), ["S2"]),
        (
            ("новые GLC покажите", "белые", "а если вернуться ко всем новым GLC — какой самый дешёвый?"),
            ["L2"],
        ),
        (("хочу GLC на бензине", "до 7,5 млн что есть"), ["L1", "L2"]),
        (("GLC до 7,5 млн", "сколько стоит неважно, но чтобы новый"), ["L2", "L3"]),
        (("GLC до 7,5 млн", "сколько будет стоить не важно, белый"), ["L3"]),
    ],
)
def test_what_is_pointed_at(stocked: Salon, said: tuple[str, ...], cars: list[str]) -> None:
    assert sorted(told(stocked.talk(*said))) == cars


def test_difference_of_two_told_in_turn(stocked: Salon) -> None:
    reply = stocked.talk(
        "Самый дешёвый новый GLC?", "А самый дешёвый новый GLS?", "Какая разница в цене между ними?"
    )
    assert "12 000 000 ₽" in reply.text


@pytest.mark.parametrize(
    "question",
    ["она в чёрном есть?", "такой же, но чёрный есть?", "оба белые?", "белые GLC с меньшим пробегом"],
)
def test_what_nobody_resolves_is_asked_back(stocked: Salon, question: str) -> None:
    assert stocked.ask(question).reason == "clarify"


def test_an_ordinal_of_nothing_named_is_asked_back(stocked: Salon) -> None:
    assert stocked.talk("GLC покажите", "второй в чёрном есть?").reason == "clarify"


@pytest.mark.parametrize(
    "question", ["Хочу дочке первую машину, есть GLC?", "второй автомобиль в семью, GLC"]
)
def test_an_ordinal_of_the_visitors_own(stocked: Salon, question: str) -> None:
    assert stocked.ask(question).reason != "clarify"
