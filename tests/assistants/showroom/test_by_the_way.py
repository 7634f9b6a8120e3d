"""Clauses that ask for nothing are left out and told, where the question could not be answered with them."""

from __future__ import annotations

from itertools import product

import pytest

from assistants.showroom.language.by_the_way import is_by_the_way
from tests.assistants.showroom.conftest import Salon, car

ROWS = [
    car("E1", "E 200", "E-Class", "седан", 2019, "бензин", "белый", 40_000, 4_000_000),
    car("E2", "E 220 d 4MATIC", "E-Class", "универсал", 2021, "дизель", "серый", 20_000, 6_000_000),
    car("E3", "E 300", "E-Class", "купе", 2022, "бензин", "синий", 0, 7_000_000),
    car("C1", "C 180", "C-Class", "седан", 2020, "бензин", "чёрный", 30_000, 3_500_000),
    car("B1", "GLB 200", "GLB", "внедорожник", 2022, "бензин", "белый", 0, 5_000_000),
    car("Q1", "EQC 400 4MATIC", "EQC", "внедорожник", 2021, "электро", "чёрный", 0, 6_500_000),
]
ASKED = {
    "Покажите седаны до 5 млн.": {"E1", "C1"},
    "Белая ешка есть?": {"E1"},
    "Какие электромобили у вас есть?": {"Q1"},
    "Сколько стоит GLB?": {"B1"},
}
BEFORE = (
    "На ларгусе уже несерьёзно.", "Пересаживаемся с туарега, семь лет ему.", "Ого, не мой уровень!",
    "Мне под семьдесят, всю жизнь на волге, потом камри.", "Кредит не хочу.",
)  # fmt: skip
BEHIND = (
    "Муж не одобрит, но вдруг)", "Не смейтесь.", "Ни разу не подвела, вот и выбираем.",
    "Соседи не поверят", "Паркуюсь во дворе", "Мама против проводов.", "Не для себя, для бати.",
    "Коляска туда влезает не складываясь.",
)  # fmt: skip


@pytest.fixture(scope="module")
def salon() -> Salon:
    salon = Salon()
    salon.stock(ROWS)
    return salon


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        *((f"{said} {asked}", wanted) for said, (asked, wanted) in product(BEFORE, ASKED.items())),
        *((f"{asked} {said}", wanted) for said, (asked, wanted) in product(BEHIND, ASKED.items())),
    ],
)
def test_what_asks_for_nothing_changes_no_answer(salon: Salon, text: str, wanted: set[str]) -> None:
    reply = salon.ask(text)
    assert {fact.id for fact in reply.facts if fact.kind == "stock"} == wanted, reply.text


OWNED = ("мазде", "старой мазде", "нашей Mazda CX-5", "Toyota Camry 2015 года", "камри")
INSTEAD = ("на замену {}", "на смену {}", "маме на замену {}")


@pytest.mark.parametrize("instead", [said.format(owned) for said, owned in product(INSTEAD, OWNED)])
def test_what_is_replaced_is_not_wanted(salon: Salon, instead: str) -> None:
    reply = salon.ask(f"{instead} ищем E 200, есть?")
    shown = {fact.id for fact in reply.facts if fact.kind == "stock"}
    assert shown == {"E1"} or (reply.reason == "clarify" and "2015" in instead), reply.text


@pytest.mark.parametrize("need", ["потребен", "надобен", "необходим", "требуется", "понадобился"])
def test_a_rare_word_for_need_keeps_its_criteria(salon: Salon, need: str) -> None:
    reply = salon.ask(f"Мне {need} седан, бензин, до 4 млн. Имеется?")
    assert {fact.id for fact in reply.facts if fact.kind == "stock"} == {"E1", "C1"}, reply.text


@pytest.mark.parametrize(
    "clause",
    [
        "высокие машины не люблю", "такой цвет не хочу", "не после такси", "только без люка", "не такая",
        "кроме той", "лишь бы не из аренды", "чтобы не тесно было", "подешевле бы", "какие есть",
        "до 300 тысяч", "этот не подходит", "не предлагайте", "хочу в кредит", "покажите",
        "цвет морской волны", "с лунным светом",
    ],
)  # fmt: skip
def test_what_may_set_a_criterion_is_no_aside(clause: str) -> None:
    assert not is_by_the_way(clause, names_a_criterion=False, names_a_stranger=False)


@pytest.mark.parametrize("clause", ["дизель не подвёл", "седан уже не радует"])
def test_a_clause_with_a_word_of_the_stock_is_no_aside(clause: str) -> None:
    assert not is_by_the_way(clause, names_a_criterion=True, names_a_stranger=False)


def test_a_stranger_alone_may_be_what_is_asked_for() -> None:
    assert not is_by_the_way("камри", names_a_criterion=False, names_a_stranger=True)


def test_all_that_was_left_out_stands_in_one_line(salon: Salon) -> None:
    text = salon.ask("Не смейтесь, нужен белый седан с лунным светом. Есть?").text
    assert text.count("Не учтено") <= 1


@pytest.mark.parametrize(
    "wide",
    [
        "А вообще хоть какие-нибудь машины до 4,5 млн у вас есть?",
        "ого, не мой уровень)) А вообще какие-нибудь машины до 4,5 млн есть?",
    ],
)
def test_any_car_at_all_is_of_the_whole_stock(salon: Salon, wide: str) -> None:
    assert "не учтен" not in salon.ask("Какие купе есть?").text
    reply = salon.ask(wide, fresh=False)
    assert {fact.id for fact in reply.facts if fact.kind == "stock"} == {"E1", "C1"}, reply.text


LIKED = (
    "Заинтересовал {0}. Какие есть?", "Меня заинтересовал {0}. Покажите, пожалуйста, какие есть.",
    "Нам приглянулся {0}, что у вас есть?", "Очень заинтересован в {1}. Что предложите?",
)  # fmt: skip


@pytest.mark.parametrize("liked", LIKED)
@pytest.mark.parametrize(
    ("name", "case", "wanted"),
    [("E 300", "E 300", {"E3"}), ("GLB", "GLB", {"B1"}), ("универсал", "универсале", {"E2"})],
)
def test_what_somebody_took_a_liking_to_is_asked_for(
    salon: Salon, liked: str, name: str, case: str, wanted: set[str]
) -> None:
    reply = salon.ask(liked.format(name, case))
    assert {fact.id for fact in reply.facts} == wanted
    assert "Не учтено" not in reply.text


@pytest.mark.parametrize("who", ["директор не поймёт", "жена не одобрит", "мама не простит"])
@pytest.mark.parametrize("denial", ["Только не белый", "Кроме белых", "только не белую, пожалуйста"])
def test_why_something_is_refused_refuses_nothing(salon: Salon, who: str, denial: str) -> None:
    salon.ask("Какие ешки есть?")
    reply = salon.ask(f"{denial}, {who}", fresh=False)
    assert {fact.id for fact in reply.facts} == {"E2", "E3"}
