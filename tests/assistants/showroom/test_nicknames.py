"""Nicknames of classes in every case form of both numbers, and the numbers that are said beside them."""

from __future__ import annotations

from itertools import product

import pytest

from assistants.showroom.language.naming import declined, of_many
from tests.assistants.showroom.conftest import Salon, car, told

ROWS = [
    car("A1", "A 200", "A-Class", "хэтчбек", 2022, "бензин", "красный", 0, 3_400_000),
    car("B1", "B 180", "B-Class", "хэтчбек", 2022, "бензин", "чёрный", 0, 3_600_000),
    car("C1", "C 180", "C-Class", "седан", 2020, "бензин", "чёрный", 30_000, 3_500_000),
    car("E1", "E 300", "E-Class", "седан", 2019, "бензин", "белый", 40_000, 4_000_000),
    car("E2", "E 220 d", "E-Class", "седан", 2021, "дизель", "чёрный", 20_000, 5_000_000),
    car("S1", "S 500 4MATIC", "S-Class", "седан", 2022, "бензин", "чёрный", 0, 15_500_000),
    car("S2", "S 580 4MATIC", "S-Class", "седан", 2022, "бензин", "белый", 0, 19_500_000),
    car("G1", "AMG G 63", "G-Class", "внедорожник", 2023, "бензин", "чёрный", 0, 33_500_000),
    car("G2", "G 500", "G-Class", "внедорожник", 2023, "бензин", "белый", 0, 21_500_000),
    car("L1", "GLE 450 4MATIC", "GLE-Class", "внедорожник", 2022, "бензин", "белый", 0, 9_500_000),
    car("V1", "V 250 d", "V-Class", "минивэн", 2022, "дизель", "чёрный", 0, 9_000_000),
]
OF_CLASSES = {
    "ашк": "A", "бэшк": "B", "цешк": "C", "цэшк": "C", "ешк": "E", "ешечк": "E", "эск": "S", "эсочк": "S",
    "глешк": "GLE", "вэшк": "V",
}  # fmt: skip
ENDINGS = ("а", "у", "ой", "е", "и", "ам", "ами", "ах")
MASCULINE = {"гелик": "G", "гелендваген": "G"}
OF_MEN = ("а", "у", "ом", "е", "ов", "ам", "ами", "ах")


@pytest.fixture(scope="module")
def salon() -> Salon:
    salon = Salon()
    salon.stock(ROWS)
    return salon


def _vins(class_name: str, test: str = "") -> list[str]:
    return sorted(
        row["vin"]
        for row in ROWS
        if row["class_name"] == f"{class_name}-Class" and test in (row["color"], "")
    )


FORMS = {
    **{stem + ending: name for (stem, name), ending in product(OF_CLASSES.items(), ENDINGS)},
    **{of_many(stem + "а"): name for stem, name in OF_CLASSES.items()},
    **{stem + ending: name for (stem, name), ending in product(MASCULINE.items(), OF_MEN)},
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_names_the_class(salon: Salon, form: str) -> None:
    reply = salon.ask(f"что есть в наличии по {form}")
    assert told(reply) == _vins(FORMS[form]), reply.text
    assert "Не учтено" not in reply.text


@pytest.mark.parametrize(("nominative", "many"), [("эска", "эсок"), ("цешка", "цешек"), ("глска", "глсок")])
def test_of_many_there_is_a_vowel_more(nominative: str, many: str) -> None:
    assert of_many(nominative) == many
    assert many in {*declined(nominative)}


@pytest.mark.parametrize(
    "asked", ["сколько чёрных {} в наличии", "{} чёрных сколько?", "скока у вас чёрных {}"]
)
@pytest.mark.parametrize("nominative", [stem + "а" for stem in OF_CLASSES])
def test_so_many_of_a_colour_are_counted(salon: Salon, nominative: str, asked: str) -> None:
    reply = salon.ask(asked.format(of_many(nominative)))
    black = _vins(OF_CLASSES[nominative[:-1]], "чёрный")
    assert reply.reason == (None if black else "not_in_stock"), reply.text
    assert not black or told(reply) == black, reply.text


@pytest.mark.parametrize(
    ("said", "vins"),
    [
        ("эску пятьсот", ["S1"]), ("эску пятьсот восемьдесят", ["S2"]), ("эсок пятьсот восемьдесят", ["S2"]),
        ("гелик шестьдесят три", ["G1"]), ("гелика пятьсот", ["G2"]), ("ешку триста", ["E1"]),
        ("ешку двести двадцать дэ", ["E2"]), ("цешку сто восемьдесят", ["C1"]),
        ("глешку четыреста пятьдесят", ["L1"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("asked", ["найди мне {}", "{} есть?", "слушай а {} имеется"])
def test_a_number_in_words_closes_the_nickname(salon: Salon, said: str, vins: list[str], asked: str) -> None:
    assert told(salon.ask(asked.format(said))) == vins


@pytest.mark.parametrize("said", ["эски до двадцати миллионов", "ешки за пять миллионов", "две эски"])
def test_a_sum_or_a_count_is_no_designation(salon: Salon, said: str) -> None:
    reply = salon.ask(f"{said} есть?")
    assert told(reply) == _vins("S" if "эск" in said else "E"), reply.text
