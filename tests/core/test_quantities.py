"""Numbers as people write them: digits, words, multipliers, ranges and units."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.quantities import quantities


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("до 5 млн", [5e6]),
        ("дешевле 4,5 миллионов", [4.5e6]),
        ("от 3 до 6 млн", [3e6, 6e6]),
        ("5-6 млн рублей", [5e6, 6e6]),
        ("пять миллионов", [5e6]),
        ("пять-шесть миллионов", [5e6, 6e6]),
        ("пять с половиной миллионов", [5.5e6]),
        ("полтора миллиона руб.", [1.5e6]),
        ("полмиллиона", [5e5]),
        ("6 490 000 ₽", [6_490_000]),
        ("6.490.000", [6_490_000]),
        ("6 млн 490 тысяч", [6_490_000]),
        ("шесть миллионов четыреста девяносто тысяч рублей", [6_490_000]),
        ("до 5 лямов", [5e6]),
        ("до полтинника тысяч", [5e4]),
        ("сотня тысяч", [1e5]),
        ("за пару миллионов", [2e6]),
        ("несколько миллионов", []),
        ("пятерка или семерка", []),
        ("300к", [300_000]),
        ("C 180 за 5,5млн", [180, 5.5e6]),
        ("E 200 6 млн", [200, 6e6]),
        ("две тысячи двадцать второго года", [2022]),
        ("до семи миллионов двадцать первого года", [7e6, 21]),
        ("до шести с половиной миллионов двадцатого года", [6.5e6, 20]),
        ("до миллиона двухсот тысяч две тысячи двадцатого года", [1.2e6, 2020]),
        ("до ста тысяч двадцать третьего года", [1e5, 23]),
        ("двести двадцать пять", [225]),
        ("с 9:00 до 21:00", [540, 1260]),
    ],
)
def test_values(text: str, values: list[float]) -> None:
    assert [number.value for number in quantities(text)] == values


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("15%", "percent"),
        ("15 000 км", "km"),
        ("2022 г.", "year"),
        ("5 млн рублей", "rub"),
        ("15.11.2026", "date"),
    ],
)
def test_units(text: str, unit: str) -> None:
    assert [number.unit for number in quantities(text)] == [unit]


@given(st.integers(min_value=1, max_value=99_999_999))
def test_grouped_digits_keep_their_value(number: int) -> None:
    assert [found.value for found in quantities(f"{number:,}".replace(",", " ") + " ₽")] == [number]


@given(st.text(max_size=200))
def test_any_text_is_read_without_an_error(text: str) -> None:
    quantities(text)


@pytest.mark.parametrize("text", ["2021го", "2021-го", "22 го", "22-ый", "2021-ого", "22-го года"])
def test_the_ending_of_an_ordinal_belongs_to_its_number(text: str) -> None:
    assert [(number.start, number.end) for number in quantities(text)] == [(0, len(text))]


@pytest.mark.parametrize("text", ["300е", "350м", "22 ого"])
def test_what_may_be_more_than_an_ending_is_none(text: str) -> None:
    assert [number.scaled or number.end < len(text) for number in quantities(text)] == [True]


@pytest.mark.parametrize("millions", ["9 миллионов", "9 млн", "9ти млн", "девяти миллионов", "9 лямов"])
@pytest.mark.parametrize(
    ("smaller", "value"),
    [
        ("восьмисот тысяч", 8e5),
        ("800 тысяч", 8e5),
        ("800 тыс. руб.", 8e5),
        ("восьмисот", 8e5),
        ("пятидесяти тысяч", 5e4),
        ("восьмисот рублей", 8e5),
    ],
)
def test_a_sum_is_one_however_its_parts_are_written(millions: str, smaller: str, value: float) -> None:
    assert [number.value for number in quantities(f"до {millions} {smaller}")] == [9e6 + value]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("до 6 миллионов 200 л. с.", [6e6, 200]),
        ("до 6 миллионов двести сил", [6e6, 200]),
        ("GLC 300 до 6 млн, 400 тысяч км", [300, 6e6, 4e5]),
        ("до 6 млн 90 тысяч км", [6e6, 9e4]),
        ("до 5 млн пять машин", [5e6, 5]),
        ("до 4 млн триста пятидесятый", [4e6, 350]),
        ("GLA до 4 млн двести д", [4e6, 200]),
        ("до миллиона двухсот", [1.2e6]),
        ("от 7 до 9 миллионов пятисот тысяч", [7e6, 9.5e6]),
    ],
)
def test_what_stands_behind_millions_and_is_no_part_of_them(text: str, values: list[float]) -> None:
    assert [number.value for number in quantities(text)] == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("девять сотен км", [900]),
        ("с девятью сотнями километров", [900]),
        ("три сотни тысяч", [3e5]),
        ("до 5 сотен тысяч рублей", [5e5]),
        ("пара сотен тысяч", [2e5]),
        ("полторы сотни тысяч", [1.5e5]),
        ("сотня тысяч", [1e5]),
        ("сотни машин", []),
        ("20 сотен", [20]),
    ],
)
def test_hundreds_are_counted(text: str, values: list[float]) -> None:
    assert [number.value for number in quantities(text)] == values
