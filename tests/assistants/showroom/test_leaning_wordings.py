"""Numbers of models beside bounds, kinds beside comparatives, conditions that stay, second wishes, sums."""

from __future__ import annotations

from typing import Any

import pytest

from tests.assistants.showroom.conftest import Salon, car, told

NEW = 0
STOCK = [
    car("G1", "GLC 200 4MATIC", "GLC-Class", "внедорожник", 2019, "бензин", "серый", 70_000, 3_890_000),
    car("G2", "GLC 200 4MATIC", "GLC-Class", "внедорожник", 2023, "бензин", "белый", NEW, 6_430_000),
    car("G3", "GLC 300 4MATIC", "GLC-Class", "внедорожник", 2023, "бензин", "чёрный", NEW, 8_430_000),
    car("B1", "GLB 200", "GLB-Class", "внедорожник", 2020, "бензин", "красный", 45_000, 3_290_000),
    car("B2", "GLB 250 4MATIC", "GLB-Class", "внедорожник", 2023, "бензин", "серый", NEW, 5_090_000),
    car("S1", "S 350 d 4MATIC", "S-Class", "седан", 2020, "дизель", "синий", 53_500, 9_950_000),
    car("M1", "Maybach S 580 4MATIC", "Maybach", "седан", 2023, "бензин", "серый", NEW, 27_000_000),
    car("M2", "Maybach GLS 600 4MATIC", "Maybach", "внедорожник", 2022, "бензин", "синий", NEW, 29_650_000),
    car("Q1", "EQS 580 4MATIC", "EQS", "лифтбек", 2023, "электро", "красный", 21_200, 13_950_000),
    car("Q2", "EQC 400 4MATIC", "EQC", "внедорожник", 2020, "электро", "серый", 64_600, 4_190_000),
    car("T1", "AMG GT 43 4MATIC+", "AMG GT", "лифтбек", 2023, "бензин", "чёрный", 28_100, 13_500_000),
    car("T2", "AMG GT 53 4MATIC+", "AMG GT", "лифтбек", 2023, "бензин", "белый", 22_100, 14_670_000),
]
OPTIONS: list[dict[str, Any]] = [
    {"model": "S 350 d 4MATIC", "option": "Вентиляция передних сидений", "price_rub": 223_000},
    {"model": "GLC 200 4MATIC", "option": "Пакет AMG Line", "price_rub": 300_000},
    {"model": "GLC 200 4MATIC", "option": "Третий ряд сидений", "price_rub": 141_000},
]


@pytest.fixture
def stocked(salon: Salon) -> Salon:
    salon.stock(STOCK, OPTIONS)
    return salon


@pytest.mark.parametrize(
    "question",
    [
        "GLC 200 до 4,5 миллионов есть?", "до 4,5 миллионов GLC 200", "глц 200 - 4,5 млн",
        "GLC 200 до четырёх с половиной миллионов", "GLC 200 от 3 до 4,5 млн",
        "двухсотый GLC до 4,5 миллионов",
    ],
)  # fmt: skip
def test_a_number_of_a_name_is_no_bound(stocked: Salon, question: str) -> None:
    assert told(stocked.ask(question)) == ["G1"]


@pytest.mark.parametrize("question", ["43 до 9 млн", "E 350 до 10 млн", "гелик 63 до 70 миллионов"])
def test_no_bound_is_made_up(stocked: Salon, question: str) -> None:
    reply = stocked.ask(question)
    assert reply.reason in ("clarify", "not_in_stock")
    assert not {"43 000", "63 000", "350 000"} & {reply.text[at : at + 6] for at in range(len(reply.text))}


@pytest.mark.parametrize(
    ("question", "cars"),
    [
        ("GT 43 или GT 53, что у вас есть и почём?", ["T1", "T2"]), ("GT 43, GT 53 есть?", ["T1", "T2"]),
        ("амг гт 43 или 53", ["T1", "T2"]), ("GT 43 AMG", ["T1"]),
        ("GLC 200 или 300 до 7 миллионов", ["G1", "G2"]),
    ],
)  # fmt: skip
def test_models_by_number_are_alternatives(stocked: Salon, question: str, cars: list[str]) -> None:
    assert told(stocked.ask(question)) == cars


@pytest.mark.parametrize(
    ("before", "after", "cars"),
    [
        ("Сколько стоит EQS 580?", "дороговато... а дешевле электромобили есть?", ["Q2"]),
        ("Есть GLC 300?", "а подешевле GLB?", ["B1", "B2"]),
        ("Есть Maybach S 580?", "а подороже майбах есть?", ["M2"]),
        ("Есть S 350 d?", "а подешевле внедорожники?", ["B1", "B2", "G1", "G2", "Q2"]),
    ],
)
def test_another_kind_beyond_what_was_shown(stocked: Salon, before: str, after: str, cars: list[str]) -> None:
    assert told(stocked.talk(before, after)) == cars


def test_none_cheaper_of_the_kind_and_one_dearer(stocked: Salon) -> None:
    reply = stocked.talk("Сколько стоит Maybach S 580?", "а подешевле майбах есть какой-нибудь?")
    assert reply.reason == "not_in_stock"
    assert told(stocked.ask("а подороже?", fresh=False)) == ["M2"]


@pytest.mark.parametrize(
    "after",
    [
        "а GLB с теми же условиями?", "GLB с тем же бюджетом есть?", "то же самое, но GLB",
        "а такой же GLB?",
        "а GLB того же года?",
        "GLB в том же бюджете", "а GLB, остальное так же", "а GLB при тех же параметрах?",
    ],
)  # fmt: skip
def test_conditions_stay_where_it_is_said(stocked: Salon, after: str) -> None:
    assert told(stocked.talk("Есть GLC 2023 года до 7 млн?", after)) == ["B2"]
    assert told(stocked.ask("из GLB самый дешёвый сколько стоит?", fresh=False)) == ["B2"]


@pytest.mark.parametrize(
    ("question", "cars"),
    [
        ("Есть E-класс? Если нет, покажите другие седаны до 10 млн.", ["S1"]),
        ("Есть GLC 200 до 4 млн? Если нет, то GLB", ["G1"]),
        ("Нужен GLC 2024 года, если таких нет, то подберите GLB до 5 млн", ["B1"]),
        ("есть белый GLB, а если нет - то GLC?", ["G2"]),
    ],
)
def test_a_second_wish_has_its_own_conditions(stocked: Salon, question: str, cars: list[str]) -> None:
    assert told(stocked.ask(question)) == cars


def test_sums_with_options(stocked: Salon) -> None:
    both = stocked.ask("Сколько будет самый доступный GLC 200, если добавить AMG Line и третий ряд?")
    assert "4 331 000 ₽" in both.text
    assert "10 173 000 ₽" in stocked.talk("Сколько стоит S 350 d?", "а если с вентиляцией сидений?").text
    together = stocked.talk("вентиляция на S 350 d сколько стоит?", "итого с машиной сколько выйдет?")
    assert "10 173 000 ₽" in together.text


@pytest.mark.parametrize(
    "question",
    [
        "спринтер есть в наличии?", "вито есть?", "есть слк?", "CLK продаёте?", "есть R-класс?",
        "сколько стоит AMG One?", "глк есть у вас", "сорок пятая CLA есть?",
    ],
)  # fmt: skip
def test_what_is_not_sold_is_honestly_absent(stocked: Salon, question: str) -> None:
    assert stocked.ask(question).reason == "not_in_stock"


@pytest.mark.parametrize(
    "question", ["EQS и EQC есть? хочу сравнить", "Есть EQS и EQC в наличии? Надо их сравнить"]
)
def test_what_is_to_be_compared_is_asked_of_the_stock(stocked: Salon, question: str) -> None:
    assert set(told(stocked.ask(question))) == {"Q1", "Q2"}


@pytest.mark.parametrize(
    ("dialogue", "cars"),
    [
        (("Есть электромобили до 5 млн?", "EQC среди них есть?", "какой из этих EQC новее?"), ["Q2"]),
        (("Есть GLC 300?", "А GLC 200, дешевле этого, есть?"), ["G1", "G2"]),
        (("Есть новый чёрный GLC?", "тогда GLB, любого цвета"), ["B2"]),
        (("Самый дешёвый внедорожник", "нет, GLB не надо"), ["G1"]),
        (("Самый дешёвый внедорожник", "а следующий за ним по цене?"), ["G1"]),
        (("Нам две машины: жене GLB до 4 млн, мне S 350 d 2020 года", "самый дешёвый из этих GLB?"), ["B1"]),
        (("Серый GLC и ещё белый AMG GT 53 — покажите оба варианта",), ["G1", "T2"]),
        (("джып бензиновый чёрный новый",), ["G3"]),
    ],
)
def test_what_is_said_in_passing_changes_what_is_found(
    stocked: Salon, dialogue: tuple[str, ...], cars: list[str]
) -> None:
    assert told(stocked.talk(*dialogue)) == cars


def test_the_difference_of_the_two_told_last(stocked: Salon) -> None:
    reply = stocked.talk(
        "Покажите самый дешёвый GLC 200", "и самый дешёвый GLB 250", "на сколько первый дешевле второго?"
    )
    assert "1 200 000 ₽" in reply.text


def test_an_option_of_the_other_model(stocked: Salon) -> None:
    reply = stocked.talk("Сколько стоит третий ряд сидений на S 350 d?", "а на GLC 200?")
    assert "141 000 ₽" in reply.text
    summed = stocked.ask("Самый дешёвый новый GLC 200 с этим рядом во сколько встанет?", fresh=False)
    assert "6 571 000 ₽" in summed.text
