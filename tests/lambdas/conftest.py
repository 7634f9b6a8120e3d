"""AWS in moto for the tests of the functions."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from moto import mock_aws
from moto.dynamodb.responses import DynamoHandler

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
    """One call at a time, as DynamoDB serialises writes of an item: moto lets threads in between."""
    turn, call = threading.Lock(), DynamoHandler.call_action

    def one_at_a_time(handler: DynamoHandler) -> Any:
        with turn:
            return call(handler)

    monkeypatch.setattr(DynamoHandler, "call_action", one_at_a_time)
    made = client("dynamodb")
    make_tables(made)
    return made


@pytest.fixture
def s3(aws: None) -> Any:
    made = client("s3")
    make_bucket(made)
    return made


@pytest.fixture
def sqs(aws: None) -> Any:
    return client("sqs")
