"""What a car runs on, as it is called among friends; and what is behind «на» and in no dictionary is asked
about, and never left out beside a list.
"""

from __future__ import annotations

from itertools import product

import pytest

from tests.assistants.showroom.conftest import Salon, car, told

ROWS = [
    car("P1", "GLA 200", "GLA-Class", "внедорожник", 2021, "бензин", "белый", 40_000, 3_400_000),
    car("D1", "GLB 220 d", "GLB-Class", "внедорожник", 2022, "дизель", "синий", 20_000, 3_800_000),
    car("D2", "E 220 d", "E-Class", "седан", 2024, "дизель", "чёрный", 0, 7_600_000),
    car("L1", "EQB 250", "EQB", "внедорожник", 2023, "электро", "чёрный", 9_000, 3_900_000),
]
FUELS = {
    "на бензе": "бензин", "на бензине": "бензин", "на бензике": "бензин", "бензиновое": "бензин",
    "на соляре": "дизель", "на солярке": "дизель", "на дизеле": "дизель", "дизелюха": "дизель",
    "на дизелюхе": "дизель", "на электричестве": "электро", "на электротяге": "электро",
    "на батарейках": "электро",
}  # fmt: skip
_ASKED = ("есть че до 4 лямов {fuel}", "{fuel} до 4 млн что есть?", "внедорожник {fuel} не дороже 4 млн")


@pytest.fixture(scope="module")
def salon() -> Salon:
    salon = Salon()
    salon.stock(ROWS, [])
    return salon


@pytest.mark.parametrize(("asked", "fuel"), list(product(_ASKED, FUELS)))
def test_the_fuel_is_understood(salon: Salon, asked: str, fuel: str) -> None:
    expected = [row["vin"] for row in ROWS if row["fuel"] == FUELS[fuel] and row["price_rub"] <= 4_000_000]
    assert told(salon.ask(asked.format(fuel=fuel))) == expected


@pytest.mark.parametrize("unknown", ["на бензухе", "на кракозябле", "на фуфырлике"])
@pytest.mark.parametrize("asked", ["внедорожник до 4 млн {what}", "белый седан {what} есть?"])
def test_what_nobody_knows_behind_a_criterion_is_asked_about(salon: Salon, asked: str, unknown: str) -> None:
    reply = salon.ask(asked.format(what=unknown))
    assert told(reply) == [], reply.text
    assert reply.reason == "clarify", reply.text
