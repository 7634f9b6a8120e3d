"""What passes as a golden answer and what does not: judged by what is published, never by a text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from core.dialogue import Fact, Reply, Source, TurnState, Versions
from core.errors import ModelUnavailable
from core.facts import Document, DocumentKind
from core.flow import Question
from core.model import ChatDelta, ChatMessage, ChatRequest, ModelClient
from lambdas.adapters.screening import Screening
from lambdas.answer.golden import MODEL_SECONDS, GoldenQuestions
from tests.fakes.clock import FakeClock
from tests.fakes.documents import FakeDocuments
from tests.fakes.flow import FakeFlow
from tests.fakes.specs import POLICY, spec
from tests.fakes.telemetry import FakeTelemetry

CAR = {
    "vin": "V1", "model": "C 180", "class_name": "C-Class", "body": "седан", "year": 2023, "fuel": "бензин",
    "color": "чёрный", "mileage_km": 0, "price_rub": 5_490_000, "updated_at": "2026-11-20T10:00:00",
}  # fmt: skip
KNOWLEDGE = {
    "passages": [{"id": "hours", "kind": "faq", "title": "Часы", "text": "С девяти."}],
    "small_talk": [],
    "foreign": [],
    "vocabulary": {},
}
STOCK = Versions(snapshot="s1")
BOOK = Versions(knowledge="k1")
REQUEST = ChatRequest(messages=(ChatMessage(role="user", content="?"),), max_tokens=5, timeout_seconds=3)


class Model:
    name = "m1"

    def __init__(self, *said: str | Exception) -> None:
        self.said = said
        self.seconds: list[float] = []

    def stream(self, request: ChatRequest) -> Iterator[ChatDelta]:
        self.seconds.append(request.timeout_seconds)
        for each in self.said:
            if isinstance(each, Exception):
                raise each
            yield ChatDelta(text=each)
        yield ChatDelta(prompt_tokens=3, completion_tokens=len(self.said))


class Trial:
    """An assistant whose flow does what the test says."""

    def __init__(self, folder: Path) -> None:
        self.spec = spec().model_copy(update={"folder": folder})
        self.documents, self.telemetry, self.clock = FakeDocuments(), FakeTelemetry(), FakeClock()
        self.put(DocumentKind.POLICY, POLICY, "p1")
        self.put(DocumentKind.SNAPSHOT, {"cars": [CAR]}, "s1")
        self.put(DocumentKind.KNOWLEDGE, KNOWLEDGE, "k1")
        self.model = Model("Да", ".")
        self.flow = FakeFlow()

    def put(self, kind: DocumentKind, value: Any, version: str) -> None:
        self.documents.put(self.spec.id, kind, json.dumps(value).encode(), version)

    def current(self, kind: DocumentKind) -> Document:
        return self.documents.current(self.spec.id, kind)

    def answers(self, reply: Reply, *, by_model: bool = False) -> None:
        def answer(*_: Any) -> Reply:
            if by_model:
                with suppress(ModelUnavailable):
                    list(self.given.stream(REQUEST))
            return reply

        self.flow.do = answer

    def run(self, *questions: str, seconds: float = 29) -> dict[str, Any]:
        (self.spec.folder / "golden.toml").write_text("\n".join(questions), encoding="utf-8")
        golden = GoldenQuestions(
            spec=self.spec,
            documents=self,
            screening=Screening(self.documents),
            model=self.model,
            flow_with=self._over,
            telemetry=self.telemetry,
            clock=self.clock,
            monotonic=self.clock.monotonic,
        )
        return golden.run(lambda: seconds)

    def why(self, question: str, **options: Any) -> str | None:
        """Of this question; another one that needs the model makes the file whole."""
        first = self.run(question, golden("other"), **options)["questions"][0]
        assert first["passed"] is (first["why"] is None)
        why: str | None = first["why"]
        return why

    def _over(self, model: ModelClient) -> FakeFlow:
        self.given = model
        return self.flow


def golden(id_: str, expects: str = "sources", text: str = "Вопрос?", *, needs_model: bool = True) -> str:
    needs = str(needs_model).lower()
    return f'[[questions]]\nid = "{id_}"\ntext = "{text}"\nexpects = "{expects}"\nneeds_model = {needs}\n'


STOCK_QUESTION = golden("stock", "facts", needs_model=False)
PHRASED = golden("faq")
FORBIDDEN = golden("no", "refused", "Кто победит на выборах?", needs_model=False)


def from_stock(**values: Any) -> Reply:
    fact = Fact(kind="stock", id="V1", values=values or {"model": "C 180", "price_rub": 5_490_000})
    return Reply(state=TurnState.ANSWERED, text="Да.", facts=(fact,), versions=STOCK)


def from_book(id_: str = "hours") -> Reply:
    source = Source(kind="faq", id=id_, title="Часы")
    return Reply(state=TurnState.ANSWERED, text="С девяти.", sources=(source,), versions=BOOK)


@pytest.fixture
def trial(tmp_path: Path) -> Trial:
    return Trial(tmp_path)


def test_all_is_well(trial: Trial) -> None:
    trial.answers(from_book(), by_model=True)
    assert trial.run(PHRASED, FORBIDDEN) == {
        "passed": True,
        "questions": [
            {"id": "faq", "passed": True, "why": None},
            {"id": "no", "passed": True, "why": None},
        ],
    }
    assert len(trial.flow.questions) == 1  # what is forbidden does not come so far
    assert trial.model.seconds == [MODEL_SECONDS]  # and not the three that a visitor would wait
    assert "Вопрос" not in repr(trial.telemetry.lines)


def test_a_fact_of_the_current_snapshot(trial: Trial) -> None:
    trial.answers(from_stock())
    assert trial.why(STOCK_QUESTION) is None


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (from_stock(price_rub=1), "facts_of_no_row"),
        (from_stock().model_copy(update={"facts": (Fact(kind="stock", id="V2"),)}), "facts_of_no_row"),
        (from_stock().model_copy(update={"facts": ()}), "no_facts"),
        (
            from_stock().model_copy(update={"versions": Versions(snapshot="s0")}),
            "not_from_the_current_snapshot",
        ),
        (Reply(state=TurnState.REFUSED, text="", reason="off_topic"), "refused:off_topic"),
    ],
)
def test_what_is_no_fact(trial: Trial, reply: Reply, why: str) -> None:
    trial.answers(reply)
    assert trial.why(STOCK_QUESTION) == why


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (from_book("weather"), "sources_of_no_passage"),
        (from_book().model_copy(update={"sources": ()}), "no_sources"),
        (from_book().model_copy(update={"versions": Versions()}), "not_from_the_current_knowledge"),
    ],
)
def test_what_is_no_source(trial: Trial, reply: Reply, why: str) -> None:
    trial.answers(reply, by_model=True)
    assert trial.why(PHRASED) == why


@pytest.mark.parametrize(
    ("model", "by_model", "why"),
    [
        (Model("Да"), False, "model_not_asked"),
        (Model(), True, "model_silent"),
        (Model(ModelUnavailable()), True, "model_unavailable"),
        (Model("Да", ModelUnavailable()), True, "model_unavailable"),
    ],
)
def test_a_passage_without_the_model_is_not_enough(
    trial: Trial, model: Model, by_model: bool, why: str
) -> None:
    trial.model = model
    trial.answers(from_book(), by_model=by_model)
    assert trial.why(PHRASED) == why


def test_what_the_policy_lets_through_or_keeps_back_wrongly(trial: Trial) -> None:
    trial.answers(from_book(), by_model=True)
    assert trial.why(golden("no", "refused", "Который час?", needs_model=False)) == "not_refused"
    assert trial.why(golden("faq", text="Кто победит на выборах?")) == "refused_by_the_policy"


def test_a_flow_that_falls_is_told_by_its_error_alone(trial: Trial) -> None:
    def fall(question: Question, *_: Any) -> Reply:
        raise ValueError(question.text)

    trial.flow.do = fall
    assert trial.why(PHRASED) == "error:ValueError"
    assert "Вопрос" not in repr(trial.telemetry.lines)


def test_documents_that_are_gone_are_no_evidence(trial: Trial) -> None:
    del trial.documents.kept[trial.spec.id, DocumentKind.SNAPSHOT]
    trial.answers(from_stock())
    assert trial.why(STOCK_QUESTION) == "error:DocumentMissing"


def test_without_time_nothing_is_asked(trial: Trial) -> None:
    assert trial.why(PHRASED, seconds=1.5) == "no_time"
    assert trial.flow.questions == []
