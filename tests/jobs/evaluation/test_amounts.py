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
        ("до 6ти млн", [(6_000_000, RUB)]),
        ("4-х миллионов рублей", [(4_000_000, RUB)]),
        ("от 6ти до 8ми млн", [(6, ""), (8_000_000, RUB)]),
        ("5 миллионов трёхсот тысяч", [(5_300_000, RUB)]),
        ("6 млн. пятисот тыс. руб.", [(6_500_000, RUB)]),
        ("двенадцати миллионов 500 тысяч", [(12_500_000, RUB)]),
        ("3 млн шестисот рублей", [(3_600_000, RUB)]),
        ("миллион двести", [(1_200_000, RUB)]),
        ("полтора миллиона двести тысяч", [(1_700_000, RUB)]),
        ("6 миллионов, двести тысяч", [(6_000_000, RUB), (200_000, RUB)]),
        ("до 6 миллионов 200 л. с.", [(6_000_000, RUB), (200, "")]),
        ("6 миллионов двести сил", [(6_000_000, RUB), (200, "")]),
        ("6 млн 90 тысяч км", [(6_000_000, RUB), (90_000, KM)]),
        ("6 млн девяносто пятого года", [(6_000_000, RUB), (90, "")]),
        ("4MATIC и x5ти", []),
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
