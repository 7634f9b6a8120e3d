"""What is told of one's own or another's car is no criterion, wherever it stands and whether a comma sets it
apart or not; what is wished for stays one.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import pytest

from assistants.showroom.language.second_reading import clauses
from assistants.showroom.language.tellings import pieces, tellings
from core.dialogue import Reply
from core.russian import normalise
from jobs.generate_stock import draw_stock, read_catalogue
from tests.assistants.showroom.conftest import Salon

NAMED = (
    "дизель", "дизеле", "дизеля", "дизелем", "седан", "седане", "седана", "универсал", "универсале", "чёрный",
    "чёрном", "чёрная", "чёрного", "белом", "белый", "белая", "glc", "gle", "купе",
)  # fmt: skip
TOLD_COLOURS = (
    "сосед на {0} ездит", "у мужа {2} машина", "сестра на {0} катается", "у меня сейчас {2} машина",
    "{1} у меня уже был", "брат купил {3} и жалеет", "у нас во дворе все на {0} ездят", "тёща водит {3}",
)  # fmt: skip
TOLD_FUELS = (
    "дизель у меня тарахтит", "муж водит дизель", "дизель у меня был, намучился", "езжу сейчас на дизеле",
    "на дизеле я уже наездился", "с дизелем намучились прошлой зимой", "у тестя дизель зимой не заводится",
)  # fmt: skip
TOLD_BODIES = (
    "езжу на {1}", "у жены {0}", "{0} у меня уже есть", "сын ездит на {1}", "муж {0} водит",
    "на {1} я уже наездился", "в {1} собака не помещается", "сосед {0} продаёт", "седан надоел",
)  # fmt: skip
COLOURS = {
    "чёрный": ("чёрном", "чёрный", "чёрная", "чёрного"),
    "синий": ("синем", "синий", "синяя", "синего"),
}
BODIES = (("седан", "седане"), ("универсал", "универсале"))
ASKING = ("есть GLC до {} млн?", "покажите GLC до {} млн", "хочу GLC до {} млн, что есть?")


def _things(spelling: str) -> list[tuple[int, int]]:
    found = []
    for name in {normalise(each) for each in NAMED}:
        at = spelling.find(name)
        while at >= 0:
            edge = at + len(name)
            if not (spelling[at - 1 : at].isalpha() or spelling[edge : edge + 1].isalpha()):
                found.append((at, edge))
            at = spelling.find(name, at + 1)
    return found


def _told(text: str) -> list[str]:
    spelling = normalise(text)
    return [spelling[slice(*span)].strip(" .,?!") for span in tellings(spelling, _things(spelling))]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("сосед на чёрном ездит есть glc", ["сосед на черном ездит"]),
        ("есть glc сейчас езжу на белом надоел", ["сейчас езжу на белом надоел"]),
        ("покажите glc дизель у меня тарахтит, надоел", ["дизель у меня тарахтит"]),
        ("какие есть glc на дизеле я уже наездился", ["на дизеле я уже наездился"]),
        ("у соседа чёрный есть glc до 6 млн", ["у соседа черный"]),
        ("купе у меня уже есть покажите glc", ["купе у меня уже есть"]),
        ("покажите glc был универсал, продали", ["был универсал"]),
        ("брат на дизеле всю жизнь. Хочу glc", ["брат на дизеле всю жизнь"]),
        ("Собака большая, в седан не лезет. Есть универсал?", ["в седан не лезет"]),
        ("мы в прошлом году купили белый glc, хочу gle", ["мы в прошлом году купили белый glc"]),
        ("у меня старый glc, 2005 года, хочу gle", ["у меня старый glc", "2005 года"]),
        ("мой glc, 2016 года, пробег 120 тысяч, ищу gle", ["мой glc", "2016 года", "пробег 120 тысяч"]),
    ],
)
def test_what_is_told_is_cut_out(said: str, told: list[str]) -> None:
    assert _told(said) == told


@pytest.mark.parametrize(
    "said",
    [
        "жена хочет белый glc",
        "сын просит белый",
        "мне нужен седан дизель чтобы был чёрный",
        "покажи купе и чтоб белый был",
        "glc, который на дизеле ездит",
        "брат купил чёрный glc, хочу такой же",
        "белый glc ещё остался?",
        "у вас есть белый седан?",
        "дизель продали?",
        "мы бы взяли белый седан",
        "муж будет ездить на белом",
        "у жены мечта белый седан",
        "дизель экономнее, покажите glc",
        "белый glc стоит сколько",
        "седан не нравится, покажите универсал",
        "у меня 3 миллиона, хочу белый",
        "мне нужен glc, 2020 года",
        "моя мечта белый седан",
    ],
)
def test_what_is_asked_for_is_not(said: str) -> None:
    assert _told(said) == []


def test_the_pieces_make_up_the_clause() -> None:
    spelling = normalise("сосед на чёрном ездит есть glc у меня седан надоел")
    cut = [piece for clause in clauses(spelling) for piece in pieces(spelling, clause, _things(spelling))]
    assert "".join(spelling[slice(*piece)] for piece in cut) == spelling
    assert len(cut) == 3


def _around(told: str, asked: str) -> tuple[str, ...]:
    plain = asked.replace(",", "").replace("?", "")
    return (
        f"{told.capitalize()}. {asked.capitalize()}",
        f"{told}, {asked}",
        f"{told.replace(',', '')} {plain}",
        f"{plain} {told.replace(',', '')}",
        f"{asked} {told}",
    )


def _all_told() -> list[str]:
    colours = [told.format(*COLOURS[name]) for told in TOLD_COLOURS for name in COLOURS]
    return [*colours, *TOLD_FUELS, *(told.format(*names) for told in TOLD_BODIES for names in BODIES)]


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    cars = draw_stock(read_catalogue(), seed=11, cars=160).cars
    return [json.loads(json.dumps(asdict(each), default=str)) for each in cars]


def _shows(reply: Reply, truth: set[str]) -> bool:
    shown = {fact.id for fact in reply.facts if fact.kind == "stock"}
    return reply.reason is None and shown <= truth and f"{len(truth)} автомоб" in reply.text


@pytest.mark.parametrize("told", _all_told())
def test_a_telling_changes_no_answer(salon: Salon, rows: list[dict[str, Any]], told: str) -> None:
    salon.stock(rows)
    of_class = [row for row in rows if row["class_name"] == "GLC-Class"]
    high = max(row["price_rub"] for row in of_class) // 1_000_000
    truth = {row["vin"] for row in of_class if row["price_rub"] <= high * 1_000_000}
    assert len(truth) > 1
    asked = ASKING[len(told) % len(ASKING)].format(high)
    for question in _around(told, asked):
        reply = salon.ask(question)
        assert _shows(reply, truth), (question, reply.text)
        assert "Не учтено: «" in reply.text, question


def test_what_is_told_beside_a_criterion_of_its_kind_is_not_said_back(
    salon: Salon, rows: list[dict[str, Any]]
) -> None:
    salon.stock(rows)
    for told in ("дизель у меня тарахтит", "сосед на дизеле ездит"):
        assert "Не учтено" not in salon.ask(f"{told}, есть GLC бензин?").text
