"""What a stage consists of is counted from its templates, never remembered."""

from __future__ import annotations

import pytest

from core.prices import usd_per_hour
from infra.bill_of_materials import UNKNOWN, materials
from infra.model_endpoints import EC2, SAGEMAKER, GpuEndpoint
from infra.stage_context import pick_stage
from infra.stages import DEV, PROD, Stage
from tests.infra.conftest import Deployment


def counted(deployment: Deployment):
    return materials(deployment.stage, deployment.templates.values())


def test_every_resource_is_counted_once(deployment: Deployment) -> None:
    told = counted(deployment)
    assert sum(told.resources.values()) == len(list(deployment.all()))
    assert told.count("AWS::SQS::Queue") == len(list(deployment.all("AWS::SQS::Queue")))
    assert told.count("AWS::EC2::NatGateway") == 0


def test_functions_come_with_service_and_memory(prod: Deployment) -> None:
    told = counted(prod)
    assert len(told.functions) == told.count("AWS::Lambda::Function")
    assert UNKNOWN not in {function.service for function in told.functions}
    (api,) = [function for function in told.functions if function.service == "api"]
    assert api.memory_mb == prod.stage.api.memory_mb


def test_schedules_name_the_functions_that_they_call(prod: Deployment) -> None:
    told = {(schedule.service, schedule.minutes) for schedule in counted(prod).schedules}
    assert {("reconcile", 1.0), ("inventory_export", 20.0)} <= told
    assert UNKNOWN not in {service for service, _ in told}


def test_the_endpoint_is_the_stages_own(prod: Deployment, dev: Deployment) -> None:
    own = counted(prod).endpoint
    assert (own.kind, own.instance_type) == ("sagemaker", prod.stage.endpoint.instance_type)
    foreign = counted(dev).endpoint
    assert (foreign.kind, foreign.instance_type, foreign.max_copies) == ("external", None, 0)


def test_logs_recovery_and_caps_are_read(prod: Deployment) -> None:
    told = counted(prod)
    assert told.log_days >= 90
    assert told.recovered_tables == told.count("AWS::DynamoDB::Table")
    assert told.usd_per_hour == prod.stage.breaker.usd_per_hour
    assert told.sleep is None


ALARM = {"Type": "AWS::CloudWatch::Alarm"}


@pytest.mark.parametrize(
    ("resource", "field", "count"),
    [
        (ALARM | {"Properties": {"MetricName": "A"}}, "alarm_metrics", 1),
        (
            ALARM
            | {"Properties": {"Metrics": [{"Expression": "a/b"}, {"MetricStat": {}}, {"MetricStat": {}}]}},
            "alarm_metrics",
            2,
        ),
        (
            {
                "Type": "AWS::EC2::VPCEndpoint",
                "Properties": {"VpcEndpointType": "Interface", "SubnetIds": ["a", "b"]},
            },
            "interface_endpoint_zones",
            2,
        ),
        (
            {"Type": "AWS::EC2::VPCEndpoint", "Properties": {"VpcEndpointType": "Gateway"}},
            "interface_endpoint_zones",
            0,
        ),
        ({"Type": "AWS::WAFv2::WebACL", "Properties": {"Rules": [{}, {}, {}]}}, "firewall_rules", 3),
    ],
)
def test_what_is_paid_for_by_something_else_than_the_piece(resource, field, count) -> None:
    stage = pick_stage({"stage": "local"}.get)
    group = {"Type": "AWS::Logs::LogGroup", "Properties": {"RetentionInDays": 7}}
    told = materials(stage, [{"Resources": {"One": resource, "Log": group}}])
    assert getattr(told, field) == count
    assert told.log_days == 7


@pytest.mark.parametrize("stage", [DEV, PROD], ids=lambda stage: stage.name)
@pytest.mark.parametrize("endpoint", [SAGEMAKER, EC2], ids=lambda endpoint: endpoint.instance_type)
def test_every_copy_at_once_is_below_the_breakers_cap(stage: Stage, endpoint: GpuEndpoint) -> None:
    """And its price is known where the stage stands: the breaker asks for it every minute."""
    an_hour = usd_per_hour(endpoint.instance_type, endpoint.max_copies, region=stage.region)
    assert an_hour * 1.25 < stage.breaker.usd_per_hour
