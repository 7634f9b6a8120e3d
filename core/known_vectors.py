"""Vectors that a published document holds already, so that only what is new has to be embedded.

Keeping a vector, packing it and keeping it again changes nothing. Refuses to embed anything itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from core.flow import Embedder
from core.knowledge_source import KnowledgeSource
from core.vectors import unpacked


class KnownVectors:
    """An embedder that asks `embedder` only for texts that `published` has no vector of.

    `published` is the data of a compiled document, None where there is none.
    """

    def __init__(self, published: dict[str, Any] | None, embedder: Embedder) -> None:
        self._embedder = embedder
        self._queries: dict[str, list[float]] = {}
        self._passages: dict[str, list[float]] = {}
        if published is not None:
            source = _source(published)
            self._queries = dict(zip(_queries(source), _query_vectors(published), strict=True))
            self._passages = dict(
                zip(passage_texts(source), unpacked(published["text_vectors"]), strict=True)
            )

    def new_texts(self, source: KnowledgeSource) -> list[str]:
        """What would have to be embedded."""
        return [
            *(text for text in dict.fromkeys(_queries(source)) if text not in self._queries),
            *(text for text in passage_texts(source) if text not in self._passages),
        ]

    def embed_query(self, text: str) -> Sequence[float]:
        known = self._queries.get(text)
        return self._embedder.embed_query(text) if known is None else known

    def embed_passages(self, texts: Sequence[str]) -> list[Sequence[float]]:
        new = [text for text in texts if text not in self._passages]
        made = dict(zip(new, self._embedder.embed_passages(new), strict=True)) if new else {}
        return [made[text] if text in made else self._passages[text] for text in texts]


def _source(published: dict[str, Any]) -> KnowledgeSource:
    return KnowledgeSource.model_validate(
        {name: published[name] for name in KnowledgeSource.model_fields if name in published}
    )


def _queries(source: KnowledgeSource) -> Iterator[str]:
    """In the order in which the document holds their vectors."""
    for passage in source.passages:
        yield from passage.questions or (passage.title,)
    yield from source.foreign
    for talk in source.small_talk:
        yield from talk.phrases


def _query_vectors(published: dict[str, Any]) -> Iterator[list[float]]:
    for name in ("question_vectors", "foreign_vectors", "small_talk_vectors"):
        yield from unpacked(published[name])


def passage_texts(source: KnowledgeSource) -> list[str]:
    return [f"{passage.title} {passage.text}" for passage in source.passages]
