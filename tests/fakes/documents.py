"""Published documents in memory."""

from __future__ import annotations

import hashlib
from datetime import datetime

from core.errors import DocumentMissing
from core.facts import Document, DocumentKind, Manifest
from tests.fakes.clock import NOON


class FakeDocuments:
    def __init__(self) -> None:
        self.kept: dict[tuple[str, DocumentKind], Document] = {}

    def put(
        self,
        assistant: str,
        kind: DocumentKind,
        data: bytes,
        version: str = "v1",
        exported_at: datetime = NOON,
    ) -> None:
        manifest = Manifest(
            version=version,
            sha256=hashlib.sha256(data).hexdigest(),
            rows=1,
            exported_at=exported_at,
            schema_name="test/1",
            author="test",
        )
        self.kept[assistant, kind] = Document(manifest=manifest, data=data)

    def current(self, assistant: str, kind: DocumentKind) -> Document:
        try:
            return self.kept[assistant, kind]
        except KeyError:
            raise DocumentMissing(f"{assistant}/{kind}") from None

    def manifest(self, assistant: str, kind: DocumentKind) -> Manifest:
        return self.current(assistant, kind).manifest
