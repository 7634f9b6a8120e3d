"""A salon on a desk: real flow and knowledge, fakes for documents, embedder and model."""

from __future__ import annotations

import json
import math
import tomllib
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from assistants.showroom import gate
from core.dialogue import Reply
from core.facts import Document, DocumentKind
from core.flow import Flow, FlowResources, Question, build_flow
from core.knowledge import compile_knowledge, read_folder
from core.model import ChatDelta, ChatRequest
from core.russian import content_lemmas
from core.spec import ASSISTANTS_FOLDER, read_spec
from tests.fakes.clock import NOON
from tests.fakes.documents import FakeDocuments

Row = dict[str, Any]


class BagEmbedder:
    """Texts that share words are near; no weights needed. What the gate reads in an embedding alone is of
    other weights, so every vector lies where that says nothing.
    """

    def embed_query(self, text: str) -> Sequence[float]:
        vector = [0.001] * 384
        for word in content_lemmas(text):
            vector[zlib.crc32(word[:5].encode()) % 384] += 1.0
        length = math.hypot(*vector)
        return _told_nothing([x / length for x in vector])

    def embed_passages(self, texts: Sequence[str]) -> list[Sequence[float]]:
        return [self.embed_query(text) for text in texts]


def _told_nothing(vector: Sequence[float]) -> list[float]:
    """The nearest place, or nearly: where the network is linear, one step reaches it."""
    network, place = gate._coefficients().foreignness, np.array(vector)
    hidden, heights = _rows_of_the_network(), np.array(network.heights)
    for _ in range(50):
        sums = hidden @ place + network.biases
        told = heights @ np.maximum(sums, 0) + network.constant
        if abs(told) < 1e-9:
            break
        slope = (heights * (sums > 0)) @ hidden
        place = place - told / (slope @ slope) * slope
    return [float(x) for x in place]


@cache
def _rows_of_the_network() -> npt.NDArray[np.float64]:
    return np.array(gate._coefficients().foreignness.hidden)


@cache
def _knowledge_without_weights(salon: str) -> bytes:
    return compile_knowledge(read_folder(ASSISTANTS_FOLDER / salon), BagEmbedder())


class ScriptedModel:
    """Answers with what the script holds, a delta a word; an exception in the script is raised there."""

    name = "scripted"

    def __init__(self) -> None:
        self.answers_as: str | None = None
        self.script: list[str | Exception] = []
        self.requests: list[ChatRequest] = []

    def stream(self, request: ChatRequest) -> Iterator[ChatDelta]:
        self.requests.append(request)
        for part in [self.script.pop(0)] if self.script else []:
            if isinstance(part, Exception):
                raise part
            for word in part.split("|"):
                if word == "DIES":
                    raise self.script.pop(0)  # type: ignore[misc]
                yield ChatDelta(text=word, model=self.answers_as)
        yield ChatDelta(prompt_tokens=10, completion_tokens=5)


class _Reader:
    def __init__(self, documents: FakeDocuments, assistant: str) -> None:
        self._documents, self._assistant = documents, assistant

    def current(self, kind: DocumentKind) -> Document:
        return self._documents.current(self._assistant, kind)


class Salon:
    """One flow with its documents; `ask` keeps the dialogue's memory."""

    def __init__(
        self, name: str = "showroom", embedder: Any = None, knowledge: bytes | None = None, **deployment: Any
    ) -> None:
        self.spec = read_spec(ASSISTANTS_FOLDER / name)
        self.documents, self.model = FakeDocuments(), ScriptedModel()
        self.embedder = embedder or BagEmbedder()
        self.put(DocumentKind.KNOWLEDGE, knowledge or _knowledge_without_weights(name))
        topics = tomllib.loads((self.spec.folder / "topics.toml").read_text("utf-8"))
        self.put(DocumentKind.POLICY, json.dumps(topics).encode())
        resources = FlowResources(
            self.spec, _Reader(self.documents, self.spec.id), self.model, self.embedder, **deployment
        )
        self.flow: Flow = build_flow(resources)
        self.memory: dict[str, Any] = {}
        self.published: list[str] = []

    def put(
        self, kind: DocumentKind, data: bytes, version: str = "v1", age: timedelta = timedelta(0)
    ) -> None:
        self.documents.put(self.spec.id, kind, data, version=version, exported_at=NOON - age)

    def stock(
        self, cars: Sequence[Row], options: Sequence[Row] = (), age: timedelta = timedelta(minutes=5)
    ) -> None:
        data = json.dumps({"cars": list(cars), "options": list(options)}).encode()
        self.put(DocumentKind.SNAPSHOT, data, version=f"s{zlib.crc32(data)}", age=age)

    def ask(
        self,
        text: str,
        *,
        fresh: bool = True,
        now: datetime = NOON,
        seconds: float = 60,
        waited: float = 0,
        visitor: str | None = None,
    ) -> Reply:
        if fresh:
            self.memory = {}
        self.published = []
        question = Question(
            text=text,
            asked_at=now,
            memory=self.memory,
            seconds_left=seconds,
            waited_seconds=waited,
            visitor=visitor,
        )
        reply = self.flow.answer(question, self.published.append)
        self.memory = json.loads(json.dumps(reply.memory))
        return reply

    def talk(self, *texts: str) -> Reply:
        replies = [self.ask(text, fresh=place == 0) for place, text in enumerate(texts)]
        return replies[-1]


def car(vin: str, model: str, class_name: str, *values: Any) -> Row:
    names = ("body", "year", "fuel", "color", "mileage_km", "price_rub")
    return {
        "vin": vin, "model": model, "class_name": class_name, "updated_at": "2026-11-20T10:00:00",
        **dict(zip(names, values, strict=True)),
    }  # fmt: skip


def told(reply: Reply) -> list[str]:
    """VINs that the answer tells as matching, sorted; [] where it says that there is none."""
    if reply.reason == "not_in_stock":
        return []
    return sorted(fact.id for fact in reply.facts if fact.kind == "stock")


def is_about_stock(reply: Reply) -> bool:
    return any(source.kind == "stock" for source in reply.sources)


Predicate = Callable[[Row], bool]


@pytest.fixture(scope="session")
def _salon() -> Salon:
    return Salon()


@pytest.fixture
def salon(_salon: Salon) -> Salon:
    _salon.model.script, _salon.model.requests, _salon.memory = [], [], {}
    return _salon
