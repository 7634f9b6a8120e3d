"""By how much two sides differ: two cars with an option each, the two ends of a kind, two starting prices."""

from __future__ import annotations

import pytest

from tests.assistants.showroom.conftest import Salon, car

CARS = [
    car("A1", "GLE 350 4MATIC", "GLE-Class", "внедорожник", 2021, "бензин", "белый", 52_000, 6_000_000),
    car("A2", "GLE 450 4MATIC", "GLE-Class", "внедорожник", 2023, "бензин", "чёрный", 0, 9_000_000),
    car("B1", "GLC 300 4MATIC", "GLC-Class", "внедорожник", 2022, "бензин", "белый", 40_000, 5_000_000),
    car("B2", "GLC 220 d 4MATIC", "GLC-Class", "внедорожник", 2023, "дизель", "белый", 12_500, 4_500_000),
    car("C1", "A 180", "A-Class", "хэтчбек", 2023, "бензин", "чёрный", 7_000, 3_000_000),
]
PANORAMA, LINE = "Панорамная крыша", "Пакет AMG Line"
PRICES = {
    ("GLE 350 4MATIC", PANORAMA): 280_000, ("GLC 300 4MATIC", PANORAMA): 210_000,
    ("GLE 450 4MATIC", PANORAMA): 300_000, ("GLE 350 4MATIC", LINE): 400_000,
}  # fmt: skip
OPTIONS = [{"model": model, "option": name, "price_rub": price} for (model, name), price in PRICES.items()]


@pytest.fixture(scope="module")
def salon() -> Salon:
    salon = Salon()
    salon.stock(CARS, OPTIONS)
    return salon


def _said(salon: Salon, *turns: str) -> str:
    return salon.talk(*turns).text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    "question",
    [
        "GLE с панорамой или GLC с ней же: на сколько одно дешевле другого?",
        "какая разница между GLE с панорамой и GLC с панорамой, если оба самые дешёвые?",
        "на сколько GLE с панорамой дороже GLC с панорамой?",
        "посчитайте разницу: GLE с панорамой и GLC с панорамой, самые дешёвые",
        "разница в цене GLE с панорамой и GLC с такой же",
        "на сколько GLC с панорамной крышей дешевле, чем GLE с ней же?",
        "чем отличается по цене GLE с панорамой от GLC с панорамой?",
        "насколько отличается GLE с люком от GLC с ним",
        "какая разница в деньгах: самый дешёвый GLE с панорамой против самого дешёвого GLC с ней же",
    ],
)  # fmt: skip
def test_two_cars_with_an_option_each(salon: Salon, question: str) -> None:
    text = _said(salon, question)
    assert "6 280 000 ₽" in text
    assert "5 210 000 ₽, разница — 1 070 000 ₽" in text


@pytest.mark.parametrize(
    "question",
    [
        "на сколько панорама на GLE 350 дороже чем на GLC 300?",
        "насколько панорама у GLE 350 дороже, чем у GLC 300",
    ],
)
def test_what_is_dearer_may_be_the_option(salon: Salon, question: str) -> None:
    text = _said(salon, question)
    assert "Разница — 70 000 ₽" in text
    assert "6 000 000" not in text


@pytest.mark.parametrize(
    ("question", "gap"),
    [
        ("на сколько GLC с панорамой дешевле GLE?", "790 000 ₽"),
        ("чем GLE с панорамой и AMG Line отличается по цене от GLC с панорамой?", "1 470 000 ₽"),
        ("на сколько самый дорогой GLE с панорамой дороже GLC с панорамой?", "4 090 000 ₽"),
    ],
)
def test_each_side_is_what_was_said_of_it(salon: Salon, question: str, gap: str) -> None:
    assert f"разница — {gap}" in _said(salon, question)


@pytest.mark.parametrize("question", ["А GLE с панорамой?", "GLE с панорамой", "ну а GLE с люком?"])
def test_a_car_with_an_option_is_the_sum(salon: Salon, question: str) -> None:
    assert "6 280 000 ₽" in _said(salon, "GLC с панорамой сколько минимум выйдет?", question)


@pytest.mark.parametrize(
    "question",
    [
        "насколько самый накатанный GLC проехал больше наименее накатанного?", "какой разброс пробега у GLC?",
        "разница между самым большим и самым маленьким пробегом у GLC",
        "какая разница в пробеге между самым накатанным и наименее накатанным GLC?",
        "на сколько километров отличаются пробеги самого накатанного и самого малопробежного GLC?",
        "сколько километров между максимальным и минимальным пробегом у GLC?",
        "у GLC пробеги с каким разбросом?",
        "на сколько самый большой пробег GLC больше самого маленького",
    ],
)  # fmt: skip
def test_how_far_the_mileages_lie_apart(salon: Salon, question: str) -> None:
    assert "от 12 500 км до 40 000 км, разница — 27 500 км" in _said(salon, question)


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        (("какой разброс цен на GLE?",), "от 6 000 000 ₽ до 9 000 000 ₽, разница — 3 000 000 ₽"),
        (("Какие есть GLE?", "а разброс цен какой?"), "разница — 3 000 000 ₽"),
        (("разброс пробега у A-класса",), "сравнивать не с чем"),
        (("разброс цен на GLS",), "нет в наличии (GLS)"),
        (("GLE, разброс цен от 8 до 13 миллионов",), "GLE 450"),
        (("На сколько отличается начальная цена GLE от GLC?",), "разница — 1 500 000 ₽"),
        (("на сколько отличаются стартовые цены GLE и A-класса?",), "разница — 3 000 000 ₽"),
        (("чем GLE отличается от GLC по цене?",), "разница — 1 500 000 ₽"),
    ],
)
def test_other_differences(salon: Salon, turns: tuple[str, ...], told: str) -> None:
    text = _said(salon, *turns)
    assert told in text
    assert "Не учтено" not in text


def test_what_parts_two_models_is_no_price(salon: Salon) -> None:
    assert "₽" not in _said(salon, "чем GLE отличается от GLC?")
