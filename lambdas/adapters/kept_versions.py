"""All versions of a published document that its bucket still has, damaged ones included.

For people who look after a document: it lists the bucket's versions, which no function may, and so gets past
a current version that cannot be read. Refuses to publish (`documents.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from core.errors import DocumentDamaged
from core.facts import Document, DocumentKind, Manifest
from lambdas.adapters.document_object import parsed
from lambdas.adapters.documents import document_key
from lambdas.adapters.outages import told_as_store_away


@dataclass(frozen=True)
class KeptVersion:
    """`manifest` is None where the first line cannot be read, `document` where the data is damaged."""

    etag: str
    manifest: Manifest | None
    document: Document | None


class KeptVersions:
    def __init__(self, s3: Any, bucket: str) -> None:
        self._s3 = s3
        self._bucket = bucket

    def of(self, assistant: str, kind: DocumentKind) -> Iterator[KeptVersion]:
        """Newest first, each read when it is asked for. Raises StoreAway."""
        key = document_key(assistant, kind)
        pages = self._s3.get_paginator("list_object_versions").paginate(Bucket=self._bucket, Prefix=key)
        with told_as_store_away():
            for page in pages:
                for version in page.get("Versions", ()):
                    if version["Key"] == key:
                        yield self._read(key, version["VersionId"], version["ETag"])

    def _read(self, key: str, version_id: str, etag: str) -> KeptVersion:
        answer = self._s3.get_object(Bucket=self._bucket, Key=key, VersionId=version_id)
        try:
            stored = parsed(answer["Body"].read(), key=key, etag=etag, version_id=version_id)
        except DocumentDamaged:
            return KeptVersion(etag, None, None)
        try:
            return KeptVersion(etag, stored.manifest, stored.document())
        except DocumentDamaged:
            return KeptVersion(etag, stored.manifest, None)
