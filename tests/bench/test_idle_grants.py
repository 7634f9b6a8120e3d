"""The owners' part of the day reaches every way behind the sign-in, and touches the stores in every way."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import httpx
import pytest
from moto import mock_aws

from bench.idle_grants import owners_day, scenario
from bench.idle_grants.stage import Stage
from cli.conversation import Attendant
from cli.deployment import Deployment
from core.analytics.rows import TABLES
from core.facts import DocumentKind
from lambdas.adapters.erasures import Erasures
from lambdas.adapters.partitions import Partitions
from lambdas.owner.openapi import document
from tests.fakes.aws import ENVIRONMENT, client, make_bucket, make_tables
from tests.fakes.owner_platform import OwnerPlatform

SIGNING_IN = {"setNewPassword", "refresh"}
"""Cognito's own calls: no grant lets the function make them."""
TOUCHED = {
    "dynamodb:GetItem dialogues",
    "dynamodb:Query dialogues",
    "dynamodb:Query dialogues/by_assistant_day",
    "dynamodb:Query dialogues/callbacks_of",
    "dynamodb:UpdateItem dialogues",
    "dynamodb:GetItem control",
    "dynamodb:UpdateItem control",
    "dynamodb:PutItem audit",
    "dynamodb:Query audit",
    *(
        f"s3:{verb} {kind}"
        for verb in ("GetObject", "GetObjectVersion", "PutObject")
        for kind in ("policy", "knowledge", "settings")
    ),
}
"""Beside the stock; in memory are the files of analytics and the function's call of itself."""


class Accounts:
    """As much of Cognito as makes an account."""

    def __init__(self, passwords: dict[str, str]) -> None:
        self.passwords = passwords

    def admin_create_user(self, **_: Any) -> None:
        return

    def admin_set_user_password(self, *, Username: str, Password: str, **_: Any) -> None:  # noqa: N803 - AWS's
        self.passwords[Username] = Password


@dataclass
class Morning:
    """What the owner's API was asked for, and what it asked of the stores while it answered."""

    platform: OwnerPlatform
    stage: Stage
    asked: list[tuple[str, str]] = field(default_factory=list)
    touched: set[str] = field(default_factory=set)


@pytest.fixture
def morning(monkeypatch: pytest.MonkeyPatch) -> Iterator[Morning]:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    with mock_aws():
        dynamodb, s3 = client("dynamodb"), client("s3")
        make_tables(dynamodb)
        make_bucket(s3)
        platform = OwnerPlatform(dynamodb, s3)
        settings = platform.spec.owner.model_dump_json().encode()
        platform.put(DocumentKind.SETTINGS, settings, "settings/1")
        clients = {
            "dynamodb": client("dynamodb"),
            "s3": client("s3"),
            "cognito-idp": Accounts(platform.owners.passwords),
        }
        outputs = {
            "DialoguesTable": "dialogues",
            "OwnerPool": "pool",
            "AuditTable": "audit",
            "AnalyticsBucket": "published",
        }
        deployment = Deployment(outputs, endpoint="memory", _clients=clients)

        def answered(request: httpx.Request) -> httpx.Response:
            told.asked.append((request.method.lower(), request.url.path))
            answer = platform.client.request(
                request.method, str(request.url), headers=dict(request.headers), content=request.content
            )
            return httpx.Response(answer.status_code, headers=dict(answer.headers), content=answer.content)

        api = Attendant("http://testserver", attempts=1, transport=httpx.MockTransport(answered))
        told = Morning(platform, Stage(deployment, api, platform.spec))
        for store in (dynamodb, s3):
            store.meta.events.register("provide-client-params.*.*", partial(note, told))
        yield told


def note(told: Morning, model: Any, params: dict[str, Any], **_: Any) -> None:
    verb = model.name
    if model.service_model.service_name == "s3":
        verb += "Version" if "VersionId" in params else ""
        told.touched.add(f"s3:{verb} {params['Key'].rpartition('/')[2].removesuffix('.json')}")
    else:
        index = f"/{params['IndexName']}" if "IndexName" in params else ""
        told.touched.add(f"dynamodb:{verb} {params['TableName']}{index}")


def test_a_morning_asks_for_all_that_an_owner_can(morning: Morning) -> None:
    owners_day.a_dialogue_of_yesterday(morning.stage)
    morning.touched.clear()
    owners_day.an_owners_morning(morning.stage)
    missed = {
        operation["operationId"]
        for path, methods in json.loads(document())["paths"].items()
        for method, operation in methods.items()
        if not any(how == method and re.fullmatch(pattern(path), where) for how, where in morning.asked)
    }
    assert missed == SIGNING_IN
    assert morning.touched >= TOUCHED
    assert len(morning.platform.later.restamped) == 2


def test_a_day_past_the_retention_leaves_files_and_an_erasure(morning: Morning) -> None:
    owners_day.a_day_past_the_retention(morning.stage)
    assistant = morning.platform.spec.id
    files = Partitions(client("s3"), "published")
    (kept,) = {each.day for table in TABLES for each in files.of(table, assistant)}
    (erased,) = Erasures(client("dynamodb"), "audit").told()
    assert (erased.assistant, erased.opened_on) == (assistant, kept)
    assert len([each for table in TABLES for each in files.of(table, assistant)]) == len(TABLES)


def test_the_export_stands_between_the_two() -> None:
    """It makes files of yesterday's dialogue, which the morning then reads."""
    steps = scenario.STEPS
    before, export, after = (
        steps.index(step)
        for step in (
            owners_day.a_dialogue_of_yesterday,
            scenario.dialogues_that_leave,
            owners_day.an_owners_morning,
        )
    )
    assert before < export < after


def pattern(path: str) -> str:
    return re.sub(r"\{\w+\}", "[^/]+", path)
