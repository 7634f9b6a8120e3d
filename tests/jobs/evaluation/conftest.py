"""A small salon for the judge: seven cars, three options, two passages, a policy, and answers by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from core.dialogue import Fact, Source, TurnState
from core.facts import Car, DocumentKind, TrimOption
from core.spec import ASSISTANTS_FOLDER, read_spec
from jobs.evaluation.answers import Answer
from jobs.evaluation.documents import document
from jobs.evaluation.judging import Judge, Judged
from jobs.evaluation.published import Published
from jobs.evaluation.sets import Expect, Kind, Row
from jobs.evaluation.stocks import Stock
from jobs.evaluation.truth import Truths
from tests.fakes.clock import NOON

HOURS = "Салон работает по будням с 9:00 до 21:00, по выходным с 10:00 до 20:00."
TEST_DRIVE = "Тест-драйв бесплатный и занимает 40 минут, нужны паспорт и права."
WASH = "Комплексная мойка стоит 3 500 рублей."
OFF_TOPIC_REPLY = "О политике я не говорю."


def car(vin: str, *values: Any) -> Car:
    names = ("model", "class_name", "body", "year", "fuel", "color", "mileage_km", "price_rub")
    return Car(vin=vin, updated_at="2026-11-20T10:00:00", **dict(zip(names, values, strict=True)))


CARS = (
    car("C1", "C 180", "C-Class", "седан", 2023, "бензин", "чёрный", 0, 5_490_000),
    car("C2", "C 180", "C-Class", "седан", 2022, "бензин", "белый", 21_300, 4_690_000),
    car("C3", "C 200 4MATIC", "C-Class", "седан", 2023, "бензин", "синий", 0, 6_100_000),
    car("E1", "E 200", "E-Class", "седан", 2021, "бензин", "серый", 52_000, 5_190_000),
    car("L1", "GLC 300 4MATIC", "GLC-Class", "внедорожник", 2024, "бензин", "чёрный", 0, 8_900_000),
    car("L2", "GLC 220 d 4MATIC", "GLC-Class", "внедорожник", 2022, "дизель", "белый", 28_600, 6_290_000),
    car("G1", "AMG G 63", "G-Class", "внедорожник", 2024, "бензин", "зелёный", 0, 36_900_000),
)
OPTIONS = (
    TrimOption(model="C 180", option="Панорамная крыша", price_rub=185_000),
    TrimOption(model="C 180", option="Подогрев руля", price_rub=32_000),
    TrimOption(model="E 200", option="Пакет AMG Line", price_rub=320_000),
)
STOCK = Stock("sample", CARS, OPTIONS)

CARS_FACTS = tuple(
    Fact(kind="stock", id=each.vin, values=each.model_dump(exclude={"vin", "updated_at"})) for each in CARS
)
STOCK_SOURCE = (Source(kind="stock", id="v1", title="Наличие и цены салона"),)


def stock_answer(text: str, *vins: str, reason: str | None = None) -> Answer:
    """An answer about the stock that cites the cars."""
    facts = tuple(fact for fact in CARS_FACTS if fact.id in vins)
    return answer(text, sources=STOCK_SOURCE, facts=facts, reason=reason)


def passage_answer(text: str, passage: str = "hours", said: str | None = None) -> Answer:
    """An answer that cites a passage; `said` is what it claims the passage says."""
    texts = {"hours": HOURS, "test_drive": TEST_DRIVE, "wash": WASH}
    fact = Fact(kind="faq", id=passage, values={"text": said or texts[passage]})
    return answer(text, sources=(Source(kind="faq", id=passage, title=passage),), facts=(fact,))


def answer(text: str, **values: Any) -> Answer:
    return Answer(**{"id": "q", "state": TurnState.ANSWERED, "text": text, "seconds": 0.1, **values})


def refusal(reason: str, text: str = OFF_TOPIC_REPLY) -> Answer:
    return answer(text, state=TurnState.REFUSED, reason=reason)


def row(expect: str = "fact", **values: Any) -> Row:
    """A labelled row; `expect` as a file has it."""
    given = {
        "id": "q", "kind": Kind.STOCK, "dialogue": "", "stock": "sample", "question": "?", "answer": "",
        "truth": "", "sources": frozenset(), "must": (), "note": "", "place": "set.csv, line 2", **values,
    }  # fmt: skip
    return Row(expect=frozenset(map(Expect, expect.split("|"))), **given)


@pytest.fixture(scope="session")
def published() -> Published:
    passages = [
        {"id": "hours", "kind": "faq", "title": "Часы", "text": HOURS},
        {"id": "test_drive", "kind": "faq", "title": "Тест-драйв", "text": TEST_DRIVE},
        {"id": "wash", "kind": "faq", "title": "Мойка", "text": WASH},
    ]
    policy = {"topics": [{"id": "politics", "phrases": ["выборы президента"], "reply": OFF_TOPIC_REPLY}]}
    kinds = {
        DocumentKind.KNOWLEDGE: {"passages": passages, "small_talk": [{"reply": "Здравствуйте!"}]},
        DocumentKind.POLICY: policy,
    }
    spec = read_spec(ASSISTANTS_FOLDER / "showroom")
    return Published(
        spec,
        {
            kind: document(json.dumps(value).encode(), rows=1, schema="test/1", exported_at=NOON)
            for kind, value in kinds.items()
        },
    )


@pytest.fixture
def judged(published: Published) -> Callable[..., Judged]:
    """judged(row, answer, *earlier questions)."""
    judge = Judge(published, {"sample": STOCK}, Truths([STOCK]))
    return lambda asked, given, *earlier: judge.of(asked, given, (*earlier, asked.question))
