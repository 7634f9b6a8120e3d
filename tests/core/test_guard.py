"""What an answer claims and the facts do not hold."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

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
    strange_signs,
    strangers,
    sums_of_another,
    uncovered,
)
from core.knowledge_source import Passage, read_folder
from core.spec import ASSISTANTS_FOLDER

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


TOLD = tomllib.loads((Path(__file__).parent / "guard_rewrites.toml").read_text("utf-8"))["told"]
PASSAGES = [
    passage
    for folder in sorted(ASSISTANTS_FOLDER.glob("*/knowledge"))
    for passage in read_folder(folder.parent).passages
]
_NUMBER = re.compile(r"(?<![A-Za-z\d][ -])(?<![A-Za-z\d])\d+(?:[.,:]\d+)?")
NUMBERED = [passage for passage in PASSAGES if _NUMBER.search(passage.text)]


def test_no_passage_is_rejected_by_itself() -> None:
    rejected = [
        (passage.id, wrong)
        for passage in PASSAGES
        for sentence in sentences(passage.text)
        for evidence in (Evidence.of([passage.text]),)
        for check in (uncovered, strange_signs, sums_of_another)
        if (wrong := check(sentence, evidence))
    ]
    assert rejected == []


@given(st.sampled_from(NUMBERED), st.data())
def test_a_changed_number_is_caught(passage: Passage, data: st.DataObject) -> None:
    match = data.draw(st.sampled_from(list(_NUMBER.finditer(passage.text))))
    digits = data.draw(st.lists(st.integers(1, 9), min_size=len(match[0]), max_size=len(match[0])))
    told = "".join(str(digits[at]) if sign.isdigit() else sign for at, sign in enumerate(match[0]))
    elsewhere = {part for other in _NUMBER.finditer(passage.text) for part in re.split("[.,:]", other[0])}
    if told in elsewhere | {other[0] for other in _NUMBER.finditer(passage.text)} or (match[0], told) == (
        "7",
        "8",
    ):
        return  # another true number, or «8 (812)» for «+7 (812)»
    text = passage.text[: match.start()] + told + passage.text[match.end() :]
    evidence = Evidence.of([passage.text])
    assert any(uncovered(sentence, evidence) for sentence in sentences(text)), (match[0], told)


def test_a_number_that_is_true_of_something_else_is_mostly_caught() -> None:
    """Two numbers of a passage changed places: what stands in whose words decides."""
    tried = missed = 0
    for passage in NUMBERED:
        evidence, found = Evidence.of([passage.text]), list(_NUMBER.finditer(passage.text))
        for match in found:
            for other in {each[0] for each in found} - {match[0]}:
                if (":" in other) == (":" in match[0]):
                    text = passage.text[: match.start()] + other + passage.text[match.end() :]
                    tried += 1
                    missed += not any(uncovered(sentence, evidence) for sentence in sentences(text))
    assert tried > 500
    assert missed / tried < 0.05


def test_peoples_own_words() -> None:
    """Of true rewrites few are rejected (a phrase is lost), of false ones fewer pass (trust is)."""
    right = [(sentence, Evidence.of([told["facts"]])) for told in TOLD for sentence in told["true"]]
    wrong = [(sentence, Evidence.of([told["facts"]])) for told in TOLD for sentence in told["false"]]
    rejected = [sentence for sentence, evidence in right if uncovered(sentence, evidence)]
    passed = [sentence for sentence, evidence in wrong if not uncovered(sentence, evidence)]
    assert len(rejected) <= 0.1 * len(right), rejected
    assert len(passed) <= 0.05 * len(wrong), passed


def test_a_model_is_the_same_in_any_spelling() -> None:
    def naming(text: str) -> frozenset[str]:
        return frozenset(
            name
            for name in ("GLS", "GLC")
            if re.search({"GLS": "gls|глс", "GLC": "glc|глц"}[name], text.lower())
        )

    evidence = Evidence.of(["GLC — кроссовер."], naming)
    assert uncovered("Это глс.", evidence) == ("GLS",)
    assert uncovered("Это глц.", evidence) == ()


@pytest.mark.parametrize(
    ("sentence", "facts"),
    [
        ("Расход 7 литров.", "Гарантия 7 дней."),
        ("Встреча 15 марта.", "Срок 15 дней."),
        ("Скидка пять процентов.", "Скидка 5 рублей."),
        ("Пишите @salon_spb.", "Пишите в салон."),
        ("Адрес mеrcedes.ru", "Адрес mercedes.ru"),
        ("Сайт салон точка ру.", "Есть сайт."),
        ("Ждём в среду.", "Ждём в четверг."),
        ("Телефон 8 812 555 01 24", "Телефон +7 (812) 555-01-23"),
    ],
)
def test_units_dates_and_links_count(sentence: str, facts: str) -> None:
    assert uncovered(sentence, Evidence.of([facts]))
