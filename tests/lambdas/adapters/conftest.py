"""Tables, a bucket and queues as infra makes them, in moto."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

REGION = "eu-central-1"


@pytest.fixture(autouse=True)
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    for name in ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def aws() -> Iterator[None]:
    with mock_aws():
        yield


def client(service: str) -> Any:
    return boto3.client(service, region_name=REGION)


def make_tables(dynamodb: Any) -> None:
    dynamodb.create_table(
        TableName="dialogues",
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[
            {"AttributeName": name, "AttributeType": "S"}
            for name in (
                "session_id",
                "item",
                "assistant_day",
                "created_at",
                "unfinished",
                "unfinished_since",
            )
        ],
        KeySchema=[
            {"AttributeName": "session_id", "KeyType": "HASH"},
            {"AttributeName": "item", "KeyType": "RANGE"},
        ],
        GlobalSecondaryIndexes=[
            index("by_assistant_day", "assistant_day", "created_at"),
            index("unfinished", "unfinished", "unfinished_since"),
        ],
    )
    dynamodb.create_table(
        TableName="control",
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "key", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "key", "KeyType": "HASH"}],
    )


def index(name: str, partition: str, sort: str) -> dict[str, Any]:
    return {
        "IndexName": name,
        "KeySchema": [
            {"AttributeName": partition, "KeyType": "HASH"},
            {"AttributeName": sort, "KeyType": "RANGE"},
        ],
        "Projection": {"ProjectionType": "ALL"},
    }


@pytest.fixture
def dynamodb(aws: None) -> Any:
    made = client("dynamodb")
    make_tables(made)
    return made


@pytest.fixture
def s3(aws: None) -> Any:
    made = client("s3")
    made.create_bucket(Bucket="published", CreateBucketConfiguration={"LocationConstraint": REGION})
    return made


@pytest.fixture
def sqs(aws: None) -> Any:
    return client("sqs")
