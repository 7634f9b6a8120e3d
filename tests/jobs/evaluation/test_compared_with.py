"""The first or the last of a kind as the bound of others: told of, and not offered."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from jobs.evaluation.judging import Judged, Outcome
from tests.jobs.evaluation.conftest import row, stock_answer

Judging = Callable[..., Judged]

E_200 = "E 200: 2021 год, серый, седан, бензин, пробег 52 000 км — 5 190 000 ₽"
C_NEW = "C 180: 2023 год, чёрный, седан, бензин, без пробега — 5 490 000 ₽"
C_OLD = "C 180: 2022 год, белый, седан, бензин, пробег 21 300 км — 4 690 000 ₽"
BELOW = "SELECT vin FROM available_product WHERE price_rub < 5190000"
ASKED = "что есть дешевле самой доступной ешки?"


def _outcome(judged: Judging, lead: str, listed: str = C_OLD, question: str = ASKED) -> Outcome:
    text = f"{lead}\nДешевле в наличии 1 автомобиль:\n1. {listed}"
    return judged(row(truth=BELOW, question=question), stock_answer(text, "E1", "C1", "C2")).outcome


@pytest.mark.parametrize("question", [ASKED, "дешевле, чем ваш самый дешёвый E-класс"])
def test_what_others_are_compared_with(judged: Judging, question: str) -> None:
    lead = f"E-класс, самый доступный в наличии — {E_200}."
    assert _outcome(judged, lead, question=question) is Outcome.RIGHT


def test_what_is_listed_beside_it_stays_judged(judged: Judging) -> None:
    lead = f"E-класс, самый доступный в наличии — {E_200}."
    assert _outcome(judged, lead, C_NEW) is Outcome.FALSE


@pytest.mark.parametrize(
    ("lead", "question"),
    [
        (f"E-класс, самый дорогой в наличии — {E_200}.", ASKED),  # another end than was said
        (f"E-класс, самый доступный в наличии — {E_200}.", "сколько есть до 5 190 000 рублей?"),
        (f"C-класс, самый доступный в наличии — {C_NEW}.", "дешевле самого доступного C-класса"),  # no end
        (f"E-класс, самый доступный в наличии — {C_NEW}.", ASKED),  # of another kind
        (f"В наличии — {E_200}.", ASKED),
    ],
)
def test_any_other_car_is_offered(judged: Judging, lead: str, question: str) -> None:
    assert _outcome(judged, lead, question=question) is Outcome.FALSE
