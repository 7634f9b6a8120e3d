"""What a visitor tells of himself changes no answer; what he asks for stays, wherever it stands."""

from __future__ import annotations

import pytest

from assistants.showroom.language.stories import without_stories
from core.russian import words

NAMED = {"глс", "седан", "минивэн", "белый", "красный", "дизель", "кабриолет", "камри", "тест", "драйв"}


def told(text: str) -> str:
    return without_stories(text, lambda piece: bool(NAMED & {*words(piece)}))


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Мне 67 лет, внуки разъехались. Какой седан посоветуете?", "Какой седан посоветуете?"),
        ("здравствуйте мне 67 лет сын говорит бери седан белый", "здравствуйте сын говорит бери седан белый"),
        ("Папе будет 70, нужен седан", "нужен седан"),
        ("отцу на 70 лет нужен седан", "нужен седан"),
        ("У нас внучка родилась четвёртая, нужен минивэн", "нужен минивэн"),
        ("белый седан есть? у нас во дворе зимой не чистят", "белый седан есть?"),
        ("Я человек недоверчивый, боюсь скрученных. Есть белый седан?", "Есть белый седан?"),
        ("седан есть? Сосед не верит", "седан есть?"),
    ],
)
def test_what_is_told_of_persons_is_left_out(said: str, left: str) -> None:
    assert told(said) == left


@pytest.mark.parametrize(
    "said",
    [
        "нужен седан, не битый",
        "нужен седан, который не красили",
        "седан, с люком",
        "седан, а ещё хочу записаться к вам",
        "седан, жене хватит пяти миллионов",
        "седан, нам хватит пяти",
        "покажите мне 22 года седан",
        "покажите мне 63 и 53, седан",
        "седан, муж водит дизель",
        "седан, перезвоните мне",
        "седан, можно дешевле?",
        "седан, лишь бы не чёрный",
        "У меня трое детей",
        "седан есть? не дизель, обычный",
        "седан, красный, новая",
    ],
)
def test_what_may_be_wanted_stays(said: str) -> None:
    assert told(said) == said


def test_capitals_stay_as_they_are() -> None:
    assert told("Мне 58 лет. ТО для седан") == "ТО для седан"


def test_an_age_is_left_out_wherever_it_stands() -> None:
    assert told("седан белый, мне 74 года") == "седан белый,"
    assert told("белый седан мне 74 года хочу") == "белый седан хочу"
