"""A car that the visitor parts with is his own; a sum repeated is one sum; a line of cars and its number name
one car that is there or is not.
"""

from __future__ import annotations

from itertools import product

import pytest

from tests.assistants.showroom.conftest import Salon, car, told

NEW = 0
STOCK = [
    car("A1", "A 200", "A-Class", "хэтчбек", 2023, "бензин", "белый", NEW, 3_900_000),
    car("A2", "A 180", "A-Class", "седан", 2021, "бензин", "чёрный", 40_000, 2_900_000),
    car("C1", "GLC 220 d 4MATIC", "GLC-Class", "внедорожник", 2022, "дизель", "белый", 30_000, 6_900_000),
    car("C2", "GLC 300 4MATIC", "GLC-Class", "внедорожник", 2024, "бензин", "чёрный", NEW, 8_900_000),
    car("S1", "S 580 4MATIC", "S-Class", "седан", 2023, "бензин", "чёрный", NEW, 19_900_000),
    car("G1", "AMG E 53 4MATIC+", "E-Class", "седан", 2023, "бензин", "белый", NEW, 12_900_000),
    car("L1", "GLS 600 4MATIC", "GLS-Class", "внедорожник", 2023, "бензин", "белый", NEW, 15_900_000),
]
MAYBACH = car(
    "M1", "Maybach S 680 4MATIC", "Maybach S-Class", "седан", 2023, "бензин", "чёрный", NEW, 29_900_000
)


@pytest.fixture(scope="module")
def salon() -> Salon:
    salon = Salon()
    salon.stock(STOCK)
    return salon


@pytest.fixture(scope="module")
def salon_with_maybach() -> Salon:
    salon = Salon()
    salon.stock([*STOCK, MAYBACH])
    return salon


_PARTS_WITH = (
    "Продаём {0}", "Продаю свою {0}", "Продала {0}", "Меняем {0}", "Меняю мою {0}", "Сдаём {0}", "Отдаю {0}",
    "Продадим {0}", "Сменили {0}", "{0} продаём", "{0} свою меняем",
)  # fmt: skip
_FROM = (
    "Избавляемся от {0}",
    "Расстаюсь с {0}",
    "С {0} пересаживаюсь",
    "Пересаживаемся с {0}",
    "Прощаемся с {0}",
)
_ON = ("хотим пересесть на мерседес", "теперь хочу мерс", "нужен мерседес")
_OTHERS = ("камри", "киа рио", "бмв х5", "туарег")


@pytest.mark.parametrize(("parts", "other"), [*product((*_PARTS_WITH, *_FROM), _OTHERS)])
def test_a_car_that_is_parted_with_is_not_asked_for(salon: Salon, parts: str, other: str) -> None:
    for on in _ON:
        said = f"{parts.format(other)}, {on}"
        reply = salon.ask(f"{said}. Нужен кроссовер на дизеле, 2022 год или новее, до 9 млн. Есть такие?")
        assert told(reply) == ["C1"], (said, reply.text)


@pytest.mark.parametrize("other", ["камри", "бмв х5"])
@pytest.mark.parametrize("question", ["Есть {0}?", "Продаёте {0}?", "{0} сейчас есть в продаже?"])
def test_a_strange_car_that_is_asked_for_is_denied(salon: Salon, other: str, question: str) -> None:
    assert salon.ask(question.format(other)).reason == "not_in_stock"


@pytest.mark.parametrize("said", ["Дарим {0} жене", "Хотим {0}, камри продаём", "Меняем камри на {0}"])
def test_what_it_is_given_up_for_is_asked_for(salon: Salon, said: str) -> None:
    assert told(salon.ask(f"{said.format('GLC')}. Какие есть?")) == ["C1", "C2"]


_MORE = ("больше", "дороже", "выше")
_NOT = ("не потяну", "не могу", "не готова", "мы не дадим", "не вытяну", "я уже не осилю", "точно не потянем")


@pytest.mark.parametrize(("more", "denied"), [*product(_MORE, _NOT)])
def test_a_sum_said_again_is_the_same_sum(salon: Salon, more: str, denied: str) -> None:
    for story in ("Я учительница, ", "Зарплата маленькая. ", ""):
        reply = salon.ask(f"До трёх миллионов что-нибудь найдётся? {story}{more} {denied}")
        assert told(reply) == ["A2"], (story, reply.text)


def test_no_more_behind_no_sum_bounds_nothing(salon: Salon) -> None:
    assert told(salon.ask("Есть GLC? Больше не найду.")) == ["C1", "C2"]


_FAMILY = ("большой семье", "молодой семье", "для большой семьи")
_IS_THERE = ("{0}, есть?", "{0} есть?", "{0}, имеется?", "{0}, в наличии?", "Есть {0}?")


@pytest.mark.parametrize(("asked", "family"), [*product(_IS_THERE, _FAMILY)])
def test_a_class_with_seats_is_asked_of_the_stock(salon: Salon, asked: str, family: str) -> None:
    for name, vins in (("GLC", ["C1", "C2"]), ("V-класс", [])):
        reply = salon.ask(asked.format(f"{name} на 7 мест {family}"))
        assert told(reply) == vins, reply.text
        assert "7 мест" in reply.text
        assert reply.reason == (None if vins else "not_in_stock")


_NAMES = {
    "Maybach S 580": "S 580", "майбах s580": "S 580", "Мерседес-Майбах S 580": "S 580",
    "Maybach GLS 600": "GLS 600", "майбах глс 600": "GLS 600",
}  # fmt: skip


@pytest.mark.parametrize(("said", "name"), _NAMES.items())
@pytest.mark.parametrize("question", ["Есть {0}?", "{0} белый есть?", "Сколько стоит {0}?", "{0} в наличии?"])
def test_a_line_and_its_number_that_are_not_there_are_denied(
    salon: Salon, salon_with_maybach: Salon, said: str, name: str, question: str
) -> None:
    for each in (salon, salon_with_maybach):
        reply = each.ask(question.format(said))
        assert reply.reason == "not_in_stock"
        denied = reply.text.split("(")[1].lower().replace("майбах", "maybach").replace("s580", "s 580")
        assert denied.startswith(f"maybach {name}".lower())


@pytest.mark.parametrize("said", ["Maybach S 680", "майбах s680", "S 680 майбах", "Мерседес-Майбах S 680"])
def test_a_line_and_its_number_that_are_there_are_found(salon_with_maybach: Salon, said: str) -> None:
    assert told(salon_with_maybach.ask(f"Есть {said}?")) == ["M1"]


def test_a_number_of_its_line_is_found_by_the_class_alone() -> None:
    salon = Salon()
    bare = car("M2", "S 680 4MATIC", "Maybach S-Class", "седан", 2023, "бензин", "чёрный", NEW, 29_900_000)
    salon.stock([*STOCK, bare])
    assert told(salon.ask("Есть Maybach S 680?")) == ["M2"]


@pytest.mark.parametrize("engine", ["мотором AMG", "двигателем AMG", "движком амг", "мотором от AMG"])
@pytest.mark.parametrize("name", ["хэтчбеки А-класса", "A-класс", "GLC"])
def test_an_engine_of_a_line_asks_for_no_fuel(salon: Salon, engine: str, name: str) -> None:
    reply = salon.ask(f"Какие {name} с {engine} у вас есть?")
    assert reply.reason == "not_in_stock"
    assert "AMG" in reply.text
    assert "Топливо" not in reply.text
