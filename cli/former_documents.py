"""Documents of a home from before a document was one object: taken over once, so that no edit is lost.

Knows the layout of then (`{assistant}/{kind}/current.json` names a version below `versions/`). Refuses to
touch it, and whatever has been published since.
"""

from __future__ import annotations

from typing import Any

from botocore.exceptions import ClientError

from core.errors import PublicationConflict
from core.facts import DocumentKind, Manifest
from lambdas.adapters.documents import Documents


def adopt(s3: Any, bucket: str, documents: Documents, assistant: str) -> list[DocumentKind]:
    """Publishes what was current then and is not published now; gives back what that was."""
    return [kind for kind in DocumentKind if _adopt(s3, bucket, documents, assistant, kind)]


def _adopt(s3: Any, bucket: str, documents: Documents, assistant: str, kind: DocumentKind) -> bool:
    text = _read(s3, bucket, f"{assistant}/{kind}/current.json")
    if text is None:
        return False
    former = Manifest.model_validate_json(text)
    data = _read(s3, bucket, f"{assistant}/{kind}/versions/{former.version}.json")
    if data is None:
        return False
    try:
        documents.publish(
            assistant,
            kind,
            data,
            rows=former.rows,
            schema=former.schema_name,
            author=former.author,
            source=former.source,
            exported_at=former.exported_at,
        )
    except PublicationConflict:
        return False
    return True


def _read(s3: Any, bucket: str, key: str) -> bytes | None:
    try:
        body: bytes = s3.get_object(Bucket=bucket, Key=key)["Body"].read()
    except ClientError as error:
        if error.response["Error"]["Code"] == "NoSuchKey":
            return None
        raise
    return body
