"""The golden questions: whether this assistant answers, and its model generates, before visitors may ask.

Each goes the way of a visitor's question, through the screen and the flow, but past the breaker and the
slots, and nothing of it is kept. What is right is judged by what is published now. Refuses to know any
answer, and to put a question's text into a log.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from core.dialogue import Fact, Reply, TurnState
from core.errors import ModelError
from core.facts import DocumentKind, DocumentReader, Snapshot
from core.flow import Flow, Question
from core.golden import Expectation, GoldenQuestion, read_golden
from core.knowledge_source import KnowledgeSource
from core.model import ChatDelta, ChatRequest, ModelClient
from core.spec import AssistantSpec
from lambdas.adapters.clock import Clock
from lambdas.adapters.screening import Screening
from lambdas.adapters.telemetry import Telemetry

MODEL_SECONDS = 12.0
"""A call of the model may take so long here, whatever a visitor's patience is."""
CLOSING_SECONDS = 2.0


@dataclass
class WatchedModel:
    """The model itself, with this test's own limit of time; remembers what came of it."""

    model: ModelClient
    monotonic: Callable[[], float]
    ends_at: float = 0.0
    asked: bool = False
    generated: bool = False
    error: str | None = None

    @property
    def name(self) -> str:
        return self.model.name

    def begin(self, seconds: float) -> None:
        """The next question, with so much time."""
        self.ends_at = self.monotonic() + seconds
        self.asked, self.generated, self.error = False, False, None

    def stream(self, request: ChatRequest) -> Iterator[ChatDelta]:
        self.asked = True
        left = max(0.1, self.ends_at - self.monotonic())
        try:
            for delta in self.model.stream(
                request.model_copy(update={"timeout_seconds": min(MODEL_SECONDS, left)})
            ):
                self.generated = self.generated or bool(delta.text)
                yield delta
        except ModelError as error:
            self.error = error.code
            raise

    @property
    def fault(self) -> str | None:
        if not self.asked:
            return "model_not_asked"
        return self.error or (None if self.generated else "model_silent")


@dataclass(frozen=True)
class Outcome:
    """`why` is a code, None where the question was passed."""

    id: str
    passed: bool
    why: str | None = None


@dataclass(frozen=True, kw_only=True)
class GoldenQuestions:
    """`flow_with` builds the assistant's flow over a model."""

    spec: AssistantSpec
    documents: DocumentReader
    screening: Screening
    model: ModelClient
    flow_with: Callable[[ModelClient], Flow]
    telemetry: Telemetry
    clock: Clock
    monotonic: Callable[[], float] = field(default=time.monotonic)

    def run(self, seconds_left: Callable[[], float]) -> dict[str, Any]:
        """{"passed", "questions": [{"id", "passed", "why"}]}. Raises ManifestError."""
        watched = WatchedModel(self.model, self.monotonic)
        flow = self.flow_with(watched)
        outcomes = []
        for question in read_golden(self.spec.folder):
            left = seconds_left() - CLOSING_SECONDS
            watched.begin(left)
            why = self._fault(question, flow, watched, left) if left > 0 else "no_time"
            outcomes.append(Outcome(question.id, why is None, why))
        result = {
            "passed": all(outcome.passed for outcome in outcomes),
            "questions": [asdict(outcome) for outcome in outcomes],
        }
        self.telemetry.tell("golden_questions", assistant=self.spec.id, **result)
        return result

    def _fault(
        self, question: GoldenQuestion, flow: Flow, watched: WatchedModel, seconds: float
    ) -> str | None:
        try:
            return self._judged(question, flow, watched, seconds)
        except Exception as error:  # noqa: BLE001 - whatever it is, the question is not passed
            self.telemetry.alarm("golden_question_failed", error, question=question.id)
            return f"error:{type(error).__name__}"

    def _judged(
        self, question: GoldenQuestion, flow: Flow, watched: WatchedModel, seconds: float
    ) -> str | None:
        allowed = self.screening.of(self.spec, question.text).verdict.allowed
        if question.expects is Expectation.REFUSED:
            return "not_refused" if allowed else None
        if not allowed:
            return "refused_by_the_policy"
        asked = Question(text=question.text, asked_at=self.clock(), memory={}, seconds_left=seconds)
        reply = flow.answer(asked, lambda _text: None)
        return self._misses(question.expects, reply) or (watched.fault if question.needs_model else None)

    def _misses(self, expects: Expectation, reply: Reply) -> str | None:
        if reply.state is not TurnState.ANSWERED:
            return _code(reply.state.value, reply)
        if expects is Expectation.FACTS:
            return self._wrong_facts(reply)
        return self._wrong_sources(reply)

    def _wrong_facts(self, reply: Reply) -> str | None:
        """Rows of the stock are cited, each as it stands in the snapshot that is current."""
        snapshot = Snapshot.of(self.documents.current(DocumentKind.SNAPSHOT))
        if reply.versions.snapshot != snapshot.manifest.version:
            return "not_from_the_current_snapshot"
        cars = {car.vin: car.model_dump() for car in snapshot.cars}
        cited = [fact for fact in reply.facts if fact.kind == "stock"]
        if not cited:
            return _code("no_facts", reply)
        return None if all(_stands_in(cars.get(fact.id), fact) for fact in cited) else "facts_of_no_row"

    def _wrong_sources(self, reply: Reply) -> str | None:
        """Passages are cited that stand in the knowledge that is current."""
        document = self.documents.current(DocumentKind.KNOWLEDGE)
        if reply.versions.knowledge != document.manifest.version:
            return "not_from_the_current_knowledge"
        value = document.json_value()
        source = KnowledgeSource.model_validate({name: value[name] for name in KnowledgeSource.model_fields})
        known = {(passage.kind, passage.id) for passage in source.passages}
        cited = {(each.kind, each.id) for each in reply.sources}
        if not cited:
            return _code("no_sources", reply)
        return None if cited <= known else "sources_of_no_passage"


def _code(fault: str, reply: Reply) -> str:
    return fault if reply.reason is None else f"{fault}:{reply.reason}"


def _stands_in(row: dict[str, Any] | None, fact: Fact) -> bool:
    return row is not None and bool(fact.values) and fact.values.items() <= row.items()
