"""«6 млн, дороже не потянем»: the sum bounds from above, wherever the car is named; what is denied behind the
comparative compares with no car.
"""

from __future__ import annotations

from itertools import product

import pytest

from tests.assistants.showroom.conftest import Salon, car, told

ROWS = [
    car("GB1", "GLB 200", "GLB-Class", "внедорожник", 2021, "бензин", "белый", 40_000, 4_300_000),
    car("GB2", "GLB 250 4MATIC", "GLB-Class", "внедорожник", 2024, "бензин", "синий", 0, 6_900_000),
    car("CL1", "CLA 200", "CLA-Class", "седан", 2020, "бензин", "чёрный", 60_000, 3_600_000),
    car("CL2", "CLA 250", "CLA-Class", "седан", 2024, "бензин", "чёрный", 0, 7_400_000),
]
_ABOVE = ("дороже", "выше", "больше")
_DENIED = ("не потянем", "никак", "нельзя", "— нет", "мы уже не потянем")
_ASKED = ("5 млн, {above} {denied}, GLB", "GLB: 5 млн, {above} {denied}", "5 млн {above} {denied} GLB")


@pytest.fixture(scope="module")
def salon() -> Salon:
    salon = Salon()
    salon.stock(ROWS)
    return salon


@pytest.mark.parametrize(
    "question",
    [asked.format(above=above, denied=denied) for asked, above, denied in product(_ASKED, _ABOVE, _DENIED)],
)
def test_a_sum_that_nobody_goes_beyond_is_the_bound(salon: Salon, question: str) -> None:
    reply = salon.ask(question)
    assert told(reply) in (["GB1"], []), reply.text
    assert reply.reason == "clarify" or told(reply) == ["GB1"], reply.text


@pytest.mark.parametrize("denied", ["не потянем", "никак"])
def test_behind_cars_that_were_shown_it_is_no_step_up(salon: Salon, denied: str) -> None:
    assert told(salon.talk("какие CLA есть?", f"5 млн, дороже {denied}, GLB")) == ["GB1"]


@pytest.mark.parametrize(
    ("question", "vins"),
    [
        ("что есть дороже GLB 200?", ["CL2", "GB2"]),
        ("GLB 5 млн и выше", ["GB2"]),
        ("GLB за 5 млн и выше нет?", ["GB2"]),
    ],
)
def test_what_is_dearer_is_still_asked_for(salon: Salon, question: str, vins: list[str]) -> None:
    assert told(salon.ask(question)) == vins


@pytest.mark.parametrize("above", _ABOVE)
def test_whether_there_is_none_above_is_no_bound_from_above(salon: Salon, above: str) -> None:
    assert told(salon.ask(f"GLB за 5 млн, {above} нет?")) in (["GB2"], [])


_KEPT_OUT = {"не чёрный": ["GB2"], "не седан": ["GB2"], "не CLA": ["GB2"], "не белый": ["CL2", "GB2"]}


@pytest.mark.parametrize(
    ("above", "joining", "denied"),
    list(product(["выше", "больше", "дороже"], [", ", ", но ", "; "], _KEPT_OUT)),
)
def test_what_is_denied_behind_the_bound_turns_it_not_round(
    salon: Salon, above: str, joining: str, denied: str
) -> None:
    for asked in ("5 млн и {}{}{}, что есть?", "Бюджет 5 млн и {}{}{}"):
        reply = salon.ask(asked.format(above, joining, denied))
        assert told(reply) == _KEPT_OUT[denied], reply.text
