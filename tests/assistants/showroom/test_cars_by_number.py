"""A car asked for by its VIN, as it stands in an advertisement."""

from __future__ import annotations

import pytest

from tests.assistants.showroom.conftest import Salon, car, told

GLE, GLC, V = "W1N1671611F000012", "W1N2539841F004567", "W1V4478131F007788"
NOBODYS = "W1N1671611F000099"
STOCK = [
    car(GLE, "GLE 300 d 4MATIC", "GLE-Class", "внедорожник", 2022, "дизель", "чёрный", 40_800, 8_170_000),
    car("OTHER", "GLE 450 4MATIC", "GLE-Class", "внедорожник", 2023, "бензин", "белый", 0, 11_000_000),
    car(GLC, "GLC 300 4MATIC", "GLC-Class", "внедорожник", 2023, "бензин", "серый", 0, 8_430_000),
    car(V, "V 250 d", "V-Class", "минивэн", 2021, "дизель", "серый", 15_000, 7_900_000),
]  # fmt: skip


@pytest.fixture
def stocked(salon: Salon) -> Salon:
    salon.stock(STOCK)
    return salon


@pytest.mark.parametrize(
    ("question", "vins"),
    [
        (f"Машина с VIN {GLE} ещё продаётся?", [GLE]),
        (f"сколько стоит {GLE.lower()}", [GLE]),
        (GLE, [GLE]),
        ("вин W1N 167161 1F000012 есть?", [GLE]),
        (f"GLE с вин {GLE}, какая цена?", [GLE]),
        (f"чёрный {GLE} есть?", [GLE]),
        (f"белый {GLE} есть?", []),
        (f"Есть {NOBODYS}?", []),
        (f"GLE с VIN {NOBODYS} ещё есть?", []),
        (f"{GLE} или {GLC} есть?", [GLE, GLC]),
        (f"{GLE} и V 250 d есть?", [GLE, V]),
    ],
)
def test_the_car_of_that_number_and_no_other(stocked: Salon, question: str, vins: list[str]) -> None:
    assert told(stocked.ask(question)) == vins


def test_what_follows_leans_on_it(stocked: Salon) -> None:
    assert "40 800 км" in stocked.talk(f"Есть {GLE}?", "а пробег какой?").text
    assert told(stocked.talk(f"Есть {GLE}?", "а GLC есть?")) == [GLC]


def test_the_visitors_own_number_is_no_wish(stocked: Salon) -> None:
    reply = stocked.ask(f"Мой VIN {NOBODYS}, какие GLC есть?")
    assert reply.reason != "not_in_stock"
    assert NOBODYS not in reply.text
