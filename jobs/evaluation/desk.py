"""The assistant in this process: the screen and the flow of the functions, past queue, slots and breaker.

A question goes the way of a visitor's: the policy first (as the API), then the flow (as the worker), with the
memory and the last exchanges of its dialogue. The clock stands still, so that an answer is the same on any
day. Refuses to know what is right.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from core.dialogue import Exchange, Reply, TurnState
from core.errors import ModelUnavailable
from core.facts import SNAPSHOT_SCHEMA, Document, DocumentKind
from core.flow import Embedder, FlowResources, Question, build_flow
from core.model import ChatDelta, ChatRequest, ModelClient
from core.spec import AssistantSpec
from jobs.evaluation.answers import Answer
from jobs.evaluation.documents import DocumentsAtHand, OwnDocuments, document
from jobs.evaluation.sets import Dialogue
from jobs.evaluation.stocks import Stock
from lambdas.adapters.screening import Screening

ASKED_AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""A Monday, 12:00 in Moscow: every salon is open."""
SECONDS_LEFT = 60.0
MODEL_PATIENCE_SECONDS = 50.0
"""What the model says is judged, and not how busy this machine is; how long it took stands in the report."""


class NoModel:
    """Says that it is down: what needs no model is answered, and the passage stands where a phrase would."""

    name = "none"

    def stream(self, request: ChatRequest) -> Iterator[ChatDelta]:  # noqa: ARG002 - of the protocol
        raise ModelUnavailable("evaluation without a model")


@dataclass
class RationedModel:
    """The model for so many questions (None: for all); after that it is down. Counts what it was asked."""

    model: ModelClient
    ration: int | None
    calls: int = 0
    tokens: int = 0

    @property
    def name(self) -> str:
        return self.model.name

    def stream(self, request: ChatRequest) -> Iterator[ChatDelta]:
        if self.ration is not None and self.ration <= 0:
            raise ModelUnavailable("the evaluation's ration is used up")
        for place, delta in enumerate(self.model.stream(request)):
            self.calls += place == 0  # a model that is down was not asked
            self.tokens += delta.prompt_tokens + delta.completion_tokens
            yield delta

    def begin(self) -> None:
        self.calls = self.tokens = 0

    def end(self) -> None:
        """A question that called counts once, however often it did."""
        if self.ration is not None and self.calls:
            self.ration -= 1


class Desk:
    """One assistant with its folder's documents and a model, before one stock after another.

    What is compiled of a stock is kept until the next one comes: ask about one after the other.
    """

    def __init__(
        self,
        spec: AssistantSpec,
        published: Mapping[DocumentKind, Document],
        embedder: Embedder,
        model: RationedModel,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self.spec, self.model, self.clock = spec, model, clock
        self._kept = {**published}
        self._snapshots: dict[str, Document] = {}
        documents = DocumentsAtHand(spec.id, self._kept)
        patient = spec.generation.model_copy(update={"patience_seconds": MODEL_PATIENCE_SECONDS})
        self._screening = Screening(documents)
        self._flow = build_flow(
            FlowResources(
                spec=spec.model_copy(update={"generation": patient}),
                documents=OwnDocuments(documents),
                model=model,
                embedder=embedder,
            )
        )

    def ask(self, dialogue: Dialogue, stock: Stock) -> list[Answer]:
        """The answers of a whole dialogue, in order."""
        self._kept[DocumentKind.SNAPSHOT] = self._snapshot(stock)
        memory: dict[str, Any] = {}
        recent: tuple[Exchange, ...] = ()
        answers = []
        for row in dialogue.rows:
            question = Question(
                text=row.question,
                asked_at=ASKED_AT,
                memory=memory,
                recent=recent,
                seconds_left=SECONDS_LEFT,
                visitor=hashlib.sha256(dialogue.key.encode()).hexdigest(),
            )
            self.model.begin()
            began = self.clock()
            reply = self._reply(question)
            seconds = self.clock() - began
            self.model.end()
            answers.append(Answer.of(row.id, reply, seconds, self.model.calls, self.model.tokens))
            if reply.state is TurnState.ANSWERED:  # nothing is remembered of what was refused or failed
                memory = json.loads(json.dumps(reply.memory))
                recent = (*recent, Exchange(question=row.question, answer=reply.text))
                recent = recent[-self.spec.limits.recent_turns :] if self.spec.limits.recent_turns else ()
        return answers

    def _snapshot(self, stock: Stock) -> Document:
        if stock.name not in self._snapshots:
            self._snapshots[stock.name] = document(
                stock.data(), rows=len(stock.cars), schema=SNAPSHOT_SCHEMA, exported_at=ASKED_AT
            )
        return self._snapshots[stock.name]

    def _reply(self, question: Question) -> Reply:
        verdict = self._screening.of(self.spec, question.text).verdict
        if not verdict.allowed:
            text = verdict.reply or self.spec.owner.texts.off_topic
            return Reply(state=TurnState.REFUSED, text=text, reason=f"forbidden:{verdict.topic}")
        try:
            return self._flow.answer(question, lambda _text: None)
        except Exception as error:  # noqa: BLE001 - a visitor would get an apology; the report counts it
            apology = self.spec.owner.texts.apology
            return Reply(state=TurnState.FAILED, text=apology, reason=f"error:{type(error).__name__}")
