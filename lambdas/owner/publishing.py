"""The owner's documents: read, published over the version that was seen, looked back at, rolled back.

A version is published when it is sound (`checking.py`), in the owner's name, and told in the audit. Of
knowledge only what is new is embedded: a page waits no longer than the gateway. Refuses to know how a
document is kept (`lambdas/adapters/documents.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from core.errors import (
    DocumentChanged,
    DocumentMissing,
    FieldError,
    InvalidInput,
    NotFound,
    PublicationConflict,
)
from core.facts import Document, DocumentKind, Manifest
from core.flow import Embedder
from core.knowledge import KNOWLEDGE_SCHEMA, compile_knowledge
from core.knowledge_changes import knowledge_changes, settings_changes
from core.knowledge_source import KnowledgeSource
from core.known_vectors import KnownVectors
from core.policy import POLICY_SCHEMA, policy_json, read_policy
from core.policy_changes import RUSSIAN, differences
from core.spec import AssistantSpec, OwnerSettings
from lambdas.owner.checking import knowledge_of, settings_of, sound_policy
from lambdas.owner.services import OwnersDocuments

SEED = "seed"
SETTINGS_SCHEMA = "settings/1"
HISTORY = 30
NEW_CHARACTERS = 20_000
"""A thousand take about half a second to embed, and the gateway waits for thirty."""
TOO_MUCH_AT_ONCE = "Слишком много нового текста за один раз. Опубликуйте его частями: до 20 000 знаков."


@dataclass(frozen=True)
class Shown:
    """`manifest` is None where nothing was published yet."""

    manifest: Manifest | None
    value: dict[str, Any]

    @property
    def version(self) -> str:
        return self.manifest.version if self.manifest else SEED


@dataclass(frozen=True)
class Made:
    """A document that may be published, and what it changes."""

    data: bytes
    rows: int
    schema: str
    changes: list[str]


@dataclass(frozen=True)
class PublishedVersion:
    """`shown` is what it was published over."""

    manifest: Manifest
    changes: list[str]
    shown: Shown


class Publishing:
    """Raises StoreAway, DocumentDamaged."""

    def __init__(self, documents: OwnersDocuments, embedder: Callable[[], Embedder]) -> None:
        self._documents = documents
        self._embedder = embedder

    def shown(self, spec: AssistantSpec, kind: DocumentKind) -> Shown:
        """What is current, as the owner edits it: without vectors."""
        document = self._current(spec, kind)
        if document is None:
            return Shown(None, _first(spec, kind))
        return Shown(document.manifest, _editable(kind, document))

    def version(self, spec: AssistantSpec, kind: DocumentKind, version: str) -> Shown:
        """Raises NotFound."""
        try:
            document = self._documents.version(spec.id, kind, version)
        except DocumentMissing:
            raise NotFound(public_text="Такой версии нет или она уже не хранится.") from None
        return Shown(document.manifest, _editable(kind, document))

    def history(self, spec: AssistantSpec, kind: DocumentKind) -> Iterator[Manifest]:
        """Newest first."""
        try:
            yield from self._documents.history(spec.id, kind, HISTORY)
        except DocumentMissing:
            return

    def publish(
        self,
        spec: AssistantSpec,
        kind: DocumentKind,
        value: Mapping[str, Any],
        *,
        expected_version: str,
        author: str,
    ) -> PublishedVersion:
        """Raises InvalidInput, DocumentChanged."""
        document = self._current(spec, kind)
        shown = Shown(None, _first(spec, kind)) if document is None else _shown(kind, document)
        if shown.version != expected_version:
            raise DocumentChanged
        made = self._made(kind, value, shown, document)
        try:
            manifest = self._documents.publish(
                spec.id,
                kind,
                made.data,
                rows=made.rows,
                schema=made.schema,
                author=author,
                expected=shown.manifest,
            )
        except PublicationConflict:
            raise DocumentChanged from None
        return PublishedVersion(manifest, made.changes, shown)

    def _made(
        self, kind: DocumentKind, value: Mapping[str, Any], shown: Shown, document: Document | None
    ) -> Made:
        if kind is DocumentKind.POLICY:
            policy = sound_policy(value)
            changes = differences(read_policy(shown.value), policy, RUSSIAN)
            return Made(policy_json(policy), len(policy.topics), POLICY_SCHEMA, changes)
        if kind is DocumentKind.SETTINGS:
            settings = settings_of(value, OwnerSettings.model_validate(shown.value))
            changes = settings_changes(shown.value, settings.model_dump(mode="json"))
            return Made(settings.model_dump_json().encode(), 1, SETTINGS_SCHEMA, changes)
        before = KnowledgeSource.model_validate(shown.value)
        source = knowledge_of(value, before)
        data = self._compiled(source, document)
        return Made(data, len(source.passages), KNOWLEDGE_SCHEMA, knowledge_changes(before, source))

    def _compiled(self, source: KnowledgeSource, document: Document | None) -> bytes:
        known = KnownVectors(document.json_value() if document else None, self._embedder())
        if sum(map(len, known.new_texts(source))) > NEW_CHARACTERS:
            raise InvalidInput("too much", fields=(FieldError("passages", TOO_MUCH_AT_ONCE),))
        return compile_knowledge(source, known)

    def _current(self, spec: AssistantSpec, kind: DocumentKind) -> Document | None:
        """Read anew: what is edited must be what is current."""
        try:
            return self._documents.version(spec.id, kind, self._documents.manifest(spec.id, kind).version)
        except DocumentMissing:
            return None


def _shown(kind: DocumentKind, document: Document) -> Shown:
    return Shown(document.manifest, _editable(kind, document))


def _editable(kind: DocumentKind, document: Document) -> dict[str, Any]:
    value: dict[str, Any] = document.json_value()
    if kind is DocumentKind.KNOWLEDGE:
        return {name: value[name] for name in KnowledgeSource.model_fields if name in value}
    return value


def _first(spec: AssistantSpec, kind: DocumentKind) -> dict[str, Any]:
    match kind:
        case DocumentKind.POLICY:
            return {"topics": []}
        case DocumentKind.SETTINGS:
            return spec.owner.model_dump(mode="json")
        case _:
            return KnowledgeSource(passages=()).model_dump(mode="json")
