"""Of what a visitor has, some is asked for: the sum put by for a class, and the car he had, wanted again; his
dislikes hold however politely they are said, and what he drives now is not asked for.
"""

from __future__ import annotations

from itertools import product

import pytest

from tests.assistants.showroom.conftest import Salon, car, told

NEW = 0
STOCK = [
    car("A1", "GLA 200", "GLA-Class", "внедорожник", 2024, "бензин", "белый", NEW, 4_900_000),
    car("A2", "GLA 220 d 4MATIC", "GLA-Class", "внедорожник", 2021, "дизель", "чёрный", 40_000, 4_100_000),
    car("A3", "GLA 250 4MATIC", "GLA-Class", "внедорожник", 2024, "бензин", "серебристый", NEW, 6_400_000),
    car("C1", "GLC 220 d 4MATIC", "GLC-Class", "внедорожник", 2022, "дизель", "белый", 30_000, 6_900_000),
    car("C2", "GLC 300 4MATIC", "GLC-Class", "внедорожник", 2024, "бензин", "чёрный", NEW, 8_900_000),
    car("E1", "E 200", "E-Class", "седан", 2023, "бензин", "белый", NEW, 7_900_000),
    car("E2", "E 220 d 4MATIC", "E-Class", "седан", 2020, "дизель", "серебристый", 60_000, 5_300_000),
]
CLASSES = {"GLA": ["A1", "A2", "A3"], "GLC": ["C1", "C2"], "ешку": ["E1", "E2"]}


@pytest.fixture(scope="module")
def salon() -> Salon:
    salon = Salon()
    salon.stock(STOCK)
    return salon


_PUT_BY = (
    "заложили {0}", "выделили {0}", "муж отвёл {0}", "закладываем до {0}", "родители дали {0}", "держим {0}",
    "готовы отдать {0}", "отложено {0}", "директор согласовал {0}",
)  # fmt: skip
_SUMS = {"GLA": ("5 миллионов", ["A1", "A2"]), "GLC": ("семь млн", ["C1"]), "ешку": ("6 миллионов", ["E2"])}


@pytest.mark.parametrize(("put_by", "name"), [*product(_PUT_BY, _SUMS)])
def test_money_put_by_for_a_class_says_class_and_sum(salon: Salon, put_by: str, name: str) -> None:
    money, vins = _SUMS[name]
    for question in (
        f"На {name} {put_by.format(money)}. Какие есть?",
        f"{put_by.format(money)} на {name}, что есть?",
    ):
        reply = salon.ask(question)
        assert told(reply) == vins, question
        assert "Не учтено" not in reply.text, question


def test_both_ends_of_what_was_put_by_hold(salon: Salon) -> None:
    assert told(salon.ask("На GLA заложили от 4,5 до 6 млн, рассматриваем только новый. Какие есть?")) == [
        "A1"
    ]


@pytest.mark.parametrize(
    "told_of",
    [
        "брат на ешке заработал 10 миллионов",
        "сосед купил ешку за 9 миллионов",
        "потратили на ешку 9 миллионов",
    ],
)
def test_money_that_is_gone_bounds_nothing(salon: Salon, told_of: str) -> None:
    assert not {"E1", "E2"} & {*told(salon.ask(f"{told_of}. Есть белые GLC?"))}


_HAD = (
    "До этого у нас был {0}",
    "Раньше ездила на {0}",
    "У меня сейчас {0}",
    "Продал {0}",
    "Отъездил три года на {0}",
)
_AGAIN = (
    "хочу снова его же",
    "хотели бы взять такой же",
    "хочу опять такую же",
    "ищу её же",
    "хотим снова именно его",
)


@pytest.mark.parametrize(("had", "again"), [*product(_HAD, _AGAIN)])
def test_the_car_that_was_had_is_wanted_again(salon: Salon, had: str, again: str) -> None:
    for name in ("GLA", "GLC"):
        assert told(salon.ask(f"{had.format(name)}, {again}, есть что-нибудь?")) == CLASSES[name], name
    assert told(salon.ask(f"{had.format('GLA')}, {again}: дизельный. Есть?")) == ["A2"]


@pytest.mark.parametrize("year", ["2015 года", "2016"])
def test_its_own_year_is_not_wanted_again(salon: Salon, year: str) -> None:
    assert told(salon.ask(f"Езжу на GLA {year}, хочу такой же, не старше 2023. Какие есть?")) == ["A1", "A3"]


@pytest.mark.parametrize(
    "question",
    [
        "У меня GLA, хочу такой же большой седан",
        "Был GLC, его же и продали. Хочу GLA",
        "не хочу такой же, был GLC",
    ],
)
def test_what_is_merely_alike_or_refused_is_not_its_name(salon: Salon, question: str) -> None:
    assert told(salon.ask(question)) != CLASSES["GLC"]


_COLOURS = {"белый": ["A2", "A3"], "чёрный": ["A1", "A3"], "серебристый": ["A1", "A2"]}
_POLITELY = (
    "{0} мне не очень нравится", "{0} не особо люблю", "{0} как-то не очень", "не очень люблю {0}",
    "{0} не по душе", "{0} не моё", "{0} особо не хочу", "{0} не слишком привлекает", "{0} — не мой цвет",
    "{0} это не наш вариант", "{0} ну такое",
)  # fmt: skip


@pytest.mark.parametrize(("politely", "colour"), [*product(_POLITELY, _COLOURS)])
def test_a_polite_dislike_refuses(salon: Salon, politely: str, colour: str) -> None:
    assert told(salon.ask(f"Какие GLA есть? {politely.format(colour.capitalize())}.")) == _COLOURS[colour]


def test_a_colour_beside_a_disliked_one_is_wanted(salon: Salon) -> None:
    reply = salon.ask("Подскажите, есть ли GLA белого цвета? Серебро нам не очень нравится.")
    assert told(reply) == ["A1"]


@pytest.mark.parametrize("quality", ["не очень старый", "не слишком дорогой"])
def test_a_degree_denies_no_colour_behind_it(salon: Salon, quality: str) -> None:
    assert told(salon.ask(f"GLA {quality}, белый есть?")) == ["A1"]


@pytest.mark.parametrize("own", ["солярис", "киа рио", "старенький опель"])
@pytest.mark.parametrize(
    "change", ["хочу пересесть на мерс", "но хочу мерседес", "хотим теперь мерс", "думаю сменить на мерс"]
)
def test_what_is_driven_now_is_not_asked_for(salon: Salon, own: str, change: str) -> None:
    reply = salon.ask(f"щас {own} {change}. есть 6 млн. только седан")
    assert told(reply) == ["E2"], reply.text


@pytest.mark.parametrize("name", ["GLA", "GLC"])
def test_what_is_wanted_now_is_asked_for(salon: Salon, name: str) -> None:
    assert told(salon.ask(f"сейчас {name} хочу, какие есть?")) == CLASSES[name]


@pytest.mark.parametrize("why", ["Хотим понять", "Просто хочу знать", "Интересно", "Чтобы понимать"])
@pytest.mark.parametrize("quality", ["старый", "свежий", "дорогой", "новый"])
def test_an_indirect_question_sets_no_criterion(salon: Salon, why: str, quality: str) -> None:
    reply = salon.ask(f"Какого года у вас самый дешёвый GLC? {why}, насколько он {quality}.")
    assert told(reply) == ["C1"], reply.text
    assert "2022" in reply.text


def test_an_indirect_question_on_what_the_stock_does_not_tell_stays(salon: Salon) -> None:
    reply = salon.ask("Какого года у вас самый дешёвый GLC? Хотим понять, насколько он надёжный.")
    assert reply.reason == "clarify" or "надежн" in reply.text.replace("ё", "е")


@pytest.mark.parametrize(
    "question", ["Можете отложить белый GLC до завтра?", "Отложите мне GLC", "когда будет готов GLC?"]
)
def test_a_service_in_the_same_words_is_no_list(salon: Salon, question: str) -> None:
    assert told(salon.ask(question)) == []
