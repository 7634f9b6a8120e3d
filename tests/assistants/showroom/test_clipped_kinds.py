"""Bodies and fuels as friends clip them are those; a word of everyday life is none, and «не» may be written
together with any name.
"""

from __future__ import annotations

import pytest

from tests.assistants.showroom.conftest import Salon, car, told

ROWS = [
    car("A", "GLA 200", "GLA-Class", "внедорожник", 2022, "бензин", "белый", 0, 4_400_000),
    car("B", "C 220 d", "C-Class", "универсал", 2021, "дизель", "синий", 30_000, 4_600_000),
    car("C", "C 300 e", "C-Class", "седан", 2022, "гибрид", "чёрный", 20_000, 5_600_000),
    car("D", "EQA 250", "EQA", "внедорожник", 2023, "электро", "серый", 0, 5_200_000),
    car("E", "V 250 d", "V-Class", "минивэн", 2021, "дизель", "чёрный", 50_000, 7_900_000),
    car("F", "Maybach S 580 4MATIC", "Maybach S-Class", "седан", 2023, "бензин", "чёрный", 0, 26_000_000),
    car("G", "AMG C 43 4MATIC", "C-Class", "седан", 2022, "бензин", "белый", 9_000, 7_000_000),
]
CLIPPED = {
    "бенз до 8 млн": "AG", "бенз седан 2022 и новее": "FG", "диз до 6 млн": "B", "гибр до 8 млн": "C",
    "электр до 8 млн": "D", "универ до 5 млн": "B", "внедор до 5 млн": "A", "минив на дизеле": "E",
    "диз универ": "B", "бензиновик до 5 млн": "A", "крос до 5 млн": "A", "седан бенз. белый": "G",
    "мерседес-бенз седан": "CFG", "хэтч есть?": "", "кабрио до 9 млн": "",
}  # fmt: skip
DENIED = {
    "что есть из немайбахов до 7 млн?": "ABCDG", "какие неамг до 10 млн?": "ABCDE", "седаны немайбах": "CG",
    "не-дизель до 5 млн": "A", "недизельные до 5 млн": "A", "неамг C-класса": "BC", "C-класс неамг": "BC",
    "самый дорогой неамг C-класса": "C",
}  # fmt: skip


@pytest.fixture(scope="module")
def salon() -> Salon:
    salon = Salon()
    salon.stock(ROWS, [])
    return salon


@pytest.mark.parametrize("asked", [*CLIPPED, *DENIED])
def test_it_is_meant(salon: Salon, asked: str) -> None:
    reply = salon.ask(asked)
    assert told(reply) == list({**CLIPPED, **DENIED}[asked]), reply.text
    assert "Не учтено" not in reply.text


@pytest.mark.parametrize(
    "asked", ["ищу дочке в универ машину до 5 млн", "дочь окончила свой универ, что до 5 млн?"]
)
def test_a_word_of_everyday_life_is_no_body(salon: Salon, asked: str) -> None:
    assert told(salon.ask(asked)) == ["A", "B"]


@pytest.mark.parametrize("strange", ["дизбензак", "прив"])
def test_what_stands_in_a_row_by_chance_is_not_told(salon: Salon, strange: str) -> None:
    reply = salon.ask(f"есть седан {strange} до 8 млн?")
    assert strange in reply.text.lower(), reply.text
