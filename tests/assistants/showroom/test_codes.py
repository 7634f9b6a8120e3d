"""Factory codes of generations name the class, and the body where their letter says it; no stock has them."""

from __future__ import annotations

import tomllib

import pytest

from assistants.showroom.language.codes import without_codes
from assistants.showroom.language.lexicon import Lexicon
from core.spec import ASSISTANTS_FOLDER
from tests.assistants.showroom.conftest import Salon, car

ROWS = [
    car("E1", "E 200", "E-Class", "седан", 2019, "бензин", "белый", 40_000, 4_000_000),
    car("E2", "E 220 d 4MATIC", "E-Class", "универсал", 2021, "дизель", "серый", 20_000, 6_000_000),
    car("E3", "E 300", "E-Class", "купе", 2022, "бензин", "белый", 0, 7_000_000),
    car("C1", "C 180", "C-Class", "седан", 2020, "бензин", "чёрный", 30_000, 3_500_000),
    car("B1", "GLB 200", "GLB", "внедорожник", 2022, "бензин", "белый", 0, 5_000_000),
    car("S1", "S 350 d 4MATIC", "S-Class", "седан", 2021, "дизель", "чёрный", 0, 12_000_000),
    car("V1", "V 220 d", "V-Class", "минивэн", 2022, "дизель", "белый", 0, 8_000_000),
]


@pytest.fixture(scope="module")
def salon() -> Salon:
    salon = Salon()
    salon.stock(ROWS)
    return salon


@pytest.mark.parametrize(
    ("question", "vins", "said"),
    [
        ("W213 есть?", {"E1", "E2", "E3"}, "W213"),
        ("Универсал S213 какой есть?", {"E2"}, "S213"),
        ("с213 есть?", {"E2"}, "с213"),
        ("C238 почём?", {"E3"}, "C238"),
        ("ешка в 213-м кузове есть?", {"E1", "E2", "E3"}, "213-м кузове"),
        ("GLB, кузов X247, что есть?", {"B1"}, "кузов X247"),
        ("S-класс W222 или W223 есть?", {"S1"}, "W222"),
        ("Дизельный w214", {"E2"}, "w214"),
        ("W 206 до 4 млн", {"C1"}, "W 206"),
        ("V-класс W447 2022 года есть?", {"V1"}, "W447"),
    ],
)
def test_a_code_stands_for_its_class_and_the_generation_is_told_as_left_out(
    salon: Salon, question: str, vins: set[str], said: str
) -> None:
    reply = salon.ask(question)
    assert {fact.id for fact in reply.facts if fact.kind == "stock"} == vins, reply.text
    assert f"«{said}»" in reply.text


def test_a_body_that_the_code_says_and_nobody_has_is_denied(salon: Salon) -> None:
    reply = salon.ask("кабриолет A238 есть?")
    assert "нет в наличии" in reply.text
    assert "кабриолет" in reply.text


@pytest.mark.parametrize(
    "question",
    [
        "V 220 d есть?",
        "от 213 тысяч",
        "с 205 тысяч километров",
        "не дороже 2 213 000",
        "BMW X5",
        "E 213 000 руб",
    ],
)
def test_other_numbers_are_no_codes(question: str) -> None:
    vocabulary = tomllib.loads((ASSISTANTS_FOLDER / "showroom/vocabulary.toml").read_text("utf-8"))
    assert without_codes(question, Lexicon(vocabulary, None)) == (question, ())


_VERSIONS = ("в версии", "в исполнении", "в модификации", "модификация")


@pytest.mark.parametrize("version", _VERSIONS)
@pytest.mark.parametrize(
    ("named", "number", "vins"),
    [("W214", "220 d", {"E2"}), ("W213", "300", {"E3"}), ("W206", "180", {"C1"}), ("E-класс", "200", {"E1"})],
)
def test_the_number_of_a_version_goes_on_from_the_name(
    salon: Salon, version: str, named: str, number: str, vins: set[str]
) -> None:
    reply = salon.ask(f"{named} {version} {number} есть у вас?")
    assert {fact.id for fact in reply.facts if fact.kind == "stock"} == vins, reply.text


@pytest.mark.parametrize("version", _VERSIONS)
def test_a_version_that_nobody_has_is_not_there(salon: Salon, version: str) -> None:
    assert salon.ask(f"W213 {version} 450 есть?").reason == "not_in_stock"
