"""What a name says already may be said again; a class that there is not is denied under its name; a price in
digits is that very price.
"""

from __future__ import annotations

import pytest

from tests.assistants.showroom.conftest import Salon, car, told

ROWS = [
    car("A", "C 200", "C-Class", "седан", 2022, "бензин", "белый", 0, 4_400_000),
    car("B", "C 200 4MATIC", "C-Class", "седан", 2021, "бензин", "синий", 30_000, 4_600_000),
    car("D", "C 300 de", "C-Class", "универсал", 2022, "гибрид", "чёрный", 20_000, 6_200_000),
    car("E", "E 300 e", "E-Class", "седан", 2022, "гибрид", "чёрный", 20_000, 6_250_000),
    car("F", "AMG C 43 4MATIC", "C-Class", "седан", 2022, "бензин", "белый", 9_000, 7_000_000),
    car("M", "Maybach S 580 4MATIC", "Maybach S-Class", "седан", 2023, "бензин", "чёрный", 0, 26_000_000),
    car("N", "Maybach GLS 600 4MATIC", "Maybach GLS", "внедорожник", 2023, "бензин", "белый", 0, 29_000_000),
    car("S", "S 500 4MATIC", "S-Class", "седан", 2023, "бензин", "белый", 0, 19_000_000),
    car("K", "E 200", "E-Class", "кабриолет", 2023, "бензин", "синий", 0, 9_000_000),
]
GLK = car("G", "GLK 220 CDI", "GLK-Class", "внедорожник", 2014, "дизель", "белый", 90_000, 1_900_000)
MEANT = {
    "C 300 de есть? Именно de, не просто e": "D", "E 300 e, именно e, а не d": "E",
    "C 200 бензиновые, которые без буквы e": "AB",
    "C 200 без буквы d есть?": "AB",
    "Какие C 200, если считать и с 4MATIC, и без?": "AB",
    "C 200 с полным приводом и без него": "AB",
    "C 200 с 4MATIC есть?": "B", "самая дешманская амгшка": "F", "Майбах есть S-класса?": "M",
    "майбах есть GLS?": "N",
    "эска майбах": "M", "S-класс или майбах": "MNS", "кабрелет синий есть?": "K", "Кабролет есть?": "K",
    "ешка за 6 250 000 еще тут?": "E", "ешка за 6 200 000 еще тут": "", "C-класс за 6 200 000": "D",
    "C-класс за 6,2 млн": "ABD", "цешка за 5 млн": "AB", "ешка за 6 000 000 ещё не продали?": "",
}  # fmt: skip
ABSENT = (
    "GLK ещё встречаются у вас?",
    "SLS AMG есть?",
    "ML есть?",
    "R-класс бывает?",
    "GL 500 есть у вас?",
    "CLK купе есть?",
)


@pytest.fixture(scope="module")
def salon() -> Salon:
    salon = Salon()
    salon.stock(ROWS, [])
    return salon


@pytest.mark.parametrize("asked", MEANT)
def test_it_is_meant(salon: Salon, asked: str) -> None:
    reply = salon.ask(asked)
    assert told(reply) == sorted(MEANT[asked]), reply.text


@pytest.mark.parametrize("asked", ABSENT)
def test_a_class_that_is_not_there_is_denied(salon: Salon, asked: str) -> None:
    reply = salon.ask(asked)
    assert reply.reason == "not_in_stock", reply.text


def test_it_is_listed_where_the_stock_has_it() -> None:
    salon = Salon()
    salon.stock(
        [
            car("G", "GLK 220 CDI", "GLK-Class", "внедорожник", 2014, "дизель", "белый", 90_000, 1_900_000),
            *ROWS,
        ],
        [],
    )
    assert told(salon.ask("GLK есть у вас?")) == ["G"]
