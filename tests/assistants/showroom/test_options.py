"""Options and their prices: one telling word of an option's name is enough, by form, kin or sound."""

from __future__ import annotations

import pytest

from core.dialogue import TurnState
from tests.assistants.showroom.conftest import Row, Salon, car, told


def _option(model: str, option: str, price: int) -> Row:
    return {"model": model, "option": option, "price_rub": price}


CARS = [
    car("O1", "C 180", "C-Class", "седан", 2023, "бензин", "чёрный", 0, 5_490_000),
    car("O2", "E 200", "E-Class", "седан", 2023, "бензин", "белый", 0, 7_490_000),
    car("O3", "S 450 4MATIC", "S-Class", "седан", 2023, "бензин", "чёрный", 0, 16_900_000),
    car("O4", "GLC 200 4MATIC", "GLC", "внедорожник", 2023, "бензин", "белый", 0, 6_950_000),
    car("O5", "GLC 220 d 4MATIC", "GLC", "внедорожник", 2023, "дизель", "серый", 0, 7_590_000),
    car("O6", "AMG G 63", "G-Class", "внедорожник", 2023, "бензин", "чёрный", 0, 33_500_000),
    car("O7", "EQE 350", "EQE", "седан", 2023, "электро", "чёрный", 0, 9_500_000),
]
OPTIONS = [
    _option("C 180", "Панорамная крыша", 185_000),
    _option("C 180", "Подогрев руля", 32_000),
    _option("E 200", "Пакет AMG Line", 320_000),
    _option("E 200", "Вентиляция передних сидений", 115_000),
    _option("S 450 4MATIC", "Массаж задних сидений", 380_000),
    _option("S 450 4MATIC", "Управляемая задняя ось", 210_000),
    _option("S 450 4MATIC", "Аудиосистема Burmester 4D", 890_000),
    _option("GLC 200 4MATIC", "Фаркоп", 118_000),
    _option("GLC 200 4MATIC", "Панорамная крыша", 195_000),
    _option("GLC 220 d 4MATIC", "Пневмоподвеска AIRMATIC", 255_000),
    _option("GLC 220 d 4MATIC", "Третий ряд сидений", 165_000),
    _option("AMG G 63", "Карбоновый пакет", 980_000),
]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Есть ли панорама на GLC 200?", "GLC 200 4MATIC: Панорамная крыша — 195 000 ₽"),
        ("GLC с панорамой", "С опциями (Панорамная крыша — 195 000 ₽)"),
        ("Почём массаж на S 450?", "Массаж задних сидений — 380 000 ₽"),
        ("Почём массаж?", "Массаж задних сидений — 380 000 ₽"),
        ("Бурместер на S 450?", "Burmester 4D — 890 000 ₽"),
        ("Burmester на C 180?", "такой опции в данных салона нет"),
        ("AIRMATIC на GLC 220 d?", "AIRMATIC — 255 000 ₽"),
        ("эйрматик на GLC 220 d есть?", "AIRMATIC — 255 000 ₽"),
        ("AMG Line на E 200?", "Пакет AMG Line — 320 000 ₽"),
        ("GLC 200 с фаркопом сколько стоит?", "Фаркоп — 118 000 ₽"),
        ("карбон на G 63", "Карбоновый пакет — 980 000 ₽"),
        ("E-класс с вентиляцией сидений есть?", "Вентиляция передних сидений — 115 000 ₽"),
        ("Есть подогрев сидений на C 180?", "такой опции в данных салона нет: Подогрев сидений"),
        ("Какие опции доступны для EQE?", "для EQE в данных салона ничего не указано"),
        ("Какая опция самая дорогая?", "Самая дорогая опция: Карбоновый пакет (AMG G 63) — 980 000 ₽"),
        ("Какая опция самая дорогая на S 450?", "Самая дорогая опция: Аудиосистема Burmester 4D"),
        ("Какая самая дешёвая опция на C 180?", "опция: Подогрев руля (C 180) — 32 000 ₽"),
    ],
)
def test_one_telling_word_is_enough(salon: Salon, question: str, said: str) -> None:
    salon.stock(CARS, OPTIONS)
    reply = salon.ask(question)
    assert reply.state is TurnState.ANSWERED
    assert said in reply.text, reply.text
    assert "сведений нет" not in reply.text


@pytest.mark.parametrize(
    ("question", "vins"),
    [
        ("Есть GLC 200 белый?", "O4"),
        ("Белый GLC 200 с панорамой есть?", "O4"),
        ("Есть белый E 200 на полном приводе?", None),
        ("Самый дорогой GLC", "O5"),
        ("Есть седаны AMG?", None),
    ],
)
def test_a_question_about_cars_stays_one(salon: Salon, question: str, vins: str | None) -> None:
    salon.stock(CARS, OPTIONS)
    reply = salon.ask(question)
    assert "Про «панорам" not in reply.text
    assert not reply.text.startswith(("Опции", "Для этого автомобиля")), reply.text
    if vins is not None:
        assert told(reply) == vins.split(), reply.text


@pytest.mark.parametrize(
    "question",
    [
        "Чем отличается AIRMATIC от обычной подвески на GLC?",
        "Сколько стоит ремонт AIRMATIC на GLC?",
        "Можно ли взять GLC с фаркопом в кредит?",
        "Голосовое управление на S 450 есть?",
    ],
)
def test_how_an_option_works_is_no_question_of_its_price(salon: Salon, question: str) -> None:
    salon.stock(CARS, OPTIONS)
    assert "Опции и цены" not in salon.ask(question).text


@pytest.mark.parametrize("story", ["под переговоры на ходу", "для поездок с клиентами", "для дачи и рыбалки"])
@pytest.mark.parametrize(
    "asked", ["Какая доплата за {0}?", "Сколько доплатить за {0}?", "Почём {0}?", "{0} сколько стоит?"]
)
def test_the_price_of_an_option_stands_behind_a_story(salon: Salon, story: str, asked: str) -> None:
    salon.stock(CARS, OPTIONS)
    reply = salon.ask(f"Берём GLC 200 {story}. {asked.format('фаркоп')}")
    assert "Фаркоп — 118 000 ₽" in reply.text, reply.text
    assert "7 068 000" not in reply.text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Панорама нужна на C 180. Сколько стоит тест-драйв?", "бесплатный"),
        ("C 180 с панорамой. Какой объём багажника?", "Багажник"),
        ("C 180 беру в кредит. Какая ставка с панорамой?", "Ставку"),
    ],
)
def test_what_is_asked_beside_an_option_is_no_story(salon: Salon, question: str, said: str) -> None:
    salon.stock(CARS, OPTIONS)
    reply = salon.ask(question)
    assert said in reply.text, reply.text


@pytest.mark.parametrize(
    "question",
    [
        "Хочу GLC 220 d на пневме, какая будет цена?", "Почём GLC 220 d на пневмоподвеске?",
        "GLC 220 d на пневме, сколько выйдет?", "Интересует GLC 220 d на пневме. Цена?",
        "Сколько стоит GLC 220 d на пневмоподвеске?", "GLC 220 d на пневме почём?",
    ],
)  # fmt: skip
def test_a_car_that_stands_on_its_option_is_the_sum(salon: Salon, question: str) -> None:
    salon.stock(CARS, OPTIONS)
    assert "7 845 000 ₽" in salon.ask(question).text


@pytest.mark.parametrize(
    "question", ["Какая цена на пневму для GLC 220 d?", "GLC 220 d: сколько стоит пневма?"]
)
def test_an_option_that_a_price_is_set_on_is_no_sum(salon: Salon, question: str) -> None:
    salon.stock(CARS, OPTIONS)
    reply = salon.ask(question)
    assert "AIRMATIC — 255 000 ₽" in reply.text
    assert "7 845 000" not in reply.text


@pytest.mark.parametrize(
    "option", ["аудиосистемой Burmester", "Burmester", "бурмистром", "пневмоподвеской", "фаркопом"]
)
@pytest.mark.parametrize(
    "asked",
    ["Есть ли C 180 с {}?", "Есть ли C 180 с {}? Сколько будет?", "C 180 с {} есть?", "C 180 с {}: почём?"],
)
def test_a_car_with_an_option_that_it_has_not_is_told_so(salon: Salon, option: str, asked: str) -> None:
    salon.stock(CARS, OPTIONS)
    reply = salon.ask(asked.format(option))
    assert "такой опции в данных салона нет" in reply.text or "Таких опций нет" in reply.text, reply.text
    assert "C 180: " not in reply.text


@pytest.mark.parametrize(
    "said",
    [
        "с подруливающей задней осью", "с задней подруливающей осью", "с управляемой задней осью",
        "с подруливающей осью", "с подрулькой", "с полноуправляемым шасси", "с поворотными задними колёсами",
    ],
)  # fmt: skip
def test_an_everyday_name_has_words_between_that_tell_nothing(salon: Salon, said: str) -> None:
    salon.stock(CARS, OPTIONS)
    assert "17 110 000" in salon.ask(f"S 450 {said} какая цена получается?").text
