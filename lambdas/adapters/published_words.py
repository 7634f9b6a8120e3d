"""What an assistant's own documents say, which is nobody's secret: masking lets it stand.

Knows which documents speak to everybody. Refuses to know what is masked.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from core.analytics.leaving import Door
from core.errors import DocumentMissing
from core.facts import Document, DocumentKind
from core.personal_data import Published
from core.spec import AssistantSpec
from lambdas.adapters.owner_settings import OwnerSettingsReader

SPEAKING = (DocumentKind.KNOWLEDGE, DocumentKind.SNAPSHOT)


class CurrentDocuments(Protocol):
    """Raises DocumentMissing, DocumentDamaged, StoreAway."""

    def current(self, assistant: str, kind: DocumentKind) -> Document: ...


class PublishedWords:
    """Read anew when a document's data changes."""

    def __init__(self, documents: CurrentDocuments) -> None:
        self._documents = documents
        self._read: dict[str, tuple[tuple[str, ...], Published]] = {}

    def of(self, assistant: str) -> Published:
        """A document that is not there says nothing. Raises DocumentDamaged, StoreAway."""
        documents = [document for kind in SPEAKING if (document := self._current(assistant, kind))]
        key = tuple(document.manifest.sha256 for document in documents)
        seen, published = self._read.get(assistant, (None, None))
        if published is None or seen != key:
            published = Published.by(text for each in documents for text in _texts(each.json_value()))
            self._read[assistant] = (key, published)
        return published

    def _current(self, assistant: str, kind: DocumentKind) -> Document | None:
        try:
            return self._documents.current(assistant, kind)
        except DocumentMissing:
            return None


class Doors:
    """The door of each assistant, by what its owner has set and published."""

    def __init__(self, settings: OwnerSettingsReader, words: PublishedWords) -> None:
        self._settings = settings
        self._words = words

    def of(self, spec: AssistantSpec) -> Door:
        """Raises DocumentDamaged, StoreAway."""
        return Door(self._settings.of(spec).hours, self._words.of(spec.id))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
