"""What the owner has set, for any function that needs it.

Knows that the published settings count and that the manifest's own are the seed for when nothing is published
yet. Refuses to know who published them.
"""

from __future__ import annotations

from typing import Protocol

from pydantic import ValidationError

from core.errors import DocumentDamaged, DocumentMissing
from core.facts import Document, DocumentKind
from core.spec import AssistantSpec, OwnerSettings


class CurrentDocuments(Protocol):
    """Raises DocumentMissing, DocumentDamaged."""

    def current(self, assistant: str, kind: DocumentKind) -> Document: ...


class OwnerSettingsReader:
    def __init__(self, documents: CurrentDocuments) -> None:
        self._documents = documents
        self._read: dict[str, tuple[str, OwnerSettings]] = {}

    def of(self, spec: AssistantSpec) -> OwnerSettings:
        """The current settings, at most a few seconds late. Raises DocumentDamaged."""
        try:
            document = self._documents.current(spec.id, DocumentKind.SETTINGS)
        except DocumentMissing:
            return spec.owner
        version, settings = self._read.get(spec.id, ("", spec.owner))
        if version != document.manifest.version:
            try:
                settings = OwnerSettings.model_validate_json(document.data)
            except ValidationError as error:
                raise DocumentDamaged(f"settings of {spec.id}: {error.error_count()} wrong fields") from None
            self._read[spec.id] = (document.manifest.version, settings)
        return settings
