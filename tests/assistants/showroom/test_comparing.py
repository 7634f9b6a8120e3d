"""What is calculated over the rows: comparisons, a car as the bound, extremes, averages, counts of each."""

from __future__ import annotations

import pytest

from tests.assistants.showroom.conftest import Salon, car, is_about_stock, told
from tests.assistants.showroom.test_stock_questions import FIRST, SECOND

# The question, VINs that are told (None: whichever), and what the answer says.
FIRST_SALON = [
    ("C 180 или E-класс что дешевле?", "A01 A04", ["Дешевле всего: C180", "разница — 560 000 ₽"]),
    ("что дешевле: GLC или GLE?", "A06 A07", ["Дешевле всего: GLC", "разница — 650 000 ₽"]),
    ("GLC или GLE, у кого цена меньше?", "A06 A07", ["Дешевле всего: GLC", "разница — 650 000 ₽"]),
    ("GLC и GLE: у кого стоимость больше?", None, ["Дороже всего"]),
    ("На сколько GLE дороже GLC?", "A06 A07", ["разница — 650 000 ₽"]),
    ("разница в цене C 180 и C 200", "A01 A02", ["разница — 1 660 000 ₽"]),
    ("кто дороже, S-класс или EQS?", "A09 A10", ["разница — 2 400 000 ₽"]),
    ("что дороже: GLC или GLE?", "A05 A07", ["Дороже всего: ", "самый дорогой стоит"]),
    ("какой GLC дороже?", "A05", ["Самый дорогой вариант (GLC)"]),
    ("какой GLC дешевле?", "A06", ["Самый доступный по цене вариант (GLC)"]),
    ("кто старше: GLC или GLE?", "A06 A07", []),
    ("что новее: GLC или GLE", "A05 A07", ["Новее всего: GLC"]),
    ("белые или чёрные дешевле?", "A00 A01", ["Дешевле всего: белый", "разница — 900 000 ₽"]),
    ("C 180 или X7 что дешевле?", "A01", ["нет в наличии: X7", "сравнить не с чем"]),
    ("есть что-то дешевле чем C 180?", "A01", ["Дешевле ничего нет"]),
    ("какие машины дороже EQS?", "A08", ["Дороже в наличии 1 автомобиль"]),
    ("чёрный седан дешевле E-класса?", "A04", ["Дешевле ничего нет"]),
    ("есть седан дешевле чем GLC?", None, ["Дешевле в наличии 3 автомобиля (кузов — седан)"]),
    ("самый дешёвый и самый дорогой GLC", "A05 A06", ["Самый дорогой вариант (GLC)"]),
    ("самая дорогая и самая дешёвая машина", "A01 A08", ["Самый доступный"]),
    ("топ 3 дешёвых", "A01 A04 A11", ["Самые доступные по цене варианты"]),
    ("три самых дорогих", "A08 A09 A10", ["Самые дорогие варианты"]),
    ("две самые новые машины до 7 млн", "A02 A03", ["Самые новые"]),
    ("средняя цена GLC", "A05 A06", ["7 500 000 ₽", "по 2 автомобилям"]),
    ("какой средний пробег у C 180?", "A00 A01", ["17 506 км"]),
    ("сколько GLC и сколько GLE?", "A05 A06 A07", ["GLC: 2 автомобиля", "GLE: 1 автомобиль"]),
    ("сколько бензиновых и сколько дизельных седанов?", None, ["дизель: нет", "(кузов — седан)"]),
    ("машина с самым большим пробегом", "A11", ["с самым большим пробегом"]),
    ("какой пробег у S 450?", "A09", ["пробег — 9 000 км"]),
    ("VIN у GLE", "A07", ["VIN A07"]),
    ("какой пробег у самой дорогой машины?", "A08", ["пробег — 100 км"]),
    ("что посвежее: GLC или GLE?", "A05 A07", ["Новее всего: GLC"]),
    ("есть GLC или S 600?", "A05 A06", ["Сейчас нет в наличии: S 600"]),
    ("C-класс C 180 есть?", "A00 A01", []),
]
SECOND_SALON = [
    ("что дешевле, Камри или К5?", "B08 B09", ["Дешевле всего: K5", "разница — 100 000 ₽"]),
    ("на сколько Каен дороже X5?", "B00 B11", ["разница — 910 000 ₽"]),
    ("Тойота или Хавал дешевле?", "B02 B09", ["разница — 1 091 000 ₽"]),
    ("что есть дешевле Jolion?", "B05 B06 B07", ["Дешевле в наличии 3 автомобиля"]),
    ("средняя цена Тойоты", "B09 B10", ["3 740 000 ₽"]),
    ("сколько тойот и сколько хавалов", None, ["В наличии 4 автомобиля"]),
    ("топ-2 дорогих внедорожника", None, ["Самые дорогие варианты (кузов — внедорожник)"]),
]


AMG = [
    car("G1", "AMG G 63", "G-Class", "внедорожник", 2023, "бензин", "чёрный", 0, 33_500_000),
    car("G2", "G 500", "G-Class", "внедорожник", 2022, "бензин", "белый", 0, 19_900_000),
]


def _check(salon: Salon, question: str, vins: str | None, said: list[str]) -> None:
    reply = salon.ask(question)
    assert is_about_stock(reply), reply.text
    if vins is not None:
        assert told(reply) == vins.split(), reply.text
    for piece in said:
        assert piece in reply.text, reply.text


@pytest.mark.parametrize(("question", "vins", "said"), FIRST_SALON, ids=[row[0] for row in FIRST_SALON])
def test_one_brand(salon: Salon, question: str, vins: str | None, said: list[str]) -> None:
    salon.stock(FIRST)
    _check(salon, question, vins, said)


@pytest.mark.parametrize(("question", "vins", "said"), SECOND_SALON, ids=[row[0] for row in SECOND_SALON])
def test_many_brands(salon: Salon, question: str, vins: str | None, said: list[str]) -> None:
    salon.stock(SECOND)
    _check(salon, question, vins, said)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("На сколько G 63 дороже G 500?", "разница — 13 600 000 ₽"),
        ("Что дороже: G 63 или G 500?", "Дороже всего: G 63"),
    ],
)
def test_a_name_within_another_model_is_a_side_of_its_own(salon: Salon, question: str, said: str) -> None:
    salon.stock(AMG)
    _check(salon, question, "G1 G2", [said])
    assert told(salon.ask("А чёрные есть?", fresh=False)) == ["G1"]


@pytest.mark.parametrize(
    "question", ["На сколько GLE мощнее GLC?", "В чём разница C-класса и E-класса?", "Сравните GLC и GLE"]
)
def test_what_rows_do_not_tell_is_not_calculated(salon: Salon, question: str) -> None:
    salon.stock(FIRST)
    assert not is_about_stock(salon.ask(question))


@pytest.mark.parametrize(
    ("question", "near"),
    [("есть машины старше 2010 года?", "A11"), ("AMG GT есть?", None), ("розовый есть?", None),
     ("Есть LADA Vesta?", None), ("BMW X5 есть?", None)],
)  # fmt: skip
def test_a_no_names_what_there_is(salon: Salon, question: str, near: str | None) -> None:
    salon.stock(FIRST)
    reply = salon.ask(question)
    assert reply.reason == "not_in_stock"
    if near is None:
        assert "Сейчас в наличии 13 автомобилей" in reply.text or reply.facts
    else:
        assert near in {fact.id for fact in reply.facts}


def test_an_absent_car_is_named_as_the_visitor_wrote_it(salon: Salon) -> None:
    salon.stock(FIRST)
    assert "(LADA Vesta)" in salon.ask("Есть LADA Vesta?").text


@pytest.mark.parametrize(
    ("question", "said"),
    [("новые машины есть?", "(новые)"), ("чёрные есть?", "(цвет — чёрный)"),
     ("машины с пробегом от 20 до 60 тысяч км", "пробег от 20 000 до 60 000 км")],
)  # fmt: skip
def test_criteria_are_said_back_grammatically(salon: Salon, question: str, said: str) -> None:
    salon.stock(FIRST)
    assert said in salon.ask(question).text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("на сколько рублей отличаются стартовые цены GLC и GLE", "разница — 650 000 ₽"),
        ("какова разница начальных цен GLC и GLE?", "разница — 650 000 ₽"),
        ("GLC и GLE: на сколько расходятся цены?", "разница — 650 000 ₽"),
        ("чем отличаются по цене GLC и GLE?", "разница — 650 000 ₽"),
        ("на сколько отличаются максимальные цены C-класса и E-класса?", "1 340 000 ₽"),
        ("на сколько самый дорогой C-класс отличается от самого дорогого E-класса", "1 340 000 ₽"),
        ("Здравствуйте, GLC или GLE: где начальная цена ниже и какая она?", "Дешевле всего: GLC"),
        ("у кого старт дешевле, у GLC или GLE?", "Дешевле всего: GLC"),
        ("Что дешевле будет, GLC или GLE? и сколько", "Дешевле всего: GLC"),
        ("что дешевле, GLC или GLE, и за сколько?", "Дешевле всего: GLC"),
    ],
)  # fmt: skip
def test_prices_that_differ_in_other_words(salon: Salon, question: str, said: str) -> None:
    salon.stock(FIRST)
    reply = salon.ask(question)
    assert said in reply.text.replace("\u00a0", " ")
    assert "Не учтено" not in reply.text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("а на сколько самый дешёвый из одних отличается от самого дешёвого из других?", "560 000 ₽"),
        ("на сколько самый дорогой из одних дороже самого дорогого из других?", "самый дорогой стоит"),
        ("на сколько они отличаются друг от друга?", "560 000 ₽"),
    ],
)  # fmt: skip
def test_the_ones_and_the_others_are_those_compared(salon: Salon, question: str, said: str) -> None:
    salon.stock(FIRST)
    salon.ask("C 180 или E-класс что дешевле?")
    assert said in salon.ask(question, fresh=False).text.replace("\u00a0", " ")
