"""Numbers in answers, as the judge reads them."""

from __future__ import annotations

import pytest

from jobs.evaluation.amounts import CARS, KM, MORE_CARS, PERCENT, RUB, YEAR, numbers, phones


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("цена 5 490 000 ₽", [(5_490_000, RUB)]),
        ("5\u00a0490\u202f000 рублей", [(5_490_000, RUB)]),
        ("5.490.000 руб.", [(5_490_000, RUB)]),
        ("пять миллионов четыреста девяносто тысяч рублей", [(5_490_000, RUB)]),
        ("десять с половиной миллионов", [(10_500_000, RUB)]),
        ("6 млн. 490 тыс. руб.", [(6_490_000, RUB)]),
        ("полтора миллиона", [(1_500_000, RUB)]),
        ("за 1 рубль", [(1, RUB)]),
        ("1. GLC 220 d 4MATIC", [(220, "")]),
        ("2023 год, пробег 18 400 км", [(2023, YEAR), (18_400, KM)]),
        ("12 новых автомобилей и ещё 7 машин", [(12, CARS), (7, MORE_CARS)]),
        ("двадцать пять процентов", [(25, PERCENT)]),
        ("VIN W1K2060411A001114", []),
        ("+7 (812) 555-01-23", []),
    ],
)
def test_numbers(text: str, found: list[tuple[float, str]]) -> None:
    assert [(number.value, number.unit) for number in numbers(text)] == found


def test_phones_whichever_way_they_are_written() -> None:
    assert phones("+7 (812) 555-01-23, 8 812 5550124") == {"8125550123", "8125550124"}


@pytest.mark.parametrize(
    ("text", "states"), [("5,49 млн", True), ("5,5 млн", True), ("5,4 млн", False), ("5 млн", False)]
)
def test_how_far_a_price_may_be_rounded(text: str, states: bool) -> None:
    (number,) = numbers(text)
    assert number.states(5_490_000) is states
