"""Questions as they are dictated: a sum with a year behind or before it, a year that is corrected, savings
that are all there is. Each is made of its pieces, and the expected cars come from the rows.
"""

from __future__ import annotations

from itertools import product

import pytest

from tests.assistants.showroom.conftest import Salon, car, told

ROWS = [
    car("B20", "B 180", "B-Class", "хэтчбек", 2020, "бензин", "белый", 71_000, 2_400_000),
    car("B22", "B 200", "B-Class", "хэтчбек", 2022, "бензин", "чёрный", 30_000, 3_900_000),
    car("S20", "S 350 d", "S-Class", "седан", 2020, "дизель", "чёрный", 88_000, 7_900_000),
    car("S22", "S 450", "S-Class", "седан", 2022, "бензин", "белый", 12_000, 13_600_000),
    car("S24", "S 500 4MATIC", "S-Class", "седан", 2024, "бензин", "синий", 0, 19_500_000),
]
SUMS = {
    "трёх миллионов": 3_000_000,
    "четырёх с половиной миллионов": 4_500_000,
    "четырнадцати миллионов рублей": 14_000_000,
    "восьми миллионов двухсот тысяч": 8_200_000,
    "20 миллионов": 20_000_000,
}
YEARS = {"двадцатого": 2020, "двадцать второго": 2022, "двадцать четвёртого": 2024}


@pytest.fixture(scope="module")
def salon() -> Salon:
    salon = Salon()
    salon.stock(ROWS, [])
    return salon


def _vins(highest: int = 10**9, year: int | None = None) -> list[str]:
    return sorted(row["vin"] for row in ROWS if row["price_rub"] <= highest and year in (None, row["year"]))


@pytest.mark.parametrize(
    "asked", ["что есть до {sum} {year} года", "{year} года до {sum} есть?", "машина до {sum} {year} года"]
)
@pytest.mark.parametrize(("said", "called"), list(product(SUMS, YEARS)))
def test_a_spoken_year_is_no_part_of_a_sum(salon: Salon, asked: str, said: str, called: str) -> None:
    reply = salon.ask(asked.format(sum=said, year=called))
    expected = _vins(SUMS[said], YEARS[called])
    if expected:
        assert told(reply) == expected, reply.text
    else:
        assert reply.reason == "not_in_stock", reply.text


@pytest.mark.parametrize("asked", ["сколько у вас машин {years} года", "есть что-нибудь {years} года?"])
@pytest.mark.parametrize("correction", ["нет", "ой нет", "нет лучше", ", нет, ", "вернее"])
@pytest.mark.parametrize(
    ("first", "second"), [("двадцатого", "двадцать второго"), ("двадцать первого", "двадцатого")]
)
def test_the_year_that_is_said_last_holds(
    salon: Salon, asked: str, correction: str, first: str, second: str
) -> None:
    reply = salon.ask(asked.format(years=f"{first} {correction} {second}"))
    assert told(reply) == _vins(year=YEARS[second]), reply.text


@pytest.mark.parametrize("question", ["2020 года есть? а нет, 2022 года?", "2022 года нет. 2020 есть?"])
def test_a_year_that_is_asked_for_apart_is_not_corrected(salon: Salon, question: str) -> None:
    shown = told(salon.ask(question))
    assert shown in (_vins(year=2020), _vins(year=2022), _vins(year=2020) + _vins(year=2022), []), shown


_HAVE = ("Скопили {sum}", "Накопил {sum}", "У нас {sum}", "Удалось отложить {sum}")
_NO_MORE = (
    "больше никак не наберём", "больше не потянем", "дороже уже не осилю", "больше мы не соберём",
    "больше пока не наскрёб", "больше нам не найти",
)  # fmt: skip


@pytest.mark.parametrize(("have", "no_more"), list(product(_HAVE, _NO_MORE)))
def test_what_is_saved_is_the_most(salon: Salon, have: str, no_more: str) -> None:
    asked = f"{have.format(sum='восемь миллионов рублей')}, {no_more}. Какие машины можно купить?"
    reply = salon.ask(asked)
    assert told(reply) == _vins(8_000_000), reply.text
