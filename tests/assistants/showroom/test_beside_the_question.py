"""What no stock holds withholds no answer: it is listed and said back; a car likened to one that is not sold
is asked about as it is; a story around a sum does not lead away from the stock.
"""

from __future__ import annotations

from itertools import product

import pytest

from assistants.showroom.language.likeness import without_likeness
from assistants.showroom.language.paying import in_words_of_the_trade
from core.russian import words
from tests.assistants.showroom.conftest import Salon, car, is_about_stock, told

STOCK = [
    car("C1", "GLC 200 4MATIC", "GLC-Class", "внедорожник", 2021, "бензин", "серый", 60_000, 4_300_000),
    car("C2", "GLC 220 d 4MATIC", "GLC-Class", "внедорожник", 2023, "дизель", "белый", 0, 6_400_000),
    car("B1", "GLB 200", "GLB-Class", "внедорожник", 2021, "бензин", "красный", 45_000, 3_290_000),
    car("V1", "V 220 d", "V-Class", "минивэн", 2021, "дизель", "синий", 40_000, 5_900_000),
    car("E1", "E 200", "E-Class", "седан", 2023, "бензин", "чёрный", 0, 7_300_000),
]
UP_TO_FIVE = ["B1", "C1"]


@pytest.fixture
def stocked(salon: Salon) -> Salon:
    salon.stock(STOCK)
    return salon


@pytest.mark.parametrize(
    ("beside", "quoted"),
    [
        ("на 5 человек", "5 человек"), ("на 7 мест", "7 мест"), ("на шестерых", "шестерых"),
        ("в гараже плюс 5", "гараже"), ("зимой минус 30", "зимой минус 30"),
        ("гнать до Сочи 1600 км", "гнать до сочи 1600 км"), ("езжу за 300 км в горы", "за 300 км в горы"),
        ("в семье 4 человека", "4 человека"), ("живём на 12 этаже", "12 этаже"),
    ],
)  # fmt: skip
def test_a_number_of_something_else_is_said_back(stocked: Salon, beside: str, quoted: str) -> None:
    reply = stocked.ask(f"{beside}, нужен GLC до 5 млн")
    assert told(reply) == ["C1"]
    assert f"{quoted}»" in reply.text


def test_seats_behind_the_name_are_said_back_without_it(stocked: Salon) -> None:
    reply = stocked.ask("GLC на 5 человек 2021 года")
    assert told(reply) == ["C1"]
    assert "Не учтено: «5 человек»" in reply.text
    reply = stocked.ask("V-класс для семерых, 2021 год")
    assert told(reply) == ["V1"]
    assert "Не учтено: «семерых»" in reply.text


@pytest.mark.parametrize("number", ["40 000 км", "до 50 000 км", "пробег 50 000 км", "проехал 50 000 км"])
def test_kilometres_of_the_car_are_never_left_out(stocked: Salon, number: str) -> None:
    assert "Не учтено" not in stocked.ask(f"GLB, {number}").text


STORIES = ["Что посоветуете курьеру, весь день в пробках", "Сын поступил в институт, помогите выбрать"]
BOUNDS = ["предел пять миллионов", "не дороже 5 млн", "до четырёх миллионов восьмисот тысяч"]


@pytest.mark.parametrize(("story", "bound"), list(product(STORIES, BOUNDS)))
def test_a_sum_in_a_story_is_a_bound_of_the_stock(stocked: Salon, story: str, bound: str) -> None:
    assert told(stocked.ask(f"{story}, {bound}")) == UP_TO_FIVE


@pytest.mark.parametrize(
    "question", ["Какая гарантия на машину до 5 миллионов?", "Как получить кредит на машину до 5 млн?"]
)
def test_a_service_beside_a_sum_is_no_stock(stocked: Salon, question: str) -> None:
    assert not is_about_stock(stocked.ask(question))


LIKENED = [
    "у Мерседеса ему ближе всего GLC, он есть?", "ну а аналог у вас, GLC?", "такого же формата — GLC?",
    "взамен GLC сгодится, есть в наличии?", "самое близкое у вас GLC, верно?", "похожа на неё GLC, покажите",
]  # fmt: skip


@pytest.mark.parametrize("question", LIKENED)
def test_a_class_likened_to_what_is_not_sold(stocked: Salon, question: str) -> None:
    assert told(stocked.talk("Есть у вас БМВ Х5?", question)) == ["C1", "C2"]


def test_likeness_takes_nothing_else_away() -> None:
    for said in ("такого же цвета GLC", "какой GLC дешевле?", "GLC до 5 млн"):
        assert without_likeness(said) == said


MEANS = ["кредитом", "банком", "займом", "ссудой", "на банковские деньги", "через банк", "за счёт банка"]


@pytest.mark.parametrize("means", MEANS)
@pytest.mark.parametrize(
    "paid",
    [
        "оплатить её можно?", "рассчитаться дадите?", "купить реально?", "закрыть стоимость реально?",
        "закрою остаток, можно?", "закроем?", "закрывать её разрешаете?", "перекрыть сумму дадите?",
    ],
)  # fmt: skip
def test_a_loan_that_is_paid_with_is_buying_on_one(means: str, paid: str) -> None:
    said = in_words_of_the_trade(f"а {means} {paid}")
    assert "в кредит" in said
    assert "купить" in said
    assert not {"закрыть", "закрою", "закроем", "закрывать", "перекрыть"} & {*words(said)}


@pytest.mark.parametrize("car_of_mine", ["мою киа", "свой солярис", "нашу шкоду", "старую мазду"])
@pytest.mark.parametrize("part", ["за часть цены", "в счёт оплаты", "как часть платежа", "в доплату"])
def test_a_car_of_mine_as_a_part_of_the_price(car_of_mine: str, part: str) -> None:
    assert "в зачёт" in in_words_of_the_trade(f"{car_of_mine} {part} возьмёте?")


@pytest.mark.parametrize(
    "question",
    [
        "закрыть кредит раньше срока можно?", "погасить кредит займом можно?", "с каким банком вы работаете?",
        "Можно оплатить банковской картой?", "оплатить наличными или кредитом?", "кредитом какого банка?",
        "за счёт салона мою машину заберёте?", "можно кредитом закрыть старый кредит?",
        "закрываю долг займом", "панорама с кредитом закрывается?",
    ],
)  # fmt: skip
def test_a_loan_that_is_asked_about_stays(question: str) -> None:
    assert in_words_of_the_trade(question) == question
