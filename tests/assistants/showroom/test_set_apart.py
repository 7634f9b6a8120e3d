"""What is set apart from the rest: plain versions, a refusal by somebody else, what is not counted, what lies
beyond a bound of which there was nothing.
"""

from __future__ import annotations

import pytest

from tests.assistants.showroom.conftest import Salon, car, told

STOCK = [
    car("A1", "CLA 200", "CLA-Class", "седан", 2022, "бензин", "белый", 0, 4_000_000),
    car("A2", "CLA 250 4MATIC", "CLA-Class", "седан", 2022, "бензин", "чёрный", 0, 5_000_000),
    car("A3", "AMG CLA 35 4MATIC", "CLA-Class", "седан", 2023, "бензин", "чёрный", 0, 6_500_000),
    car("B1", "GLA 250 4MATIC", "GLA-Class", "внедорожник", 2021, "бензин", "белый", 0, 5_500_000),
    car("B2", "AMG GLA 35 4MATIC", "GLA-Class", "внедорожник", 2021, "бензин", "красный", 0, 7_000_000),
    car("M1", "Maybach S 580 4MATIC", "Maybach", "седан", 2021, "бензин", "чёрный", 0, 20_000_000),
    car("M2", "Maybach GLS 600 4MATIC", "Maybach", "внедорожник", 2021, "бензин", "белый", 0, 28_000_000),
    car("S1", "S 450 4MATIC", "S-Class", "седан", 2021, "бензин", "синий", 0, 11_000_000),
    car("S2", "AMG S 63 4MATIC+", "S-Class", "седан", 2021, "бензин", "синий", 0, 14_000_000),
    car("V1", "V 250 d", "V-Class", "минивэн", 2021, "дизель", "серый", 0, 9_000_000),
    car("Q1", "EQA 250", "EQA", "внедорожник", 2021, "электро", "белый", 0, 5_200_000),
    car("Q2", "EQS 450+", "EQS", "лифтбек", 2021, "электро", "чёрный", 0, 12_000_000),
]


@pytest.fixture
def stocked(salon: Salon) -> Salon:
    salon.stock(STOCK, [])
    return salon


@pytest.mark.parametrize(
    ("asked", "cars"),
    [
        ("покажите обычные CLA", ["A1", "A2"]), ("простой CLA есть?", ["A1", "A2"]),
        ("CLA обычные есть?", ["A1", "A2"]), ("стандартная версия CLA какая есть?", ["A1", "A2"]),
        ("AMG мне многовато, покажите обычные CLA, без AMG", ["A1", "A2"]),
        ("обычный CLA чёрный", ["A2"]), ("обычный V-класс есть?", ["V1"]), ("обычный CLA 250 есть?", ["A2"]),
    ],
)  # fmt: skip
def test_plain_versions_are_of_no_line(stocked: Salon, asked: str, cars: list[str]) -> None:
    assert sorted(told(stocked.ask(asked))) == cars


@pytest.mark.parametrize(
    "plain", ["без AMG", "а обычные?", "а обычные CLA?", "покажите обычные CLA, без AMG"]
)
def test_a_line_that_was_spoken_of_goes(stocked: Salon, plain: str) -> None:
    assert sorted(told(stocked.talk("CLA есть?", "а из них AMG?", plain))) == ["A1", "A2"]
    assert told(stocked.talk("CLA есть?", "а из них AMG?", plain, "а AMG?")) == ["A3"]


@pytest.mark.parametrize(
    "asked", ["а обычный S-класс?", "обычные S-классы есть?", "S-класс обычный, не майбах"]
)
def test_behind_another_class_a_plain_one_is_of_its_own(stocked: Salon, asked: str) -> None:
    assert told(stocked.talk("майбах есть?", asked)) == ["S1", "S2"]


def test_no_line_is_denied_where_another_class_may_be_meant(stocked: Salon) -> None:
    assert told(stocked.ask("S-класс обычный, не майбах")) == ["S1", "S2"]
    assert "Не учтено: «обычный»" in stocked.ask("обычный S-класс есть?").text
    assert told(stocked.talk("S-класс AMG есть?", "а обычный S-класс?")) == ["S1"]


def test_a_plain_one_behind_what_is_not_there(stocked: Salon) -> None:
    assert told(stocked.talk("EQV есть у вас?", "ну а обычный V-класс?")) == ["V1"]


@pytest.mark.parametrize(
    ("asked", "cars"),
    [
        ("Есть майбах, но не GLS?", ["M1"]), ("майбахи кроме S-класса", ["M2"]),
        ("всё дороже 15 млн, кроме GLS", ["M1", "M2"]), ("EQ, но не EQS", ["Q1"]),
        ("из EQ всё, кроме EQA", ["Q2"]), ("какие EQ есть?", ["Q1", "Q2"]),
    ],
)  # fmt: skip
def test_inside_a_class_that_is_named(stocked: Salon, asked: str, cars: list[str]) -> None:
    assert sorted(told(stocked.ask(asked))) == cars


@pytest.mark.parametrize(
    ("first", "beyond", "cars"),
    [
        ("EQS до 8 млн есть?", "а подороже?", ["Q2"]),
        ("V-класс дороже 12 млн есть?", "а подешевле?", ["V1"]),
        ("CLA до 2015 года есть?", "а новее?", ["A1", "A2", "A3"]),
        ("CLA до 5,5 млн", "а подороже?", ["A3"]),
    ],
)  # fmt: skip
def test_beyond_a_bound_of_which_there_was_nothing(
    stocked: Salon, first: str, beyond: str, cars: list[str]
) -> None:
    assert sorted(told(stocked.talk(first, beyond))) == cars


@pytest.mark.parametrize(
    "refused",
    [
        "нет, GLA она не хочет, только CLA", "GLA мне не нужен, давайте CLA",
        "GLA жена не хочет, давайте CLA",
        "муж GLA не желает, только CLA", "GLA отпадает, тогда CLA",
    ],
)  # fmt: skip
def test_one_of_two_is_refused_by_somebody(stocked: Salon, refused: str) -> None:
    assert sorted(told(stocked.talk("GLA или CLA", "до 6 млн", refused))) == ["A1", "A2"]


@pytest.mark.parametrize(
    "said",
    [
        "чёрные не в счёт", "если чёрные не брать", "чёрные не считайте", "за минусом чёрных",
        "не беря в расчёт чёрные", "чёрные мужу не нравятся", "чёрные машины мне не предлагайте",
        "муж чёрные не переваривает", "кроме чёрных, не люблю их", "отбросив чёрные",
    ],
)  # fmt: skip
def test_what_does_not_count(stocked: Salon, said: str) -> None:
    assert told(stocked.ask(f"Какие CLA есть, {said}")) == ["A1"], said


@pytest.mark.parametrize(
    "said",
    [
        "ничего, кроме GLA, не интересует", "кроме GLA ничего не надо", "всё, кроме GLA, не предлагать",
        "не хочу ничего, кроме GLA", "никакие другие, кроме GLA, не рассматриваю", "лучше GLA, чем CLA",
        "GLA нужен, CLA нет",
    ],
)  # fmt: skip
def test_what_alone_is_wanted(stocked: Salon, said: str) -> None:
    assert told(stocked.ask(said))[0] == "B1", said
    assert {*told(stocked.ask(said))} <= {"B1", "B2"}, said


def test_whether_there_is_anything_else_refuses_nothing(stocked: Salon) -> None:
    assert "M1" in told(stocked.ask("дороже 15 млн кроме GLA ничего нет?"))
    assert told(stocked.ask("CLA хочу, белого нет?")) == ["A1"]


@pytest.mark.parametrize("said", ["белую GLA не хочу", "чёрные седаны не предлагать"])
def test_a_value_and_a_name_refused_together_are_asked_about(stocked: Salon, said: str) -> None:
    assert stocked.ask(said).reason == "clarify"


@pytest.mark.parametrize(
    ("asked", "cars"),
    [
        ("от 5 до 6 млн, что угодно кроме CLA и GLA", ["Q1"]),
        ("до 6 млн какую угодно, только не GLA", ["A1", "A2", "Q1"]),
        ("машины 2022-2024 года кроме двадцать третьего, CLA", ["A1", "A2"]),
        ("А 2023 год уже приехал? что есть 2023 года?", ["A3"]),
        ("на полном приводе дешевле 5,1 млн", ["A2"]),
        ("CLA ещё возите?", ["A1", "A2", "A3"]), ("денег 4,5 миллиона, что по силам?", ["A1"]),
        ("Располагаю 4,5 миллионами рублей, что смогу купить?", ["A1"]),
    ],
)  # fmt: skip
def test_words_beside_that_change_nothing(stocked: Salon, asked: str, cars: list[str]) -> None:
    assert sorted(told(stocked.ask(asked))) == cars


@pytest.mark.parametrize(
    "open_",
    ["а если на цвет не смотреть?", "не глядя на цвет?", "цвет не учитываем", "закроем глаза на цвет"],
)
def test_a_colour_that_is_not_looked_at(stocked: Salon, open_: str) -> None:
    assert sorted(told(stocked.talk("чёрный CLA до 6 млн", open_))) == ["A1", "A2"]


@pytest.mark.parametrize("back", ["Нет, белую расхотел. Вернёмся к CLA", "вернёмся к CLA, не белому"])
def test_who_comes_back_to_a_name_names_it(stocked: Salon, back: str) -> None:
    assert sorted(told(stocked.talk("CLA есть?", "белая GLA", back))) == ["A2", "A3"]


@pytest.mark.parametrize(
    ("said", "cars"),
    [
        (("самый дорогой из самых старых?",), ["M2"]),
        (("CLA есть?", "самый дешёвый из самых свежих"), ["A3"]),
        (("самая дешёвая машина среди самых старых",), ["Q1"]),
    ],
)  # fmt: skip
def test_the_end_of_those_that_share_another(stocked: Salon, said: tuple[str, ...], cars: list[str]) -> None:
    assert told(stocked.talk(*said)) == cars
    assert stocked.ask("самый свежий из самых дешёвых").reason == "clarify"


@pytest.mark.parametrize(
    ("said", "cars"),
    [
        (("CLA, только не белый", "хотя белый тоже пойдёт"), ["A1", "A2", "A3"]),
        (("белый GLA", "можно и красный"), ["B1", "B2"]),
        (("белый GLA", "красный тоже подойдёт"), ["B1", "B2"]),
        (("GLA до 6 млн", "CLA тоже рассмотрю"), ["A1", "A2", "B1"]),
        (("GLA кабриолет", "кабриолет не обязателен"), ["B1", "B2"]),
        (("белый GLA", "Красный тоже рассмотрю, если он до 9 млн. Есть такой?"), ["B2"]),
        (("GLA или CLA до 6 млн", "GLA отпал, белый"), ["A1"]),
        (("CLA", "нет, белый маркий, лучше чёрный"), ["A2", "A3"]),
        (("GLA дороговат, лучше CLA, белый",), ["A1"]),
    ],
)  # fmt: skip
def test_what_is_accepted_or_preferred(stocked: Salon, said: tuple[str, ...], cars: list[str]) -> None:
    assert told(stocked.talk(*said)) == cars


def test_a_refusal_is_of_what_was_spoken_of(stocked: Salon) -> None:
    alone = told(stocked.talk("белые какие есть?", "внедорожники не нужны, только седаны"))
    white = {row["vin"] for row in STOCK if row["color"] == "белый" and row["body"] == "седан"}
    assert {*alone} == white
