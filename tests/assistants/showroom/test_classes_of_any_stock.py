"""What a visitor says of a class is read the same whether the stock of the day has the class or not."""

from __future__ import annotations

import pytest

from tests.assistants.showroom.conftest import Salon, car, told
from tests.fakes.clock import NOON

BODIES = {"SL": "кабриолет", "V": "минивэн", "X": "пикап", "A": "хэтчбек", "B": "хэтчбек"}
# Class -> a number of its designations, the class of the data, how it is said beside its own letters.
CLASSES = {
    "A": ("180", "A-Class", ("ашка", "A-класс", "а-класс", "а класс")),
    "B": ("180", "B-Class", ("бэшка", "B-класс", "б-класс", "бэ класс")),
    "C": ("180", "C-Class", ("цешка", "c класс", "С-класс", "ц класс")),
    "E": ("200", "E-Class", ("ешка", "E-класс", "е-класс", "е класс")),
    "S": ("500", "S-Class", ("эска", "S-класс", "эс класс")),
    "CLA": ("200", "CLA-Class", ("CLA", "cla", "цла", "цэ эл а")),
    "CLE": ("300", "CLE", ("CLE", "цле", "си эл и")),
    "CLS": ("400", "CLS-Class", ("CLS", "цлс", "цэлэска")),
    "GLA": ("250", "GLA-Class", ("GLA", "гла", "гэ эл а", "глашка")),
    "GLB": ("250", "GLB-Class", ("GLB", "глб", "джиэлби")),
    "GLC": ("300", "GLC-Class", ("GLC", "глц", "джи эл си")),
    "GLE": ("350", "GLE-Class", ("GLE", "гле", "гэ эл е")),
    "GLS": ("450", "GLS-Class", ("GLS", "глс", "гэ эл эс", "глска")),
    "G": ("500", "G-Class", ("гелик", "Геленд", "гелендваген", "G-класс")),
    "V": ("250", "V-Class", ("вэшка", "V-класс", "в-класс", "ви класс")),
    "EQA": ("250", "EQA", ("EQA", "и кью эй", "экюа")),
    "EQB": ("300", "EQB", ("EQB", "е кью бэ", "екубэ")),
    "EQC": ("400", "EQC", ("EQC", "екуце")),
    "EQE": ("350", "EQE", ("EQE", "и кью и")),
    "EQS": ("580", "EQS", ("EQS", "экюэс", "и кью эс", "екуэс")),
    "SL": ("63", "SL-Class", ("SL", "SL-класс", "сл", "эсэль")),
    "X": ("350", "X-Class", ("X-класс", "икс-класс", "X класс")),
    "AMG GT": ("53", "AMG GT", ("AMG GT", "амг гт", "джити амг", "GT AMG")),
}
SHOWN = {name: f"{name}-класс" if len(name) == 1 else name for name in CLASSES}


def _rows(without: str = "") -> list[dict[str, object]]:
    return [
        car(
            f"{name}{place}", f"{name} {number}", of, BODIES.get(name, "седан"),
            2020 + place, "бензин", color, 0, 4_000_000 + 100_000 * at + 10_000 * place,
        )
        for at, (name, (number, of, _)) in enumerate(CLASSES.items()) if name != without
        for place, color in enumerate(("красный", "чёрный"))
    ]  # fmt: skip


@pytest.fixture(scope="module")
def whole() -> Salon:
    salon = Salon()
    salon.stock(_rows())
    return salon


@pytest.fixture(scope="module", params=CLASSES)
def lacking(request: pytest.FixtureRequest) -> tuple[str, Salon]:
    salon = Salon()
    salon.stock(_rows(without=request.param))
    return request.param, salon


QUESTIONS = (
    "{} есть?", "{} красный хочу! есть?", "есть у вас {} в чёрном?", "{} какого года?", "сколько стоит {}?",
    "{} в белом цвете бывает у вас?", "{}, но не белый и не чёрный",
)  # fmt: skip


def _wish(salon: Salon, question: str) -> object:
    desk = salon.flow._published.now()  # type: ignore[attr-defined]
    return desk.stock.reading(desk.spelling.readable(question), NOON).wish


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_class_is_read_the_same_without_its_cars(
    lacking: tuple[str, Salon], whole: Salon, question: str
) -> None:
    name, salon = lacking
    for said in CLASSES[name][2]:
        asked = question.format(said)
        wish, there = _wish(salon, asked), _wish(whole, asked)
        assert wish == there, asked
        assert wish.classes == (name,), asked  # type: ignore[attr-defined]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_class_that_is_not_there_is_told_so(lacking: tuple[str, Salon], question: str) -> None:
    name, salon = lacking
    for said in CLASSES[name][2]:
        reply = salon.ask(question.format(said))
        assert reply.reason == "not_in_stock", (said, reply.text)
        assert f"({SHOWN[name]}" in reply.text
        assert "Не учтено" not in reply.text


@pytest.mark.parametrize("question", ["{} есть?", "{} какого года?", "{} купе, серебро", "есть {} красный?"])
def test_a_designation_is_told_in_the_letters_of_its_class(lacking: tuple[str, Salon], question: str) -> None:
    name, salon = lacking
    number = CLASSES[name][0]
    letters = {
        "C": ("ц{}", "С {}", "c{}"), "E": ("Е {}", "е{}"), "SL": ("сл {}", "SL {}", "sl{}"),
        "GLS": ("глс {}", "ГЛС{}"), "CLA": ("цла {}", "cla {}"), "A": ("А {}", "а{}"), "S": ("s{}", "S {}"),
    }.get(name, (name + " {}",))  # fmt: skip
    for said in letters:
        reply = salon.ask(question.format(said.format(number)))
        assert reply.reason == "not_in_stock", (said, reply.text)
        assert f"({name} {number}" in reply.text.replace(f"({name}{number}", f"({name} {number}"), said
        assert "Не учтено" not in reply.text


@pytest.mark.parametrize(
    "said", ["цешка универсал", "c класс универсал", "С-класс универсал", "цешка дизель"]
)
def test_the_name_of_an_article_is_no_question_for_it(said: str) -> None:
    salon = Salon()
    salon.stock(_rows(without="C"))
    assert salon.ask(said).reason == "not_in_stock"


MAYBACHS = [
    car("M1", "Maybach S 580 4MATIC", "Maybach S-Class", "седан", 2021, "бензин", "белый", 5_000, 21_900_000),
    car("M2", "Maybach S 680 4MATIC", "S-Class", "седан", 2022, "бензин", "чёрный", 0, 29_900_000),
    car("M3", "Maybach GLS 600 4MATIC", "Maybach GLS", "универсал", 2022, "бензин", "чёрный", 0, 27_900_000),
    car("S1", "S 500 4MATIC", "S-Class", "седан", 2022, "бензин", "белый", 0, 16_900_000),
    car("L1", "GLS 450 4MATIC", "GLS-Class", "внедорожник", 2022, "бензин", "белый", 0, 14_900_000),
]  # fmt: skip


@pytest.fixture(scope="module")
def maybachs() -> Salon:
    salon = Salon()
    salon.stock(MAYBACHS)
    return salon


@pytest.mark.parametrize(
    ("said", "vin"),
    [
        ("S 580", "M1"),
        ("s580", "M1"),
        ("эска 580", "M1"),
        ("S 680", "M2"),
        ("GLS 600", "M3"),
        ("глс 600", "M3"),
    ],
)
@pytest.mark.parametrize(
    "question", ["{} есть?", "{} есть в наличии?", "сколько стоит {}?", "А самый дешёвый {} почём?"]
)
def test_a_maybach_is_near_and_no_s_class(maybachs: Salon, question: str, said: str, vin: str) -> None:
    reply = maybachs.ask(question.format(said))
    assert reply.reason == "not_in_stock", reply.text
    if "эска" not in said:
        assert vin in {fact.id for fact in reply.facts}, reply.text


@pytest.mark.parametrize(
    ("question", "cars"),
    [("Maybach S 580 есть?", ["M1"]), ("майбах S 680", ["M2"]), ("майбах GLS 600 есть?", ["M3"]),
     ("майбахи есть?", ["M1", "M2", "M3"]), ("майбах на базе GLS имеется?", ["M3"])],
)  # fmt: skip
def test_a_maybach_that_is_called_one_is_there(maybachs: Salon, question: str, cars: list[str]) -> None:
    assert told(maybachs.ask(question)) == cars


@pytest.mark.parametrize(
    ("question", "cars"),
    [("а 53 гелик есть?", []), ("мне 45, ищу ешку", ["E0", "E1"]), ("мне 63, хочу цешку", ["C0", "C1"]),
     ("а 500 гелик есть?", ["G0", "G1"])],
)  # fmt: skip
def test_a_conjunction_and_an_age_open_no_designation(whole: Salon, question: str, cars: list[str]) -> None:
    reply = whole.ask(question)
    assert told(reply) == cars, reply.text
    assert "A 53" not in reply.text
    assert "нет в наличии: " not in reply.text


def test_a_line_of_its_own_is_not_the_class_in_its_name() -> None:
    salon = Salon()
    salon.stock(
        [
            car("M1", "Mercedes-Maybach S 580 4MATIC", "Mercedes-Maybach S-Class", "седан", 2025, "бензин",
                "чёрный", 0, 36_500_000),
            car("S1", "S 450 d 4MATIC Long", "S-Class", "седан", 2025, "дизель", "чёрный", 0, 22_300_000),
        ]
    )  # fmt: skip
    assert told(salon.talk("S-класс есть?")) == ["S1"]
    assert told(salon.talk("майбах есть?")) == ["M1"]


def test_letters_in_cyrillic_are_of_the_class_of_those_letters() -> None:
    salon = Salon()
    rows = [
        car("K1", "GLK 220 CDI", "GLK-класс", "внедорожник", 2013, "дизель", "белый", 160_000, 1_700_000),
        car("C1", "GLC 300", "GLC-Class", "внедорожник", 2022, "бензин", "белый", 0, 6_900_000),
    ]
    salon.stock(rows)
    assert told(salon.talk("глк есть?")) == ["K1"]
    assert told(salon.talk("глц есть?")) == ["C1"]
    salon.stock(rows[1:])
    assert "K1" not in told(salon.talk("глк есть?"))
