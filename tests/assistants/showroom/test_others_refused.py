"""Refusals by a colour and the like: all others beside the one that is wanted, what was seen already, what
was found wanting in one's own car.
"""

from __future__ import annotations

from itertools import product

import pytest

from tests.assistants.showroom.conftest import Salon, car, told

ROWS = [
    car("WS", "CLA 200", "CLA-Class", "седан", 2021, "бензин", "белый", 40_000, 4_300_000),
    car("BS", "CLA 250", "CLA-Class", "седан", 2022, "бензин", "чёрный", 30_000, 5_300_000),
    car("GW", "CLA 220 d", "CLA-Class", "универсал", 2020, "дизель", "серый", 60_000, 3_600_000),
    car("WG", "GLB 200", "GLB-Class", "внедорожник", 2023, "бензин", "белый", 0, 5_900_000),
    car("GA", "GLA 200", "GLA-Class", "внедорожник", 2023, "бензин", "серый", 0, 4_900_000),
    car("QC", "EQC 400 4MATIC", "EQC", "внедорожник", 2021, "электро", "синий", 9_000, 5_500_000),
]
_REFUSED = (
    "другой {kind} жена не признаёт", "на другой {kind} муж не согласен", "другие {kind}а она не принимает",
    "не рассматриваю другой {kind}", "иной {kind} нам уже не понравится",
)  # fmt: skip
_WANTED = (("цвет", "чёрный CLA", "BS"), ("кузов", "CLA универсал", "GW"))


@pytest.fixture(scope="module")
def salon() -> Salon:
    salon = Salon()
    salon.stock(ROWS)
    return salon


@pytest.mark.parametrize(("said", "wanted"), [*product(_REFUSED, _WANTED)])
def test_all_others_of_the_kind_are_refused_beside_the_one(
    salon: Salon, said: str, wanted: tuple[str, str, str]
) -> None:
    kind, asked, vin = wanted
    refusal = said.format(kind=kind)
    for question in (f"Нужен {asked}, {refusal}", f"{refusal}. {asked} есть?"):
        reply = salon.ask(question)
        assert told(reply) == [vin], reply.text
        assert "Не учтено" not in reply.text


@pytest.mark.parametrize("said", _REFUSED)
def test_where_no_value_is_wanted_the_refusal_is_not_passed_over(salon: Salon, said: str) -> None:
    reply = salon.ask(f"CLA, {said.format(kind='цвет')}")
    assert not told(reply) or "Не учтено" in reply.text, reply.text


@pytest.mark.parametrize("asks", ["другой цвет не предложите?", "других цветов не рассматривали?"])
def test_what_asks_for_others_refuses_none(salon: Salon, asks: str) -> None:
    assert salon.ask(f"Чёрный CLA, {asks}").reason == "clarify"


@pytest.mark.parametrize(
    ("listed", "seen", "except_them"),
    [
        *product(
            ["белые и чёрные", "чёрные да белые"],
            ["уже видел", "мне показали", "смотрели вчера"],
            [", кроме них", ". Кроме них", ", а помимо этих"],
        )
    ],
)
def test_what_was_seen_is_refused_by_a_pronoun(
    salon: Salon, listed: str, seen: str, except_them: str
) -> None:
    assert told(salon.ask(f"{listed} {seen}{except_them} какие CLA есть?")) == ["GW"]
    assert told(salon.talk("какие CLA есть?", f"{listed} {seen}{except_them} что есть?")) == ["GW"]


def test_classes_that_were_seen_are_refused_too(salon: Salon) -> None:
    assert told(salon.ask("GLB и GLA уже смотрел, кроме них какие внедорожники есть?")) == ["QC"]


@pytest.mark.parametrize(
    "said", ["есть белые и чёрные CLA? Кроме них что есть?", "белые CLA видел, кроме них что есть?"]
)
def test_of_which_the_pronoun_is_said_is_asked_where_it_is_open(salon: Salon, said: str) -> None:
    assert salon.ask(said).reason == "clarify"


@pytest.mark.parametrize(
    "state",
    ["на белой каждую пылинку видно", "на белом все заметно, мою через день", "в белой как-то скучно"],
)
def test_what_one_suffers_of_a_colour_asks_for_no_such_car(salon: Salon, state: str) -> None:
    assert told(salon.ask(f"{state}. а чёрные CLA есть?")) == ["BS"]
