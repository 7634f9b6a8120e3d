"""What published documents take for granted of the emulator's S3: versions, conditions, ranges."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from core.errors import PublicationConflict
from core.facts import DocumentKind, Manifest
from lambdas.adapters.documents import Documents
from tests.cli.embedded_cloud.conftest import Emulator

SETTINGS = DocumentKind.SETTINGS


@pytest.fixture
def bucket(emulator: Emulator) -> tuple[Any, str]:
    s3, name = emulator.client("s3"), f"documents-{uuid.uuid4().hex[:8]}"
    s3.create_bucket(Bucket=name)
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    return s3, name


def publish(documents: Documents, data: bytes, expected: Manifest | None) -> Manifest | None:
    try:
        return documents.publish(
            "salon", SETTINGS, data, rows=1, schema="settings/1", author="anna", expected=expected
        )
    except PublicationConflict:
        return None


def test_of_many_writers_one_wins_and_the_history_holds_the_winners(bucket: tuple[Any, str]) -> None:
    documents, won = Documents(*bucket), []
    for round_ in range(3):
        before = won[-1] if won else None
        with ThreadPoolExecutor(10) as pool:
            results = pool.map(
                lambda n, b=before, r=round_: publish(documents, f"[{r}, {n}]".encode(), b), range(10)
            )
        (winner,) = [manifest for manifest in results if manifest]
        won.append(winner)
    assert list(documents.history("salon", SETTINGS)) == won[::-1]
    for manifest in won:
        assert documents.version("salon", SETTINGS, manifest.version).manifest == manifest
    s3, name = bucket
    assert len(s3.list_object_versions(Bucket=name)["Versions"]) == 3


def test_a_reader_is_told_when_nothing_changed(bucket: tuple[Any, str]) -> None:
    documents, seconds = Documents(*bucket), [0.0]
    publish(documents, b"1", None)
    reader = Documents(*bucket, monotonic=lambda: seconds[0])
    first = reader.current("salon", SETTINGS)
    seconds[0] += 60
    assert reader.current("salon", SETTINGS) is first
    second = publish(documents, b"1", first.manifest)
    seconds[0] += 60
    assert reader.current("salon", SETTINGS).manifest == second
