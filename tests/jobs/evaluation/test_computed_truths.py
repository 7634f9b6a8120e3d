"""A car's own price where the truth is worked out: no answer, and false where it is called the total."""

from __future__ import annotations

import pytest

from jobs.evaluation.judging import Judge, Outcome
from jobs.evaluation.published import Published
from jobs.evaluation.stocks import Stock
from jobs.evaluation.truth import Truths
from tests.jobs.evaluation.conftest import CARS, OPTIONS, STOCK, car, row, stock_answer

SUM = (
    "SELECT min(p.price_rub + o.price_rub) AS price_rub FROM available_product p "
    "JOIN trim_option o ON o.model = p.model WHERE p.model = 'C 180' AND o.option = 'Панорамная крыша'"
)
CHEAPEST = "SELECT min(price_rub) AS price_rub FROM available_product WHERE model = 'C 180'"
C_2 = "C 180: 2022 год, белый, седан, бензин, пробег 21 300 км — 4 690 000 ₽"
APART = f"Самый доступный: {C_2}\nОпции и цены:\nC 180: Панорамная крыша — 185 000 ₽"
OF_THAT_SUM = car("B1", "B 180", "B-Class", "хэтчбек", 2023, "бензин", "синий", 0, 4_875_000)


def outcome(published: Published, truth: str, text: str, stock: Stock = STOCK) -> Outcome:
    judge = Judge(published, {"sample": stock}, Truths([stock]))
    asked = row(truth=truth, question="Сколько самый дешёвый C 180 с панорамной крышей?")
    return judge.of(asked, stock_answer(text, "C2"), (asked.question,)).outcome


@pytest.mark.parametrize("stock", [STOCK, Stock("sample", (*CARS, OF_THAT_SUM), OPTIONS)])
def test_prices_told_apart_are_no_sum_whatever_another_car_costs(published: Published, stock: Stock) -> None:
    assert outcome(published, SUM, APART, stock) is Outcome.DODGED


@pytest.mark.parametrize("stock", [STOCK, Stock("sample", (*CARS, OF_THAT_SUM), OPTIONS)])
@pytest.mark.parametrize(
    "text",
    [
        "C 180 с панорамной крышей выйдет в 4 690 000 ₽.",
        "C 180 вместе с панорамной крышей — 4 690 000 ₽.",
        "C 180 с опцией «Панорамная крыша»: 4 690 000 ₽.",
        "Итого за C 180 с панорамной крышей: 4 690 000 ₽.",
    ],
)
def test_a_cars_own_price_is_no_total(published: Published, text: str, stock: Stock) -> None:
    assert outcome(published, SUM, text, stock) is Outcome.FALSE


def test_a_total_beside_its_parts_is_right(published: Published) -> None:
    text = "C 180 (4 690 000 ₽) с опцией «Панорамная крыша» (185 000 ₽): итого 4 875 000 ₽."
    assert outcome(published, SUM, text) is Outcome.RIGHT


def test_another_cars_price_is_no_lowest_one(published: Published) -> None:
    text = "Самый доступный: C 180: 2023 год, чёрный, седан, бензин, без пробега — 5 490 000 ₽"
    assert outcome(published, CHEAPEST, text) is Outcome.FALSE


APART_IN_PRICE = (
    "SELECT max(price_rub) - min(price_rub) AS price_rub FROM available_product WHERE model = 'C 180'"
)
OF_THAT_DIFFERENCE = car("B2", "B 180", "B-Class", "хэтчбек", 2019, "бензин", "синий", 90_000, 800_000)
OF_ANOTHER = car("B3", "B 200", "B-Class", "хэтчбек", 2019, "бензин", "серый", 90_000, 900_000)


@pytest.mark.parametrize("stock", [STOCK, Stock("sample", (*CARS, OF_THAT_DIFFERENCE, OF_ANOTHER), OPTIONS)])
def test_a_difference_is_told_whatever_another_car_costs(published: Published, stock: Stock) -> None:
    cars = "C 180 2022 года — 4 690 000 ₽, C 180 2023 года — 5 490 000 ₽."
    assert outcome(published, APART_IN_PRICE, f"Разница в цене — 800 000 ₽.\n{cars}", stock) is Outcome.RIGHT
    assert outcome(published, APART_IN_PRICE, f"Разница в цене — 900 000 ₽.\n{cars}", stock) is Outcome.FALSE
    assert outcome(published, APART_IN_PRICE, cars, stock) is Outcome.DODGED
