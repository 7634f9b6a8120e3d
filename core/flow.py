"""What a flow is given and what it gives back: the seam between the platform and an assistant.

Knows nothing of any assistant. A flow lives in `assistants/<id>/` and is found by the name in its manifest.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from core.dialogue import Exchange, Reply
from core.errors import ManifestError
from core.facts import DocumentReader
from core.knowledge_source import Passage
from core.model import ModelClient
from core.spec import AssistantSpec
from core.topics import CompiledPolicy


class Embedder(Protocol):
    """Maps text to a unit vector of 384 floats; questions and passages are embedded differently (e5)."""

    def embed_query(self, text: str) -> Sequence[float]: ...

    def embed_passages(self, texts: Sequence[str]) -> list[Sequence[float]]: ...


@dataclass(frozen=True)
class Question:
    """One question in its dialogue. `memory` is what the last reply left; `recent` is oldest first.

    `seconds_left` remain of the platform's time, `waited_seconds` the visitor has waited so far. `visitor`
    stands for the session without naming it: a flow hands it to the model as `user`.
    """

    text: str
    asked_at: datetime
    memory: dict[str, Any]
    recent: tuple[Exchange, ...] = ()
    seconds_left: float = 60.0
    waited_seconds: float = 0.0
    visitor: str | None = None


@dataclass(frozen=True)
class FlowResources:
    """Everything that a flow may use. Nothing else reaches it.

    `site_url` is where the deployment's site stands, empty where there is none; `by_mail` says that it sends
    letters.
    """

    spec: AssistantSpec
    documents: DocumentReader
    model: ModelClient
    embedder: Embedder
    site_url: str = ""
    by_mail: bool = False


class Flow(Protocol):
    """Answers one question. `publish(text)` shows the approved text so far (it only grows).

    Raises NoModelSlot, which hands the question back to the queue. Without the model it answers from facts;
    where it has none it lets ModelUnavailable through: the platform keeps the question while the model warms
    up, and says so while it rests. Everything else it deals with itself or lets fall, and the platform
    apologises.
    """

    def answer(self, question: Question, publish: Callable[[str], None]) -> Reply: ...


def build_flow(resources: FlowResources) -> Flow:
    """Makes the flow that the manifest names. Raises ManifestError when there is none."""
    try:
        build: Callable[[FlowResources], Flow] = _module(resources.spec).build
    except AttributeError as error:
        raise ManifestError(f"{resources.spec.id}: {resources.spec.flow!r} builds no flow") from error
    return build(resources)


def untold(
    spec: AssistantSpec, passages: Iterable[Passage], policy: CompiledPolicy
) -> Iterator[tuple[str, str]]:
    """Ids of the passages that the flow will not tell under the policy, and why, for whoever published them.

    A flow whose module has no `doubts(passage, policy)` tells every one. Raises ManifestError.
    """
    doubts: Callable[[Passage, CompiledPolicy], Iterable[str]] | None
    doubts = getattr(_module(spec), "doubts", None)
    if doubts is None:
        return
    for passage in passages:
        if why := "; ".join(doubts(passage, policy)):
            yield passage.id, why


def _module(spec: AssistantSpec) -> Any:
    try:
        return importlib.import_module(spec.flow)
    except ImportError as error:
        raise ManifestError(f"{spec.id}: no flow {spec.flow!r}") from error
