"""Several cars asked for in one question, each with a colour, a body, a year or a budget of its own, there or
not; and designations of which one is there.
"""

from __future__ import annotations

from itertools import permutations

import pytest

from tests.assistants.showroom.conftest import Row, Salon, car, told

CARS = [
    car("A1", "EQA 250", "EQA", "внедорожник", 2022, "электро", "зелёный", 0, 4_900_000),
    car("A2", "EQA 350 4MATIC", "EQA", "внедорожник", 2023, "электро", "красный", 9_000, 5_600_000),
    car("B1", "GLB 200", "GLB-Class", "внедорожник", 2022, "бензин", "красный", 0, 4_090_000),
    car("B2", "GLB 220 d 4MATIC", "GLB-Class", "внедорожник", 2023, "дизель", "зелёный", 0, 5_400_000),
    car("C1", "C 200", "C-Class", "универсал", 2022, "бензин", "белый", 0, 4_790_000),
    car("C2", "C 300 4MATIC", "C-Class", "седан", 2021, "бензин", "красный", 30_000, 4_100_000),
    car("C3", "C 300 4MATIC", "C-Class", "седан", 2023, "бензин", "зелёный", 0, 6_100_000),
    car("S1", "S 500 4MATIC", "S-Class", "седан", 2022, "бензин", "красный", 0, 14_090_000),
    car("S2", "S 350 d 4MATIC", "S-Class", "седан", 2023, "дизель", "белый", 0, 15_400_000),
    car("S3", "S 350 d 4MATIC", "S-Class", "седан", 2021, "дизель", "белый", 0, 10_400_000),
    car("S4", "S 450 4MATIC", "S-Class", "седан", 2021, "бензин", "зелёный", 0, 10_900_000),
]
NAMES = {"A": "EQA", "B": "GLB", "C": "C-класс", "S": "S-класс"}
PAIRS = [("A", "B"), ("B", "A"), ("C", "S"), ("S", "C"), ("B", "S"), ("C", "A")]


@pytest.fixture(scope="module")
def salon() -> Salon:
    return Salon()


def _of(stock: list[Row], letter: str, **wanted: object) -> set[str]:
    return {
        row["vin"]
        for row in stock
        if row["vin"][0] == letter
        and all(row[name] == value for name, value in wanted.items() if name != "below")
        and int(row["price_rub"]) <= int(str(wanted.get("below", 10**9)))
    }


def _check(salon: Salon, stock: list[Row], question: str, sides: list[tuple[str, set[str]]]) -> None:
    salon.stock(stock)
    reply = salon.ask(question)
    there = set[str]().union(*(cars for _, cars in sides))
    assert reply.reason == (None if there else "not_in_stock"), reply.text
    if there:
        assert {*told(reply)} == there, reply.text
    for name, cars in sides:
        assert cars or name in reply.text[reply.text.index("нет в наличии") :], reply.text


@pytest.mark.parametrize(("one", "other"), PAIRS)
@pytest.mark.parametrize(
    "question",
    ["есть красный {} и зелёный {}?", "Красный {} и заодно зелёный {} есть?", "красный {}, зелёный {} есть?",
     "Нужен красный {}, а также зелёный {}", "{} красный, а {} зелёный есть?",
     "{} красный и {} зелёный есть?"],
)  # fmt: skip
@pytest.mark.parametrize("gone", ["", "one", "other", "both", "its colour"])
def test_each_keeps_its_colour(salon: Salon, question: str, one: str, other: str, gone: str) -> None:
    letters = {"one": one, "other": other, "both": one + other}.get(gone, "")
    stock = [row for row in CARS if row["vin"][0] not in letters]
    if gone == "its colour":
        stock = [row for row in stock if (row["vin"][0], row["color"]) != (other, "зелёный")]
    sides = [
        (NAMES[one], _of(stock, one, color="красный")), (NAMES[other], _of(stock, other, color="зелёный")),
    ]  # fmt: skip
    _check(salon, stock, question.format(NAMES[one], NAMES[other]), sides)


@pytest.mark.parametrize(("one", "other"), PAIRS)
@pytest.mark.parametrize(
    "question",
    ["Нужен {} до {} млн и что-нибудь из {} до {} млн сыну", "{} до {} млн и {} до {} млн есть?",
     "руководителю {} до {} млн, а для разъездов {} до {} млн. Есть такое?",
     "Есть {} до {} млн, {} до {} млн?",
     "директору {} до {} млн, водителю {} до {} млн", "{} до {} млн, и заодно {} до {} млн"],
)  # fmt: skip
@pytest.mark.parametrize("gone", ["", "one", "other"])
def test_each_keeps_its_budget(salon: Salon, question: str, one: str, other: str, gone: str) -> None:
    sums = {"A": 5, "B": 5, "C": 4.5, "S": 11}
    letter = {"one": one, "other": other}.get(gone, "-")
    stock = [row for row in CARS if row["vin"][0] != letter]
    if sums[one] == sums[other]:
        sums[other] = 6
    said = [f"{sums[each]}".replace(".", ",") for each in (one, other)]
    text = question.format(NAMES[one], said[0], NAMES[other], said[1])
    sides = [(NAMES[each], _of(stock, each, below=int(sums[each] * 1_000_000))) for each in (one, other)]
    _check(salon, stock, text, sides)


@pytest.mark.parametrize(
    "question",
    ["руководителю белый S-класс до 15 млн, а для разъездов универсал C-класса до 5 млн. Есть такое?",
     "белый S-класс до 15 млн и универсал C-класса до 5 млн есть?",
     "Есть универсал C-класса до 5 млн, а ещё белый S-класс до 15 млн?"],
)  # fmt: skip
@pytest.mark.parametrize("gone", ["", "C", "S", "CS"])
def test_a_body_and_a_colour_stay_on_their_side(salon: Salon, question: str, gone: str) -> None:
    stock = [row for row in CARS if row["vin"][0] not in gone]
    white = _of(stock, "S", color="белый", below=15_000_000)
    sides = [("S-класс", white), ("C-класс", _of(stock, "C", body="универсал"))]
    _check(salon, stock, question, sides)


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_a_year_is_of_its_side_and_a_budget_of_the_other(salon: Salon, one: str, other: str) -> None:
    sides = [(NAMES[one], _of(CARS, one, year=2022)), (NAMES[other], _of(CARS, other, below=11_000_000))]
    _check(salon, CARS, f"Есть {NAMES[one]} 2022 года и {NAMES[other]} до 11 млн?", sides)


@pytest.mark.parametrize(
    "question", ["до 5 млн есть красный {} и зелёный {}?", "красный {} и зелёный {} до 5 млн есть?"]
)
@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_a_budget_said_once_is_of_both(salon: Salon, question: str, one: str, other: str) -> None:
    sides = [
        (NAMES[one], _of(CARS, one, color="красный", below=5_000_000)),
        (NAMES[other], _of(CARS, other, color="зелёный", below=5_000_000)),
    ]
    _check(salon, CARS, question.format(NAMES[one], NAMES[other]), sides)


BODIES = {"седанов": "седан", "универсалов": "универсал", "внедорожников": "внедорожник"}


@pytest.mark.parametrize(("one", "other"), [*permutations(BODIES, 2)])
@pytest.mark.parametrize(
    ("question", "below"),
    [("Сколько у вас красных {} и белых {}?", 10**9), ("нет ли красных {} и белых {}?", 10**9),
     ("до 11 млн сколько есть красных {} и белых {}?", 11_000_000),
     ("Сколько красных {} и сколько белых {} до 11 млн?", 11_000_000)],
)  # fmt: skip
def test_each_body_keeps_its_colour(salon: Salon, one: str, other: str, question: str, below: int) -> None:
    wanted = {
        row["vin"] for row in CARS
        if (row["body"], row["color"]) in {(BODIES[one], "красный"), (BODIES[other], "белый")}
        and int(row["price_rub"]) <= below
    }  # fmt: skip
    salon.stock(CARS)
    assert {*told(salon.ask(question.format(one, other)))} == wanted


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_each_keeps_its_colour_where_it_is_counted(salon: Salon, one: str, other: str) -> None:
    sides = [
        (NAMES[one], _of(CARS, one, color="красный")), (NAMES[other], _of(CARS, other, color="зелёный")),
    ]  # fmt: skip
    _check(salon, CARS, f"Сколько у вас красных {NAMES[one]} и зелёных {NAMES[other]}?", sides)


@pytest.mark.parametrize("question", ["сколько белых {} и {}", "сколько белых {} и {} у вас в салоне?"])
def test_a_colour_said_once_is_counted_of_both(salon: Salon, question: str) -> None:
    salon.stock(CARS)
    assert "В наличии 3 автомобиля" in salon.ask(question.format("C-классов", "S-классов")).text


@pytest.mark.parametrize("gone", ["", "B", "S", "C", "BS"])
def test_three_cars(salon: Salon, gone: str) -> None:
    stock = [row for row in CARS if row["vin"][0] not in gone]
    colours = {"B": "красный", "S": "белый", "C": "зелёный"}
    sides = [(NAMES[each], _of(stock, each, color=color)) for each, color in colours.items()]
    _check(salon, stock, "Красный GLB, белый S-класс и зелёный C-класс есть?", sides)


@pytest.mark.parametrize("question", ["Есть красные GLB и EQA?", "GLB и EQA красные и зелёные есть?"])
def test_colours_of_all_cars_stay_of_all(salon: Salon, question: str) -> None:
    salon.stock(CARS)
    letters = ("красный", "зелёный") if "зелёные" in question else ("красный",)
    wanted = {row["vin"] for row in CARS if row["vin"][0] in "AB" and row["color"] in letters}
    assert {*told(salon.ask(question))} == wanted


@pytest.mark.parametrize(
    ("one", "other"), [("S 500 красный", "C 300 зелёный"), ("S 350 d белый", "GLB 220 d зелёный")]
)
@pytest.mark.parametrize("gone", ["", "one", "other", "both"])
def test_each_designation_keeps_its_colour(salon: Salon, one: str, other: str, gone: str) -> None:
    lacking = {"one": one[0], "other": "B" if other[0] == "G" else other[0]}
    letters = "".join(lacking.values()) if gone == "both" else lacking.get(gone, "-")
    stock = [row for row in CARS if row["vin"][0] not in letters]
    sides = []
    for side in (one, other):
        name, color = side.rsplit(maxsplit=1)
        cars = {row["vin"] for row in stock if row["model"].startswith(name) and row["color"] == color}
        sides.append((name, cars))
    _check(salon, stock, f"{one} и {other} есть?", sides)


DESIGNATIONS = {"GLB": ("200", "220 d", "250"), "S": ("500", "350 d", "400 d"), "C": ("200", "300", "180")}


@pytest.mark.parametrize(
    "question",
    ["{} {} есть? или {}", "{} {} или {} есть?", "{} {} и {} есть?", "есть {} {} или {}", "{} {}, {} есть?"],
)
@pytest.mark.parametrize(
    ("name", "numbers"),
    [(name, pair) for name, said in DESIGNATIONS.items() for pair in permutations(said, 2)],
)
def test_a_designation_that_is_there_is_not_denied(
    salon: Salon, question: str, name: str, numbers: tuple[str, str]
) -> None:
    salon.stock(CARS)
    wanted = {f"{name} {number}" for number in numbers}
    there = {row["vin"] for row in CARS if row["model"].removesuffix(" 4MATIC") in wanted}
    for said in (name, name.lower()):
        reply = salon.ask(question.format(said, *numbers))
        assert reply.reason is None, reply.text
        assert {*told(reply)} == there, reply.text


@pytest.mark.parametrize("color", ["красный", "зелёный", "белый"])
@pytest.mark.parametrize(
    ("body", "names"),
    [("внедорожник", ("EQA", "GLB")), ("седан", ("C-класс", "S-класс")), ("седан", ("S", "C"))],
)
@pytest.mark.parametrize(
    "question",
    ["ищу {body}, можно {} или {}, главное чтобы {color}", "{body}: {} либо {}, лишь бы {color}",
     "нужен {body}, {} и {}, {color}"],
)  # fmt: skip
def test_what_stands_apart_from_the_cars_is_said_of_both(
    salon: Salon, question: str, names: tuple[str, str], body: str, color: str
) -> None:
    salon.stock(CARS)
    letters = {name[0] if name != "GLB" else "B" for name in names}
    letters = {"A" if letter == "E" else letter for letter in letters}
    wanted = {
        row["vin"] for row in CARS
        if row["vin"][0] in letters and row["body"] == body and row["color"] == color
    }  # fmt: skip
    assert {*told(salon.ask(question.format(*names, body=body, color=color)))} == wanted
