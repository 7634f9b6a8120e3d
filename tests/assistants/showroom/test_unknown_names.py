"""Cars that the salon does not have are said not to be there; what is no car's name never is."""

from __future__ import annotations

from itertools import product

import pytest

from tests.assistants.showroom.conftest import Salon, car

ROWS = [
    car("E1", "E 300", "E-Class", "седан", 2019, "бензин", "белый", 40_000, 4_000_000),
    car("C1", "C 180", "C-Class", "седан", 2020, "бензин", "чёрный", 30_000, 3_500_000),
    car("S1", "S 500 4MATIC", "S-Class", "седан", 2022, "бензин", "чёрный", 0, 15_500_000),
]
NOT_THERE = (
    "танк 300", "танк 500", "матиз", "чероки", "суперб", "срв", "дискавери", "тигуанчик", "ландкрузак",
    "вольвешка",
)  # fmt: skip
ASKING = ("есть {}?", "{} есть в наличии?", "сколько стоит {}")
SLANG = ("ооошка", "маткапик", "скидос", "кэшбечек", "тройничок")
BESIDE_A_CAR = ("какой {} на машины в наличии", "{} берёте за машину?", "машины у вас есть, а {}?")


@pytest.fixture(scope="module")
def salon() -> Salon:
    salon = Salon()
    salon.stock(ROWS)
    return salon


@pytest.mark.parametrize("text", [asked.format(name) for asked, name in product(ASKING, NOT_THERE)])
def test_another_make_is_not_there(salon: Salon, text: str) -> None:
    reply = salon.ask(text)
    assert reply.reason == "not_in_stock", reply.text
    assert "нет в наличии" in reply.text


@pytest.mark.parametrize("colour", ["красный", "белый"])
@pytest.mark.parametrize("name", ["SLK", "слк", "GLK", "camry", "матиз"])
def test_a_name_that_is_not_there_beside_a_colour_is_not_there(salon: Salon, name: str, colour: str) -> None:
    for text in (f"{name} {colour}", f"{colour} {name}"):
        assert salon.ask(text).reason == "not_in_stock", text


@pytest.mark.parametrize("text", [asked.format(word) for asked, word in product(BESIDE_A_CAR, SLANG)])
def test_an_unknown_word_beside_a_car_is_no_car(salon: Salon, text: str) -> None:
    reply = salon.ask(text)
    assert "нет в наличии" not in reply.text


@pytest.mark.parametrize("text", ["есть машины марки вестфаль?", "модель вестфаль есть?"])
def test_a_name_may_stand_beside_the_word_for_a_car(salon: Salon, text: str) -> None:
    assert salon.ask(text).reason == "not_in_stock"


@pytest.mark.parametrize(
    "text", ["у меня матиз, хочу ешку", "сейчас у нас рио, ищем ешку", "гранд чероки надоел, ешки есть?"]
)
def test_the_own_car_is_no_wish(salon: Salon, text: str) -> None:
    assert {fact.id for fact in salon.ask(text).facts if fact.kind == "stock"} == {"E1"}


GONE = ("Sprinter", "Vaneo", "BMW X5", "Ауди А6", "Citan")
BESIDE_IT = (
    "Нужен фургон для доставки.", "Ищу белый седан.", "Нужна чёрная машина до 4 млн.", "Бюджет 20 млн.",
    "Мне для работы.",
)  # fmt: skip
WHETHER = (
    "Есть ли {}? {}",
    "{} в наличии есть? {}",
    "Здравствуйте! А {} у вас имеется? {}",
    "Продаётся ли {}? {}",
)


@pytest.mark.parametrize(("name", "beside", "asked"), [*product(GONE, BESIDE_IT, WHETHER)])
def test_what_is_asked_for_by_name_is_not_there_whatever_is_said_beside(
    salon: Salon, name: str, beside: str, asked: str
) -> None:
    reply = salon.ask(asked.format(name, beside))
    assert reply.reason == "not_in_stock", reply.text
    assert "нет в наличии" in reply.text


@pytest.mark.parametrize(
    "name", ["БМВ Х5", "bmw x5", "BMW X 5", "бмв икс 5", "киа", "тойоту камри", "ауди ку7", "ауди а6"]
)
@pytest.mark.parametrize(
    "asked", ["{} у вас можно купить?", "{} нету у вас случайно?", "а {} продаёте?", "есть {}?"]
)
def test_what_is_told_to_be_absent_is_not_left_out_as_well(salon: Salon, asked: str, name: str) -> None:
    reply = salon.ask(asked.format(name))
    assert reply.reason == "not_in_stock", reply.text
    assert "Не учтено" not in reply.text
