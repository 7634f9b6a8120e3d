"""What an answer claims and the facts do not hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.guard import (
    Evidence,
    SentenceStream,
    changes_subject,
    claims_consent,
    closeness,
    lost_negations,
    sentences,
    strangers,
    uncovered,
)

RETURN = (
    "Автомобиль — технически сложный товар: исправный по правилу 14 дней не возвращают. "
    "Если в нём есть недостаток, об этом можно заявить в течение 15 дней после передачи. "
    "Менеджер: +7 (812) 555-01-23."
)
CHOICE = (
    "GLE крупнее GLC на целый класс. Для города и дачи обычно достаточно GLC, для дальних поездок лучше GLE."
)
STOCK = "C 180: 2023 год, чёрный — 6 490 000 ₽"


@pytest.mark.parametrize(
    ("sentence", "facts"),
    [
        ("Пятнадцать дней после передачи.", RETURN),
        ("Звоните: 8 812 555-01-23.", RETURN),
        ("Стоит 6,49 млн рублей.", STOCK),
        ("Цена — 6.490.000 руб.", STOCK),
        ("C180 стоит шесть миллионов четыреста девяносто тысяч.", STOCK),
    ],
)
def test_the_same_fact_in_other_clothes_is_covered(sentence: str, facts: str) -> None:
    assert uncovered(sentence, Evidence.of([facts])) == ()


@pytest.mark.parametrize(
    ("sentence", "facts"),
    [
        ("Возврат в течение 30 дней.", RETURN),
        ("Возврат в течение двух недель.", RETURN),
        ("Звоните: +7 (812) 555-01-24.", RETURN),
        ("Пишите на shop@example.com.", RETURN),
        ("Скидка 15%.", RETURN),
        ("Приезжайте в Москву.", RETURN),
        ("Товар не передают.", RETURN),
        ("Стоит 6 390 000 ₽.", STOCK),
        ("Есть S 500.", STOCK),
        ("C 180 2024 года.", STOCK),
        ("Встреча 15.11.2026.", RETURN),
    ],
)
def test_what_the_facts_do_not_hold_is_named(sentence: str, facts: str) -> None:
    assert uncovered(sentence, Evidence.of([facts]))


def test_a_denial_told_as_an_affirmation_is_noticed() -> None:
    evidence = Evidence.of([RETURN])
    assert lost_negations("Исправный автомобиль возвращают.", evidence) == ("возвращать",)
    assert lost_negations("Исправный автомобиль не возвращают.", evidence) == ()


def test_words_put_together_anew_are_not_close() -> None:
    evidence = Evidence.of([CHOICE])
    assert closeness("GLE лучше для дачи.", evidence) < 0.75
    assert closeness("Для города и дачи достаточно GLC.", evidence) == 1
    assert closeness("Да, деньги вернут.", Evidence.of([RETURN])) < 0.75


def test_consent_is_seen_at_the_opening_only() -> None:
    assert claims_consent("Да, можно.") == "да"
    assert claims_consent("Можно, да.") == ""


def test_sentences_survive_abbreviations_phones_and_prices() -> None:
    text = "Цена 5 млн. руб. за C 180. Адрес: ул. Ленина, д. 12! Звоните: +7 (812) 555-01-23.\nЖдём."
    assert [part.strip() for part in sentences(text)] == [
        "Цена 5 млн. руб. за C 180.", "Адрес: ул. Ленина, д. 12!", "Звоните: +7 (812) 555-01-23.", "Ждём.",
    ]  # fmt: skip


@given(st.text(max_size=200), st.integers(min_value=1, max_value=7))
def test_a_stream_loses_nothing(text: str, size: int) -> None:
    stream = SentenceStream()
    parts = [part for at in range(0, len(text), size) for part in stream.feed(text[at : at + size])]
    assert "".join([*parts, stream.rest()]) == text


FOUNDERS = "Салон основали два друга-инженера в 2009 году. Отдел продаж работает по будням с 9:00 до 21:00."
TUNER = "AMG основали в 1967 году инженеры Mercedes-Benz: в Аффальтербахе они строили гоночные моторы."


@pytest.mark.parametrize(
    ("sentence", "alien"),
    [
        ("Директор салона — два друга-инженера.", ("директор",)),
        ("Отдел продаж работает круглосуточно.", ("круглосуточно",)),
        ("Отдел продаж работает с 9:00.", ()),
        ("Салон основан двумя друзьями.", ()),
    ],
)
def test_words_that_the_facts_do_not_use(sentence: str, alien: tuple[str, ...]) -> None:
    assert strangers(sentence, Evidence.of([FOUNDERS])) == alien


def test_what_is_told_of_somebody_else() -> None:
    evidence = Evidence.of([TUNER])
    assert changes_subject("Mercedes-Benz основали в 1967 году инженеры.", evidence)
    assert not changes_subject("AMG основали инженеры.", evidence)
    assert not changes_subject("В Аффальтербахе строили моторы.", evidence)
    assert not changes_subject("", evidence)
