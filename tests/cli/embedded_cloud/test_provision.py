"""What the embedded cloud brings along that on AWS the edge would."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from cli.embedded_cloud.provision import origin_token
from lambdas.adapters.origin_token import OriginTokens

NAME = "attendant-test-origin-token"


@pytest.fixture
def secrets(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    with mock_aws():
        yield boto3.client("secretsmanager", region_name="us-east-1")


def test_the_front_doors_token_is_made_once_and_admitted(secrets: Any) -> None:
    token = origin_token(secrets, NAME)

    assert len(token) >= 64
    assert origin_token(secrets, NAME) == token
    assert OriginTokens(secrets, NAME).admitted() == {token}


def test_a_token_that_somebody_has_set_is_taken(secrets: Any) -> None:
    secrets.create_secret(Name=NAME, SecretString=json.dumps({"token": "set by hand", "next": "n"}))

    assert origin_token(secrets, NAME) == "set by hand"
