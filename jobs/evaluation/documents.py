"""Published documents without a bucket: what an assistant's folder holds and one stock, as if just published.

Serves both shapes in which the platform reads documents: of any assistant (`lambdas/adapters`) and of one
(`core.facts.DocumentReader`). Refuses to publish.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from core.errors import DocumentMissing
from core.facts import Document, DocumentKind, Manifest


def document(data: bytes, *, rows: int, schema: str, exported_at: datetime) -> Document:
    """`data` under a manifest of its own; the same data is the same version."""
    digest = hashlib.sha256(data).hexdigest()
    manifest = Manifest(
        version=f"evaluation-{digest[:12]}",
        sha256=digest,
        rows=rows,
        exported_at=exported_at,
        schema_name=schema,
        author="evaluation",
    )
    return Document(manifest=manifest, data=data)


@dataclass(frozen=True)
class DocumentsAtHand:
    """The documents of one assistant."""

    assistant: str
    kept: Mapping[DocumentKind, Document]

    def current(self, assistant: str, kind: DocumentKind) -> Document:
        if assistant != self.assistant or kind not in self.kept:
            raise DocumentMissing(f"{assistant}/{kind}")
        return self.kept[kind]

    def manifest(self, assistant: str, kind: DocumentKind) -> Manifest:
        return self.current(assistant, kind).manifest


@dataclass(frozen=True)
class OwnDocuments:
    """As a flow reads them."""

    documents: DocumentsAtHand

    def current(self, kind: DocumentKind) -> Document:
        return self.documents.current(self.documents.assistant, kind)
