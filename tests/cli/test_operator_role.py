"""What the operator's commands call in AWS: the role Operator grants this and nothing else."""

from __future__ import annotations

from typing import Any

from cli import erasures, operations, policy_replay, redrive, retention
from cli.deployment import Deployment
from core.topics import compile_policy
from lambdas.adapters.erasures import Erasures
from tests.cli import test_operations as commands
from tests.cli.test_operations import SPEC, deployment
from tests.fakes.dialogue_data import session

__all__ = ["deployment"]  # the fixture

CALLED = {
    "lambda:Invoke",
    "sqs:ReceiveMessage",
    "sqs:DeleteMessage",
    "sqs:SendMessage",
    "dynamodb:GetItem",
    "dynamodb:Query",
    "dynamodb:UpdateItem",
    "dynamodb:DeleteItem",
    "dynamodb:PutItem",
    "s3:GetObject",
    "s3:PutObject",
    "secretsmanager:PutSecretValue",
    "sts:GetCallerIdentity",
}
GRANTED = (CALLED - {"lambda:Invoke", "sts:GetCallerIdentity"}) | {  # who one is, anybody may ask
    "lambda:InvokeFunction",  # as IAM has it
    "s3:ListBucket",  # not called: it lets S3 say of a missing object that it is missing
}


def record(deployment: Deployment) -> set[str]:
    """From now on every call of the deployment's clients is written into the set that is given back."""
    called: set[str] = set()

    def write_down(model: Any, **_: Any) -> None:
        called.add(f"{model.service_model.endpoint_prefix}:{model.name}")

    for client in deployment._clients.values():
        client.meta.events.register("before-call.*.*", write_down)
    return called


def test_the_commands_call_what_the_role_grants(deployment: Deployment) -> None:
    commands.publish_settings(deployment)
    commands.bury_a_turn(deployment)
    secret = deployment.client("secretsmanager").create_secret(Name="source")["ARN"]
    deployment.outputs[f"SourceSecret{SPEC.title}"] = secret
    exporting = commands.exporting({"state": "published", "rows": 1})
    Erasures(deployment.client("dynamodb"), "audit").note(session("s1"))
    called = record(deployment)

    redrive.redrive(deployment, None)
    erasures.replay(deployment, None)
    retention.change(deployment, SPEC.id, "P30D", pause=lambda _: None)
    policy_replay.replay(deployment, SPEC, compile_policy({"topics": []}), 2, lambda _done, _asked: None)
    operations.set_source(deployment, SPEC.id, "sqlite:////a.db")
    operations.export_inventory(exporting, "salon", accept_shrink=False)

    assert called | {"lambda:Invoke"} == CALLED
    assert [asked["call"] for asked in exporting.client("lambda").asked] == ["invoke"]
