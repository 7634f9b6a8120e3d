"""What the breaker asks of CloudWatch, SNS, Step Functions and the answering functions."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber

from core.errors import StoreAway
from lambdas.adapters.alarms import CriticalAlarms
from lambdas.adapters.golden_questions import GoldenQuestions
from lambdas.adapters.notices import OnCall
from lambdas.adapters.restart_machine import RestartMachine
from tests.fakes.aws import REGION, client
from tests.fakes.clock import NOON


@pytest.fixture
def cloudwatch(aws: None) -> Any:
    made = client("cloudwatch")
    for name in ("share", "count", "tokens"):
        made.put_metric_alarm(
            AlarmName=name,
            MetricName=name,
            Namespace="Attendant",
            Period=300,
            EvaluationPeriods=2,
            Threshold=1,
            ComparisonOperator="GreaterThanThreshold",
            Statistic="Sum",
        )
    return made


def ring(cloudwatch: Any, *names: str) -> None:
    for name in names:
        cloudwatch.set_alarm_state(AlarmName=name, StateValue="ALARM", StateReason=f"{name} is 7")


def test_an_alarm_with_a_companion_rings_only_with_it(cloudwatch: Any) -> None:
    alarms = CriticalAlarms(cloudwatch, [["share", "count"], ["tokens"]], "any")
    assert alarms.ringing() == ()
    ring(cloudwatch, "share")
    assert alarms.ringing() == ()
    ring(cloudwatch, "count", "tokens")
    first, second = alarms.ringing()
    assert (first.name, first.figures, second.name) == ("share", "share is 7", "tokens")
    assert first.window == timedelta(minutes=15)
    assert first.quiet_by(NOON) == NOON + timedelta(minutes=15)


def test_an_alarm_that_is_not_there_does_not_ring(cloudwatch: Any) -> None:
    ring(cloudwatch, "share")
    assert CriticalAlarms(cloudwatch, [["share", "gone"]], "any").ringing() == ()


def stubbed(service: str) -> tuple[Any, Stubber]:
    made = boto3.client(service, region_name=REGION, aws_access_key_id="x", aws_secret_access_key="x")
    stub = Stubber(made)
    stub.activate()
    return made, stub


@pytest.mark.parametrize(("enabled", "muted"), [([True], False), ([False], True), ([], False)])
def test_disabled_actions_of_the_composite_alarm_mute_it(enabled: list[bool], muted: bool) -> None:
    cloudwatch, stub = stubbed("cloudwatch")
    stub.add_response(
        "describe_alarms",
        {"CompositeAlarms": [{"AlarmName": "any", "ActionsEnabled": each} for each in enabled]},
        {"AlarmNames": ["any"], "AlarmTypes": ["CompositeAlarm"]},
    )
    assert CriticalAlarms(cloudwatch, [["share"]], "any").muted() is muted


def test_on_call_gets_the_message_with_a_subject_that_fits() -> None:
    sns, stub = stubbed("sns")
    stub.add_response(
        "publish", {"MessageId": "m"}, {"TopicArn": "arn", "Subject": "s" * 100, "Message": "text"}
    )
    OnCall(sns, "arn").tell("s" * 120, "text")
    stub.assert_no_pending_responses()


def test_a_topic_that_does_not_answer_is_said_to_be_away() -> None:
    sns, stub = stubbed("sns")
    stub.add_client_error("publish", "InternalError")
    with pytest.raises(StoreAway, match="InternalError"):
        OnCall(sns, "arn").tell("s", "text")


ASKED = {"stateMachineArn": "arn", "name": "r1", "input": '{"restart": "r1"}'}


def test_a_restart_is_started_under_its_own_name() -> None:
    states, stub = stubbed("stepfunctions")
    stub.add_response("start_execution", {"executionArn": "e", "startDate": NOON}, ASKED)
    RestartMachine(states, "arn").start("r1")
    stub.assert_no_pending_responses()


def test_starting_it_twice_is_starting_it_once() -> None:
    states, stub = stubbed("stepfunctions")
    stub.add_client_error("start_execution", "ExecutionAlreadyExists")
    RestartMachine(states, "arn").start("r1")


def test_a_machine_that_is_not_there_is_told() -> None:
    states, stub = stubbed("stepfunctions")
    stub.add_client_error("start_execution", "StateMachineDoesNotExist")
    with pytest.raises(StoreAway, match="StateMachineDoesNotExist"):
        RestartMachine(states, "arn").start("r1")


class Functions:
    """Lambda with canned answers by function."""

    def __init__(self, **answers: Any) -> None:
        self.answers = answers
        self.asked: list[Any] = []

    def invoke(self, **request: Any) -> dict[str, Any]:
        self.asked.append(json.loads(request["Payload"]))
        answer = self.answers[request["FunctionName"]]
        if isinstance(answer, Exception):
            raise answer
        error = {"FunctionError": "Unhandled"} if "errorType" in answer else {}
        return {"Payload": io.BytesIO(json.dumps(answer).encode()), **error}


PASSED = {"passed": True, "questions": [{"id": "stock", "passed": True, "why": ""}]}
FAILED = {
    "passed": False,
    "questions": [
        {"id": "stock", "passed": True, "why": ""},
        {"id": "faq", "passed": False, "why": "no sources"},
    ],
}


def failed(**answers: Any) -> tuple[str, ...]:
    return GoldenQuestions(Functions(**answers), {name: name for name in answers}).failed()


def test_every_assistant_has_to_pass() -> None:
    functions = Functions(salon=PASSED, desk=PASSED)
    assert GoldenQuestions(functions, {"salon": "salon", "desk": "desk"}).failed() == ()
    assert functions.asked == [{"golden": True}] * 2
    assert failed(salon=PASSED, desk=FAILED) == ("desk/faq",)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"errorType": "Runtime.HandlerError"}, "desk/no-verdict"),
        ({"batchItemFailures": []}, "desk/no-verdict"),
        ({"passed": False, "questions": []}, "desk/not-passed"),
        (ClientError({"Error": {"Code": "TooManyRequestsException"}}, "Invoke"), "desk/ClientError"),
    ],
)
def test_a_function_that_cannot_say_so_has_not_passed(answer: Any, said: str) -> None:
    assert failed(salon=PASSED, desk=answer) == (said,)


def test_without_assistants_there_is_nothing_to_fail() -> None:
    assert failed() == ()
