"""A property, a place or the better one is asked of what the dialogue spoke of.

The same dialogues on a stock that has the car, one of it alone, and on one that has not.
"""

from __future__ import annotations

from itertools import product

import pytest

from core.dialogue import Reply
from tests.assistants.showroom.conftest import Row, Salon, car, told

KINDS = {
    "GLB": ("GLB-Class", "GLB 200", "внедорожник"), "CLA": ("CLA-Class", "CLA 250 4MATIC", "седан"),
    "EQA": ("EQA", "EQA 250", "внедорожник"), "S-класс": ("S-Class", "S 450 4MATIC", "седан"),
    "Maybach": ("Maybach S-Class", "Maybach S 580 4MATIC", "седан"),
    "CLS": ("CLS-Class", "CLS 350 d", "купе"),
}  # fmt: skip
OTHERS = (
    ("A-Class", "A 180", "хэтчбек"),
    ("V-Class", "V 250 d", "минивэн"),
    ("G-Class", "G 400 d", "внедорожник"),
)
OPENINGS = (
    "{} есть?",
    "самый дешёвый {} покажите",
    "покажите {} от дешёвых к дорогим",
    "белый {} есть в наличии?",
)
# What is asked -> what of the car the answer tells.
PROPERTIES = {
    "а пробег у него какой?": "mileage_km", "а пробег?": "mileage_km",
    "и сколько прошёл километров?": "mileage_km",
    "какого он года?": "year", "год?": "year", "и год какой": "year", "цена какая": "price_rub",
    "а цена у него какая?": "price_rub", "какого она цвета?": "color", "а возраст?": "year",
    "сколько лет машине?": "year", "а пробег большой?": "mileage_km",
}  # fmt: skip
PLACES = (
    "а у второй какой пробег?", "второй сколько стоит?", "а третий какого года", "а третий?",
    "какой пробег у второго?", "второй почём?", "а второй вариант какого года?",
)  # fmt: skip
CHOICES = (
    "который свежее?", "какая дешевле", "тот, что поновее, почём?", "та что постарше сколько стоит?",
    "у того, что подешевле, какой пробег?", "сколько стоит та что новее?", "а какой дороже?",
)  # fmt: skip


def _car(place: int, kind: tuple[str, str, str]) -> Row:
    class_name, model, body = kind
    values = (body, 2019 + place, "бензин", "белый", 7_300 + 1_000 * place, 4_000_000 + 500_000 * place)
    return car(f"W1K{class_name[:3].upper()}{place:011d}"[:17], model, class_name, *values)


def _stock(*kinds: tuple[str, str, str], each: int = 1) -> list[Row]:
    return [_car(place, kind) for kind in kinds for place in range(each)]


def _denies(reply: Reply) -> bool:
    return reply.reason == "not_in_stock" and "сейчас нет в наличии" in reply.text


@pytest.mark.parametrize(("said", "opening"), list(product(KINDS, OPENINGS[:2])))
@pytest.mark.parametrize("question", PROPERTIES)
def test_a_property_of_a_car_that_is_not_there_is_denied(
    salon: Salon, said: str, opening: str, question: str
) -> None:
    salon.stock(_stock(*OTHERS))
    reply = salon.talk(opening.format(said), question)
    assert _denies(reply), reply.text


@pytest.mark.parametrize(("said", "opening"), list(product(KINDS, OPENINGS)))
@pytest.mark.parametrize("question", PROPERTIES)
def test_a_property_of_the_car_that_is_there_is_told(
    salon: Salon, said: str, opening: str, question: str
) -> None:
    rows = _stock(KINDS[said], *OTHERS)
    salon.stock(rows)
    reply = salon.talk(opening.format(said), question)
    value = rows[0][PROPERTIES[question]]
    assert reply.reason is None
    assert str(value) in reply.text.replace("\N{NO-BREAK SPACE}", "").replace(" ", ""), reply.text


@pytest.mark.parametrize(("said", "question"), list(product(KINDS, PLACES)))
@pytest.mark.parametrize("there", [True, False])
def test_a_place_that_the_list_has_not_is_denied(salon: Salon, said: str, question: str, there: bool) -> None:
    salon.stock(_stock(*((KINDS[said],) if there else ()), *OTHERS))
    reply = salon.talk(f"покажите {said} от дешёвых к дорогим", question)
    assert reply.reason == "not_in_stock", reply.text
    assert ("показано 1" in reply.text) is there


@pytest.mark.parametrize(("said", "question"), list(product(KINDS, PLACES[:2])))
def test_a_place_that_the_list_has_is_told(salon: Salon, said: str, question: str) -> None:
    rows = _stock(KINDS[said], each=3) + _stock(*OTHERS)
    salon.stock(rows)
    reply = salon.talk(f"покажите {said} от дешёвых к дорогим", question)
    assert told(reply) == [rows[1]["vin"]]


@pytest.mark.parametrize(("said", "question"), list(product(KINDS, CHOICES)))
def test_one_car_is_the_better_one_of_itself(salon: Salon, said: str, question: str) -> None:
    rows = _stock(KINDS[said], *OTHERS)
    salon.stock(rows)
    reply = salon.talk(f"{said} есть?", question)
    assert told(reply) == [rows[0]["vin"]], reply.text
    pronoun = salon.ask("какой у него пробег?", fresh=False)
    assert told(pronoun) == [rows[0]["vin"]]


@pytest.mark.parametrize(("said", "question"), list(product(KINDS, CHOICES)))
def test_of_several_the_better_one_is_chosen(salon: Salon, said: str, question: str) -> None:
    rows = _stock(KINDS[said], each=3) + _stock(*OTHERS)
    salon.stock(rows)
    reply = salon.talk(f"{said} есть?", question)
    least = any(word in question for word in ("дешевле", "постарше"))
    assert told(reply) == [rows[0 if least else 2]["vin"]], reply.text


@pytest.mark.parametrize("said", KINDS)
@pytest.mark.parametrize(
    "question", ["а подешевле есть?", "а поновее?", "какая новее есть?", "есть что посвежее?"]
)
def test_what_asks_for_more_goes_beyond_the_one_car(salon: Salon, said: str, question: str) -> None:
    rows = _stock(KINDS[said], *OTHERS)
    salon.stock(rows)
    reply = salon.talk(f"{said} есть?", question)
    assert rows[0]["vin"] not in told(reply), reply.text


@pytest.mark.parametrize("said", KINDS)
def test_nothing_is_reckoned_with_a_car_that_is_not_there(salon: Salon, said: str) -> None:
    salon.stock(_stock(*OTHERS, each=2))
    for question in ("на сколько дороже?", "сколько за обе вместе?", "какая разница в цене?"):
        reply = salon.talk(f"{said} есть?", "а самый дорогой?", question)
        assert _denies(reply), (question, reply.text)
    reply = salon.talk(
        f"Покажите самый дешёвый {said}", "и самый дешёвый A 180", "на сколько рублей первый дороже второго?"
    )
    assert reply.reason == "not_in_stock"


def test_the_newest_of_several_behind_a_tie_are_meant_next(salon: Salon) -> None:
    rows = _stock(KINDS["CLA"], each=3)
    rows[1]["year"] = rows[2]["year"]
    salon.stock(rows)
    reply = salon.talk("CLA есть?", "какой из них самый новый?", "какой у него пробег?")
    assert told(reply) == sorted(row["vin"] for row in rows[1:])


def test_of_alternatives_it_is_said_that_they_are_no_such_car(salon: Salon) -> None:
    rows = _stock(KINDS["CLA"], each=2) + _stock(*OTHERS)
    salon.stock(rows)
    reply = salon.talk("красный CLA есть?", "какой у него пробег?")
    assert _denies(reply)
    assert "красный" in reply.text
    assert "7 300 км" in reply.text.replace("\N{NO-BREAK SPACE}", " ")
    second = salon.talk("красный CLA есть?", "а второй сколько стоит?")
    assert "сейчас нет в наличии" in second.text
    assert told(second) == [rows[1]["vin"]]


@pytest.mark.parametrize("said", KINDS)
@pytest.mark.parametrize(
    "question",
    [
        "какой пробег у той, что 2021 года?",
        "а белый новый дороже него есть?",
        "а с пробегом, дешевле этого, есть?",
    ],
)
def test_what_only_narrows_a_denial_is_denied(salon: Salon, said: str, question: str) -> None:
    salon.stock(_stock(*OTHERS, each=3))
    reply = salon.talk(f"{said} есть?", question)
    assert _denies(reply), reply.text


@pytest.mark.parametrize("said", KINDS)
def test_beyond_what_stands_in_for_a_car_its_denial_is_said_again(salon: Salon, said: str) -> None:
    rows = _stock(KINDS[said], *OTHERS, each=2)
    salon.stock(rows)
    cheaper = salon.talk(f"красный {said} есть?", "дороговато, а дешевле хэтчбеки есть?")
    assert "сейчас нет в наличии" in cheaper.text, cheaper.text
    none = salon.talk(f"красный {said} есть?", "а дешевле электромобили есть?")
    if said == "EQA":
        assert none.reason in (None, "not_in_stock")
    else:
        assert _denies(none), none.text
        assert "Дешевле показанного тоже ничего нет" in none.text


@pytest.mark.parametrize("said", KINDS)
@pytest.mark.parametrize(
    "question", ["пробег у него большой? сколько", "большой у него пробег?", "а пробег не страшный?"]
)
def test_a_mileage_is_judged_by_what_it_is(salon: Salon, said: str, question: str) -> None:
    rows = _stock(KINDS[said], *OTHERS)
    salon.stock(rows)
    reply = salon.talk(f"{said} есть?", question)
    assert told(reply) == [rows[0]["vin"]]
    assert "7 300 км" in reply.text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("other", [name for name in KINDS if name not in ("CLA", "Maybach")])
def test_from_which_price_two_are_compared(salon: Salon, other: str) -> None:
    salon.stock(_stock(KINDS["CLA"], KINDS[other], each=2))
    reply = salon.talk("CLA есть?", f"а что дешевле, CLA или {other}? сколько от?")
    assert "Сравниваю по ценам" in reply.text


@pytest.mark.parametrize("said", KINDS)
def test_a_car_shown_instead_is_none_of_two_that_were_told(salon: Salon, said: str) -> None:
    rows = _stock(KINDS[said], OTHERS[0])
    salon.stock(rows)
    reply = salon.talk(
        f"самый дешёвый красный {said}", "а самый дешёвый A 180?", "на сколько первый дороже второго?"
    )
    assert reply.reason == "not_in_stock", reply.text


@pytest.mark.parametrize("said", KINDS)
@pytest.mark.parametrize("question", ["покажи их", "сравни их", "есть ещё?", "а другие?", "остальные какие?"])
def test_there_is_no_list_of_what_is_not_there(salon: Salon, said: str, question: str) -> None:
    salon.stock(_stock(*OTHERS))
    assert _denies(reply := salon.talk(f"{said} есть?", question)), reply.text


@pytest.mark.parametrize("said", KINDS)
@pytest.mark.parametrize("question", ["а разница между ними?", "на сколько второй дороже первого?"])
def test_one_car_has_no_other_to_compare_with(salon: Salon, said: str, question: str) -> None:
    salon.stock(_stock(KINDS[said], *OTHERS))
    reply = salon.talk(f"{said} есть?", question)
    assert reply.reason == "not_in_stock", reply.text
    assert "сравнивать не с чем" in reply.text


@pytest.mark.parametrize("said", ["GLB", "CLA", "EQA", "CLS"])
@pytest.mark.parametrize("step", ["подешевле", "подороже", "поновее"])
def test_nothing_is_cheaper_than_a_car_that_is_not_there(salon: Salon, said: str, step: str) -> None:
    maybach = _stock(KINDS["Maybach"], each=2)
    salon.stock(maybach + _stock(*OTHERS))
    reply = salon.talk(f"сколько стоит {said}?", f"а {step} майбах есть какой-нибудь?")
    assert reply.text.startswith("Такого автомобиля сейчас нет в наличии"), reply.text
    assert told(reply) == sorted(row["vin"] for row in maybach)
