"""A name asked for among the cars told: those of the list, whatever else of that name is in stock.

On a stock where the list has such cars, and on one where only others are so called.
"""

from __future__ import annotations

from itertools import product

import pytest

from tests.assistants.showroom.conftest import Row, Salon, car, told

CLASSES = ("GLB", "CLA", "GLA", "GLE")
LINES = ("amg среди них есть?", "а из них AMG какие?", "сколько из них amg?", "АМГ среди этих есть?")
OTHERS = ("CLS", "майбах", "EQA", "S-класс")
BESIDE = {
    "гибрид среди них есть?": ("fuel", "гибрид"), "а дизельные из них?": ("fuel", "дизель"),
    "белые среди них есть?": ("color", "белый"), "универсал среди них есть?": ("body", "универсал"),
}  # fmt: skip


def _of(name: str, place: int, price: int, *, amg: bool = False, **values: str) -> Row:
    model = f"AMG {name} 35 4MATIC" if amg else f"{name} 200"
    body, fuel, color = (values.get(key, usual) for key, usual in _USUAL.items())
    vin = f"W1K{name}{'A' if amg else 'B'}{place:010d}"
    return car(vin, model, f"{name}-Class", body, 2022, fuel, color, 10_000, price)


_USUAL = {"body": "внедорожник", "fuel": "бензин", "color": "чёрный"}
STRANGERS = [
    car(f"W1K{place:014d}", model, class_name, body, 2023, fuel, "синий", 0, 4_900_000)
    for place, (model, class_name, body, fuel) in enumerate(
        (
            ("AMG CLS 53 4MATIC+", "CLS-Class", "купе", "бензин"),
            ("Maybach S 580 4MATIC", "Maybach S-Class", "седан", "бензин"),
            ("EQA 250", "EQA", "внедорожник", "электро"),
            ("S 450 4MATIC", "S-Class", "седан", "бензин"),
        )
    )
]


@pytest.mark.parametrize(("name", "question"), list(product(CLASSES, LINES)))
@pytest.mark.parametrize("limit", ["", " до 5 млн"])
def test_a_line_among_those_told(salon: Salon, name: str, question: str, limit: str) -> None:
    line = [_of(name, place, 4_000_000, amg=True) for place in range(2)]
    salon.stock([_of(name, place, 3_500_000) for place in range(3)] + line + STRANGERS)
    reply = salon.talk(f"{name}{limit} есть?", question)
    assert told(reply) == sorted(row["vin"] for row in line), reply.text


@pytest.mark.parametrize(("name", "question"), list(product(CLASSES, LINES)))
@pytest.mark.parametrize("limit", ["", " до 5 млн"])
def test_a_line_that_only_others_have(salon: Salon, name: str, question: str, limit: str) -> None:
    salon.stock([_of(name, place, 3_500_000) for place in range(3)] + STRANGERS)
    reply = salon.talk(f"{name}{limit} есть?", question)
    assert reply.text.startswith("Среди них таких нет (AMG)"), reply.text
    assert not any(name in line for line in reply.text.split("\n")), reply.text


@pytest.mark.parametrize(("name", "other"), list(product(CLASSES, OTHERS)))
@pytest.mark.parametrize("there", [True, False])
def test_another_class_is_not_among_them(salon: Salon, name: str, other: str, there: bool) -> None:
    salon.stock([_of(name, place, 3_500_000) for place in range(3)] + (STRANGERS if there else []))
    reply = salon.talk(f"{name} есть?", f"{other} среди них есть?")
    assert " нет" in reply.text.split("\n")[0], reply.text
    assert all(name not in fact.values["model"] for fact in reply.facts)


@pytest.mark.parametrize(("name", "question"), list(product(CLASSES, BESIDE)))
@pytest.mark.parametrize("there", [True, False])
def test_what_is_no_name_narrows_as_ever(salon: Salon, name: str, question: str, there: bool) -> None:
    key, value = BESIDE[question]
    usual = [_of(name, place, 3_500_000) for place in range(3)]
    wanted = [_of(name, 7, 4_000_000, **{key: value})] if there else []
    salon.stock(usual + wanted + STRANGERS)
    reply = salon.talk(f"{name} есть?", question)
    assert told(reply) == [row["vin"] for row in wanted], reply.text
    assert (reply.reason == "not_in_stock") is not there


@pytest.mark.parametrize(
    ("first", "second"), [pair for pair in product(CLASSES, CLASSES) if pair[0] != pair[1]]
)
def test_one_of_two_that_were_told(salon: Salon, first: str, second: str) -> None:
    rows = {name: [_of(name, place, 3_500_000) for place in range(2)] for name in CLASSES}
    salon.stock([row for each in rows.values() for row in each])
    reply = salon.talk(f"{first} и {second} есть?", f"{second} среди них есть?")
    assert told(reply) == sorted(row["vin"] for row in rows[second])


@pytest.mark.parametrize("name", CLASSES)
def test_among_what_stands_in_for_a_car(salon: Salon, name: str) -> None:
    plain, line = _of(name, 1, 3_500_000), _of(name, 2, 4_000_000, amg=True)
    salon.stock([plain, line, *STRANGERS])
    reply = salon.talk(f"красный {name} есть?", "amg среди них есть?")
    assert "сейчас нет в наличии" in reply.text
    assert told(reply) == [line["vin"]]
    reply = salon.talk(f"красный {name} есть?", "майбах среди них есть?")
    assert reply.reason == "not_in_stock"
    assert "таких тоже нет" in reply.text


PEOPLE = ("жене", "мужу", "сыну", "маме")
BOTH = "Нам две машины: {} {} до 5 млн, мне {} 2023 года. Что есть?"


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize(("first", "second"), list(product(CLASSES[:2], CLASSES[2:])))
def test_each_side_of_a_question_is_gone_back_to(salon: Salon, person: str, first: str, second: str) -> None:
    rows = [_of(first, place, 4_000_000 + 100_000 * place) for place in range(3)]
    others = [_of(second, place, 8_000_000 + 100_000 * place) for place in range(4)]
    for row in others[:3]:
        row["year"] = 2023
    others[3] |= {"price_rub": 7_000_000}  # the cheapest is of another year
    salon.stock(rows + others + STRANGERS)
    opening = BOTH.format(person, first, second)
    reply = salon.talk(opening, f"сначала {person}: самый дешёвый из этих {first}?")
    assert told(reply) == [rows[0]["vin"]], reply.text
    reply = salon.ask(f"теперь мне: самый дешёвый из тех {second}?", fresh=False)
    assert told(reply) == [others[0]["vin"]], reply.text
    assert "Прежние условия" not in reply.text
    both = salon.ask("сколько за обе вместе?", fresh=False)
    assert "12 000 000" in both.text.replace("\N{NO-BREAK SPACE}", " "), both.text
    gap = salon.talk(
        opening, f"самый дешёвый из этих {first}?", f"самый дешёвый из тех {second}?", "на сколько дороже?"
    )
    assert "4 000 000" in gap.text.replace("\N{NO-BREAK SPACE}", " "), gap.text


@pytest.mark.parametrize(("first", "second"), list(product(CLASSES[:2], CLASSES[2:])))
def test_nothing_is_added_to_a_side_that_is_not_there(salon: Salon, first: str, second: str) -> None:
    salon.stock(
        [_of(first, place, 4_000_000) for place in range(3)] + [_of(second, 1, 8_000_000)] + STRANGERS
    )
    opening = BOTH.format("жене", first, second)
    reply = salon.talk(opening, f"самый дешёвый из тех {second}?")
    assert reply.reason == "not_in_stock", reply.text
    assert "2023" in reply.text
    assert salon.ask("сколько за обе вместе?", fresh=False).reason == "not_in_stock"
