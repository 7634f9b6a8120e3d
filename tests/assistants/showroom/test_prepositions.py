"""«Майбах с пробегом», «AMG с полным приводом»: a preposition is no letter of a designation, whatever stands
in stock.
"""

from __future__ import annotations

from itertools import product

import pytest

from tests.assistants.showroom.conftest import Salon, car, told

STOCK = [
    car("MS", "Maybach S 580 4MATIC", "Maybach S-Class", "седан", 2022, "бензин", "белый", 0, 24_690_000),
    car("MG", "Maybach GLS 600", "Maybach GLS", "внедорожник", 2022, "бензин", "чёрный", 15_000, 28_170_000),
    car("AS", "AMG S 63 4MATIC+", "S-Class", "седан", 2023, "гибрид", "чёрный", 0, 26_000_000),
    car("AG", "AMG G 63", "G-Class", "внедорожник", 2021, "бензин", "чёрный", 20_000, 21_300_000),
    car("S1", "S 500 4MATIC", "S-Class", "седан", 2022, "бензин", "чёрный", 30_000, 15_500_000),
]
LINES = {"майбах": "M", "maybach": "M", "амг": "A", "AMG": "A"}
USED = ("с пробегом", "с самым большим пробегом", "с пробегом от 1 тысячи")
ASKED = ("{} {} есть?", "есть {} {}?", "нужен {} {}")


@pytest.fixture(scope="module")
def salon() -> Salon:
    salon = Salon()
    salon.stock(STOCK)
    return salon


@pytest.mark.parametrize(("line", "used", "asked"), list(product(LINES, USED, ASKED)))
def test_the_used_one_of_the_line_is_told(salon: Salon, line: str, used: str, asked: str) -> None:
    reply = salon.ask(asked.format(line, used))
    assert told(reply) == [f"{LINES[line]}G"], reply.text


@pytest.mark.parametrize("asked", ["майбах с 580 есть?", "майбах S есть?", "есть амг с 63?"])
def test_the_letter_of_a_designation_is_one(salon: Salon, asked: str) -> None:
    assert told(salon.ask(asked)) == ["AS" if "63" in asked else "MS"]
