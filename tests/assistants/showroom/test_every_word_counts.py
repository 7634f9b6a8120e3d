"""Every word of a question about the stock is held, harmless, or asked about."""

from __future__ import annotations

import pytest

from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.reading import Reading, read
from assistants.showroom.language.sorting import sorted_by
from assistants.showroom.language.wish import Condition, Order
from tests.assistants.showroom.conftest import Salon, car


@pytest.fixture
def words() -> Lexicon:
    colors = [{"id": "white", "shown": "белый"}, {"id": "red", "shown": "красный"}]
    fuels = [
        {"id": "diesel", "shown": "дизель", "names": ["дизельный"]},
        {"id": "petrol", "shown": "бензин", "names": ["бензиновый"]},
        {"id": "hybrid", "shown": "гибрид"},
    ]
    classes = [{"id": "E", "names": ["E-класс", "W213"]}, {"id": "GLC"}]
    bodies = [{"id": "sedan", "shown": "седан"}]
    return Lexicon({"color": colors, "fuel": fuels, "model_class": classes, "body": bodies}, None)


def _read(question: str, words: Lexicon) -> Reading:
    return read(question, words, 2026)


@pytest.mark.parametrize(
    ("question", "fields"),
    [
        ("миллионов до пяти с половиной", {"price_to": 5_500_000}),
        ("дороже 7, но дешевле 9 млн", {"price_from": 7_000_001, "price_to": 8_999_999}),
        ("пробег от 20 до 40", {"mileage_from": 20_000, "mileage_to": 40_000}),
        ("пробегом от 10 до 50 тысяч", {"mileage_from": 10_000, "mileage_to": 50_000}),
        ("года двадцать второго или новее", {"year_from": 2022}),
        ("22-23 годов", {"year_from": 2022, "year_to": 2023}),
        ("машина 20-го года", {"year_from": 2020, "year_to": 2020}),
        ("не старше 5 лет и с пробегом до 30 тысяч км", {"year_from": 2021, "mileage_to": 30_000}),
        ("двухлетняя", {"year_from": 2024, "year_to": 2024}),
        ("до 4500 т.р.", {"price_to": 4_500_000}),
        ("с пробегом меньше пяти тысяч, но не новая", {"mileage_to": 4_999, "condition": Condition.USED}),
        ("дизель не нужен, хочу бензиновый", {"excluded": ("fuel:diesel",), "fuels": ("petrol",)}),
        ("белые и красные не предлагать", {"excluded": ("color:red", "color:white")}),
        ("бензиновый гибрид", {"fuels": ("hybrid",)}),
        ("не обязательно белый E-класс", {"classes": ("E",)}),
        ("седан с красным салоном", {"bodies": ("sedan",)}),
        ("W213", {"classes": ("E",)}),
        ("пробег до полтинника тысяч", {"mileage_to": 50_000}),
        ("до пары миллионов", {"price_to": 2_000_000}),
        ("седан только новый, б/у не предлагать", {"bodies": ("sedan",), "condition": Condition.NEW}),
        ("подержанные не интересуют, седан", {"bodies": ("sedan",), "condition": Condition.NEW}),
        ("какая максимальная цена E-класса", {"classes": ("E",), "order": Order.DEAREST}),
    ],
)
def test_what_is_held(question: str, fields: dict[str, object], words: Lexicon) -> None:
    wish = _read(question, words).wish.model_dump(exclude_defaults=True)
    wish = {name: tuple(sorted(value)) if isinstance(value, tuple) else value for name, value in wish.items()}
    assert wish == fields


@pytest.mark.parametrize(
    "question",
    ["не самый дешёвый", "самый мощный E-класс", "E-класс 2019 и 2021 года, до 2020", "белый, 17"],
)
def test_what_is_asked_about(question: str, words: Lexicon) -> None:
    assert _read(question, words).unheld


def test_what_does_not_matter_any_more(words: Lexicon) -> None:
    assert _read("ладно, цвет не важен", words).released == ("colors", "finishes")
    assert _read("бюджет любой", words).released == ("price_from", "price_to")
    assert {*_read("пробег не важен, год тоже", words).released} >= {"mileage_to", "year_from", "year_to"}
    assert _read("седан 2022 года тоже", words).released == ()


def test_the_order_of_a_list() -> None:
    assert sorted_by("E-классы от самого дешёвого к самому дорогому") == ("E-классы", Order.CHEAPEST)
    assert sorted_by("самый дешёвый E-класс") == ("самый дешёвый E-класс", None)


def test_nothing_is_told_of_what_leans_on_what_was_not_understood(salon: Salon) -> None:
    salon.stock(
        [
            car("W1", "GLC 200 4MATIC", "GLC", "внедорожник", 2023, "бензин", "белый", 0, 6_950_000),
            car("W2", "GLC 220 d 4MATIC", "GLC", "внедорожник", 2023, "дизель", "серый", 0, 7_590_000),
        ]
    )
    assert salon.talk("Какие GLC есть?", "только не самые дорогие", "а белые?").reason == "clarify"


@pytest.mark.parametrize(
    ("question", "order"),
    [
        ("Покажите седаны от меньшего пробега к большему", Order.LEAST_MILEAGE),
        ("седаны, от большего к меньшему пробегу", Order.MOST_MILEAGE),
        ("седаны по цене от высокой к низкой", Order.DEAREST),
        ("седаны от 5 до 7 млн", None),
    ],
)
def test_from_one_end_to_the_other(question: str, order: Order | None) -> None:
    assert sorted_by(question)[1] is order


def test_such_cars_are_counted_and_what_one_has_driven_is_told(salon: Salon) -> None:
    salon.stock(
        [
            car("W1", "GLC 200 4MATIC", "GLC", "внедорожник", 2023, "бензин", "белый", 18_800, 6_950_000),
            car("W2", "E 200", "E-Class", "седан", 2023, "бензин", "серый", 0, 7_590_000),
        ]
    )
    assert "1 автомобил" in salon.talk("GLC есть?", "сколько таких штук?").text
    assert "18 800 км" in salon.talk("GLC есть?", "и сколько он прошёл километров?").text
