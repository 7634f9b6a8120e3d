"""From alarm to shut-down to restart: who calls whom, with which rights; no template sets capacity."""

from __future__ import annotations

import json
from typing import Any

import pytest
from aws_cdk import App, Stack
from aws_cdk.assertions import Annotations, Match, Template

from core.spec import AssistantSpec
from infra.nag_report import SOME_SITE, synthesis_context
from infra.restart_states import STEPS, WAY, restart_states
from infra.stacks import build_stacks
from infra.stage_context import pick_stage
from lambdas.endpoint_breaker.orders import Step
from lambdas.endpoint_breaker.settings import Settings
from lambdas.endpoint_breaker.shutdown import TELLING
from tests.infra.conftest import Deployment, Resource, variables

SLEEP = {"time_zone": "Europe/Moscow", "asleep_from": "23:00", "awake_from": "07:00", "idle_minutes": 30}


def flat(value: Any) -> str:
    """A template's value as text, with its references by name."""
    return json.dumps(value)


def joined(deployment: Deployment, value: Any) -> str:
    """A joined string, with the names of alarms where it refers to them."""
    if isinstance(value, str):
        return value
    alarms = {a.name: a.properties.get("AlarmName", "?") for a in deployment.all("AWS::CloudWatch::Alarm")}
    parts = value["Fn::Join"][1]
    return "".join(part if isinstance(part, str) else alarms.get(part.get("Ref"), "?") for part in parts)


def one(deployment: Deployment, kind: str) -> Resource:
    (found,) = [resource for resource in deployment.all(kind) if resource.stack == "breaker"]
    return found


def topic(deployment: Deployment, name: str) -> Resource:
    (found,) = [
        t for t in deployment.all("AWS::SNS::Topic") if t.stack == "breaker" and t.name.startswith(name)
    ]
    return found


def test_every_critical_alarm_rings_the_composite_one_and_nothing_else(deployment: Deployment) -> None:
    alarms = {a.name: a for a in deployment.all("AWS::CloudWatch::Alarm") if a.stack == "breaker"}
    assert len(alarms) >= 7
    rule = flat(one(deployment, "AWS::CloudWatch::CompositeAlarm").properties["AlarmRule"])
    for name, alarm in alarms.items():
        assert name in rule
        assert not alarm.properties.get("AlarmActions")


def test_an_alarm_with_a_companion_rings_only_together_with_it(local: Deployment) -> None:
    rule = "".join(
        part if isinstance(part, str) else part["Fn::GetAtt"][0]
        for part in one(local, "AWS::CloudWatch::CompositeAlarm").properties["AlarmRule"]["Fn::Join"][1]
    )
    (pair,) = [part for part in rule.split(" OR ") if "FailedTurnsCount" in part]
    assert pair.count("ALARM(") == 2
    assert " AND " in pair


def test_the_composite_alarm_reaches_the_function_through_its_topic(deployment: Deployment) -> None:
    critical = topic(deployment, "Critical")
    composite = one(deployment, "AWS::CloudWatch::CompositeAlarm")
    assert composite.properties["AlarmActions"] == [{"Ref": critical.name}]
    (subscription,) = deployment.all("AWS::SNS::Subscription")
    assert subscription.properties["Protocol"] == "lambda"
    assert subscription.properties["TopicArn"] == {"Ref": critical.name}
    assert deployment.function("endpoint_breaker").name in flat(subscription.properties["Endpoint"])
    assert "FailedCalls" in flat(subscription.properties["RedrivePolicy"])


def test_the_function_knows_every_alarm_by_its_name(deployment: Deployment) -> None:
    told = variables(deployment.function("endpoint_breaker"))
    groups = json.loads(joined(deployment, told["CRITICAL_ALARMS"]))
    names = {name for group in groups for name in group}
    alarms = {
        a.properties["AlarmName"] for a in deployment.all("AWS::CloudWatch::Alarm") if a.stack == "breaker"
    }
    assert names == alarms
    joining = {
        a.properties["AlarmName"]
        for a in deployment.all("AWS::CloudWatch::CompositeAlarm")
        if a.stack == "breaker"
    }
    assert joining == {told["ANY_CRITICAL_ALARM"]}
    assert len(flat(told)) < 4_096  # what Lambda takes of variables


def test_the_function_understands_what_it_is_told(deployment: Deployment) -> None:
    told = variables(deployment.function("endpoint_breaker"))
    plain = {name: value if isinstance(value, str) else "given" for name, value in told.items()}
    plain |= {
        "AWS_REGION": deployment.stage.region,
        "ANSWER_FUNCTIONS": joined(deployment, told["ANSWER_FUNCTIONS"]),
        "CRITICAL_ALARMS": joined(deployment, told["CRITICAL_ALARMS"]),
    }
    settings = Settings.from_environment(plain)
    assert settings.probes == deployment.stage.breaker.probes
    assert settings.startup_seconds == deployment.stage.breaker.startup_seconds
    assert settings.model_slots == deployment.stage.endpoint.model_slots
    assert settings.answer_functions.keys() == {"salon", "night_desk"}


def test_only_the_function_publishes_to_on_call(deployment: Deployment) -> None:
    oncall = topic(deployment, "Oncall").name
    publishers = [
        policy.name
        for policy in deployment.all("AWS::IAM::Policy")
        for statement in policy.properties["PolicyDocument"]["Statement"]
        if statement["Action"] == "sns:Publish" and oncall in flat(statement["Resource"])
    ]
    assert len(publishers) == 1
    assert publishers[0].startswith("BreakerPermissions")
    for alarm in (
        *deployment.all("AWS::CloudWatch::Alarm"),
        *deployment.all("AWS::CloudWatch::CompositeAlarm"),
    ):
        assert oncall not in flat(alarm.properties.get("AlarmActions", []))


def test_notices_are_encrypted_where_the_stage_asks(deployment: Deployment) -> None:
    for name in ("Oncall", "Critical"):
        assert ("KmsMasterKeyId" in topic(deployment, name).properties) == deployment.stage.encrypt_notices


def test_the_audit_is_only_added_to(deployment: Deployment) -> None:
    actions: set[str] = set()
    for policy in deployment.all("AWS::IAM::Policy"):
        for statement in policy.properties["PolicyDocument"]["Statement"]:
            if "Audit" in flat(statement["Resource"]):
                listed = statement["Action"]
                actions |= set(listed if isinstance(listed, list) else [listed])
    assert actions == {"dynamodb:PutItem", "dynamodb:Query"}


def test_the_state_machine_may_call_the_function_and_nothing_else(deployment: Deployment) -> None:
    (policy,) = [p for p in deployment.all("AWS::IAM::Policy") if p.name.startswith("RestartPermissions")]
    (statement,) = policy.properties["PolicyDocument"]["Statement"]
    function = deployment.function("endpoint_breaker").name
    assert (statement["Action"], statement["Resource"]) == (
        "lambda:InvokeFunction",
        {"Fn::GetAtt": [function, "Arn"]},
    )


def test_the_function_starts_the_machine_by_the_name_that_it_has(deployment: Deployment) -> None:
    name = one(deployment, "AWS::StepFunctions::StateMachine").properties["StateMachineName"]
    told = variables(deployment.function("endpoint_breaker"))
    assert flat(told["RESTART_MACHINE_ARN"]).rstrip('"]}').endswith(f":stateMachine:{name}")


def test_the_machine_logs_steps_without_what_is_in_them_and_is_traced(deployment: Deployment) -> None:
    machine = one(deployment, "AWS::StepFunctions::StateMachine").properties
    assert machine["LoggingConfiguration"]["Level"] == "ALL"
    assert machine["LoggingConfiguration"]["IncludeExecutionData"] is False
    assert machine["TracingConfiguration"] == {"Enabled": True}


CAPACITY = {
    "AWS::AutoScaling::AutoScalingGroup": ("DesiredCapacity",),
    "AWS::AutoScaling::ScheduledAction": ("DesiredCapacity", "MinSize", "MaxSize"),
    "AWS::ApplicationAutoScaling::ScalableTarget": ("ScheduledActions",),
}


def test_no_template_carries_a_desired_count_or_a_scheduled_scaling_action(deployment: Deployment) -> None:
    """So a deploy while the breaker is open leaves it open."""
    for kind, names in CAPACITY.items():
        for resource in deployment.all(kind):
            assert not set(names) & set(resource.properties), resource.name


def test_a_message_outlives_the_function_that_claimed_it(deployment: Deployment) -> None:
    function = deployment.function("endpoint_breaker")
    assert function.properties["Timeout"] < TELLING.total_seconds()
    assert int(variables(function)["ANSWER_SECONDS"]) < function.properties["Timeout"]


def stack_of(kind: str, assistants: tuple[AssistantSpec, ...], **context: str) -> Stack:
    app = App(context=synthesis_context(**context))
    stage = pick_stage({**SOME_SITE, **context}.get)
    build_stacks(app, stage=stage, assistants=assistants)
    found = app.node.find_child(f"attendant-{stage.name}-{kind}")
    assert isinstance(found, Stack)
    return found


def told_by_mail(stack: Stack) -> set[str]:
    found = Template.from_stack(stack).find_resources("AWS::SNS::Subscription")
    return {s["Properties"]["Endpoint"] for s in found.values() if s["Properties"]["Protocol"] == "email"}


def test_on_call_is_named_by_the_context(assistants: tuple[AssistantSpec, ...]) -> None:
    stack = stack_of("breaker", assistants, stage="prod", oncall="a@example.ru, b@example.ru")
    assert told_by_mail(stack) == {"a@example.ru", "b@example.ru"}
    Annotations.from_stack(stack).has_no_warning("*", Match.string_like_regexp("Nobody is told"))


def test_who_reads_the_warnings_is_named_by_the_context(assistants: tuple[AssistantSpec, ...]) -> None:
    context = {"stage": "prod", "oncall": "a@example.ru", "operations": "team@example.ru,"}
    assert told_by_mail(stack_of("observability", assistants, **context)) == {"team@example.ru"}


def test_a_stage_that_keeps_data_warns_when_nobody_is_told(assistants: tuple[AssistantSpec, ...]) -> None:
    stack = stack_of("breaker", assistants, stage="prod")
    Annotations.from_stack(stack).has_warning("*", Match.string_like_regexp("Nobody is told"))


MACHINE = restart_states(function_arn="arn:f", again_after_seconds=5, step_seconds=55, longest_seconds=3_600)
STATES = MACHINE["States"]


def tasks() -> dict[str, dict[str, Any]]:
    return {name: state for name, state in STATES.items() if state["Type"] == "Task"}


def test_the_way_of_a_restart() -> None:
    assert MACHINE["StartAt"] == "RaiseCapacity"
    assert [STATES[f"{name}Told"]["Choices"][0]["Next"] for name in WAY] == [*WAY[1:], "Closed"]


def test_every_step_is_one_that_the_function_knows() -> None:
    known = set(Step.model_fields["step"].annotation.__args__)  # type: ignore[union-attr]
    assert {task["Parameters"]["step"] for task in tasks().values()} == known == set(STEPS.values())


@pytest.mark.parametrize("name", WAY)
def test_whatever_a_step_ends_in_there_is_a_way_on(name: str) -> None:
    task = STATES[name]
    assert [catch["Next"] for catch in task["Catch"]] == ["GiveUp"]
    assert all(rule["ErrorEquals"] == ["States.ALL"] for rule in (*task["Catch"], *task["Retry"]))
    told = STATES[task["Next"]]
    ways = {choice["StringEquals"]: choice["Next"] for choice in told["Choices"]}
    assert ways["superseded"] == "Superseded"
    assert STATES[ways["wait"]] == {"Type": "Wait", "Seconds": 5, "Next": name}
    assert told["Default"] == "GiveUp"


def test_every_state_is_reached_and_leads_somewhere() -> None:
    reached = {MACHINE["StartAt"]}
    for state in STATES.values():
        reached |= {state[key] for key in ("Next", "Default") if key in state}
        reached |= {way["Next"] for key in ("Choices", "Catch") for way in state.get(key, ())}
    assert reached == set(STATES)
