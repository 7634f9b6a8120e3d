"""Everything that no resource can scope stands in one policy, and only there."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import App, Stack
from aws_cdk.assertions import Template

from infra.nag_report import SOME_MODEL, SOME_SITE
from infra.stage_context import pick_stage
from infra.unscopable import Unscopable
from tests.infra.conftest import Deployment


def statements(stage: str, endpoint: str) -> list[dict[str, Any]]:
    model = {"model_url": SOME_MODEL} if endpoint == "external" else {}
    stack = Stack(App(), "Any")
    context = {"stage": stage, "endpoint": endpoint, **model, **SOME_SITE}
    Unscopable(stack, "Unscopable", stage=pick_stage(context.get))
    (policy,) = Template.from_stack(stack).find_resources("AWS::IAM::ManagedPolicy").values()
    return policy["Properties"]["PolicyDocument"]["Statement"]


def services(found: list[dict[str, Any]]) -> set[str]:
    actions = [
        action for s in found for action in ([s["Action"]] if isinstance(s["Action"], str) else s["Action"])
    ]
    assert not any("*" in action for action in actions)
    return {action.split(":")[0] for action in actions}


@pytest.mark.parametrize(
    ("endpoint", "expected"),
    [
        ("external", {"xray", "cloudwatch", "logs"}),
        ("sagemaker", {"xray", "cloudwatch", "logs", "ecr", "application-autoscaling"}),
        (
            "ec2",
            {
                *("xray", "cloudwatch", "logs", "ecr", "ec2", "ssm", "ssmmessages"),
                *("autoscaling", "elasticloadbalancing"),
            },
        ),
    ],
)
def test_it_holds_what_the_endpoint_calls_for(endpoint: str, expected: set[str]) -> None:
    assert services(statements("prod", endpoint)) == expected


def test_metrics_go_to_known_namespaces_only() -> None:
    writing = [s for s in statements("prod", "ec2") if "cloudwatch:PutMetricData" in s["Action"]]
    assert writing
    assert all("cloudwatch:namespace" in s["Condition"]["StringEquals"] for s in writing)


def test_there_is_one_for_all(deployment: Deployment) -> None:
    (policy,) = deployment.all("AWS::IAM::ManagedPolicy")
    assert policy.stack == "data"
