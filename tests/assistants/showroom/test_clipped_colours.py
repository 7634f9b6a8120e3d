"""Colours as they are clipped are those colours; of a choice that is half understood nothing is told."""

from __future__ import annotations

import csv
from collections.abc import Collection
from typing import Any

import pytest

from core.spec import ASSISTANTS_FOLDER
from tests.assistants.showroom.conftest import Salon

STOCKS = ASSISTANTS_FOLDER / "showroom" / "evals" / "stocks"
COLOURS = {
    "чёрный": ("чёрн.", "черн", "чёрный"), "белый": ("бел.", "белый"), "серый": ("сер.", "серый"),
    "синий": ("син.", "син"), "красный": ("красн.", "красн"), "коричневый": ("корич", "коричн.", "кор."),
    "серебристый": ("серебр.", "серебр"), "зелёный": ("зел.", "зелен."), "бежевый": ("беж", "беж."),
}  # fmt: skip
CLIPPED = [(colour, each) for colour, clipped in COLOURS.items() for each in clipped]


def _salon(salon: Salon) -> list[dict[str, Any]]:
    with (STOCKS / "w.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    salon.stock(rows)
    return [row for row in rows if row["class_name"] == "E-Class"]


def _told(rows: Collection[dict[str, Any]], *colours: str) -> str:
    count = sum(any(row["color"].startswith(colour) for colour in colours) for row in rows)
    return (
        f"В наличии {count} " if count > 1 else "Да, есть" if count else "сейчас нет в наличии (E-класс, цвет"
    )


@pytest.mark.parametrize(("colour", "clipped"), CLIPPED)
@pytest.mark.parametrize("asked", ["E-класс {} есть?", "{} E-класс", "есть E-класс {}"])
def test_a_clipped_colour(salon: Salon, asked: str, colour: str, clipped: str) -> None:
    rows = _salon(salon)
    text = salon.ask(asked.format(clipped)).text
    assert _told(rows, colour) in text, text
    assert "Не учтено" not in text


@pytest.mark.parametrize(("colour", "clipped"), CLIPPED)
@pytest.mark.parametrize("joined", [" или ", "/"])
def test_a_clipped_colour_beside_another(salon: Salon, joined: str, colour: str, clipped: str) -> None:
    rows = _salon(salon)
    text = salon.ask(f"E-класс {clipped}{joined}оранжевый есть?").text
    assert _told(rows, colour) in text, text


@pytest.mark.parametrize("strange", ["фисташковый", "терракотовый", "какой светлый"])
@pytest.mark.parametrize("asked", ["E-класс белый или {}", "E-класс {} или белый есть?"])
def test_half_a_choice_is_asked_about(salon: Salon, asked: str, strange: str) -> None:
    _salon(salon)
    reply = salon.ask(asked.format(strange))
    assert reply.reason == "clarify", reply.text
    assert strange.rsplit(maxsplit=1)[-1] in reply.text


@pytest.mark.parametrize("text", ["бро, есть E-класс?", "есть E-класс. синхронно покажите"])
def test_words_that_only_begin_alike(salon: Salon, text: str) -> None:
    rows = _salon(salon)
    assert _told(rows, "") in salon.ask(text).text
