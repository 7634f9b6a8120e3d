"""What a car comes to with all the options that are named: of cars that can have them all, the least sum."""

from __future__ import annotations

import pytest

from core.dialogue import Reply
from tests.assistants.showroom.conftest import Salon, car

CARS = [
    car("E1", "GLE 350 4MATIC", "GLE-Class", "внедорожник", 2021, "бензин", "белый", 12_000, 6_000_000),
    car("E2", "GLE 450 4MATIC", "GLE-Class", "внедорожник", 2023, "бензин", "чёрный", 0, 9_000_000),
    car("E3", "GLE 400 d 4MATIC", "GLE-Class", "внедорожник", 2023, "дизель", "серый", 0, 9_500_000),
    car("C1", "GLC 300 4MATIC", "GLC-Class", "внедорожник", 2023, "бензин", "белый", 0, 8_000_000),
    car("C2", "GLC 220 d 4MATIC", "GLC-Class", "внедорожник", 2022, "дизель", "белый", 0, 7_000_000),
    car("A1", "A 180", "A-Class", "хэтчбек", 2023, "бензин", "чёрный", 0, 3_000_000),
]
PANORAMA, HOOK, LINE, RIM = "Панорамная крыша", "Фаркоп", "Пакет AMG Line", "Подогрев руля"
PRICES = {
    ("GLE 350 4MATIC", PANORAMA): 200_000, ("GLE 350 4MATIC", RIM): 30_000,
    ("GLE 450 4MATIC", HOOK): 150_000, ("GLE 400 d 4MATIC", PANORAMA): 210_000,
    ("GLE 400 d 4MATIC", HOOK): 140_000, ("GLC 300 4MATIC", PANORAMA): 180_000,
    ("GLC 220 d 4MATIC", HOOK): 160_000, ("GLC 300 4MATIC", LINE): 350_000,
    ("GLC 300 4MATIC", RIM): 40_000,
}  # fmt: skip
OPTIONS = [{"model": model, "option": name, "price_rub": price} for (model, name), price in PRICES.items()]


@pytest.fixture(scope="module")
def salon() -> Salon:
    salon = Salon()
    salon.stock(CARS, OPTIONS)
    return salon


def _said(reply: Reply) -> str:
    return reply.text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    "question",
    [
        "GLE с фаркопом и панорамой, сколько вместе?", "GLE с панорамой и фаркопом: итого?",
        "Сколько выйдет GLE с фаркопом плюс панорама?", "GLE с фаркопом и с панорамной крышей почём?",
        "Сколько будет стоить GLE с панорамой и фаркопом?", "гле с люком и фаркопом в сумме сколько",
        "во сколько обойдётся GLE, если добавить панораму и фаркоп?", "GLE с фаркопом, с панорамой, итого?",
    ],
)  # fmt: skip
def test_only_cars_with_all_of_them_are_summed_up(salon: Salon, question: str) -> None:
    text = _said(salon.talk(question))
    assert "9 850 000 ₽" in text
    assert "GLE 350" not in text
    assert "GLE 450" not in text


@pytest.mark.parametrize(
    "question",
    [
        "GLC с фаркопом и панорамой, сколько вместе?", "Сколько выйдет GLC с панорамой и фаркопом?",
        "GLC с панорамой плюс фаркоп, итого?",
    ],
)  # fmt: skip
def test_what_no_car_can_have_together_has_no_sum(salon: Salon, question: str) -> None:
    reply = salon.talk(question)
    assert reply.reason == "not_in_stock"
    assert "Вместе таких опций нет" in reply.text
    assert "₽" not in reply.text


@pytest.mark.parametrize(
    "question",
    [
        "Нужна панорама. Какая машина вместе с этой опцией выйдет дешевле всего?",
        "самая дешёвая тачка с панорамой, вместе с ценой самой панорамы, это сколько?",
        "Панорама: во сколько обойдётся самая дешёвая машина с ней, считая и опцию?",
        "Какой внедорожник с панорамой выйдет дешевле всего вместе с опцией?",
        "Самый доступный автомобиль с панорамной крышей, включая цену опции?",
        "Какое авто с панорамой дешевле всего в сумме?",
    ],
)
def test_the_least_of_all_cars(salon: Salon, question: str) -> None:
    text = _said(salon.talk(question))
    assert "6 200 000 ₽" in text
    assert "()" not in text


@pytest.mark.parametrize(
    "question",
    [
        "GLC с AMG Line: наименьшая сумма?", "GLC с пакетом AMG Line. Какая минимальная сумма?",
        "GLC, к нему пакет AMG Line. Назовите наименьшую сумму", "GLC с AMG Line, какова сумма?",
        "Назовите минимальную сумму за GLC с AMG Line",
    ],
)  # fmt: skip
def test_a_sum_is_asked_for_by_its_name(salon: Salon, question: str) -> None:
    assert "8 350 000 ₽" in _said(salon.talk(question))


@pytest.mark.parametrize(
    ("follow_up", "total"),
    [
        ("И ещё подогрев руля в придачу, итого?", "8 220 000 ₽"), ("а ещё подогрев руля?", "8 220 000 ₽"),
        ("плюс подогрев руля, сколько выйдет?", "8 220 000 ₽"),
        ("вдобавок ещё подогрев руля, итого?", "8 220 000 ₽"),
        ("а с одним только подогревом руля?", "8 040 000 ₽"), ("а только с подогревом руля?", "8 040 000 ₽"),
        ("а с одним подогревом руля сколько?", "8 040 000 ₽"),
    ],
)  # fmt: skip
def test_one_more_and_one_alone(salon: Salon, follow_up: str, total: str) -> None:
    assert total in _said(salon.talk("GLC 300 с панорамой сколько выйдет?", follow_up))


def test_one_more_behind_a_sum_that_no_car_can_have(salon: Salon) -> None:
    reply = salon.talk("GLC 300 с панорамой сколько выйдет?", "и ещё фаркоп, итого?")
    assert reply.reason == "not_in_stock"


@pytest.mark.parametrize(
    "question",
    [
        "что дешевле выйдет, GLE с панорамой или GLE с фаркопом",
        "GLE с панорамой или с фаркопом: что дешевле?",
        "GLE с панорамой либо GLE с фаркопом: что в итоге дешевле?",
        "GLE с фаркопом или панорамой, сколько выйдет?",
        "Какой GLE обойдётся дешевле: с панорамой или с фаркопом?", "GLE с фаркопом или с панорамой, почём?",
        "Что выгоднее: GLE с фаркопом или GLE с панорамой?", "GLE с панорамой дешевле или с фаркопом?",
    ],
)  # fmt: skip
def test_the_sums_of_both_sides_are_told(salon: Salon, question: str) -> None:
    text = _said(salon.ask(question))
    assert "6 200 000 ₽" in text
    assert "9 150 000 ₽" in text
    assert "опцией «Панорамная крыша» — 6 200 000 ₽, разница — 2 950 000 ₽" in text


def test_a_side_that_is_not_offered_leaves_the_other(salon: Salon) -> None:
    text = _said(salon.ask("GLC с панорамой или A 180 с панорамой, что дешевле?"))
    assert "8 180 000 ₽" in text
    assert "Панорамная крыша — для A 180 в данных салона не указано" in text
    text = _said(salon.ask("GLS с панорамой или GLC с панорамой, что дешевле?"))
    assert "8 180 000 ₽" in text
    assert "нет в наличии (GLS)" in text


def test_each_side_has_its_own_criteria(salon: Salon) -> None:
    text = _said(salon.ask("белый GLE с панорамой или дизельный GLE с панорамой, что дешевле обойдётся?"))
    assert "9 710 000 ₽" in text
    text = _said(salon.ask("GLE с панорамой или с фаркопом от 2022 года, что дешевле?"))
    assert "9 710 000 ₽" in text
    assert "6 200 000 ₽" not in text


def test_sides_lean_on_the_car_of_the_dialogue(salon: Salon) -> None:
    text = _said(salon.talk("GLE есть?", "с панорамой или с фаркопом дешевле выйдет?"))
    assert "6 200 000 ₽" in text
    assert "9 150 000 ₽" in text


@pytest.mark.parametrize(
    "question", ["Что дешевле: панорама или фаркоп на GLE?", "Есть GLE с люком или фаркопом?"]
)
def test_prices_of_options_are_no_sums(salon: Salon, question: str) -> None:
    assert "С опци" not in salon.ask(question).text
