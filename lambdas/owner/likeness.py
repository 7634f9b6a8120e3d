"""Unanswered questions put together by what they are about.

As near as in the search for an answer: embedded, without what all questions of this salon share. Knows how
many it can look at while a page waits. Refuses to know where questions come from.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.analytics.metrics import UnansweredQuestion
from core.errors import DocumentMissing
from core.facts import DocumentKind
from core.flow import Embedder
from core.likeness import grouped
from core.spec import AssistantSpec
from core.vectors import centred, mean_of, unpacked
from lambdas.owner.services import OwnersDocuments

ALIKE = 0.4
MOST = 250
"""Twenty milliseconds each, and a second for all pairs."""
REMEMBERED = 2_000


@dataclass(frozen=True)
class Group:
    """`title` is the question that is most like the others; `questions` newest first."""

    title: str
    questions: list[UnansweredQuestion]


class Likeness:
    """Remembers vectors of questions, and of an assistant what its questions share."""

    def __init__(self, documents: OwnersDocuments, embedder: Callable[[], Embedder]) -> None:
        self._documents = documents
        self._embedder = embedder
        self._vectors: dict[str, Sequence[float]] = {}
        self._shared: dict[str, tuple[str, list[float]]] = {}

    def groups(self, spec: AssistantSpec, asked: Sequence[UnansweredQuestion]) -> list[Group]:
        """The largest first; of the oldest questions those that are too many are left out."""
        by_text: dict[str, list[UnansweredQuestion]] = {}
        for question in asked:
            text = " ".join(question.text.split())
            if text in by_text or len(by_text) < MOST:
                by_text.setdefault(text, []).append(question)
        texts, shared = list(by_text), self._what_is_shared(spec)
        vectors = [centred(self._vector(text), shared) for text in texts]
        found = [
            Group(texts[places[0]], [question for place in places for question in by_text[texts[place]]])
            for places in grouped(vectors, ALIKE)
        ]
        for group in found:
            group.questions.sort(key=lambda question: question.asked_at, reverse=True)
        return sorted(found, key=lambda group: -len(group.questions))

    def _vector(self, text: str) -> Sequence[float]:
        if text not in self._vectors:
            if len(self._vectors) == REMEMBERED:
                self._vectors.clear()
            self._vectors[text] = self._embedder().embed_query(text)
        return self._vectors[text]

    def _what_is_shared(self, spec: AssistantSpec) -> list[float]:
        try:
            document = self._documents.current(spec.id, DocumentKind.KNOWLEDGE)
        except DocumentMissing:
            return mean_of([])
        version, shared = self._shared.get(spec.id, ("", []))
        if version != document.manifest.version:
            shared = mean_of(unpacked(document.json_value()["question_vectors"]))
            self._shared[spec.id] = (document.manifest.version, shared)
        return shared
