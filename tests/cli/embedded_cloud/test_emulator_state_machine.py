"""What the restart needs of the emulator's Step Functions, on the definition that is deployed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from infra.restart_states import WAY, restart_states
from tests.cli.embedded_cloud.conftest import Emulator, eventually
from tests.cli.embedded_cloud.test_emulator_extension import attribute, function, unique

STEPPING = """
import json
import boto3

def handler(event, context):
    table = boto3.client("dynamodb")
    kept = table.update_item(TableName="TABLE", Key={"id": {"S": event["restart"]}}, ReturnValues="ALL_NEW",
        UpdateExpression="SET steps = list_append(if_not_exists(steps, :none), :step)",
        ExpressionAttributeValues={":none": {"L": []}, ":step": {"L": [{"S": event["step"]}]}})
    done = [each["S"] for each in kept["Attributes"]["steps"]["L"]]
    plan = json.loads(event["restart"].partition("_")[2].replace("-", '"'))
    answer = plan.get(event["step"], "next")
    if answer == "dies":
        raise RuntimeError(event["step"])
    if answer == "waits" and done.count(event["step"]) < 3:
        return {"outcome": "wait"}
    return {"outcome": "next" if answer == "waits" else answer}
"""


@pytest.fixture(scope="module")
def machine(emulator: Emulator) -> tuple[Emulator, str, str]:
    """The state machine with a function that does as the execution's name tells, and its table of steps."""
    table = unique("steps")
    states = restart_states(
        function_arn="${Stepping}", again_after_seconds=1, step_seconds=20, longest_seconds=60
    )
    for state in states["States"].values():
        for retry in state.get("Retry", ()):
            retry["IntervalSeconds"] = 1
    stack = emulator.deploy(
        unique("machine"),
        {
            "Steps": {
                "Type": "AWS::DynamoDB::Table",
                "Properties": {
                    "TableName": table,
                    "BillingMode": "PAY_PER_REQUEST",
                    "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
                    "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
                },
            },
            "Stepping": function(STEPPING.replace("TABLE", table)),
            "Machine": {
                "Type": "AWS::StepFunctions::StateMachine",
                "Properties": {
                    "RoleArn": "arn:aws:iam::000000000000:role/any",
                    "DefinitionString": {
                        "Fn::Sub": [json.dumps(states), {"Stepping": attribute("Stepping")}]
                    },
                },
            },
        },
    )
    return emulator, stack["Machine"], table


@pytest.mark.parametrize(
    ("plan", "end", "last"),
    [
        ({}, "SUCCEEDED", "close"),
        ({"check_health": "waits"}, "SUCCEEDED", "close"),
        ({"watch": "failed"}, "GivenUp", "give_up"),
        ({"golden_questions": "dies"}, "GivenUp", "give_up"),
        ({"half_open": "superseded"}, "Superseded", "half_open"),
    ],
)
def test_an_execution_ends_where_its_steps_say(
    machine: tuple[Emulator, str, str], plan: dict[str, str], end: str, last: str
) -> None:
    emulator, arn, table = machine
    states = emulator.client("stepfunctions")
    name = unique("run") + "_" + json.dumps(plan).replace('"', "-")
    started = states.start_execution(stateMachineArn=arn, input=json.dumps({"restart": name}))
    described: dict[str, Any] = {}

    def ended() -> bool:
        described.update(states.describe_execution(executionArn=started["executionArn"]))
        return described["status"] != "RUNNING"

    assert eventually(ended, 40)
    assert described.get("error", described["status"]) == end
    item = emulator.client("dynamodb").get_item(TableName=table, Key={"id": {"S": name}})["Item"]
    steps = [each["S"] for each in item["steps"]["L"]]
    assert steps[-1] == last
    if not plan:
        assert len(steps) == len(WAY)


def test_an_execution_of_the_same_name_is_refused(machine: tuple[Emulator, str, str]) -> None:
    """AWS takes it for the same one while it runs; the breaker takes either for a success."""
    emulator, arn, _ = machine
    states, name = emulator.client("stepfunctions"), unique("same")
    asked = {"stateMachineArn": arn, "name": name, "input": json.dumps({"restart": f"{name}_{{}}"})}
    states.start_execution(**asked)
    with pytest.raises(states.exceptions.ExecutionAlreadyExists):
        states.start_execution(**asked)
