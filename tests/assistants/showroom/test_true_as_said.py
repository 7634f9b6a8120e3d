"""Whatever stands in a question beside its criteria is told, said back or asked about, and never in silence.

What is put into the questions stands in no rule and no vocabulary: nouns, adjectives, clauses, numbers.
"""

from __future__ import annotations

import re
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.dialogue import Reply
from core.russian import grammemes, part_of_speech
from tests.assistants.showroom.conftest import Salon, car, told

STOCK = [
    car("T1", "GLC 200 4MATIC", "GLC-Class", "внедорожник", 2021, "бензин", "чёрный", 30_000, 4_000_000),
    car("T2", "GLC 300 4MATIC", "GLC-Class", "внедорожник", 2023, "бензин", "белый", 0, 7_000_000),
    car("T3", "GLE 350 d 4MATIC", "GLE-Class", "внедорожник", 2024, "дизель", "белый", 500, 8_000_000),
    car("T4", "E 200", "E-Class", "седан", 2023, "бензин", "белый", 0, 6_000_000),
    car("T5", "E 350 d", "E-Class", "седан", 2022, "дизель", "серый", 15_000, 5_500_000),
]
QUESTIONS = (
    ("есть {} белый GLC?", ["T2"]), ("покажите {} седаны до 6 млн", ["T4", "T5"]),
    ("какие {} внедорожники есть в наличии?", ["T1", "T2", "T3"]), ("нужен {} E-класс 2022 года", ["T5"]),
)  # fmt: skip
# Words that a salon's data may hold are no strangers.
PROPERTIES = (
    "семиместный", "бронированный", "шипованный", "тюнингованный", "раритетный", "лакированный", "складной",
    "гоночный", "трехдверный", "хромированный", "вместительный", "затонированный", "восстановленный",
)  # fmt: skip
THINGS = ("люком", "лебёдкой", "багажником", "ковриками", "телевизором", "холодильником", "якорем", "парусом")
STORIES = (
    "жена давно мечтает", "мы ездим на дачу", "вчера приезжал к вам", "меня зовут Олег", "дети подросли",
    "сосед посоветовал вас", "добрый день", "уважаемые коллеги", "спасибо вам",
)  # fmt: skip


@pytest.fixture
def stocked(salon: Salon) -> Salon:
    salon.stock(STOCK, [])
    return salon


def _is_held(reply: Reply, word: str) -> bool:
    """Said back, asked about, or not answered from the stock at all."""
    quoted = " ".join(re.findall(r"«[^»]*»", reply.text))
    return word in quoted or not told(reply)


_FROM_ONE_SALON = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@_FROM_ONE_SALON
@given(st.sampled_from(QUESTIONS), st.sampled_from(PROPERTIES))
def test_an_unknown_property_is_never_dropped(
    stocked: Salon, question: tuple[str, list[str]], word: str
) -> None:
    assert _is_held(stocked.ask(question[0].format(word)), word)


@_FROM_ONE_SALON
@given(
    st.sampled_from(QUESTIONS),
    st.sampled_from(THINGS),
    st.sampled_from([" с {}", ", чтобы с {}", ", обязательно с {}", ", у которого вместе с {}"]),
)
def test_an_unknown_thing_is_never_dropped(
    stocked: Salon, question: tuple[str, list[str]], thing: str, how: str
) -> None:
    asked = question[0].format("").rstrip("?") + how.format(thing)
    assert _is_held(stocked.ask(asked), thing.replace("ё", "е"))


@_FROM_ONE_SALON
@given(st.sampled_from(QUESTIONS), st.sampled_from(STORIES), st.booleans())
def test_a_story_is_not_said_back(
    stocked: Salon, question: tuple[str, list[str]], story: str, before: bool
) -> None:
    asked = question[0].format("").capitalize()
    asked = asked if asked.endswith("?") else f"{asked}."
    reply = stocked.ask(f"{story.capitalize()}. {asked}" if before else f"{asked} {story.capitalize()}.")
    assert "Не учтено" not in reply.text
    assert sorted(told(reply)) == question[1]


@_FROM_ONE_SALON
@given(st.sampled_from(QUESTIONS), st.integers(11, 99), st.integers(0, 3))
def test_an_unknown_number_is_told_or_asked_about(
    stocked: Salon, question: tuple[str, list[str]], number: int, seed: int
) -> None:
    words = question[0].format("").split()
    words.insert(Random(seed).randint(1, len(words)), str(number))
    reply = stocked.ask(" ".join(words))
    assert not told(reply) or re.search(rf"\b(?:20)?{number}\b|{number} 000", reply.text)


def test_the_words_of_the_stories_are_what_grammar_says() -> None:
    assert part_of_speech("семиместный") == "ADJF"
    assert "Name" in grammemes("олег")


def test_criteria_are_said_of_one_car_and_of_an_attribute(stocked: Salon) -> None:
    assert "(GLC, цвет — белый)" in stocked.ask("есть белый GLC?").text
    assert "(GLC, цвет — белый)" in stocked.ask("сколько стоит белый GLC?").text
    assert "E-класс" in stocked.ask("какой пробег у E-класса?").text.split("\n")[0]


def test_criteria_of_the_dialogue_that_were_left_are_told(stocked: Salon) -> None:
    reply = stocked.talk("белые внедорожники до 7,5 млн", "Здравствуйте, какие у вас есть седаны?")
    assert "Прежние условия не учтены: цвет — белый, не дороже 7 500 000 ₽." in reply.text


@pytest.mark.parametrize(
    "question", ["бюджет шесть миллионов, белый седан, 74 года", "седан 2074 года", "седан 45 белый"]
)
def test_a_number_that_cannot_be_meant_is_never_a_criterion_in_silence(stocked: Salon, question: str) -> None:
    reply = stocked.ask(question)
    assert reply.reason == "clarify" or "Не учтено: «" in reply.text
