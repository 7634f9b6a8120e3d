"""Cars on one side of the first or the last of others, and the difference of two ends in price."""

from __future__ import annotations

import pytest

from tests.assistants.showroom.conftest import Salon, car, is_about_stock, told

CARS = [
    car("A1", "GLA 200", "GLA-Class", "внедорожник", 2021, "бензин", "белый", 20_000, 3_000_000),
    car("A2", "GLA 250 4MATIC", "GLA-Class", "внедорожник", 2023, "бензин", "чёрный", 0, 5_000_000),
    car("C1", "GLC 220 d 4MATIC", "GLC-Class", "внедорожник", 2020, "дизель", "белый", 60_000, 4_000_000),
    car("C2", "GLC 300 4MATIC", "GLC-Class", "внедорожник", 2022, "бензин", "серый", 0, 6_500_000),
    car("C3", "GLC 220 d 4MATIC", "GLC-Class", "внедорожник", 2024, "дизель", "белый", 0, 7_700_000),
]


@pytest.fixture(scope="module")
def salon() -> Salon:
    salon = Salon()
    salon.stock(CARS)
    return salon


@pytest.mark.parametrize(
    ("question", "vins"),
    [
        ("Сколько GLC стоят дороже самой дорогой GLA?", ["C2", "C3"]),
        ("Какие GLC дороже, чем самая дорогая GLA?", ["C2", "C3"]),
        ("Есть GLC дешевле самого дорогого GLA?", ["C1"]),
        ("Покажите GLC, которые дешевле самой дорогой GLA", ["C1"]),
        ("Есть ли GLA дешевле самого дешёвого GLC?", ["A1"]),
        ("Какие GLC новее самого нового GLA?", ["C3"]),
        ("Какие машины дороже самой дорогой GLA?", ["C2", "C3"]),
        ("Какие белые GLC дороже самой дорогой чёрной GLA?", ["C3"]),
        ("Какой самый дешёвый GLC дороже самой дорогой GLA?", ["C2"]),
    ],
)
def test_the_end_of_others_is_the_bound(salon: Salon, question: str, vins: list[str]) -> None:
    assert told(salon.ask(question)) == vins


def test_whose_a_criterion_behind_the_bound_is_is_asked(salon: Salon) -> None:
    assert salon.ask("Какие GLC дешевле самой дорогой GLA в белом цвете?").reason == "clarify"


@pytest.mark.parametrize(
    ("question", "gap"),
    [
        ("Сколько рублей составляет разница между самой дорогой и самой дешёвой GLA?", "2 000 000 ₽"),
        ("Насколько отличается по цене самая дешёвая новая GLC 220 d от самой дешёвой с пробегом?",
         "3 700 000 ₽"),
        ("На сколько рублей отличаются самая доступная GLA и самая доступная GLC?", "1 000 000 ₽"),
        ("Насколько отличаются самый дешёвый GLC и самый дешёвый GLA?", "1 000 000 ₽"),
        ("Насколько самая дорогая GLA и самая дорогая GLC различаются по цене?", "2 700 000 ₽"),
        ("На сколько денег различаются самый дешёвый GLA и самый дешёвый GLC?", "1 000 000 ₽"),
        ("Какую сумму составляет разница между самым дорогим и самым дешёвым GLC?", "3 700 000 ₽"),
        ("Насколько по цене отличаются самый дешёвый GLC и самый дорогой GLC?", "3 700 000 ₽"),
        ("самая дорогая GLA и самая дорогая GLC: сколько рублей разницы?", "2 700 000 ₽"),
        ("самый дешёвый GLC и самый дешёвый GLA: какая разница?", "1 000 000 ₽"),
        ("самые дешёвые GLC и GLA: какая разница?", "1 000 000 ₽"),
        ("самый дешёвый GLC и самый дешёвый GLA у вас в салоне, какая разница?", "1 000 000 ₽"),
        ("самый дешёвый GLC и самый дешёвый GLA, сколько между ними рублей?", "1 000 000 ₽"),
        ("сколько рублей между самым дешёвым GLC и самым дешёвым GLA?", "1 000 000 ₽"),
        ("самый дешёвый GLC или самый дешёвый GLA, сколько денег между ними?", "1 000 000 ₽"),
        ("какая разница по деньгам: самый дорогой GLC и самый дорогой GLA?", "2 700 000 ₽"),
        ("самый дешёвый белый GLC и самый дешёвый серый GLC, какая между ними разница?", "2 500 000 ₽"),
        ("самый новый GLC и самый новый GLA: сколько денег разницы?", "2 700 000 ₽"),
    ],
)  # fmt: skip
def test_the_difference_of_two_ends(salon: Salon, question: str, gap: str) -> None:
    reply = salon.ask(question)
    assert f"Разница в цене — {gap}" in reply.text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    "question",
    [
        "самый дешёвый GLC и самый дешёвый GLA, какая разница в пробеге?",
        "самый дешёвый GLC и самый дешёвый GLA: сколько лет разницы?",
        "покажи самый дешёвый GLC, цвет без разницы",
    ],
)
def test_no_difference_in_money(salon: Salon, question: str) -> None:
    text = salon.ask(question).text
    assert "Разница в цене" not in text
    assert "автомобиля" not in text


def test_of_which_of_two_newest_is_asked() -> None:
    salon = Salon()
    salon.stock(
        [*CARS, car("A3", "GLA 200", "GLA-Class", "внедорожник", 2023, "бензин", "белый", 0, 4_700_000)]
    )
    assert salon.ask("самый новый GLC и самый новый GLA: сколько рублей разницы?").reason == "clarify"


def test_the_difference_is_asked_again_of_others(salon: Salon) -> None:
    reply = salon.talk(
        "Какая разница в цене между самым дешёвым GLC и самым дешёвым GLA?",
        "А между самым дорогим GLC и самым дорогим GLA?",
    )
    assert "Разница в цене — 2 700 000 ₽" in reply.text.replace("\u00a0", " ")


@pytest.mark.parametrize("question", ["Насколько отличаются GLC и GLE?", "Чем отличается GLC от GLE?"])
def test_how_models_differ_is_for_the_articles(salon: Salon, question: str) -> None:
    assert not is_about_stock(salon.ask(question))


@pytest.mark.parametrize(
    "question",
    [
        "а BMW X5 до 10 млн есть?", "audi q7 до 8 млн", "bmw x3 до 8 млн", "есть ауди а6 до 7 млн?",
        "Toyota Camry 3.5 до 5 млн", "лада веста 1.6 до 2 млн есть?", "Mazda CX-5 до 9 млн есть?",
    ],
)  # fmt: skip
def test_the_number_of_another_make_bounds_nothing(salon: Salon, question: str) -> None:
    reply = salon.ask(question)
    assert reply.reason == "not_in_stock"
    assert "не дороже" in reply.text


def test_a_range_of_prices_stays_one(salon: Salon) -> None:
    assert "от 5 000 000 ₽ до 10 000 000 ₽" in salon.ask("BMW от 5 до 10 млн").text.replace("\u00a0", " ")
    assert told(salon.ask("GLC 5 до 7 млн")) == ["C2"]
