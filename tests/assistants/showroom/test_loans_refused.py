"""«Кредит не беру» says nothing of the car that is wanted; what is asked about paying is asked."""

from __future__ import annotations

import pytest

from assistants.showroom.language.loans_refused import without_refused_loan
from tests.assistants.showroom.conftest import Salon, car, told

CARS = [
    car("L1", "CLA 200", "CLA-Class", "седан", 2023, "бензин", "белый", 0, 4_000_000),
    car("L2", "CLA 250", "CLA-Class", "седан", 2021, "бензин", "чёрный", 9_000, 3_900_000),
    car("C1", "GLC 300 4MATIC", "GLC-Class", "внедорожник", 2023, "бензин", "белый", 0, 8_000_000),
]


@pytest.fixture(scope="module")
def salon() -> Salon:
    salon = Salon()
    salon.stock(CARS)
    return salon


@pytest.mark.parametrize(
    "question",
    [
        "CLA не старше 2023 года до 4 400 000, кредит не беру", "CLA от 2023 года до 4,4 млн, без кредита",
        "Кредит не нужен. CLA не старше 2023 года до 4 400 000", "CLA 2023 года, беру за наличные",
        "белый CLA, в кредит не хочу", "Есть CLA 2023 года? Не в кредит",
        "CLA 2023 года, рассрочка не интересует",
        "CLA 2023 года до 5 млн, наличными",
    ],
)  # fmt: skip
def test_the_car_is_told(salon: Salon, question: str) -> None:
    reply = salon.ask(question)
    assert told(reply) == ["L1"]
    assert "Не учтено" not in reply.text


@pytest.mark.parametrize(
    "question",
    [
        "За наличные дешевле?", "Можно без кредита?", "Есть скидка за наличные?",
        "GLC в кредит на 5 лет сколько?",
        "Кредит не дают, что делать", "Без кредита выгоднее?",
    ],
)  # fmt: skip
def test_what_is_asked_about_paying_keeps_its_words(question: str) -> None:
    assert without_refused_loan(question) == question
