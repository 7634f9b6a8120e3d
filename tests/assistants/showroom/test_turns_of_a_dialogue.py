"""Turns of a dialogue: a criterion is dropped, a line of models joins a class, a question has a subject of
its own, one comes back to what was spoken of first.
"""

from __future__ import annotations

import pytest

from assistants.showroom.language.releases import released
from tests.assistants.showroom.conftest import Salon, car, told

NEW = 0
STOCK = [
    car("G1", "GLC 300 4MATIC", "GLC-Class", "внедорожник", 2021, "бензин", "белый", 30_000, 5_900_000),
    car("G2", "GLC 300 4MATIC", "GLC-Class", "внедорожник", 2023, "бензин", "чёрный", NEW, 7_900_000),
    car("G3", "AMG GLC 43 4MATIC", "GLC-Class", "внедорожник", 2023, "бензин", "белый", NEW, 9_500_000),
    car("C1", "C 200", "C-Class", "седан", 2020, "бензин", "белый", 40_000, 3_600_000),
    car("C2", "C 200", "C-Class", "универсал", 2021, "бензин", "синий", 20_000, 4_100_000),
    car("C3", "C 220 d", "C-Class", "седан", 2022, "дизель", "серый", NEW, 5_200_000),
    car("E1", "E 220 d 4MATIC", "E-Class", "седан", 2023, "дизель", "чёрный", NEW, 8_900_000),
    car("E2", "E 220 d", "E-Class", "седан", 2023, "дизель", "белый", NEW, 8_100_000),
    car("E3", "AMG E 53 4MATIC+", "E-Class", "купе", 2022, "бензин", "чёрный", NEW, 11_000_000),
    car("E4", "E 200", "E-Class", "купе", 2021, "бензин", "синий", 12_000, 6_000_000),
    car("A1", "A 180", "A-Class", "хэтчбек", 2018, "бензин", "красный", 90_000, 2_300_000),
]


@pytest.fixture
def stocked(salon: Salon) -> Salon:
    salon.stock(STOCK)
    return salon


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ("Цвет тогда любой, но чтобы до 8,5 млн", {"colors"}), ("цвет пусть будет любой", {"colors"}),
        ("с цветом не заморачиваюсь", {"colors"}), ("бог с ним, с цветом", {"colors"}),
        ("на цвет уже не смотрим", {"colors"}), ("цвет на ваш вкус", {"colors"}),
        ("цвет не так уж важен", {"colors"}), ("цена теперь не важна", {"price_from"}),
        ("снимаем ограничение по цене", {"price_from"}), ("цвет и год не важны", {"colors", "year_from"}),
        ("ни цвет, ни год не важны", {"colors", "year_from"}),
        ("любого цвета и года", {"colors", "year_from"}),
        ("цвет, год, пробег не важны", {"colors", "year_from", "mileage_from"}),
        ("2022 года и цвет любой", {"colors"}), ("2022 год, цвет любой", {"colors"}),
        ("любой цвет и кузов седан", {"colors"}), ("пробег до 20 тысяч, цвет не важен", {"colors"}),
        ("какой цвет есть?", set()), ("E-класс, уберите чёрные", set()),
    ],
)  # fmt: skip
def test_what_does_not_matter_any_more(said: str, kinds: set[str]) -> None:
    fields = {*released(said.lower())[0]}
    assert fields & {"colors", "bodies", "year_from", "price_from", "mileage_from", "fuels"} == kinds


@pytest.mark.parametrize(
    "loose", ["Цвет тогда любой, но чтобы до 8,5 млн", "с цветом не заморачиваюсь, но до 8,5 млн"]
)
def test_a_colour_that_is_dropped_beside_a_bound(stocked: Salon, loose: str) -> None:
    reply = stocked.talk("дизельные ешки есть?", "только новые", "из них чёрные есть?", loose)
    assert told(reply) == ["E2"]


@pytest.mark.parametrize(
    "line",
    [
        "Оставьте только AMG", "а AMG?", "AMG", "покажите мне только AMG", "и только AMG",
        "интересует именно AMG", "а AMG из них?", "Понял. А AMG?",
    ],
)  # fmt: skip
def test_a_line_narrows_the_class(stocked: Salon, line: str) -> None:
    assert told(stocked.talk("какие GLC есть?", line)) == ["G3"]


@pytest.mark.parametrize("name", ["а если только ешки?", "ешки", "а E-классы?", "из них ешки"])
def test_a_class_narrows_the_line(stocked: Salon, name: str) -> None:
    assert told(stocked.talk("какие AMG есть до 13 млн?", name)) == ["E3"]
    assert told(stocked.talk("какие AMG есть до 10 млн?", name, "Цена любая")) == ["E3"]


def test_a_line_of_a_class_that_is_not_there(stocked: Salon) -> None:
    reply = stocked.talk("какие GLE есть?", "только AMG")
    assert reply.text.startswith("Такого автомобиля сейчас нет в наличии (GLE AMG)."), reply.text


@pytest.mark.parametrize("question", ["какие ешки у вас есть?", "какие E-классы есть до 20 млн?"])
def test_a_class_with_a_subject_of_its_own(stocked: Salon, question: str) -> None:
    assert told(stocked.talk("какие AMG есть?", question)) == ["E1", "E2", "E3", "E4"]


@pytest.mark.parametrize(
    "aside",
    [
        "Отвлекусь: какая вообще самая дешёвая машина во всём салоне, любой модели и цвета?",
        "А какая самая дешёвая машина во всём салоне?", "какая вообще самая дешёвая?",
        "Другой вопрос: какая машина самая дешёвая?", "какая самая дешёвая из всего наличия?",
        "сменим тему: самая дешёвая машина какая?", "самая дешёвая по всему складу какая?",
    ],
)  # fmt: skip
def test_a_question_of_all_cars(stocked: Salon, aside: str) -> None:
    assert told(stocked.talk("белые GLC есть?", "и чтобы без пробега", aside)) == ["A1"]


def test_the_end_of_those_before_is_of_no_others(stocked: Salon) -> None:
    assert told(stocked.talk("какие GLC есть?", "а какая вообще самая дешёвая из них?")) == ["G1"]


@pytest.mark.parametrize(
    "back", ["Вернусь к GLC. Какие чёрные без пробега?", "возвращаюсь к GLC, чёрные новые"]
)
def test_one_comes_back(stocked: Salon, back: str) -> None:
    assert told(stocked.talk("белые GLC есть?", "Отвлекусь: какие купе есть?", back)) == ["G2"]


@pytest.mark.parametrize(
    "other", ["мне белый или чёрный, остальные цвета не нравятся", "белый, другие цвета не предлагать"]
)
def test_other_colours_refuse_no_class(stocked: Salon, other: str) -> None:
    reply = stocked.talk("CLA есть?", "А C-класс седан?", other)
    assert told(reply) == ["C1"]


def test_other_bodies_are_of_other_classes(stocked: Salon) -> None:
    assert told(stocked.talk("какие C-классы есть?", "покажите остальные седаны")) == ["E1", "E2"]


@pytest.mark.parametrize(
    ("number", "cars"),
    [
        ("а 200 универсал?", ["C2"]), ("есть 200 универсал?", ["C2"]), ("а 200 седан?", ["C1"]),
        ("а 220 дизель?", ["C3"]), ("а 200 синий?", ["C2"]), ("ну а 200 белая?", ["C1"]),
    ],
)  # fmt: skip
def test_a_number_before_a_value(stocked: Salon, number: str, cars: list[str]) -> None:
    assert told(stocked.talk("есть C-класс?", number)) == cars


def test_a_number_of_a_class_that_is_not_there(stocked: Salon) -> None:
    assert "(CLA 200, кузов — универсал)" in stocked.talk("есть CLA?", "а 200 универсал?").text


@pytest.mark.parametrize(
    "words", ["Надо же. А купе чёрного цвета?", "Принято! А чёрные купе?", "Вот как… тогда чёрное купе"]
)
def test_a_few_words_before_what_leans(stocked: Salon, words: str) -> None:
    assert told(stocked.talk("E-классы в кузове седан?", "А купе?", words)) == ["E3"]


@pytest.mark.parametrize(
    "instead",
    ["вместо чёрного белый", "а белый вместо чёрного", "вместо чёрного цвета белый", "вместо чёрных белые"],
)
def test_a_value_in_anothers_place(stocked: Salon, instead: str) -> None:
    assert told(stocked.talk("дизельная ешка чёрная есть?", instead)) == ["E2"]


@pytest.mark.parametrize(
    "driven",
    [
        "пробег тоже допустим", "пробег не пугает", "пробег не страшен", "пробег не проблема",
        "можно и с пробегом",
    ],
)  # fmt: skip
def test_a_mileage_that_does_not_matter(stocked: Salon, driven: str) -> None:
    assert told(stocked.talk("новый C-класс до 6 млн", driven)) == ["C1", "C2", "C3"]


@pytest.mark.parametrize("kind", ["а из дизельных?", "и среди дизельных", "а из дизелей?"])
def test_the_same_end_of_another_kind(stocked: Salon, kind: str) -> None:
    assert told(stocked.talk("какая самая дешёвая новая машина?", kind)) == ["C3"]


@pytest.mark.parametrize("denied", ["а не белый?", "а кроме белых?"])
def test_what_is_denied_is_not_said_to_be_left_out(stocked: Salon, denied: str) -> None:
    reply = stocked.talk("GLC белый есть?", denied)
    assert told(reply) == ["G2"]
    assert "не учтены" not in reply.text
    assert "не учтены" not in stocked.talk("GLC белый есть?", denied, "а белый или чёрный?").text


def test_the_other_drive_behind_a_denied_one(stocked: Salon) -> None:
    assert told(stocked.talk("новые дизельные ешки", "без полного привода", "а с полным?")) == ["E1"]


def test_back_to_a_fuel(stocked: Salon) -> None:
    back = stocked.talk("дизельные есть?", "а бензиновые купе?", "вернёмся к дизелям, какие до 6 млн?")
    assert told(back) == ["C3"]


def test_a_colour_that_was_dropped_stays_dropped(stocked: Salon) -> None:
    reply = stocked.talk("E 450 чёрный есть?", "а любого цвета?", "а самый свежий?")
    assert "чёрный" not in reply.text.partition("\n")[0]


@pytest.mark.parametrize(
    "narrowed", ["бензиновый до 8 миллионов", "нет, дизель не хочу, давайте бензин, не дороже 8 миллионов"]
)
def test_a_sum_in_words_is_no_kind_of_cars(stocked: Salon, narrowed: str) -> None:
    assert sorted(told(stocked.talk("какие GLC есть?", narrowed))) == ["G1", "G2"]


@pytest.mark.parametrize(
    "asked", ["А сколько стоит самый доступный из всех ваших дизелей?", "самый дешёвый из всех дизелей?"]
)
def test_of_all_of_a_kind_nothing_said_before_holds(stocked: Salon, asked: str) -> None:
    assert told(stocked.talk("дизельные есть?", "седаны 2023 года", asked)) == ["C3"]


@pytest.mark.parametrize(
    "asked", ["Самый дорогой C 200, без всяких допов, сколько?", "Самый дорогой C 200 без опций?"]
)
def test_without_options_is_the_car_as_it_stands(stocked: Salon, asked: str) -> None:
    assert told(stocked.ask(asked)) == ["C2"]


@pytest.mark.parametrize(
    ("question", "cars"),
    [
        ("Бензиновые GLC, AMG не нужны", ["G1", "G2"]), ("Нужны ешки, AMG не интересуют", ["E1", "E2", "E4"]),
        ("Цешку хочу. Универсалы и дизели вообще не интересуют", ["C1"]),
        ("Ешку хочу. Купе и AMG не предлагать", ["E1", "E2"]),
        ("GLC ищу и дизель не нужен", ["G1", "G2", "G3"]),
    ],
)  # fmt: skip
def test_a_refusal_reaches_its_list_and_no_farther(stocked: Salon, question: str, cars: list[str]) -> None:
    assert sorted(told(stocked.ask(question))) == cars


@pytest.mark.parametrize("year", ["GLC 2023 года, можно и 2021", "GLC 2023 года, но и 2021 подойдёт"])
def test_a_year_that_will_do_too(stocked: Salon, year: str) -> None:
    assert sorted(told(stocked.ask(year))) == ["G1", "G2", "G3"]


@pytest.mark.parametrize("kind", ["Понятно, это много. Дизели", "Дизельные седаны"])
def test_a_kind_of_cars_is_asked_of_all(stocked: Salon, kind: str) -> None:
    reply = stocked.talk("какие GLC есть?", f"{kind} до 9 млн какие есть?")
    assert sorted(told(reply)) == ["C3", "E1", "E2"]


def test_a_kind_that_may_be_one_by_its_form_is_asked_of_all(stocked: Salon) -> None:
    reply = stocked.talk("какие GLC есть?", "Понятно, это много. Электрички до 9 млн какие есть?")
    assert "(топливо — электро" in reply.text
