"""What people may do: two roles for an hour, with a second factor, and what each of them must not reach."""

from __future__ import annotations

from typing import Any

import pytest

from infra.model_endpoints import StageError
from infra.nag_report import SOME_SITE
from infra.stage_context import pick_stage
from tests.cli.test_operator_role import GRANTED
from tests.infra.conftest import Deployment, Resource, synthesise
from tests.infra.test_functions import listed

LOOKS = ("BatchGet", "Describe", "Filter", "Get", "List", "StartQuery", "StopQuery")
SOMEBODY = "arn:aws:iam::111122223333:role/oncall"


def role(deployment: Deployment, name: str) -> Resource:
    (found,) = [
        r for r in deployment.all("AWS::IAM::Role") if r.stack == "people" and r.name.startswith(name)
    ]
    return found


def statements(deployment: Deployment, name: str) -> list[dict[str, Any]]:
    holder = {"Ref": role(deployment, name).name}
    return [
        statement
        for policy in deployment.all("AWS::IAM::Policy")
        if policy.stack == "people" and holder in policy.properties["Roles"]
        for statement in policy.properties["PolicyDocument"]["Statement"]
    ]


def allowed(deployment: Deployment, name: str) -> set[str]:
    granted = [s for s in statements(deployment, name) if s["Effect"] == "Allow"]
    return {action for statement in granted for action in listed(statement["Action"])}


def trust(role_: Resource) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = role_.properties["AssumeRolePolicyDocument"]["Statement"]
    return found


@pytest.mark.parametrize("name", ["ReadOnly", "Operator"])
def test_a_role_is_taken_for_an_hour_with_a_second_factor(prod: Deployment, name: str) -> None:
    taken = role(prod, name)
    assert taken.properties["MaxSessionDuration"] == 3600
    (statement,) = trust(taken)
    assert ":root" in str(statement["Principal"])
    assert statement["Condition"] == {"Bool": {"aws:MultiFactorAuthPresent": "true"}}


def test_nobody_signs_in_to_the_embedded_cloud(local: Deployment) -> None:
    (statement,) = trust(role(local, "Operator"))
    assert "Condition" not in statement


def test_the_context_names_people(assistants, tmp_path) -> None:
    context = {"stage": "prod", "people": f"{SOMEBODY}, {SOMEBODY}s", **SOME_SITE}
    found = synthesise(pick_stage(context.get), assistants, tmp_path)
    (statement,) = trust(role(found, "Operator"))
    assert statement["Principal"] == {"AWS": [SOMEBODY, f"{SOMEBODY}s"]}
    assert "Bool" in statement["Condition"]
    with pytest.raises(StageError, match="ARN"):
        pick_stage({"stage": "prod", "people": "anna", **SOME_SITE}.get)


def test_who_looks_sees_no_dialogue_and_no_secret_and_writes_nothing(deployment: Deployment) -> None:
    (denied,) = [s for s in statements(deployment, "ReadOnly") if s["Effect"] == "Deny"]
    (shared,) = deployment.all("AWS::IAM::ManagedPolicy")
    unscoped = {
        action
        for statement in shared.properties["PolicyDocument"]["Statement"]
        for action in listed(statement["Action"])
    }
    seen = (unscoped - set(denied["Action"])) | allowed(deployment, "ReadOnly")
    assert {action.split(":")[0] for action in seen} == {"cloudwatch", "logs", "xray"}
    assert all(action.split(":")[1].startswith(LOOKS) for action in seen), seen


def test_who_looks_may_see_every_log_of_the_region(deployment: Deployment) -> None:
    (seen,) = [s for s in statements(deployment, "ReadOnly") if "logs:FilterLogEvents" in s["Action"]]
    groups = [group for group in deployment.all("AWS::Logs::LogGroup") if group.stack != "site"]
    for group in groups:
        assert [arn for arn in seen["Resource"] if group.name in str(arn)], group.name


def test_an_operator_has_nothing_but_what_the_commands_call(deployment: Deployment) -> None:
    assert "ManagedPolicyArns" not in role(deployment, "Operator").properties
    assert allowed(deployment, "Operator") == GRANTED


def test_an_operator_reads_policies_and_writes_none(prod: Deployment, assistants) -> None:
    """`policy replay` compares with what is published; publishing has its own people."""
    named = [str(s) for s in statements(prod, "Operator") if "policy.json" in str(s["Resource"])]
    assert [name for name in named if "s3:PutObject" in name] == []
    for assistant in assistants:
        assert any(f"{assistant.id}/policy.json" in name for name in named)


def test_an_operator_switches_the_endpoint_through_the_function_that_writes_it_down(prod: Deployment) -> None:
    (invoked,) = [s for s in statements(prod, "Operator") if s["Action"] == "lambda:InvokeFunction"]
    names = str(invoked["Resource"])
    assert len(invoked["Resource"]) == 3
    assert "Breaker" in names
    assert "DialogueExport" in names
    assert "InventoryExport" in names
