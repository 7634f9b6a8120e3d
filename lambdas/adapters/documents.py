"""Published documents in S3: read what is current, publish the next version, look back.

    {assistant}/{kind}/versions/{version}.json    the data, written once
    {assistant}/{kind}/manifests/{version}.json   its manifest, written once
    {assistant}/{kind}/current.json               the manifest that counts, swapped by a conditional write

Data, then manifest, then the swap: a reader sees all of the old version or all of the new one, and a writer
who lost the race leaves only objects that nothing points at. Refuses to know what the documents say.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NoReturn

from botocore.exceptions import ClientError
from pydantic import ValidationError

from core.errors import DocumentDamaged, DocumentMissing, PublicationConflict, StoreAway
from core.facts import Document, DocumentKind, Manifest
from lambdas.adapters.clock import Clock, utc_now
from lambdas.adapters.outages import told_as_store_away

RECHECK_SECONDS = {DocumentKind.SNAPSHOT: 5.0}
RECHECK_SECONDS_OTHERWISE = 10.0
SWAP_ATTEMPTS = 4


@dataclass(frozen=True)
class _Cached:
    document: Document
    etag: str
    checked: float


class Documents:
    """All documents of one bucket. One instance may serve many threads: a cached copy is replaced whole."""

    def __init__(
        self,
        s3: Any,
        bucket: str,
        *,
        clock: Clock = utc_now,
        monotonic: Callable[[], float] = time.monotonic,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._s3 = s3
        self._bucket = bucket
        self._clock = clock
        self._monotonic = monotonic
        self._pause = pause
        self._cache: dict[tuple[str, DocumentKind], _Cached] = {}

    def current(self, assistant: str, kind: DocumentKind) -> Document:
        """The current version, a few seconds late at most.

        Raises DocumentMissing, DocumentDamaged, StoreAway.

        While the store cannot be asked, the copy at hand goes on being served: each document says itself
        how old it is.
        """
        cached = self._cache.get((assistant, kind))
        patience = RECHECK_SECONDS.get(kind, RECHECK_SECONDS_OTHERWISE)
        if cached is not None and self._monotonic() - cached.checked < patience:
            return cached.document
        try:
            manifest, etag = self._manifest(assistant, kind)
        except StoreAway:
            if cached is None:
                raise
            self._keep(assistant, kind, cached)
            return cached.document
        if cached is None or cached.etag != etag:
            cached = _Cached(self._load(assistant, kind, manifest), etag, 0.0)
        self._keep(assistant, kind, cached)
        return cached.document

    def manifest(self, assistant: str, kind: DocumentKind) -> Manifest:
        """What is current right now, never from the cache. Raises DocumentMissing, DocumentDamaged."""
        return self._manifest(assistant, kind)[0]

    def version(self, assistant: str, kind: DocumentKind, version: str) -> Document:
        """One version, current or not. Raises DocumentMissing, DocumentDamaged."""
        data, _ = self._get(f"{assistant}/{kind}/manifests/{version}.json")
        return self._load(assistant, kind, _parse(data, version))

    def history(self, assistant: str, kind: DocumentKind, limit: int = 20) -> Iterator[Manifest]:
        """What was current, newest first. Raises DocumentMissing when nothing was ever published."""
        manifest = self.manifest(assistant, kind)
        for _ in range(limit):
            yield manifest
            if manifest.previous is None:
                return
            data, _ = self._get(f"{assistant}/{kind}/manifests/{manifest.previous}.json")
            manifest = _parse(data, manifest.previous)

    def publish(
        self,
        assistant: str,
        kind: DocumentKind,
        data: bytes,
        *,
        rows: int,
        schema: str,
        author: str,
        source: str | None = None,
        expected: Manifest | None = None,
        exported_at: datetime | None = None,
    ) -> Manifest:
        """Makes `data` current and returns its manifest.

        `expected` is what the author saw as current, None when there was nothing. Raises PublicationConflict
        when something else is current by now; then nothing changes.
        """
        now = self._clock()
        digest = hashlib.sha256(data).hexdigest()
        manifest = Manifest(
            version=f"{now:%Y%m%dT%H%M%S.%fZ}-{digest[:8]}",
            sha256=digest,
            rows=rows,
            exported_at=exported_at or now,
            schema_name=schema,
            author=author,
            source=source,
            previous=expected.version if expected else None,
        )
        text = manifest.model_dump_json(by_alias=True).encode()
        condition = self._condition(assistant, kind, expected)
        self._put(f"{assistant}/{kind}/versions/{manifest.version}.json", data)
        self._put(f"{assistant}/{kind}/manifests/{manifest.version}.json", text)
        self._swap(f"{assistant}/{kind}/current.json", text, condition)
        self._cache.pop((assistant, kind), None)
        return manifest

    def seed(
        self,
        assistant: str,
        kind: DocumentKind,
        make: Callable[[], bytes],
        *,
        rows: int,
        schema: str,
        author: str,
        source: str,
    ) -> Manifest | None:
        """Publishes where nothing is published yet, or only `author` has, from another `source`.

        What anybody else has published stays. `make` is called only when its bytes are wanted. Returns None
        when nothing was published.
        """
        try:
            current: Manifest | None = self.manifest(assistant, kind)
        except DocumentMissing:
            current = None
        if current is not None and (current.author != author or current.source == source):
            return None
        try:
            return self.publish(
                assistant,
                kind,
                make(),
                rows=rows,
                schema=schema,
                author=author,
                source=source,
                expected=current,
            )
        except PublicationConflict:
            return None

    def _keep(self, assistant: str, kind: DocumentKind, cached: _Cached) -> None:
        self._cache[(assistant, kind)] = replace(cached, checked=self._monotonic())

    def _load(self, assistant: str, kind: DocumentKind, manifest: Manifest) -> Document:
        data, _ = self._get(f"{assistant}/{kind}/versions/{manifest.version}.json")
        document = Document(manifest=manifest, data=data)
        document.json_value()
        return document

    def _manifest(self, assistant: str, kind: DocumentKind) -> tuple[Manifest, str]:
        data, etag = self._get(f"{assistant}/{kind}/current.json")
        return _parse(data, f"{assistant}/{kind}"), etag

    def _condition(self, assistant: str, kind: DocumentKind, expected: Manifest | None) -> dict[str, str]:
        """What lets the swap through only while `expected` is current. Raises PublicationConflict."""
        if expected is None:
            return {"IfNoneMatch": "*"}
        try:
            manifest, etag = self._manifest(assistant, kind)
        except DocumentMissing as error:
            raise PublicationConflict(f"{assistant}/{kind}: {expected.version} is gone") from error
        if manifest.version != expected.version:
            raise PublicationConflict(f"{assistant}/{kind}: {manifest.version} is current by now")
        return {"IfMatch": etag}

    def _swap(self, key: str, text: bytes, condition: dict[str, str]) -> None:
        for attempt in range(SWAP_ATTEMPTS):
            try:
                self._s3.put_object(
                    Bucket=self._bucket, Key=key, Body=text, ContentType="application/json", **condition
                )
            except ClientError as error:
                code, status = _code(error)
                if code == "ConditionalRequestConflict" and attempt + 1 < SWAP_ATTEMPTS:
                    self._pause(0.05 * 2**attempt)  # 409: two writes met, neither is judged; ask again
                    continue
                if code in ("PreconditionFailed", "ConditionalRequestConflict", "NoSuchKey") or status == 412:
                    raise PublicationConflict(f"{key}: somebody else published meanwhile") from error
                raise
            else:
                return

    def _put(self, key: str, data: bytes) -> None:
        self._s3.put_object(Bucket=self._bucket, Key=key, Body=data, ContentType="application/json")

    def _get(self, key: str) -> tuple[bytes, str]:
        with told_as_store_away():
            try:
                answer = self._s3.get_object(Bucket=self._bucket, Key=key)
                return answer["Body"].read(), answer["ETag"]
            except ClientError as error:
                _missing(error, key)


class AssistantDocuments:
    """The documents of one assistant, as a flow reads them (core.facts.DocumentReader)."""

    def __init__(self, documents: Documents, assistant: str) -> None:
        self._documents = documents
        self._assistant = assistant

    def current(self, kind: DocumentKind) -> Document:
        return self._documents.current(self._assistant, kind)


def _parse(data: bytes, name: str) -> Manifest:
    try:
        return Manifest.model_validate_json(data)
    except ValidationError as error:
        raise DocumentDamaged(f"{name}: {error.error_count()} wrong fields in the manifest") from error


def _code(error: ClientError) -> tuple[str, int]:
    return (
        str(error.response.get("Error", {}).get("Code", "")),
        int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)),
    )


def _missing(error: ClientError, key: str) -> NoReturn:
    code, status = _code(error)
    if code in ("NoSuchKey", "404") or (status == 404 and code != "NoSuchBucket"):
        raise DocumentMissing(key) from error
    raise error
