"""Published documents in S3: read what is current, publish the next version, look back.

A document is one object, `{assistant}/{kind}.json`, written by one conditional put: a reader sees all of the
old version or all of the new one, and a writer who lost the race leaves nothing at all. The bucket keeps what
was overwritten and each version remembers its predecessor's VersionId. What counts is always the newest
version of its key, so that no rule for overwritten ones can expire it. Refuses to know what documents say.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any, NoReturn

from botocore.exceptions import ClientError

from core.errors import DocumentDamaged, DocumentMissing, PublicationConflict, StoreAway
from core.facts import Document, DocumentKind, Manifest
from lambdas.adapters.clock import Clock, utc_now
from lambdas.adapters.document_object import FIRST_LINE, Head, StoredDocument, parsed, written
from lambdas.adapters.outages import told_as_store_away

RECHECK_SECONDS = {DocumentKind.SNAPSHOT: 5.0}
RECHECK_SECONDS_OTHERWISE = 10.0
SWAP_ATTEMPTS = 4
HISTORY = 20


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
        self._cache: dict[str, _Cached] = {}

    def current(self, assistant: str, kind: DocumentKind) -> Document:
        """The current version, a few seconds late at most.

        Raises DocumentMissing, DocumentDamaged, StoreAway.

        While the store cannot be asked, the copy at hand goes on being served: each document says itself
        how old it is.
        """
        key = document_key(assistant, kind)
        cached = self._cache.get(key)
        patience = RECHECK_SECONDS.get(kind, RECHECK_SECONDS_OTHERWISE)
        if cached is not None and self._monotonic() - cached.checked < patience:
            return cached.document
        try:
            changed = self._unless(cached.etag if cached else None, key)
        except StoreAway:
            if cached is None:
                raise
            changed = None
        if changed is not None:
            cached = _Cached(changed.document(), changed.etag, 0.0)
        assert cached is not None  # unchanged is only what was there before
        self._cache[key] = replace(cached, checked=self._monotonic())
        return cached.document

    def manifest(self, assistant: str, kind: DocumentKind) -> Manifest:
        """What is current right now, never from the cache. Raises DocumentMissing, DocumentDamaged."""
        return self._get(document_key(assistant, kind), Range=FIRST_LINE).manifest

    def version(self, assistant: str, kind: DocumentKind, version: str) -> Document:
        """One version, current or not, as long as it is kept. Raises DocumentMissing, DocumentDamaged."""
        key = document_key(assistant, kind)
        for read in self._back(key):
            if read.manifest.version == version:
                return self._get(key, **_exactly(read.version_id)).document()
        raise DocumentMissing(f"{key}: no version {version}")

    def history(self, assistant: str, kind: DocumentKind, limit: int = HISTORY) -> Iterator[Manifest]:
        """What was current and is still kept, newest first. Raises DocumentMissing for no document at all."""
        for read in islice(self._back(document_key(assistant, kind)), limit):
            yield read.manifest

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
        damaged: str | None = None,
        exported_at: datetime | None = None,
    ) -> Manifest:
        """Makes `data`, which is JSON, current and returns its manifest.

        `expected` is what the author saw as current, None when there was nothing; `damaged` the ETag of a
        current object that has no manifest to expect. Raises PublicationConflict when something else is
        current by now; then nothing changes.
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
        key = document_key(assistant, kind)
        before = self._seen(key, expected) if expected else None
        head = Head(manifest=manifest, predecessor=before.version_id if before else None)
        etag = before.etag if before else damaged
        condition = {"IfMatch": etag} if etag else {"IfNoneMatch": "*"}
        try:
            self._put(key, written(head, data), condition)
        except PublicationConflict:
            if not self._is_current(key, manifest):  # it is when the answer to an earlier try was lost
                raise
        self._cache.pop(key, None)
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
        """Publishes where nothing is published yet, or what `author` has published, from another `source`.

        What anybody else has published stays, unless it was put back to what `author` had. `make` is called
        only when its bytes are wanted. Returns None when nothing was published.
        """
        try:
            current: Manifest | None = self.manifest(assistant, kind)
        except DocumentMissing:
            current = None
        if current is not None and (current.source == source or not self._is_of(assistant, kind, author)):
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

    def _is_of(self, assistant: str, kind: DocumentKind, author: str) -> bool:
        """Whether what is current is what `author` published last, in whosever name."""
        key = document_key(assistant, kind)
        current, *before = islice(self._back(key), HISTORY)
        if current.manifest.author == author:
            return True
        last = next((each for each in before if each.manifest.author == author), None)
        if last is None:
            return False
        now, then = (self._get(key, **_exactly(each.version_id)).document() for each in (current, last))
        return bool(now.json_value() == then.json_value())

    def _back(self, key: str) -> Iterator[StoredDocument]:
        """First lines from the current version back to the oldest that is kept."""
        read = self._get(key, Range=FIRST_LINE)
        yield read
        while read.head.predecessor is not None:
            try:
                read = self._get(key, Range=FIRST_LINE, VersionId=read.head.predecessor)
            except DocumentMissing:
                return
            yield read

    def _seen(self, key: str, expected: Manifest) -> StoredDocument:
        """`expected` as it is stored. Raises PublicationConflict when something else is current."""
        try:
            read = self._get(key, Range=FIRST_LINE)
        except DocumentMissing as error:
            raise PublicationConflict(f"{key}: {expected.version} is gone") from error
        if read.manifest.version != expected.version:
            raise PublicationConflict(f"{key}: {read.manifest.version} is current by now")
        return read

    def _is_current(self, key: str, manifest: Manifest) -> bool:
        try:
            return self._get(key, Range=FIRST_LINE).manifest == manifest
        except DocumentMissing:
            return False

    def _put(self, key: str, body: bytes, condition: dict[str, str]) -> None:
        for attempt in range(SWAP_ATTEMPTS):
            try:
                self._s3.put_object(
                    Bucket=self._bucket, Key=key, Body=body, ContentType="application/json", **condition
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

    def _unless(self, etag: str | None, key: str) -> StoredDocument | None:
        """What is current, None when it is still the one with this ETag."""
        try:
            return self._get(key, **({"IfNoneMatch": etag} if etag else {}))
        except _NotModifiedError:
            return None

    def _get(self, key: str, **which: str) -> StoredDocument:
        with told_as_store_away():
            try:
                answer = self._s3.get_object(Bucket=self._bucket, Key=key, **which)
                body = answer["Body"].read()
            except ClientError as error:
                _told_apart(error, key)
        return parsed(body, key=key, etag=answer["ETag"], version_id=answer.get("VersionId"))


class AssistantDocuments:
    """The documents of one assistant, as a flow reads them (core.facts.DocumentReader)."""

    def __init__(self, documents: Documents, assistant: str) -> None:
        self._documents = documents
        self._assistant = assistant

    def current(self, kind: DocumentKind) -> Document:
        return self._documents.current(self._assistant, kind)


class _NotModifiedError(Exception):
    """The store says that the ETag is still the current one's."""


def document_key(assistant: str, kind: DocumentKind) -> str:
    return f"{assistant}/{kind}.json"


def _exactly(version_id: str | None) -> dict[str, str]:
    return {"VersionId": version_id} if version_id else {}


def _code(error: ClientError) -> tuple[str, int]:
    return (
        str(error.response.get("Error", {}).get("Code", "")),
        int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)),
    )


def _told_apart(error: ClientError, key: str) -> NoReturn:
    code, status = _code(error)
    if status == 304:
        raise _NotModifiedError from error
    if status == 416:
        raise DocumentDamaged(f"{key}: empty") from error
    if code in ("NoSuchKey", "NoSuchVersion", "404") or (status == 404 and code != "NoSuchBucket"):
        raise DocumentMissing(key) from error
    raise error
