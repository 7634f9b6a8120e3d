"""Who is granted what: in a stage's templates, and by an endpoint to those who call and switch it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from aws_cdk import App, Environment

from infra.data import DataStack
from infra.endpoint import Endpoint, build_endpoint
from infra.nag_report import SOME_SITE, synthesis_context
from infra.stage_context import pick_stage
from infra.stages import Stage
from tests.infra.conftest import Deployment
from tests.infra.test_functions import listed


def granted(deployment: Deployment, stack: str, action: str) -> list[dict[str, Any]]:
    """The statements of one stack's policies that carry `action`, with resources always as a list."""
    statements = [
        {**statement, "Resource": listed(statement["Resource"])}
        for policy in deployment.all("AWS::IAM::Policy")
        if policy.stack == stack
        for statement in policy.properties["PolicyDocument"]["Statement"]
    ]
    return [statement for statement in statements if action in listed(statement["Action"])]


def endpoint_of(kind: str, **changed: Any) -> tuple[Endpoint, App]:
    """PROD's endpoint of one kind as other stacks get it, with changed fields; its stack is "endpoint"."""
    stage = pick_stage({"stage": "prod", "endpoint": kind, **SOME_SITE}.get)
    stage = replace(stage, endpoint=replace(stage.endpoint, **changed))
    return build_alone(stage)


def build_alone(stage: Stage) -> tuple[Endpoint, App]:
    app, stack = App(context=synthesis_context()), {"env": Environment(region=stage.region)}
    data = DataStack(app, "data", stage=stage, assistants=(), **stack)
    return build_endpoint(app, "endpoint", stage=stage, data=data, **stack), app
