"""The token in Secrets Manager: which versions are admitted, and what a damaged one is told as."""

from __future__ import annotations

import json
from typing import Any

import pytest

from core.errors import StoreAway
from lambdas.adapters.origin_token import OriginToken, OriginTokens
from tests.fakes.aws import client

NAME = "attendant-test-origin-token"


@pytest.fixture
def secrets(aws: None) -> Any:
    return client("secretsmanager")


def test_before_the_first_rotation_there_is_one_token(secrets: Any) -> None:
    secrets.create_secret(Name=NAME, SecretString='{"token": "a"}')

    assert OriginTokens(secrets, NAME).admitted() == {"a"}


def test_what_is_sent_what_comes_next_and_what_was_before_are_admitted(secrets: Any) -> None:
    secrets.create_secret(Name=NAME, SecretString='{"token": "a", "next": "b"}')
    secrets.put_secret_value(SecretId=NAME, SecretString='{"token": "b", "next": "c"}')

    assert OriginTokens(secrets, NAME).admitted() == {"a", "b", "c"}


def test_a_version_that_only_pends_is_not_admitted(secrets: Any) -> None:
    secrets.create_secret(Name=NAME, SecretString='{"token": "a", "next": "b"}')
    secrets.put_secret_value(
        SecretId=NAME, SecretString='{"token": "b", "next": "c"}', VersionStages=["AWSPENDING"]
    )

    assert OriginTokens(secrets, NAME).admitted() == {"a", "b"}


def test_no_secret_is_a_store_that_is_away(secrets: Any) -> None:
    with pytest.raises(StoreAway):
        OriginTokens(secrets, NAME).admitted()


@pytest.mark.parametrize("text", ["", "plain", "[]", "{}", '"text"', '{"next": "b"}'])
def test_a_damaged_secret_is_told_without_its_text(secrets: Any, text: str) -> None:
    secrets.create_secret(Name=NAME, SecretString=text or " ")

    with pytest.raises(StoreAway) as failed:
        OriginTokens(secrets, NAME).admitted()

    assert str(failed.value) == "the origin's token is damaged"


def test_a_token_shows_itself_nowhere() -> None:
    token = OriginToken.from_json(json.dumps({"token": "sesame", "next": "poppy"}))

    assert "sesame" not in repr(token)
    assert "poppy" not in repr(token)
