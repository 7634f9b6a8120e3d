"""Wordings in which people hide a plain question about the stock: nicknames with a number, stories, slips,
words taken back, bounds in slang.
"""

from __future__ import annotations

import pytest

from jobs.evaluation.amounts import numbers
from tests.assistants.showroom.conftest import Salon, car, told

STOCK = [
    car("E3", "E 300", "E-Class", "седан", 2023, "бензин", "белый", 24_700, 7_370_000),
    car("E3e", "E 300 e", "E-Class", "седан", 2020, "гибрид", "чёрный", 80_500, 5_790_000),
    car("E2d", "E 220 d 4MATIC", "E-Class", "универсал", 2021, "дизель", "серый", 50_000, 5_000_000),
    car("GLE", "GLE 580 4MATIC", "GLE-Class", "внедорожник", 2023, "бензин", "синий", 0, 15_590_000),
    car("G35", "G 350 d", "G-Class", "внедорожник", 2021, "дизель", "чёрный", 25_800, 15_090_000),
    car("G63", "AMG G 63", "G-Class", "внедорожник", 2024, "бензин", "белый", 0, 29_000_000),
    car("GLA", "GLA 250", "GLA-Class", "внедорожник", 2022, "бензин", "белый", 4_000, 4_300_000),
    car("B18", "B 180", "B-Class", "хэтчбек", 2024, "бензин", "красный", 5_600, 3_790_000),
]
OPTIONS = [
    {"model": "B 180", "option": "Панорамная крыша", "price_rub": 132_000},
    {"model": "B 180", "option": "Подогрев руля", "price_rub": 24_000},
]


@pytest.fixture
def stocked(salon: Salon) -> Salon:
    salon.stock(STOCK, OPTIONS)
    return salon


@pytest.mark.parametrize(
    ("question", "vins"),
    [
        ("Глешка 580 почём?", "GLE"),
        ("по 300-й ешке что есть?", "E3"),
        ("геленваген в наличии? интересует 63-й", "G63"),
        ("E-шка 300 есть?", "E3"),
        ("E 300 гибрид есть?", "E3e"),
        ("скока стоит самый дешовый кросовер", "GLA"),
        ("красный хэтчбек есть, плз", "B18"),
        ("белый седан до 7,5 найдёте?", "E3"),
        ("белый седан до 8 мультов", "E3"),
        ("седаны не старше пяти лет", "E3"),
        ("универсал дешевле 5 млн", ""),
        ("универсал до 5 млн", "E2d"),
        ("машины 2021 года и старше, кроме седанов", "E2d G35"),
        ("2024 и новее, не внедорожник", "B18"),
        ("Стаж 15 лет, езжу на Камри, хочу посолиднее: E-класс, полный привод. Что у вас стоит?", "E2d"),
        ("Меня зовут Ирина, муж мечтает о гелике, но не чёрном. Что есть и сколько стоит?", "G63"),
        ("Какой самый мощный... ладно, просто самый дорогой гелик?", "G63"),
        ("Мой номер +7 921 000-00-00. Есть ли GLE синего цвета?", "GLE"),
        ("Есть гелик? X7 не предлагать", "G35 G63"),
        ("гелик есть? дизель не предлагать", "G63"),
        ("субару форестер продаете?", ""),
        ("жук есть у вас?", ""),
        ("Есть ли Мерседес Спринтер?", ""),
        ("Какова минимальная цена на GLA?", "GLA"),
        ("E 300 есть? или 220 д", "E2d E3"),
        ("Мне 74 года, нужен хэтчбек", "B18"),
        ("бюджет четыре миллиона, не больше. хэтчбек", "B18"),
        ("седан, шесть миллионов плюс-минус 300 тысяч", "E3e"),
        ("не надо мне предлагать белое, чёрное и синее! внедорожник", ""),
        ("опять одни белые! покажите внедорожник не белый и не чёрный", "GLE"),
        ("кроме GLE, GLA и G-класса какие внедорожники есть", ""),
        ("шестьдесят третий гелик есть?", "G63"),
        ("любой цвет кроме белого, E-класс", "E2d E3e"),
        ("пробег до 5 тысяч, но не ноль", "GLA"),
    ],
)  # fmt: skip
def test_what_is_asked_is_found(stocked: Salon, question: str, vins: str) -> None:
    reply = stocked.ask(question)
    assert told(reply) == sorted(vins.split()), reply.text


@pytest.mark.parametrize(
    ("questions", "vins"),
    [
        (("гелик есть?", "а 63?"), "G63"),
        (("гелик есть?", "350d сколько?"), "G35"),
        (("что есть до 6 млн?", "именно E-класс"), "E2d E3e"),
        (("внедорожники есть?", "самый новый из них какой"), "G63"),
        (("сколько у вас AMG?", "а сколько из них G-класса?"), "G63"),
        (("E 300 седан до 6 млн", "а если поднять до восьми?"), "E3"),
        (("гелик есть?", "дороговато. а внедорожники до 5 млн есть?"), "GLA"),
        (("E 300 есть?", "Красивый! А где вы находитесь?", "Отлично. А сколько он стоит, напомните?"), "E3"),
        (("E 300 есть?", "ой, раскладка) а какого он цвета?"), "E3"),
        (("E-класс до 8 млн", "чёрные убери"), "E2d E3"),
        (("E-класс белый", "а в другом цвете?"), "E2d E3e"),
        (("внедорожники от 4 до 16 млн", "дизель с пробегом есть?"), "G35"),
    ],
)  # fmt: skip
def test_what_leans_on_the_dialogue(stocked: Salon, questions: tuple[str, ...], vins: str) -> None:
    reply = stocked.talk(*questions)
    assert told(reply) == sorted(vins.split()), reply.text


def test_a_number_without_its_letter_is_another_car_and_told_so(stocked: Salon) -> None:
    reply = stocked.ask("E 220 есть?")
    assert reply.reason == "not_in_stock"
    assert "E 220 d 4MATIC" in reply.text


def test_what_is_nowhere_by_all_that_was_said_is_told_before_what_there_is(stocked: Salon) -> None:
    text = stocked.talk("красные машины есть?", "а E 300 есть?").text
    assert text.index("нет в наличии") < text.index("E 300: 2023")


def test_a_bound_of_the_mileage_is_no_wish_for_a_used_car(stocked: Salon) -> None:
    assert len(told(stocked.ask("внедорожники с пробегом до 10 тысяч км"))) == 3
    assert told(stocked.ask("б/у внедорожники с пробегом до 10 тысяч км")) == ["GLA"]


@pytest.mark.parametrize(
    ("questions", "said"),
    [
        (("На сколько G 63 2024 года дороже, чем G 350 d 2021-го?",), "13 910 000"),
        (("Какая разница в цене между GLA и самым дорогим E-классом?",), "3 070 000"),
        (("Какие опции у B 180 и во сколько обойдутся все вместе?",), "156 000"),
        (("Сколько опций у B 180?",), "Опций в данных салона — 2"),
        (("B 180 с панорамой — сколько минимум?",), "3 922 000"),
        (("сколько выйдет B 180 с панорамой?", "а если ещё подогрев руля добавить?"), "3 946 000"),
        (("Какой диапазон цен на внедорожники?",), "29 000 000"),
        (("самый дешёвый гелик", "а самый дорогой?", "на сколько дороже?"), "13 910 000"),
        (("Разница в цене между самым дорогим и самым дешёвым внедорожником?",), "24 700 000"),
        (("второй по цене внедорожник",), "15 090 000"),
        (("все внедорожники вместе сколько стоят",), "63 980 000"),
        (("сколько новых и сколько с пробегом?",), "с пробегом: 6"),
        (("сколько седанов одинакового цвета?",), "Не уверен"),
    ],
)
def test_what_is_computed(stocked: Salon, questions: tuple[str, ...], said: str) -> None:
    assert said in stocked.talk(*questions).text.replace(" ", " ")


_WAGON = car("CW", "C 200", "C-Class", "универсал", 2022, "бензин", "белый", 9_000, 4_900_000)


@pytest.mark.parametrize(
    "typed", ["цешка универсал", "C-класс универсал", "Цешка универсал", "C-класс сарай"]
)
def test_a_car_that_is_described_goes_before_the_article_headed_so(salon: Salon, typed: str) -> None:
    salon.stock([*STOCK, _WAGON])
    assert told(salon.ask(typed)) == ["CW"]
    salon.stock(STOCK)
    reply = salon.ask(typed)
    assert not told(reply), reply.text


@pytest.mark.parametrize("typed", ["Чем хорош универсал C-класса?", "Цешка-сарай — для кого она?"])
def test_what_is_asked_of_the_model_is_the_article_s(salon: Salon, typed: str) -> None:
    salon.stock([*STOCK, _WAGON])
    assert "S206" in salon.ask(typed).text


def test_the_judge_reads_a_half_in_words() -> None:
    assert [number.value for number in numbers("до пяти с половиной миллионов")] == [5_500_000]
