"""A bound of the dialogue that is taken back by its number holds no more; what refuses stays a bound."""

from __future__ import annotations

import pytest

from tests.assistants.showroom.conftest import Salon, car, told

NEW = 0
STOCK = [
    car("E1", "GLE 350 d 4MATIC", "GLE-Class", "внедорожник", 2021, "дизель", "белый", 30_000, 7_900_000),
    car("E2", "GLE 450 4MATIC", "GLE-Class", "внедорожник", 2023, "бензин", "чёрный", 9_000, 11_500_000),
    car("E3", "GLE 450 4MATIC", "GLE-Class", "внедорожник", 2025, "бензин", "белый", NEW, 15_600_000),
    car("C1", "GLC 300 4MATIC", "GLC-Class", "внедорожник", 2022, "бензин", "белый", NEW, 6_900_000),
]
EVERY_GLE = ["E1", "E2", "E3"]


@pytest.fixture
def stocked(salon: Salon) -> Salon:
    salon.stock(STOCK)
    return salon


@pytest.mark.parametrize(
    "said",
    [
        "от 20 миллионов уже не нужно, какие есть?", "не обязательно от 20 млн, покажите",
        "20 млн — это я погорячился, какие вообще есть?", "забудьте про 20 миллионов, что есть?",
        "снимаю условие про 20 миллионов", "от двадцати миллионов не надо, любые покажите",
        "дороже 20 млн уже не обязательно, какие есть?", "без ограничения в 20 миллионов какие есть?",
        "20 миллионов больше не надо, покажите все", "не надо от 20 миллионов, покажите все",
    ],
)  # fmt: skip
@pytest.mark.parametrize("asked", ["GLE от 20 миллионов есть?", "GLE дороже 20 млн есть?"])
def test_the_bound_holds_no_more(stocked: Salon, asked: str, said: str) -> None:
    reply = stocked.talk(asked, said)
    assert sorted(told(reply)) == EVERY_GLE
    assert "Не учтено" not in reply.text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("GLE 2024 года есть?", "2024 уже не обязательно, какие есть?"),
        ("GLE 2024 года есть?", "2024 год больше не нужен, год любой, какие есть?"),
        ("GLE с пробегом до 100 км есть?", "пробег до 100 не важен, какие есть?"),
        ("GLE с пробегом от 50 тысяч", "50 тысяч необязательно, какие есть?"),
    ],
)
def test_a_year_and_a_mileage_too(stocked: Salon, asked: str, said: str) -> None:
    assert sorted(told(stocked.talk(asked, said))) == EVERY_GLE


def test_the_other_end_stays(stocked: Salon) -> None:
    asked = "GLE от 10 до 12 миллионов"
    assert sorted(told(stocked.talk(asked, "от 10 млн уже не обязательно"))) == ["E1", "E2"]
    assert sorted(told(stocked.talk(asked, "до 12 млн уже не обязательно"))) == ["E2", "E3"]


def test_what_is_asked_behind_it_is_of_all_of_them(stocked: Salon) -> None:
    said = "Хотя нет, от 20 миллионов уже не нужно, цена пусть будет любая. Какой самый дешёвый GLE?"
    reply = stocked.talk("GLE от 20 миллионов есть?", said, "а топливо у него какое?")
    assert told(reply) == ["E1"]
    assert "дизель" in reply.text


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("дороже 12 млн не надо, а белые есть?", ["E1"]),
        ("больше 12 млн не дам, а белые есть?", ["E1"]),
        ("12 млн уже не надо, давайте до 16", EVERY_GLE),
    ],
)
def test_what_refuses_is_a_bound_of_its_own(stocked: Salon, said: str, meant: list[str]) -> None:
    assert sorted(told(stocked.talk("GLE до 12 млн есть?", said))) == meant


@pytest.mark.parametrize("said", ["а если поднять потолок до 16?", "поднимем верхнюю планку до 16 млн"])
def test_an_end_that_moves_leaves_the_other(stocked: Salon, said: str) -> None:
    assert sorted(told(stocked.talk("GLE от 10 до 12 миллионов", said))) == ["E2", "E3"]


def test_the_lower_end_moves_too(stocked: Salon) -> None:
    said = ("GLE от 10 до 12 миллионов", "опустим нижнюю планку до 7 млн")
    assert sorted(told(stocked.talk(*said))) == ["E1", "E2"]


@pytest.mark.parametrize("said", ["а если без лимита по цене?", "без потолка по цене какие?"])
def test_without_a_limit(stocked: Salon, said: str) -> None:
    assert sorted(told(stocked.talk("GLE до 8 миллионов", said))) == EVERY_GLE


@pytest.mark.parametrize(
    "said", ["вернёмся к белым, какие есть?", "возвращаюсь к белому цвету", "дороговато... вернёмся к белым"]
)
def test_a_value_is_gone_back_to(stocked: Salon, said: str) -> None:
    assert sorted(told(stocked.talk("GLE в белом есть?", "а в чёрном?", said))) == ["E1", "E3"]


def test_a_year_is_gone_back_to(stocked: Salon) -> None:
    asked = ("GLE 2021 года есть?", "а 2023?", "вернёмся к 2021-му. Белый есть?")
    assert told(stocked.talk(*asked)) == ["E1"]


def test_what_has_been_driven_a_little_will_do_too(stocked: Salon) -> None:
    said = "хотя нет, с небольшим пробегом тоже подойдут, до 15 тысяч км"
    assert sorted(told(stocked.talk("GLE", "только новые", said))) == ["E2", "E3"]


@pytest.mark.parametrize(
    "said", ["А 450 в том же классе есть?", "а 450 в этом классе?", "а 450 с панорамой?"]
)
def test_a_preposition_is_no_letter_of_a_designation(stocked: Salon, said: str) -> None:
    assert "A 450" not in stocked.talk("GLE 350 d есть?", said).text


def test_what_is_wrong_with_a_car_asks_nothing(stocked: Salon) -> None:
    assert told(stocked.talk("GLE слишком маленький, GLC есть?")) == ["C1"]
    assert told(stocked.talk("GLE великоват для нас. Оставим только GLC")) == ["C1"]
    assert told(stocked.talk("GLE или GLC?", "нет, GLE маленький. Оставим только GLC")) == ["C1"]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("а если на миллион меньше?", ["E1"]),
        ("а на 4 миллиона больше?", EVERY_GLE),
        ("на 4 млн дешевле?", ["E1"]),
    ],
)
def test_a_limit_is_moved_by_a_sum(stocked: Salon, said: str, meant: list[str]) -> None:
    assert sorted(told(stocked.talk("GLE до 12 миллионов", said))) == meant
