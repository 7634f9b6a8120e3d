"""The alarms that shut the endpoint down: the stage's limits, silence with a reason, no actions."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest
from aws_cdk import App, Stack
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk.assertions import Template

from core.measures import Measure, Of
from infra.answering import Answering
from infra.critical_alarms import Critical, critical_alarms
from infra.endpoint import Endpoint
from infra.endpoint.interface import EndpointMetrics, Rights
from infra.stages import LOCAL, STAGES, Stage

MACHINE = {
    "gpu_memory": "gpu-memory",
    "gpu_temperature": "gpu-temperature",
    "host_memory": "host-memory",
    "cpu": "cpu",
}
ALWAYS = {
    "failed-turns": "failed-turns-count",
    "slow-answers": "slow-answers-count",
    "oldest-turn": None,
    "guard-rejections": None,
    "tokens-per-hour": None,
    "money-per-hour": None,
    "endpoint-unhealthy": None,
}


def endpoint(*measured: str) -> Endpoint:
    metrics = {
        name: cloudwatch.Metric(namespace="Machine", metric_name=name, statistic="Maximum")
        for name in measured
    }
    return Endpoint(invoking=Rights(), capacity=Rights(), network=None, metrics=EndpointMetrics(**metrics))


class Built:
    """The alarms of one stage, and their template."""

    def __init__(self, stage: Stage, assistants, *measured: str) -> None:
        stack = Stack(App(), "breaker")
        lines = [Answering(assistant=a, queue=None, dead_letters=None, function=None) for a in assistants]
        self.criticals = critical_alarms(stack, stage=stage, lines=lines, endpoint=endpoint(*measured))
        template = Template.from_stack(stack)
        self.alarms: dict[str, dict[str, Any]] = {}
        for resource in template.find_resources("AWS::CloudWatch::Alarm").values():
            properties = resource["Properties"]
            self.alarms[properties["AlarmName"].removeprefix(f"attendant-{stage.name}-")] = properties
        self.names = {
            resource_id: resource["Properties"]["AlarmName"]
            for resource_id, resource in template.find_resources("AWS::CloudWatch::Alarm").items()
        }
        self.stack = stack

    def name(self, alarm: cloudwatch.Alarm | None) -> str | None:
        if alarm is None:
            return None
        return self.names[self.stack.get_logical_id(alarm.node.default_child)].split("-", 2)[2]


@pytest.fixture(scope="module", params=sorted(STAGES))
def built(request: pytest.FixtureRequest, assistants) -> Built:
    return Built(STAGES[request.param], assistants, *MACHINE)


def test_each_is_joined_with_the_one_that_it_needs(built: Built) -> None:
    joined = {built.name(c.alarm): built.name(c.also) for c in built.criticals}
    assert joined == {**ALWAYS, **dict.fromkeys(MACHINE.values())}
    assert len(built.alarms) == len(joined) + sum(also is not None for also in joined.values())


def test_what_the_endpoint_cannot_measure_has_no_alarm(assistants) -> None:
    assert Built(LOCAL, assistants).alarms.keys() == {*ALWAYS, *filter(None, ALWAYS.values())}


def test_a_stage_without_assistants_watches_the_endpoint_alone() -> None:
    assert Built(LOCAL, ()).alarms.keys() == {"money-per-hour", "endpoint-unhealthy"}


def test_they_tell_nobody(built: Built) -> None:
    for alarm in built.alarms.values():
        assert not {"AlarmActions", "OKActions", "InsufficientDataActions"} & set(alarm)


def test_each_says_what_it_means_and_what_silence_means(built: Built) -> None:
    for critical in built.criticals:
        assert critical.meaning.endswith(".")
    for name, alarm in built.alarms.items():
        section = name.removesuffix("-count")
        assert alarm["AlarmDescription"].endswith(f" docs/runbook.md#{section}")
        assert ". No data is fine: " in alarm["AlarmDescription"]
        assert alarm["TreatMissingData"] == "notBreaching"


def test_the_limits_are_the_stages(built: Built) -> None:
    stage = STAGES[next(iter(built.names.values())).split("-")[1]]
    limits = stage.breaker
    assert {name: alarm["Threshold"] for name, alarm in built.alarms.items()} == {
        "failed-turns": limits.failed_percent / 100,
        "failed-turns-count": limits.failed_turns,
        "slow-answers": limits.p95_seconds * 1_000,
        "slow-answers-count": 10,
        "oldest-turn": limits.oldest_turn_seconds,
        "guard-rejections": limits.guard_rejections_per_hour,
        "tokens-per-hour": limits.tokens_per_hour,
        "money-per-hour": limits.usd_per_hour,
        "endpoint-unhealthy": 1,
        "gpu-memory": limits.gpu_memory_percent,
        "gpu-temperature": limits.gpu_celsius,
        "host-memory": limits.host_memory_percent,
        "cpu": limits.cpu_percent,
    }


def test_an_hour_is_added_up_over_an_hour(built: Built) -> None:
    for name in ("guard-rejections", "tokens-per-hour"):
        assert (built.alarms[name]["Period"], built.alarms[name]["Statistic"]) == (3600, "Sum")


def test_share_and_count_look_at_the_same_time(built: Built) -> None:
    for critical in built.criticals:
        if critical.also is not None:
            one, other = (built.alarms[str(built.name(alarm))] for alarm in (critical.alarm, critical.also))
            for key in ("MetricName", "Dimensions", "Period", "EvaluationPeriods", "DatapointsToAlarm"):
                assert one[key] == other[key]


def test_what_is_measured_each_minute_has_to_last_and_to_be_over(built: Built) -> None:
    for name, alarm in built.alarms.items():
        if alarm["Period"] == 60:
            assert 1 < alarm["DatapointsToAlarm"] <= alarm["EvaluationPeriods"], name


def test_our_own_metrics_are_told_by_somebody(built: Built) -> None:
    for alarm in built.alarms.values():
        if alarm["Namespace"].startswith("Attendant/"):
            measure = Measure(alarm["MetricName"])
            assert measure.of is not Of.EACH
            assert alarm["Dimensions"] == [{"Name": "service", "Value": measure.service}]


def test_no_reading_of_the_machine_is_forgotten() -> None:
    known = {field.name for field in fields(EndpointMetrics)}
    only_shown = {"errors", "unhealthy", "gpu_utilisation", "disk"}
    assert known == {*MACHINE, *only_shown}


def test_names_fit_into_one_rule(built: Built) -> None:
    """A composite alarm takes 100 children and 10,240 characters, even with ARNs of long regions."""
    named = [alarm for c in built.criticals for alarm in (c.alarm, c.also) if alarm is not None]
    arn = "arn:aws:cloudwatch:ap-southeast-2:111122223333:alarm:"
    rule = " OR ".join(f'(ALARM("{arn}{name}"))' for name in built.names.values())
    assert len(named) == len(built.names) <= 100
    assert len(rule) < 10_240
    assert all(isinstance(critical, Critical) for critical in built.criticals)
