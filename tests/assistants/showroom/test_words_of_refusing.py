"""One list of words refuses a colour, a drive or all else; «не предложите …?» is a polite request."""

from __future__ import annotations

import pytest

from tests.assistants.showroom.conftest import Salon, car, told

STOCK = [
    car("C1", "GLC 300 4MATIC", "GLC-Class", "внедорожник", 2022, "бензин", "белый", 0, 6_900_000),
    car("C2", "GLC 220 d 4MATIC", "GLC-Class", "внедорожник", 2021, "дизель", "чёрный", 8_000, 5_100_000),
    car("E1", "E 200", "E-Class", "седан", 2023, "бензин", "серый", 0, 6_300_000),
]


@pytest.fixture
def stocked(salon: Salon) -> Salon:
    salon.stock(STOCK)
    return salon


@pytest.mark.parametrize(
    "refused",
    [
        "не возьму",
        "не возьмём",
        "не куплю",
        "не покупаю",
        "не подошли",
        "не годятся",
        "не заходят",
        "не приму",
    ],
)
def test_a_colour_is_refused(stocked: Salon, refused: str) -> None:
    assert told(stocked.talk(f"Белые {refused}, GLC какие есть?")) == ["C2"]
    assert told(stocked.talk(f"Кроме GLC ничего {refused}, чёрный есть?")) == ["C2"]
    assert sorted(told(stocked.talk(f"Без полного привода {refused}, GLC есть?"))) == ["C1", "C2"]


@pytest.mark.parametrize(
    "asked", ["Не предложите белый GLC?", "Белый GLC не предложите?", "Не назовёте цену на белый GLC?"]
)
def test_a_polite_request_refuses_nothing(stocked: Salon, asked: str) -> None:
    reply = stocked.talk(asked)
    assert told(reply) == ["C1"]
    assert "Не учтено" not in reply.text
