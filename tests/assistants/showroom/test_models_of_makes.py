"""Models of other makes as they are said: letters by their names, numbers in digits and in words."""

from __future__ import annotations

import tomllib
from itertools import product

import pytest

from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.models_of_makes import with_models_of_makes
from core.spec import ASSISTANTS_FOLDER
from tests.assistants.showroom.conftest import Salon, car, told

ROWS = [
    car("E1", "E 300", "E-Class", "седан", 2019, "бензин", "белый", 40_000, 4_000_000),
    car("G1", "GLC 300 4MATIC", "GLC", "внедорожник", 2022, "бензин", "чёрный", 9_000, 6_500_000),
]
NUMBERS = {"4": 4, "шесть": 6, "60": 60, "девяносто": 90, "триста пятьдесят": 350, "седьмой": 7}
MODELS = {
    "бмв икс": "X", "ауди ку": "Q", "вольво икс си": "XC", "лексус эр икс": "RX", "инфинити кью икс": "QX",
    "бмв эм": "M", "лексус эл эс": "LS", "мазда си икс": "CX", "бэха зет": "Z", "ауди эр эс": "RS",
}  # fmt: skip
ASKING = ("{} есть у вас?", "есть {}?", "сколько стоит {}", "а {} в наличии?")


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    folder = ASSISTANTS_FOLDER / "showroom"
    tables = [
        tomllib.loads((folder / name).read_text("utf-8")) for name in ("vocabulary.toml", "brands.toml")
    ]
    return Lexicon({key: rows for table in tables for key, rows in table.items()}, None)


@pytest.fixture(scope="module")
def salon() -> Salon:
    salon = Salon()
    salon.stock(ROWS)
    return salon


@pytest.mark.parametrize(("said", "number"), list(product(MODELS, NUMBERS)))
def test_letters_and_a_number_behind_a_make_are_written(lexicon: Lexicon, said: str, number: str) -> None:
    make = said.split(maxsplit=1)[0]
    written = f"{make} {MODELS[said]}{NUMBERS[number]}"
    assert with_models_of_makes(f"{said} {number} есть?", lexicon) == f"{written} есть?"


@pytest.mark.parametrize(
    "text",
    [
        "бмв до 3 млн", "ауди а 5 млн хватит?", "ауди и 5 ешек", "бмв есть? икс 3", "мерседес эс 500",
        "ауди ку есть?", "бмв ка 2020 года", "бмв а шесть мест?", "бмв эм 5 миллионов", "эр икс 350",
    ],
)  # fmt: skip
def test_other_words_behind_a_make_stay(lexicon: Lexicon, text: str) -> None:
    assert with_models_of_makes(text, lexicon) == text


@pytest.mark.parametrize(
    ("asked", "said", "number"), list(product(ASKING, MODELS, ["4", "шесть", "девяносто"]))
)
def test_such_a_model_is_said_not_to_be_there(salon: Salon, asked: str, said: str, number: str) -> None:
    reply = salon.ask(asked.format(f"{said} {number}"))
    assert reply.reason == "not_in_stock", reply.text
    assert "нет в наличии" in reply.text


@pytest.mark.parametrize(("said", "vin"), [("бмв икс пять", "B5"), ("ауди ку 7", "Q7"), ("бмв икс 3", None)])
def test_a_salon_that_has_it_shows_it(said: str, vin: str | None) -> None:
    salon = Salon()
    salon.stock(
        [
            car("B5", "BMW X5 xDrive30d", "X5", "кроссовер", 2022, "дизель", "чёрный", 22_000, 8_900_000),
            car("Q7", "Audi Q7 45 TDI", "Q7", "кроссовер", 2021, "дизель", "белый", 30_000, 6_900_000),
        ]
    )
    assert told(salon.ask(f"{said} есть?")) == ([vin] if vin else [])


def test_the_car_that_is_wanted_beside_it_is_shown(salon: Salon) -> None:
    assert told(salon.ask("бмв икс 5 не нужна, GLC есть?")) == ["G1"]
