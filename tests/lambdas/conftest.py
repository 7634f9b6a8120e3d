"""AWS in moto for the tests of the functions."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from moto import mock_aws
from moto.dynamodb.responses import DynamoHandler
from moto.s3.responses import S3Response

from tests.fakes.aws import ENVIRONMENT, FOREIGN, client, make_bucket, make_tables


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    for name in FOREIGN:
        monkeypatch.delenv(name, raising=False)
    with mock_aws():
        yield


@pytest.fixture
def dynamodb(aws: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    """One call at a time, as DynamoDB serialises writes of an item."""
    one_at_a_time(monkeypatch, DynamoHandler, "call_action")
    made = client("dynamodb")
    make_tables(made)
    return made


@pytest.fixture
def s3(aws: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    """One put at a time, as S3 judges a condition and writes in one step."""
    one_at_a_time(monkeypatch, S3Response, "put_object")
    made = client("s3")
    make_bucket(made)
    return made


def one_at_a_time(monkeypatch: pytest.MonkeyPatch, handler: type, name: str) -> None:
    """moto lets threads in between a condition and its write."""
    turn, call = threading.Lock(), getattr(handler, name)

    def in_turn(self: Any) -> Any:
        with turn:
            return call(self)

    monkeypatch.setattr(handler, name, in_turn)


@pytest.fixture
def sqs(aws: None) -> Any:
    return client("sqs")
