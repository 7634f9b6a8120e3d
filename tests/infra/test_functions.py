"""Every function is told what it needs, writes to a log group that ends, and may do no more than it must."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core.day_costs import Rates
from core.spec import AssistantSpec
from infra.day_rates import rates_of
from infra.model_endpoints import ExternalEndpoint, GpuEndpoint
from infra.nag_report import SOME_SITE
from infra.stages import LOCAL, NATIVE_PYTHON, Sleep
from tests.infra.conftest import Deployment, Resource, synthesise, variables

EVERY_FUNCTION = {
    "ASSISTANTS_STAGE",
    "POWERTOOLS_SERVICE_NAME",
    "POWERTOOLS_METRICS_NAMESPACE",
    "LOG_LEVEL",
}
STORES = {"DIALOGUES_TABLE", "CONTROL_TABLE", "PUBLISHED_BUCKET"}
WITHOUT_STORES = {"admit", "endpoint_breaker"}
AT_THE_EDGE = {"rotate_origin_token"}  # see test_edge.py
OWN = {
    "admit": {"ORIGIN_TOKEN_SECRET"},
    "api": {
        "AUDIT_TABLE",
        "QUEUE_URLS",
        "WAITING_LIMIT",
        "BACKLOG_LIMIT",
        "ANSWER_DEADLINE_SECONDS",
        "SITE_ORIGINS",
        "SITE_URL",
        "VERIFIED_SENDER",
    },
    "answer": {
        "ASSISTANT",
        "QUEUE_URL",
        "DEAD_LETTER_QUEUE_URL",
        "MODEL_KIND",
        "MODEL_NAME",
        "MODEL_SLOTS",
        "SLOT_WAIT_SECONDS",
        "SITE_URL",
        "BY_MAIL",
    },
    "dialogue_export": {"AUDIT_TABLE", "ANALYTICS_BUCKET"},
    "owner": {"AUDIT_TABLE", "OWNER_POOL", "OWNER_CLIENT", "OWN_NAME", "ANALYTICS_BUCKET", "RATES"},
    "reconcile": {"QUEUE_URLS", "DEAD_LETTER_QUEUE_URLS"},
    "inventory_export": {"SOURCE_SECRETS"},
    "endpoint_breaker": {
        "CONTROL_TABLE",
        "AUDIT_TABLE",
        "ONCALL_TOPIC_ARN",
        "RESTART_MACHINE_ARN",
        "CRITICAL_ALARMS",
        "ANY_CRITICAL_ALARM",
        "ANSWER_FUNCTIONS",
        "ANSWER_SECONDS",
        "MODEL_SLOTS",
        "INSTANCE_TYPE",
        "PROBES",
        "WATCH_SECONDS",
        "STARTUP_SECONDS",
    },
}
FOLDERS = {"s3"}  # objects of a folder: the star stands at the end


def test_there_are_the_known_kinds_of_function(deployment: Deployment) -> None:
    handlers = {function.properties["Handler"] for function in deployment.all("AWS::Lambda::Function")}
    services = OWN.keys() | (AT_THE_EDGE if deployment.stage.edge else set())
    assert handlers == {f"lambdas.{service}.handler.handler" for service in services}


@pytest.mark.parametrize("service", sorted(OWN))
def test_each_function_is_told_what_it_needs(deployment: Deployment, service: str) -> None:
    assistant = "salon" if service == "answer" else None
    told = variables(deployment.function(service, assistant))
    expected = EVERY_FUNCTION | OWN[service] | (set() if service in WITHOUT_STORES else STORES)
    if service == "answer":
        external = isinstance(deployment.stage.endpoint, ExternalEndpoint)
        expected = expected | ({"MODEL_URL"} if external else {"MODEL_ENDPOINT_NAME", "MODEL_COMPONENT_NAME"})
        if external and deployment.stage.endpoint.secret:
            expected = expected | {"MODEL_SECRET_ARN"}
    if service == "endpoint_breaker":  # how capacity is switched, each kind of endpoint says by itself
        expected = expected | {name for name in told if name.startswith("CAPACITY_")}
    assert set(told) == expected
    assert told["ASSISTANTS_STAGE"] == deployment.stage.name
    assert told["POWERTOOLS_SERVICE_NAME"] == service
    assert told["POWERTOOLS_METRICS_NAMESPACE"] == f"Attendant/{deployment.stage.name}"


def flat(value: Any) -> str:
    """A joined string with "?" where CloudFormation fills something in."""
    if isinstance(value, str):
        return value
    return "".join(part if isinstance(part, str) else "?" for part in value["Fn::Join"][1])


def test_queues_are_told_by_assistant(deployment: Deployment) -> None:
    told = variables(deployment.function("reconcile"))
    for name in ("QUEUE_URLS", "DEAD_LETTER_QUEUE_URLS"):
        assert json.loads(flat(told[name])) == {"night_desk": "?", "salon": "?"}


def test_only_an_assistant_with_stock_has_a_source(deployment: Deployment) -> None:
    told = variables(deployment.function("inventory_export"))
    assert json.loads(flat(told["SOURCE_SECRETS"])) == {"salon": "?"}


@pytest.fixture(scope="module")
def silent(assistants: tuple[AssistantSpec, ...], tmp_path_factory: pytest.TempPathFactory) -> Deployment:
    """LOCAL without a verified sender."""
    return synthesise(replace(LOCAL, verified_sender=None), assistants, tmp_path_factory.mktemp("silent"))


def test_only_where_the_endpoint_may_sleep_does_a_visitor_wake_it(
    assistants: tuple[AssistantSpec, ...], silent: Deployment, tmp_path: Path
) -> None:
    sleep = Sleep(time_zone="Europe/Moscow", asleep_from="23:00", awake_from="07:00", idle_minutes=None)
    sleepy = synthesise(replace(silent.stage, sleep=sleep), assistants, tmp_path)
    woken = sleepy.function("endpoint_breaker").properties["FunctionName"]
    assert variables(sleepy.function("api"))["BREAKER_FUNCTION"] == woken
    assert "BREAKER_FUNCTION" not in variables(silent.function("api"))
    more = granted(sleepy, "api") - granted(silent, "api")
    assert {action for action, _ in more} == {"lambda:InvokeFunction"}
    assert all("endpoint-breaker" in on for _, on in more)


def test_only_where_a_sender_is_verified_letters_go_out(silent: Deployment, prod: Deployment) -> None:
    """In the name of that identity and no other, and counted."""
    told = variables(prod.function("api"))
    assert (told["VERIFIED_SENDER"], told["SITE_URL"]) == (
        SOME_SITE["sender"],
        f"https://{SOME_SITE['domain']}",
    )
    assert variables(prod.function("answer", "salon"))["BY_MAIL"] == "True"
    assert "VERIFIED_SENDER" not in variables(silent.function("api"))
    assert variables(silent.function("answer", "salon"))["BY_MAIL"] == "False"
    (post,) = (on for action, on in granted(prod, "api") if action == "ses:SendEmail")
    assert f":identity/{SOME_SITE['sender']}" in post
    assert "*" not in post
    assert not [action for action, _ in granted(silent, "api") if action.startswith("ses:")]
    assert not [
        action
        for function in prod.all("AWS::Lambda::Function")
        if function.name != prod.function("api").name
        for statement in role_policy(prod, function)
        for action in listed(statement["Action"])
        if action.startswith("ses:")
    ]


def granted(deployment: Deployment, service: str) -> set[tuple[str, str]]:
    return {
        (action, str(statement["Resource"]))
        for statement in role_policy(deployment, deployment.function(service))
        for action in listed(statement["Action"])
    }


def test_runtime_is_the_stages(local: Deployment, prod: Deployment) -> None:
    assert {f.properties["Runtime"] for f in local.all("AWS::Lambda::Function")} == {f"python{NATIVE_PYTHON}"}
    assert {f.properties["Runtime"] for f in prod.all("AWS::Lambda::Function")} == {"python3.14"}
    assert {tuple(f.properties["Architectures"]) for f in prod.all("AWS::Lambda::Function")} == {("x86_64",)}


def test_the_api_ends_before_the_gateway_gives_up(deployment: Deployment) -> None:
    assert deployment.function("api").properties["Timeout"] < 30


def test_every_function_writes_to_a_log_group_that_ends(deployment: Deployment) -> None:
    groups = {group.name: group for group in deployment.all("AWS::Logs::LogGroup")}
    for function in deployment.all("AWS::Lambda::Function"):
        group = groups[function.properties["LoggingConfig"]["LogGroup"]["Ref"]]
        assert group.properties["LogGroupName"] == f"/aws/lambda/{function.properties['FunctionName']}"
    assert all(group.properties["RetentionInDays"] for group in groups.values())


def test_every_function_is_traced_and_keeps_its_failed_calls(deployment: Deployment) -> None:
    queues = {queue.name for queue in deployment.all("AWS::SQS::Queue")}
    for function in deployment.all("AWS::Lambda::Function"):
        assert function.properties["TracingConfig"] == {"Mode": "Active"}
        kept_in = function.properties["DeadLetterConfig"]["TargetArn"]["Fn::GetAtt"][0]
        assert kept_in in queues
        policy = role_policy(deployment, function)
        assert [s for s in policy if s["Action"] == "sqs:SendMessage" and kept_in in str(s["Resource"])]


def role_policy(deployment: Deployment, function: Resource) -> list[dict[str, Any]]:
    role = function.properties["Role"]["Fn::GetAtt"][0]
    return [
        statement
        for policy in deployment.all("AWS::IAM::Policy")
        if {"Ref": role} in policy.properties["Roles"]
        for statement in policy.properties["PolicyDocument"]["Statement"]
    ]


def statements(deployment: Deployment) -> list[tuple[str, dict[str, Any]]]:
    found = []
    for policy in deployment.all("AWS::IAM::Policy"):
        found += [(policy.name, s) for s in policy.properties["PolicyDocument"]["Statement"]]
    for role in deployment.all("AWS::IAM::Role"):
        for attached in role.properties.get("ManagedPolicyArns", []):  # none of AWS's own
            assert "unscopable" in str(attached).lower(), role.name
        for policy in role.properties.get("Policies", []):
            found += [(role.name, s) for s in policy["PolicyDocument"]["Statement"]]
    return found


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def test_the_owners_function_has_the_rates_of_its_stage(deployment: Deployment) -> None:
    told = variables(deployment.function("owner"))["RATES"]
    rates, endpoint = Rates.model_validate_json(told), deployment.stage.endpoint
    assert rates == rates_of(deployment.stage)
    billed = deployment.stage.name != "local"
    assert (rates.usd_per_copy_hour > 0) == (billed and isinstance(endpoint, GpuEndpoint))
    assert (rates.usd_per_question > 0) == (rates.usd_per_day > 0) == billed


def test_no_action_is_a_wildcard(deployment: Deployment) -> None:
    for owner, statement in statements(deployment):
        assert not any("*" in action for action in listed(statement["Action"])), owner


def test_no_resource_is_everything(deployment: Deployment) -> None:
    for owner, statement in statements(deployment):
        if statement["Effect"] == "Deny":
            continue
        actions = set(listed(statement["Action"]))
        for resource in listed(statement["Resource"]):
            if "*" in str(resource):
                assert {action.split(":")[0] for action in actions} <= FOLDERS, owner
                assert flat(resource).index("*") == len(flat(resource)) - 1, owner


def test_no_helper_plants_a_function_of_its_own(deployment: Deployment) -> None:
    assert not [r for r in deployment.all() if r.kind.startswith(("Custom::", "AWS::CloudFormation::Custom"))]


def test_an_answering_function_reads_only_its_own_assistants_documents(deployment: Deployment) -> None:
    for owner, statement in statements(deployment):
        if "SalonAnswer" in owner:
            assert "night_desk" not in str(statement)
