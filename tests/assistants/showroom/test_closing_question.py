"""A story and one plain question: the question is answered, and what may be a criterion is never dropped."""

from __future__ import annotations

import pytest

from tests.assistants.showroom.conftest import Salon, car, told

CARS = [
    car("GC1", "GLC 220 d 4MATIC", "GLC-Class", "внедорожник", 2022, "дизель", "чёрный", 21_000, 6_100_000),
    car("GC2", "GLC 300 4MATIC", "GLC-Class", "внедорожник", 2024, "бензин", "белый", 0, 8_200_000),
    car("EQ1", "EQE 300", "EQE", "седан", 2023, "электро", "чёрный", 0, 7_900_000),
    car("ES1", "E 200", "E-Class", "седан", 2021, "бензин", "серый", 40_000, 5_000_000),
    car("EU1", "E 220 d", "E-Class", "универсал", 2023, "дизель", "белый", 0, 6_900_000),
]
STORIES = [
    "Играю на контрабасе, и это не шутка: инструмент ездит со мной чаще, чем жена.",
    "Сосед поставил у дома зарядку и теперь пускает всех по очереди, как раньше в баню!",
    "Племянница — блогер, ей нельзя показываться в чём-то вчерашнем, подписчики не простят.",
    "Мы с женой оба анестезиологи. Отпуск раз в год, и тот в дороге до Алтая.",
    "Заводчица из Твери хвалит свою так, будто это порода с родословной. Поверим знающему человеку.",
    "Расход пугает, если честно.",
]
QUESTIONS = [
    ("Есть ли у вас чёрный EQE?", ["EQ1"]),
    ("Какие GLC у вас есть?", ["GC1", "GC2"]),
    ("Какие белые универсалы у вас сейчас есть?", ["EU1"]),
    ("Сколько стоит самая дешёвая ешка?", ["ES1"]),
]


@pytest.fixture(scope="module")
def salon() -> Salon:
    salon = Salon()
    salon.stock(CARS)
    return salon


@pytest.mark.parametrize(("question", "cars"), QUESTIONS)
@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize("behind", [False, True])
def test_what_is_asked_is_answered(
    salon: Salon, story: str, question: str, cars: list[str], behind: bool
) -> None:
    text = f"{question} {story}" if behind else f"{story} {question}"
    assert sorted(told(salon.ask(text))) == cars


@pytest.mark.parametrize("story", STORIES)
def test_a_follow_up_leans_on_what_was_asked_before(salon: Salon, story: str) -> None:
    assert told(salon.talk("Какие GLC есть?", f"{story} А белые?")) == ["GC2"]


@pytest.mark.parametrize(
    ("told_first", "cars"),
    [("Чёрные надоели, глаза бы не смотрели.", ["GC2"]), ("Дизель не нужен, намучились.", ["GC2"]),
     ("Отложили ровно семь миллионов, ни копейкой больше.", ["GC1"]),
     ("Люблю белое, и кот у нас белый.", ["GC2"])],
)  # fmt: skip
def test_a_criterion_of_the_story_holds(salon: Salon, told_first: str, cars: list[str]) -> None:
    reply = salon.ask(f"{told_first} Какие GLC у вас есть?")
    assert reply.reason == "clarify" or told(reply) == cars, reply.text


@pytest.mark.parametrize("wish", ["Чтоб не старьё.", "Только не развалюху.", "Лишь бы не гнилая."])
def test_what_may_be_a_criterion_is_said_as_left_out(salon: Salon, wish: str) -> None:
    reply = salon.ask(f"Какие GLC есть? {wish}")
    assert reply.reason == "clarify" or reply.text.startswith("Не учтено: "), reply.text


def test_a_question_on_the_salon_is_answered_too(salon: Salon) -> None:
    assert "9:00" in salon.ask("Хотим GLC, дети подросли, собака тоже. До скольки вы работаете?").text
