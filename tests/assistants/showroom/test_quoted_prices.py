"""«CLS за 5 220 000» is the car of that price; a round sum stays a bound, and what is called so is one."""

from __future__ import annotations

import pytest

from tests.assistants.showroom.conftest import Salon, car, told

STOCK = [
    car("A1", "CLS 350 d 4MATIC", "CLS-Class", "купе", 2018, "дизель", "красный", 67_400, 4_670_000),
    car("A2", "CLS 350 d 4MATIC", "CLS-Class", "купе", 2018, "дизель", "белый", 86_600, 5_220_000),
    car("A3", "CLS 350 d 4MATIC", "CLS-Class", "купе", 2019, "дизель", "серый", 56_900, 5_220_000),
    car("A4", "CLS 400 d 4MATIC", "CLS-Class", "купе", 2022, "дизель", "чёрный", 1_000, 6_000_000),
    car("G1", "GLC 300 4MATIC", "GLC", "внедорожник", 2023, "бензин", "белый", 0, 5_220_000),
]


@pytest.fixture
def stocked(salon: Salon) -> Salon:
    salon.stock(STOCK, [])
    return salon


@pytest.mark.parametrize("price", ["5 220 000", "5220000", "5,22 млн", "5 220 000 рублей", "5220 тысяч"])
@pytest.mark.parametrize(
    "question",
    ["CLS за {}", "есть CLS за {}?", "Это вы продаёте CLS за {}?", "CLS ценой {} есть?", "CLS по цене {}"],
)
def test_a_price_to_the_last_ten_thousand_is_quoted(stocked: Salon, question: str, price: str) -> None:
    assert told(stocked.ask(question.format(price))) == ["A2", "A3"]


@pytest.mark.parametrize(
    "question",
    [
        "машина за {} ещё продаётся?", "CLS за {} ещё не ушёл?", "CLS за {} ещё в продаже?",
        "объявление: CLS за {}, актуально?", "CLS за {} не продали ещё?",
    ],
)  # fmt: skip
@pytest.mark.parametrize("price", ["5 220 000", "6 000 000", "6 млн"])
def test_whether_it_is_still_there_is_asked_of_one_offer(stocked: Salon, question: str, price: str) -> None:
    asked = question.format(price)
    there = {"A4"} if price != "5 220 000" else {"A2", "A3"} | ({"G1"} if "машина" in asked else set())
    assert {*told(stocked.ask(asked))} == there


@pytest.mark.parametrize(
    ("question", "cars"),
    [
        ("CLS за 6 млн", ["A1", "A2", "A3", "A4"]),
        ("CLS до 5 220 000", ["A1", "A2", "A3"]),
        ("CLS не дороже 5 220 000", ["A1", "A2", "A3"]),
        ("CLS не дороже чем за 5 220 000", ["A1", "A2", "A3"]),
        ("CLS за 5 220 000 и дешевле", ["A1", "A2", "A3"]),
    ],
)
def test_a_bound_stays_one(stocked: Salon, question: str, cars: list[str]) -> None:
    assert told(stocked.ask(question)) == cars


@pytest.mark.parametrize("price", ["5 230 000", "4 680 000", "5,99 млн", "4690000 рублей"])
@pytest.mark.parametrize(
    "question",
    [
        "CLS за {}", "За {} что это за машина у вас?", "видел у вас чтото за {}, чё это было?",
        "Видела у вас объявление за {}, это какие машины за такую цену?", "Что у вас стоит {}?",
        "видел машину на сайте за {}, а ссылку потерял. Какие у вас за такую цену?",
        "что за машина у вас по цене {}?", "какая машина стоит {}?",
    ],
)  # fmt: skip
def test_where_no_car_has_the_quoted_price_the_nearest_is_told(
    stocked: Salon, question: str, price: str
) -> None:
    reply = stocked.ask(question.format(price))
    assert reply.reason == "not_in_stock", reply.text
    value = {"5 230 000": 5_220_000, "4 680 000": 4_670_000, "5,99 млн": 6_000_000}.get(price, 4_670_000)
    near = {
        row["vin"]
        for row in STOCK
        if row["price_rub"] == value and ("CLS" not in question or row["vin"] != "G1")
    }
    assert near & {fact.id for fact in reply.facts}, reply.text
    assert "Не учтено" not in reply.text


@pytest.mark.parametrize("question", ["Правда, что GLC 300 стоит 5 230 000?", "GLC 300 стоит 4 990 000?"])
def test_what_a_named_car_costs_is_never_taken_from_the_question(stocked: Salon, question: str) -> None:
    assert stocked.ask(question).reason == "clarify"
