"""Questions about two stocks that the code has not seen: odd classes, Latin colours, other brands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.assistants.showroom.conftest import Salon, car, is_about_stock, told

Row = dict[str, Any]
Expected = str | Callable[[Row], bool]
FIRST = [
    car(f"A{i:02}", *row)
    for i, row in enumerate(
        [
            ("Mercedes-Benz C180", "C", "Sedan", 2022, "Petrol", "Black", 12, 4890000),
            ("Mercedes-Benz C180", "C", "Sedan", 2021, "Petrol", "Polar White", 35000, 3990000),
            ("Mercedes-Benz C 200 4MATIC", "C", "Седан 4 дв.", 2023, "АИ-95", "Чёрный металлик", 0, 5650000),
            ("Mercedes-Benz E 200", "E", "седан", 2023, "бензин", "СЕРЫЙ МЕТАЛЛИК", 0, 6990000),
            ("Mercedes-Benz E220d", "E", "универсал", 2020, "ДТ", "тёмно-синий", 61000, 4550000),
            (
                "Mercedes-Benz GLC 300 4MATIC Coupe",
                "GLC",
                "внедорожник-купе",
                2024,
                "бензин",
                "Красный",
                0,
                8900000,
            ),
            (
                "Mercedes-Benz GLC 220d",
                "GLC",
                "Внедорожник 5 дв.",
                2022,
                "дизель",
                "Белый перламутр",
                28000,
                6100000,
            ),
            ("Mercedes-Benz GLE 350 d", "GLE", "SUV", 2021, "дизель", "чёрный обсидиан", 54000, 6750000),
            ("Mercedes-Benz G 63 AMG", "G", "внедорожник", 2023, "бензин", "Хамелеон", 100, 31500000),
            ("Mercedes-Benz S 450", "S", "седан", 2022, "бензин", "чёрный", 9000, 14500000),
            ("Mercedes-Benz EQS 580", "EQS", "лифтбек", 2023, "электричество", "Белый", 0, 16900000),
            ("Mercedes-Benz V 250 d", "V", "минивэн", 2019, "дизель", "серебристый", 98000, 4300000),
            ("Mercedes-Benz Sprinter 319", "Sprinter", "фургон", 2021, "дизель", "белый", 40000, 5200000),
        ]
    )
]
SECOND = [
    car(f"B{i:02}", *row)
    for i, row in enumerate(
        [
            ("BMW X5 xDrive30d", "X5", "кроссовер", 2022, "дизель", "чёрный", 22000, 8900000),
            ("BMW 320i", "3 серия", "седан", 2021, "бензин", "белый", 30000, 3900000),
            ("Haval Jolion", "Jolion", "внедорожник", 2024, "бензин", "зелёный", 0, 2199000),
            ("Haval Jolion Elite", "Jolion", "внедорожник", 2023, "бензин", "серый", 0, 2390000),
            ("Chery Tiggo 7 Pro Max", "Tiggo 7 Pro Max", "внедорожник", 2024, "бензин", "синий", 0, 2690000),
            ("Chery Tiggo 4", "Tiggo 4", "внедорожник", 2023, "бензин", "красный", 0, 1990000),
            ("LADA Vesta SW Cross", "Vesta", "универсал", 2023, "бензин", "оранжевый", 5, 1790000),
            ("Лада Гранта", "Granta", "лифтбек", 2022, "бензин", "серебристый", 12000, 890000),
            ("Kia K5", "K5", "седан", 2022, "бензин", "чёрный", 18000, 3190000),
            ("Toyota Camry", "Camry", "седан", 2021, "бензин", "чёрный", 45000, 3290000),
            ("Toyota RAV4", "RAV4", "внедорожник", 2022, "гибрид", "белый", 21000, 4190000),
            ("Porsche Cayenne", "Cayenne", "внедорожник", 2020, "бензин", "коричневый", 70000, 7990000),
        ]
    )
]


def _model(part: str) -> Callable[[Row], bool]:
    return lambda c: part in c["model"].replace(" ", "").lower()


# A predicate over rows, VINs, "none" (said not to be in stock) or "!" (no question about stock).
QUESTIONS_FIRST: list[tuple[str, Expected]] = [
    ("Есть ли сейчас в наличии C180?", _model("c180")),
    ("с180 есть?", _model("c180")),
    ("С 180 в наличии?", _model("c180")),
    ("C-180 имеется?", _model("c180")),
    ("цешка есть?", lambda c: c["class_name"] == "C"),
    ("ешки какие есть", lambda c: c["class_name"] == "E"),
    ("Е-класс в наличии?", lambda c: c["class_name"] == "E"),
    ("есть с-класс?", lambda c: c["class_name"] == "C"),
    ("покажите C-Class", lambda c: c["class_name"] == "C"),
    ("гелик почём?", lambda c: c["class_name"] == "G"),
    ("Гелендваген есть?", lambda c: c["class_name"] == "G"),
    ("G63 есть?", _model("g63")),
    ("г 63 amg", _model("g63")),
    ("есть ли эска", lambda c: c["class_name"] == "S"),
    ("глц есть?", lambda c: c["class_name"] == "GLC"),
    ("glc купе есть?", _model("coupe")),
    ("GLC Coupe в наличии?", _model("coupe")),
    ("джи эл си есть?", lambda c: c["class_name"] == "GLC"),
    ("глс есть?", "none"),
    ("гле 350 д есть?", _model("gle350d")),
    ("GLE350d сколько стоит", _model("gle350d")),
    ("E220d есть?", _model("e220d")),
    ("е 220 д универсал есть?", _model("e220d")),
    ("чёрные машины есть?", lambda c: c["vin"] in ("A00", "A02", "A07", "A09")),
    ("есть что-нибудь белое?", lambda c: c["vin"] in ("A01", "A06", "A10", "A12")),
    ("машина цвета хамелеон есть?", lambda c: c["vin"] == "A08"),
    ("что есть до 5 млн", lambda c: c["price_rub"] <= 5e6),
    ("машины дешевле 4,5 миллионов", lambda c: c["price_rub"] <= 4.5e6),
    ("от 3 до 6 млн что предложите?", lambda c: 3e6 <= c["price_rub"] <= 6e6),
    ("за пять миллионов что-нибудь есть?", lambda c: c["price_rub"] <= 5e6),
    ("дизельные внедорожники есть?", lambda c: c["vin"] in ("A06", "A07")),
    (
        "седан не старше 2022 года",
        lambda c: c["body"].lower()[:5] in ("седан", "sedan") and c["year"] >= 2022,
    ),
    ("машины 2023 года", lambda c: c["year"] == 2023),
    ("автомобили старше 2021 года есть?", lambda c: c["year"] < 2021),
    ("новые машины есть?", lambda c: c["mileage_km"] <= 100),
    ("машины с пробегом до 30 тысяч км", lambda c: c["mileage_km"] <= 30000),
    ("самая дешёвая машина", "A01"),
    ("самый дорогой автомобиль у вас какой?", "A08"),
    ("самая новая машина какая", "A05"),
    ("электромобили есть?", lambda c: c["vin"] == "A10"),
    ("EQS 580 в наличии?", lambda c: c["vin"] == "A10"),
    ("минивэн есть?", lambda c: c["vin"] == "A11"),
    ("вэшка есть?", lambda c: c["vin"] == "A11"),
    ("Есть S 500?", "none"),
    ("s500 есть?", "none"),
    ("C 300 есть в наличии?", "none"),
    ("BMW X5 есть?", "none"),
    ("есть ауди А6?", "none"),
    ("камри есть?", "none"),
    ("тойота камри есть в наличии?", "none"),
    ("есть ли жигули", "none"),
    ("Tesla Model S есть?", "none"),
    ("майбах есть?", "none"),
    ("спринтер есть?", lambda c: c["vin"] == "A12"),
    ("Sprinter 319 почём?", lambda c: c["vin"] == "A12"),
    ("фургон есть?", lambda c: c["vin"] == "A12"),
    ("сколько у вас чёрных машин?", lambda c: c["vin"] in ("A00", "A02", "A07", "A09")),
    ("сколько GLC в наличии", lambda c: c["class_name"] == "GLC"),
    ("красный GLC есть?", lambda c: c["vin"] == "A05"),
    ("синий glc есть?", "none"),
    ("Сколько стоит C180?", _model("c180")),
    ("сколько будет стоить чёрный C 180", lambda c: c["vin"] == "A00"),
    ("какая цена на GLE", lambda c: c["class_name"] == "GLE"),
    ("мерседес до 4 миллионов есть?", lambda c: c["price_rub"] <= 4e6),
    ("хочу купить белый седан", lambda c: c["vin"] == "A01"),
    ("подберите универсал", lambda c: c["vin"] == "A04"),
    ("ищу дизель до 5 млн", lambda c: c["price_rub"] <= 5e6 and c["fuel"] in ("дизель", "ДТ")),
    ("тёмно-синий универсал есть?", lambda c: c["vin"] == "A04"),
    ("не чёрный седан есть?", lambda c: c["vin"] in ("A01", "A03")),
    ("самый дешёвый внедорожник", "A06"),
    ("самый свежий седан до 6 млн", "A02"),
    ("самая дешевая ешка", "A04"),
    ("какие цвета есть у C 180?", _model("c180")),
    ("С 200 4матик есть?", lambda c: c["vin"] == "A02"),
    ("бюджет 5 млн, что посоветуете?", lambda c: c["price_rub"] <= 5e6),
    ("у меня есть 4 миллиона, что можно взять?", lambda c: c["price_rub"] <= 4e6),
    ("машина около 7 млн", lambda c: 6.3e6 <= c["price_rub"] <= 7.7e6),
    ("есть ли автомобили дороже 10 миллионов", lambda c: c["price_rub"] >= 10e6),
    ("Здравствуйте! Подскажите, пожалуйста, есть ли у вас белый GLC?", lambda c: c["vin"] == "A06"),
    ("а GLC 300 в красном цвете найдётся?", lambda c: c["vin"] == "A05"),
    ("правда, что S 450 стоит 1 рубль?", lambda c: c["vin"] == "A09"),
    ("есть S 450 за 1 рубль?", "!"),
    ("мерс c180 2021 года", lambda c: c["vin"] == "A01"),
    ("две тысячи двадцать второго года что есть?", lambda c: c["year"] == 2022),
    ("2021-2022 года машины есть?", lambda c: c["year"] in (2021, 2022)),
    ("пробег меньше 20000, до 6 млн", lambda c: c["mileage_km"] <= 20000 and c["price_rub"] <= 6e6),
    ("Можно ли взять GLC в кредит?", "!"),
    ("Есть ли тест-драйв GLC?", "!"),
    ("Чем C отличается от E-класса?", "!"),
    ("какая гарантия на GLE?", "!"),
    ("сколько стоит ТО на C180?", "!"),
    ("где вы находитесь?", "!"),
    ("есть ли у вас кафе?", "!"),
    ("есть ли борщ?", "!"),
    ("есть ли у вас парковка", "!"),
    ("сколько стоит КАСКО на GLC", "!"),
    ("Сколько лошадиных сил у C 180?", "!"),
    ("Сколько дверей у E 200?", "!"),
    ("Есть ли у GLE третий ряд?", "!"),
    ("Какой расход у GLC?", "!"),
    ("Чем дизель лучше бензина?", "!"),
    ("Чем выгоден дизель?", "!"),
    ("Сколько дизельных?", lambda c: c["fuel"] in ("дизель", "ДТ")),
    ("Купить мерс", lambda c: True),
    ("Что есть дешевле чем 4 миллиона?", lambda c: c["price_rub"] < 4e6),
    ("Есть ли авто в наличии?", lambda c: True),
    ("Машина с пробегом до 5 млн", lambda c: c["price_rub"] <= 5e6 and c["mileage_km"] > 100),
    (
        "Седан до 6 млн с пробегом до 40 тысяч",
        lambda c: (
            c["body"].lower()[:5] in ("седан", "sedan") and c["price_rub"] <= 6e6 and c["mileage_km"] <= 40000
        ),
    ),
    ("дороже 6, но дешевле 7 миллионов", lambda c: 6e6 <= c["price_rub"] <= 7e6),
    ("Цена не выше 6 и не ниже 5 млн", lambda c: 5e6 <= c["price_rub"] <= 6e6),
    ("Машины 2021-2022 года до 6 млн", lambda c: c["year"] in (2021, 2022) and c["price_rub"] <= 6e6),
    ("Не с пробегом, до 6 млн", lambda c: c["mileage_km"] <= 100 and c["price_rub"] <= 6e6),
    ("машина с нулевым пробегом есть?", lambda c: c["mileage_km"] <= 100),
    ("Кроме седанов, универсал есть?", lambda c: c["body"] == "универсал"),
    ("Кроме чёрных и белых что есть до 7 млн?", lambda c: c["vin"] in ("A03", "A04", "A11")),
    ("любой кроме GLC и G-класса дороже 8 млн", lambda c: c["vin"] in ("A09", "A10")),
    ("самая дешёвая новая машина", "A00"),
    ("GLE 400 d есть?", "none"),
    ("E 200 d есть?", "none"),
    ("Какие внедорожники 2022 года у вас есть?", "A06"),
]
QUESTIONS_SECOND: list[tuple[str, Expected]] = [
    ("бмв х5 есть?", "B00"),
    ("BMW X5 в наличии?", "B00"),
    ("икс 5 есть?", "B00"),
    ("X5 почем", "B00"),
    ("X6 есть?", "none"),
    ("бмв 320 есть?", "B01"),
    ("320i в наличии?", "B01"),
    ("Хавал Джолион есть?", lambda c: "Jolion" in c["model"]),
    ("джолион есть в наличии", lambda c: "Jolion" in c["model"]),
    ("Джолион Элит сколько стоит?", "B03"),
    ("Тигго 7 про макс есть?", "B04"),
    ("tiggo 4 есть?", "B05"),
    ("тигго 8 есть?", "none"),
    ("Chery Tiggo что есть?", lambda c: "Tiggo" in c["model"]),
    ("веста есть?", "B06"),
    ("Лада Веста св кросс в наличии?", "B06"),
    ("гранта есть?", "B07"),
    ("лада есть?", "B06 B07"),
    ("киа к5 есть?", "B08"),
    ("Kia K5 чёрная", "B08"),
    ("камри есть?", "B09"),
    ("тойота есть?", "B09 B10"),
    ("рав4 есть?", "B10"),
    ("rav 4 белый", "B10"),
    ("кайен есть?", "B11"),
    ("порше кайен почём", "B11"),
    ("кайенн в наличии?", "B11"),
    ("что есть до миллиона", lambda c: c["price_rub"] <= 1e6),
    ("до полутора миллионов есть машины?", lambda c: c["price_rub"] <= 1.5e6),
    ("до 900 тысяч", lambda c: c["price_rub"] <= 9e5),
    ("оранжевая машина есть?", "B06"),
    ("гибрид есть?", "B10"),
    ("самая дешевая тойота", "B09"),
    ("самый дорогой хавал", "B03"),
    ("C 180 есть?", "none"),
    ("гелик есть?", "none"),
    ("Geely есть?", "none"),
    ("кроссовер до 9 млн", lambda c: c["price_rub"] <= 9e6 and c["body"] == "кроссовер"),
    ("зелёный Jolion есть?", "B02"),
    ("белый jolion есть?", "none"),
    ("какие тойоты есть?", "B09 B10"),
    ("Ford Focus есть?", "none"),
    ("жигули семёрка есть?", lambda c: c["vin"] in ("B06", "B07")),
]


def _check(salon: Salon, stock: list[Row], question: str, expected: Expected) -> None:
    salon.stock(stock)
    reply = salon.ask(question)
    if expected == "!":
        assert not is_about_stock(reply), reply.text
        return
    assert is_about_stock(reply), reply.text
    if isinstance(expected, str):
        wanted = [] if expected == "none" else sorted(expected.split())
    else:
        wanted = sorted(row["vin"] for row in stock if expected(row))
    assert bool(wanted) == (reply.reason != "not_in_stock"), reply.text
    if len(wanted) > 5:
        assert len(told(reply)) == 5
        assert set(told(reply)) <= set(wanted), reply.text
    else:
        assert told(reply) == wanted, reply.text


@pytest.mark.parametrize(("question", "expected"), QUESTIONS_FIRST, ids=[q for q, _ in QUESTIONS_FIRST])
def test_the_salons_own_brand_in_another_spelling(salon: Salon, question: str, expected: Expected) -> None:
    _check(salon, FIRST, question, expected)


@pytest.mark.parametrize(("question", "expected"), QUESTIONS_SECOND, ids=[q for q, _ in QUESTIONS_SECOND])
def test_brands_that_the_vocabulary_does_not_know(salon: Salon, question: str, expected: Expected) -> None:
    _check(salon, SECOND, question, expected)


def test_values_in_latin_are_said_in_russian_and_kept_as_facts(salon: Salon) -> None:
    salon.stock(FIRST)
    reply = salon.ask("Есть C180 2022 года?")
    assert "чёрный, седан, бензин" in reply.text
    assert reply.facts[0].values["color"] == "Black"


@pytest.mark.parametrize("question", ["А дешевле?", "А подороже можно?", "Сколько он стоит?"])
def test_what_leans_on_nothing_is_asked_back(salon: Salon, question: str) -> None:
    salon.stock(FIRST)
    assert salon.ask(question).reason == "clarify"
