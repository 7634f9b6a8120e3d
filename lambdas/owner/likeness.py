"""Unanswered questions put together by what they are about.

By `core.likeness`, beside the wordings that the salon has published. Knows how many questions it can look at
while a page waits. Refuses to know where questions come from.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.analytics.metrics import UnansweredQuestion
from core.errors import DocumentMissing
from core.facts import DocumentKind
from core.flow import Embedder
from core.likeness import Wordings, alike, grouped
from core.spec import AssistantSpec
from core.vectors import mean_of, unpacked
from lambdas.owner.services import OwnersDocuments

MOST = 250
"""Twenty milliseconds each, and two seconds for all pairs."""
REMEMBERED = 2_000


@dataclass(frozen=True)
class Group:
    """`title` is the question that is most like the others; `questions` newest first."""

    title: str
    questions: list[UnansweredQuestion]


class Likeness:
    """Remembers vectors of questions, and of an assistant its published wordings."""

    def __init__(self, documents: OwnersDocuments, embedder: Callable[[], Embedder]) -> None:
        self._documents = documents
        self._embedder = embedder
        self._vectors: dict[str, Sequence[float]] = {}
        self._published: dict[str, tuple[str, Wordings]] = {}

    def groups(self, spec: AssistantSpec, asked: Sequence[UnansweredQuestion]) -> list[Group]:
        """The largest first; of the oldest questions those that are too many are left out."""
        by_text: dict[str, list[UnansweredQuestion]] = {}
        for question in asked:
            text = " ".join(question.text.split())
            if text in by_text or len(by_text) < MOST:
                by_text.setdefault(text, []).append(question)
        texts = list(by_text)
        likeness = alike(texts, [self._vector(text) for text in texts], self._wordings(spec))
        found = [
            Group(texts[places[0]], [question for place in places for question in by_text[texts[place]]])
            for places in grouped(likeness)
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

    def _wordings(self, spec: AssistantSpec) -> Wordings:
        try:
            document = self._documents.current(spec.id, DocumentKind.KNOWLEDGE)
        except DocumentMissing:
            return Wordings((), mean_of([]))
        now = document.manifest.version
        version, known = self._published.get(spec.id, ("", None))
        if known is None or version != now:
            value = document.json_value()
            texts = [
                text for passage in value["passages"] for text in passage["questions"] or [passage["title"]]
            ]
            known = Wordings(tuple(texts), mean_of(unpacked(value["question_vectors"])))
            self._published[spec.id] = (now, known)
        return known
