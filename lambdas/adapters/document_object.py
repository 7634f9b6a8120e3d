"""What a published document looks like as one object: valid JSON with the manifest on its first line.

    {"manifest": {...}, "predecessor": "<VersionId>",
    "data": ...}

Knows how to write and to read it. Refuses to know where it is kept.
"""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, ValidationError

from core.errors import DocumentDamaged
from core.facts import Document, Manifest

FIRST_LINE = "bytes=0-8191"  # a manifest has a tenth of that
BEFORE_DATA, AFTER_DATA = b',\n"data":', b"}"


class Head(BaseModel):
    """The first line. `predecessor` is the store's own name of the version that was current before."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    manifest: Manifest
    predecessor: str | None


@dataclass(frozen=True)
class StoredDocument:
    """`data` is cut off where only the first line was asked for."""

    head: Head
    data: bytes
    etag: str
    version_id: str | None

    @property
    def manifest(self) -> Manifest:
        return self.head.manifest

    def document(self) -> Document:
        """Raises DocumentDamaged when the data is not what the manifest vouches for."""
        document = Document(manifest=self.manifest, data=self.data)
        document.json_value()
        return document


def written(head: Head, data: bytes) -> bytes:
    text = head.model_dump_json(by_alias=True).encode()
    return b"".join((text.removesuffix(AFTER_DATA), BEFORE_DATA, data, AFTER_DATA))  # a stock is large


def parsed(body: bytes, *, key: str, etag: str, version_id: str | None) -> StoredDocument:
    """Raises DocumentDamaged."""
    end = body.find(BEFORE_DATA)
    try:
        head = Head.model_validate_json(body[: max(end, 0)] + AFTER_DATA)
    except ValidationError as error:
        raise DocumentDamaged(f"{key}: {error.error_count()} wrong fields in the manifest") from error
    data = body[end + len(BEFORE_DATA) : -len(AFTER_DATA)]
    return StoredDocument(head, data, etag, version_id)
