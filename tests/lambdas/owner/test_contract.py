"""The owner's API keeps to its OpenAPI document: no 5xx, no answer that the document does not know."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from moto import mock_aws
from schemathesis import GenerationMode

from lambdas.owner.openapi import document
from tests.conformance import CONFORMANCE
from tests.fakes.aws import ENVIRONMENT, FOREIGN, client, make_bucket, make_tables
from tests.fakes.owner_platform import OwnerPlatform

SCHEMA = schemathesis.openapi.from_dict(json.loads(document()))
OPERATIONS = {found.ok().label: found.ok() for found in SCHEMA.get_all_operations()}
OURS = {"assistant": "tester", "kind": "policy", "session_id": "S1", "callback_id": "c-S1"}


@pytest.fixture(scope="module")
def platform() -> Iterator[OwnerPlatform]:
    with pytest.MonkeyPatch.context() as patched, mock_aws():
        for name, value in ENVIRONMENT.items():
            patched.setenv(name, value)
        for name in FOREIGN:
            patched.delenv(name, raising=False)
        dynamodb, s3 = client("dynamodb"), client("s3")
        make_tables(dynamodb)
        make_bucket(s3)
        yield OwnerPlatform(dynamodb, s3)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("label", OPERATIONS)
def test_the_document_is_kept(platform: OwnerPlatform, label: str, mode: GenerationMode) -> None:
    operation = OPERATIONS[label]
    if mode is GenerationMode.NEGATIVE and not (operation.body or operation.query):
        return

    @settings(
        max_examples=max(5, settings.default.max_examples // 20),
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        platform.sign_in()
        case.path_parameters.update({name: OURS[name] for name in OURS if name in case.path_parameters})
        case.headers.update(platform.headers)
        case.validate_response(case.call(app=platform.app), checks=CONFORMANCE)
        assert not platform.telemetry.alarms

    ask()
