"""The probe tells in each answer whose it is and what came before it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bench.chaos.due import opened_by
from bench.chaos.probe.flow import WITHOUT_MODEL, build
from core.dialogue import Exchange, TurnState
from core.errors import ModelUnavailable, NoModelSlot
from core.facts import DocumentKind
from core.flow import FlowResources, Question
from core.golden import read_golden
from core.knowledge_source import read_folder
from core.model import ChatDelta, ChatRequest
from core.spec import read_spec
from core.topics import compile_policy, screen
from lambdas.adapters.documents import AssistantDocuments
from tests.fakes.documents import FakeDocuments

PROBE = Path(__file__).resolve().parents[2] / "bench" / "chaos" / "probe"


class Model:
    name = "scripted"

    def __init__(self, *pieces: str, breaks: bool = False) -> None:
        self.pieces, self.breaks = pieces, breaks

    def stream(self, _request: ChatRequest) -> Iterator[ChatDelta]:
        yield from (ChatDelta(text=piece) for piece in self.pieces)
        if self.breaks:
            raise ModelUnavailable
        yield ChatDelta(completion_tokens=1)


def answer(text: str, model: Model | None = None, **question: Any):
    documents = FakeDocuments()
    documents.put("probe", DocumentKind.KNOWLEDGE, b"{}")
    resources = FlowResources(
        read_spec(PROBE), AssistantDocuments(documents, "probe"), model or Model(), embedder=None
    )
    shown: list[str] = []
    asked = Question(text, datetime(2026, 11, 21, tzinfo=UTC), question.pop("memory", {}), **question)
    return build(resources).answer(asked, shown.append), shown


def test_a_fact_is_the_opening_and_is_remembered() -> None:
    reply, _ = answer("fact q1")
    assert (reply.text, reply.memory) == ("q1 after nothing.", {"last": "q1"})
    recent = (Exchange(question="fact q1", answer=reply.text),)
    assert answer("fact q2", memory=reply.memory, recent=recent)[0].text == "q2 after q1."


def test_memory_and_transcript_that_differ_are_told() -> None:
    reply, _ = answer("fact q3", memory={"last": "q1"}, recent=(Exchange(question="fact q2", answer="x"),))
    assert opened_by(reply.text) == ("q3", "q1 or q2", "")


def test_what_the_model_says_grows_behind_the_opening() -> None:
    reply, shown = answer("model q1", Model("q1 is one.", " q1 is", " two. "))
    assert reply.text == "q1 after nothing. q1 is one. q1 is two."
    assert (reply.versions.model, reply.versions.knowledge) == ("scripted", "v1")
    assert [source.id for source in reply.sources] == [p.id for p in read_folder(PROBE).passages]
    assert all(later.startswith(earlier) for earlier, later in pairwise([*shown, reply.text]))


def test_without_a_model_it_says_so_and_the_fragile_fails() -> None:
    reply, _ = answer("model q1", Model("q1 is one.", breaks=True))
    assert (reply.text, reply.reason) == (f"q1 after nothing. {WITHOUT_MODEL}", "model_unavailable")
    with pytest.raises(ModelUnavailable):
        answer("fragile q1", Model(breaks=True))
    with pytest.raises(NoModelSlot):
        answer("deadly q1", Model(breaks=True))


def test_it_can_be_tried_after_a_shut_down() -> None:
    assert {question.text for question in read_golden(PROBE)} == {"model golden", "запретная тема"}


def test_what_is_refused() -> None:
    import tomllib

    policy = compile_policy(tomllib.loads((PROBE / "topics.toml").read_text(encoding="utf-8")))
    assert not screen("запретная тема q1", policy).allowed
    assert all(screen(f"{kind} q1", policy).allowed for kind in ("fact", "model", "fragile", "aside"))
    reply, _ = answer("aside q1", memory={"last": "q0"})
    assert (reply.state, reply.memory) == (TurnState.REFUSED, {"last": "q0"})
