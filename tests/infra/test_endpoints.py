"""All kinds of endpoint alike: what calls and switches them has the rights that its calls need, and no other;
and no template, of whatever stage, says how many copies run or when that changes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

import pytest
from aws_cdk.aws_iam import PolicyStatement

from core.errors import ModelUnavailable
from core.model import ChatMessage, ChatRequest
from infra.unscopable import SCALING_OF_COMPONENTS, STATE_OF_THE_GROUP
from lambdas.adapters.sagemaker_model import SageMakerModel
from tests.fakes.stubbed_aws import StubbedAws
from tests.infra.conftest import Deployment
from tests.infra.granted import endpoint_of
from tests.infra.test_functions import listed
from tests.lambdas.adapters.capacity import scenarios

SHARED = {"sagemaker": SCALING_OF_COMPONENTS, "ec2": STATE_OF_THE_GROUP}
WHAT_SCALES = ("application-autoscaling", "autoscaling", "elasticloadbalancing")


@pytest.fixture(params=["local", "dev", "prod", "prod_ec2"])
def every(request: pytest.FixtureRequest) -> Deployment:
    return request.getfixturevalue(request.param)


def actions(statements: Iterable[PolicyStatement]) -> set[str]:
    return {action for statement in statements for action in listed(statement.to_json()["Action"])}


@pytest.mark.parametrize("kind", ["sagemaker", "ec2"])
def test_who_switches_it_may_do_what_the_code_asks_for_and_nothing_else(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint, _ = endpoint_of(kind)
    called = StubbedAws()
    monkeypatch.setattr("lambdas.adapters.capacity.aws_client", called.client)
    for scenario in {"sagemaker": scenarios.SAGEMAKER, "ec2": scenarios.EC2}[kind]:
        scenario(called)
    assert called.actions == actions(endpoint.capacity.permissions) | set(SHARED[kind])


@pytest.mark.parametrize(("fixture", "kind"), [("prod", "sagemaker"), ("prod_ec2", "ec2")])
def test_the_shared_policy_holds_the_part_that_no_resource_can_scope(
    fixture: str, kind: str, request: pytest.FixtureRequest
) -> None:
    (policy,) = request.getfixturevalue(fixture).all("AWS::IAM::ManagedPolicy")
    held = {
        action
        for statement in policy.properties["PolicyDocument"]["Statement"]
        for action in listed(statement["Action"])
        if action.split(":")[0] in WHAT_SCALES
    }
    assert held == set(SHARED[kind])


def test_who_calls_it_may_make_that_call_and_nothing_else() -> None:
    endpoint, _ = endpoint_of("sagemaker")
    called = StubbedAws()
    called.refuse("sagemaker-runtime", "invoke_endpoint_with_response_stream", "ModelError")
    model = SageMakerModel(called.client("sagemaker-runtime"), "endpoint", "component", "m")
    request = ChatRequest(messages=(ChatMessage(role="user", content="?"),), max_tokens=1, timeout_seconds=1)
    with pytest.raises(ModelUnavailable):
        list(model.stream(request))
    assert called.actions == actions(endpoint.invoking.permissions)


def test_an_endpoint_in_a_network_is_called_without_any_right() -> None:
    endpoint, _ = endpoint_of("ec2")
    assert endpoint.invoking.permissions == ()


def test_a_server_of_ours_is_switched_by_its_own_address(local: Deployment, dev: Deployment) -> None:
    told = local.function("endpoint_breaker").properties["Environment"]["Variables"]
    assert told["CAPACITY_KIND"] == "external"
    assert told["CAPACITY_URL"] == "http://127.0.0.1:8090/capacity"
    elsewhere = dev.function("endpoint_breaker").properties["Environment"]["Variables"]
    assert elsewhere["CAPACITY_KIND"] == "external"
    assert "CAPACITY_URL" not in elsewhere


def test_no_template_says_how_many_copies_run(every: Deployment) -> None:
    """So a deploy while the breaker is open leaves it open, whatever it deploys."""
    text = json.dumps(every.templates)
    for number in ("CopyCount", "DesiredCapacity", "DesiredCount", "DesiredInstanceCount"):
        assert f'"{number}"' not in text


def test_no_template_changes_it_by_the_clock_or_by_a_failed_call(every: Deployment) -> None:
    assert not list(every.all("AWS::AutoScaling::ScheduledAction"))
    for target in every.all("AWS::ApplicationAutoScaling::ScalableTarget"):
        assert not {"ScheduledActions", "SuspendedState"} & set(target.properties)
    assert "NoCapacityInvocationFailures" not in json.dumps(every.templates)
