"""What AWS is asked for when capacity is held, changed and counted; botocore's service model checks it."""

from __future__ import annotations

from operator import methodcaller
from typing import Any

import pytest

from core.errors import CapacityUnknown
from lambdas.adapters.capacity import capacity_client
from tests.fakes.stubbed_aws import StubbedAws
from tests.lambdas.adapters.capacity import scenarios
from tests.lambdas.adapters.capacity.scenarios import COMPONENT, GROUP

HOLD, RELEASE, UP, COPIES = (
    methodcaller("hold"),
    methodcaller("release"),
    methodcaller("set_copies", 1),
    methodcaller("copies"),
)


@pytest.mark.parametrize("scenario", [*scenarios.SAGEMAKER, *scenarios.EC2], ids=lambda s: s.__name__)
def test_capacity(scenario: scenarios.Scenario, stubbed: StubbedAws) -> None:
    scenario(stubbed)


@pytest.mark.parametrize(
    ("environment", "service", "operation", "ask"),
    [
        (COMPONENT, "application-autoscaling", "register_scalable_target", HOLD),
        (COMPONENT, "application-autoscaling", "register_scalable_target", RELEASE),
        (COMPONENT, "sagemaker", "describe_inference_component", COPIES),
        (GROUP, "autoscaling", "suspend_processes", HOLD),
        (GROUP, "autoscaling", "resume_processes", RELEASE),
        (GROUP, "autoscaling", "update_auto_scaling_group", UP),
        (GROUP, "autoscaling", "describe_auto_scaling_groups", COPIES),
    ],
)
def test_what_aws_refuses_is_unknown_capacity(
    environment: dict[str, str], service: str, operation: str, ask: Any, stubbed: StubbedAws
) -> None:
    stubbed.refuse(service, operation, "ThrottlingException")
    with pytest.raises(CapacityUnknown, match="ThrottlingException"):
        ask(capacity_client(environment))


def test_a_change_under_way_has_to_be_asked_for_again(stubbed: StubbedAws) -> None:
    """And the smallest number stays what it was: it follows the copies."""
    scenarios.described(stubbed, desired=0, current=1)
    stubbed.refuse("sagemaker", "update_inference_component_runtime_config", "ValidationException")
    with pytest.raises(CapacityUnknown, match="ValidationException"):
        UP(capacity_client(COMPONENT))


def test_a_group_that_is_not_there(stubbed: StubbedAws) -> None:
    stubbed.answer(
        "autoscaling",
        "describe_auto_scaling_groups",
        {"AutoScalingGroups": []},
        AutoScalingGroupNames=["attendant-prod"],
    )
    stubbed.answer(
        "elbv2",
        "describe_target_health",
        {"TargetHealthDescriptions": []},
        TargetGroupArn=scenarios.TARGETS,
    )
    with pytest.raises(CapacityUnknown, match="no such"):
        COPIES(capacity_client(GROUP))
