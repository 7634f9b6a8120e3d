"""A home from before keeps what its owner had published."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from cli.former_documents import adopt
from core.facts import DocumentKind, Manifest
from lambdas.adapters.documents import Documents
from tests.fakes.clock import NOON

BUCKET = "published"
DATA = b'{"greeting": "as the owner has it"}'
FORMER = Manifest(
    version="20260101T000000.000000Z-1",
    sha256=hashlib.sha256(DATA).hexdigest(),
    rows=1,
    exported_at=NOON,
    schema_name="settings/1",
    author="anna",
    source="folder",
    previous="20251231T000000.000000Z-0",
)


@pytest.fixture
def s3() -> Iterator[Any]:
    with mock_aws():
        made = boto3.client(
            "s3", region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test"
        )
        made.create_bucket(Bucket=BUCKET)
        made.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
        folder = "salon/settings"
        text = FORMER.model_dump_json(by_alias=True).encode()
        made.put_object(Bucket=BUCKET, Key=f"{folder}/current.json", Body=text)
        made.put_object(Bucket=BUCKET, Key=f"{folder}/versions/{FORMER.version}.json", Body=DATA)
        yield made


def test_what_was_current_then_is_current_now(s3: Any) -> None:
    documents = Documents(s3, BUCKET)
    assert adopt(s3, BUCKET, documents, "salon") == [DocumentKind.SETTINGS]
    document = documents.current("salon", DocumentKind.SETTINGS)
    assert document.data == DATA
    assert (document.manifest.author, document.manifest.exported_at) == ("anna", NOON)


def test_it_is_taken_over_once(s3: Any) -> None:
    documents = Documents(s3, BUCKET)
    adopt(s3, BUCKET, documents, "salon")
    before = documents.manifest("salon", DocumentKind.SETTINGS)
    since = documents.publish(
        "salon", DocumentKind.SETTINGS, b"{}", rows=1, schema="settings/1", author="boris", expected=before
    )
    assert adopt(s3, BUCKET, documents, "salon") == []
    assert documents.manifest("salon", DocumentKind.SETTINGS) == since


def test_where_nothing_was_nothing_is_taken_over(s3: Any) -> None:
    assert adopt(s3, BUCKET, Documents(s3, BUCKET), "night_desk") == []
