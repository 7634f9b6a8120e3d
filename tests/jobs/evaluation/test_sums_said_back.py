"""A visitor's sum said back as a bound is his own, however he wrote it; another sum comes from nowhere."""

from __future__ import annotations

import pytest

from jobs.evaluation.judging import Judge, Outcome
from jobs.evaluation.published import Published
from jobs.evaluation.truth import Truths
from tests.jobs.evaluation.conftest import STOCK, row, stock_answer

E_200 = "E 200: 2021 год, серый, седан, бензин, пробег 52 000 км — 5 190 000 ₽"


@pytest.mark.parametrize(
    ("asked", "bound"),
    [
        ("6ти млн", 6_000_000),
        ("6лямов", 6_000_000),
        ("6,1 млн", 6_100_000),
        ("6-ти миллионов", 6_000_000),
        ("6 миллионов трёхсот тысяч", 6_300_000),
        ("6ти млн 300 тысяч", 6_300_000),
        ("шести миллионов 300 тысяч рублей", 6_300_000),
        ("6 млн трёхсот", 6_300_000),
        ("шести миллионов трёхсот", 6_300_000),
        ("шести миллионов трёх сотен тысяч", 6_300_000),
        ("шести миллионов двух сотен тысяч рублей", 6_200_000),
    ],
)
def test_only_the_sum_that_was_said(published: Published, asked: str, bound: int) -> None:
    truth = f"SELECT vin FROM available_product WHERE model = 'E 200' AND price_rub <= {bound}"
    judge = Judge(published, {"sample": STOCK}, Truths([STOCK]))
    question = row(truth=truth, question=f"E 200 до {asked}")

    def outcome(said: int) -> Outcome:
        sum_said = f"{said:,}".replace(",", " ")
        text = f"Да, есть в наличии (E 200, не дороже {sum_said} ₽). {E_200}."
        return judge.of(question, stock_answer(text, "E1"), (question.question,)).outcome

    assert outcome(bound) is Outcome.RIGHT
    for wrong in (bound + 100_000, bound - 100_000, 300_000):
        assert outcome(wrong) is Outcome.FALSE


CARS = f"1. {E_200}"


@pytest.mark.parametrize(
    ("asked", "bound"),
    [
        (("E 200 до 6 млн", "накину ещё миллион"), 7_000_000),
        (("E 200 до 6 млн", "добавлю к бюджету ещё 3 миллиона"), 9_000_000),
        (("E 200 до 6 млн", "накину полмиллиона"), 6_500_000),
        (("E 200 до 6", "подниму бюджет на 500 тысяч"), 6_500_000),
        (("E 200 до 6 млн", "плюс миллион", "и ещё 200 тысяч накину"), 7_200_000),
        (("E 200 до 8 млн", "урежем на миллион"), 7_000_000),
        (("E 200 до 8 млн", "а если на 500 тысяч меньше?"), 7_500_000),
        (("E 200 до 6 млн, если что, добавлю 300 тысяч",), 6_300_000),
    ],
)
def test_a_limit_that_is_raised_or_lowered(published: Published, asked: tuple[str, ...], bound: int) -> None:
    judge = Judge(published, {"sample": STOCK}, Truths([STOCK]))
    question = row(truth="SELECT vin FROM available_product WHERE vin = 'E1'", question=asked[-1])

    def outcome(said: int) -> Outcome:
        sum_said = f"{said:,}".replace(",", " ")
        text = f"В наличии 1 автомобиль (E 200, не дороже {sum_said} ₽):\n{CARS}"
        return judge.of(question, stock_answer(text, "E1"), asked).outcome

    assert outcome(bound) is Outcome.RIGHT
    for wrong in (bound + 100_000, bound - 150_000):
        assert outcome(wrong) is Outcome.FALSE


@pytest.mark.parametrize(
    "asked",
    [
        ("E 200 до 6 млн", "а до миллиона дешевле?"),
        ("E 200 до 6 млн", "а миллион скидки?"),
        ("E 200", "накину миллион"),
    ],
)
def test_sums_that_are_not_put_together(published: Published, asked: tuple[str, ...]) -> None:
    judge = Judge(published, {"sample": STOCK}, Truths([STOCK]))
    question = row(truth="SELECT vin FROM available_product WHERE vin = 'E1'", question=asked[-1])
    text = f"В наличии 1 автомобиль (E 200, не дороже 7 000 000 ₽):\n{CARS}"
    assert judge.of(question, stock_answer(text, "E1"), asked).outcome is Outcome.FALSE


def test_a_raised_limit_is_no_price(published: Published) -> None:
    judge = Judge(published, {"sample": STOCK}, Truths([STOCK]))
    asked = ("E 200 до 6 млн", "накину ещё миллион")
    question = row(truth="SELECT vin FROM available_product WHERE vin = 'E1'", question=asked[-1])
    given = stock_answer("E 200 стоит 7 000 000 ₽.", "E1")
    assert judge.of(question, given, asked).outcome is Outcome.FALSE
