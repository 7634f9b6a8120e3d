"""The deployed breaker from outside, for the tests: what operators, alarms, on-call and visitors see of it.

Knows how measured values are made to ring for a few seconds, and how the function's own code is run here with
a life that ends after any write. Refuses to judge.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from cli.deployment import home_settings
from core.measures import Measure, namespace
from lambdas.adapters.alarms import CriticalAlarms
from lambdas.adapters.audit import AuditRecord, AuditTrail
from lambdas.adapters.awake_time import AwakeTime
from lambdas.adapters.breaker import BREAKER, CAPACITY
from lambdas.adapters.breaker_state import BreakerStore
from lambdas.adapters.capacity import capacity_client
from lambdas.adapters.capacity_record import CapacityRecords
from lambdas.adapters.clock import utc_now
from lambdas.adapters.dialogue_table import DialogueTable
from lambdas.adapters.golden_questions import GoldenQuestions
from lambdas.adapters.items import to_wire
from lambdas.adapters.notices import OnCall
from lambdas.adapters.restart_machine import RestartMachine
from lambdas.endpoint_breaker.settings import Settings
from lambdas.endpoint_breaker.wiring import Outside, assemble
from tests.e2e.conftest import HOME, until
from tests.fakes.breaker_outside import Life
from tests.fakes.telemetry import FakeTelemetry

TOKENS, GUARD = "attendant-local-tokens-per-hour", "attendant-local-guard-rejections"
MEASURES = {TOKENS: (Measure.MODEL_TOKENS, 3e6), GUARD: (Measure.GUARD_REJECTED, 1e4)}
RINGING_SECONDS = 9  # the emulator looks at alarms every five
ALLOW_SNS = {"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:SendMessage"}


class Mortal:
    """Calls go through; after one that changes something the life may be over."""

    def __init__(self, inner: Any, life: Life, *changes: str) -> None:
        self._inner, self._life, self._changes = inner, life, changes

    def __getattr__(self, name: str) -> Any:
        inner = getattr(self._inner, name)
        if name not in self._changes:
            return inner

        def changing(*values: Any, **named: Any) -> Any:
            answer = inner(*values, **named)
            self._life.changed(name)
            return answer

        return changing


class Endpoint:
    """The deployed breaker from outside: what operators, alarms, on-call and visitors see of it."""

    def __init__(self, deployment: Any) -> None:
        self.deployment = deployment
        self.model = home_settings(HOME).model_address
        self.inbox = self._subscribe()
        dynamodb = deployment.client("dynamodb")
        self.audit = AuditTrail(dynamodb, deployment.output("AuditTable"), "endpoint")
        self.store = BreakerStore(dynamodb, deployment.output("ControlTable"), self.audit)

    def _subscribe(self) -> str:
        """A queue that hears what on-call hears."""
        sqs = self.deployment.client("sqs")
        url: str = sqs.create_queue(QueueName="oncall-hears")["QueueUrl"]
        arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        policy = {"Version": "2012-10-17", "Statement": [{**ALLOW_SNS, "Resource": arn}]}
        sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": json.dumps(policy)})
        self.deployment.client("sns").subscribe(
            TopicArn=self.deployment.output("OncallTopicArn"), Protocol="sqs", Endpoint=arn
        )
        return url

    def call(self, **event: Any) -> dict[str, Any]:
        answer = self.deployment.client("lambda").invoke(
            FunctionName=self.deployment.output("EndpointBreakerFunction"), Payload=json.dumps(event).encode()
        )
        told: dict[str, Any] = json.loads(answer["Payload"].read())
        assert "FunctionError" not in answer, told
        return told

    def status(self) -> dict[str, Any]:
        return self.call(command="status")

    def is_shut(self) -> bool:
        """Open, 0 copies, on-call told: everything that belongs to it."""
        now = self.store.read()
        refuses = httpx.get(f"{self.model}/ping").status_code == httpx.codes.SERVICE_UNAVAILABLE
        return now.shut and now.capacity_down and now.notified and refuses

    def measure(self, *alarms: str) -> None:
        """Values that make these alarms ring, for a few seconds."""
        at = datetime.now(UTC) - timedelta(hours=1) + timedelta(seconds=RINGING_SECONDS)
        for alarm in alarms:
            measure, value = MEASURES[alarm]
            self.deployment.client("cloudwatch").put_metric_data(
                Namespace=namespace("local"),
                MetricData=[
                    {
                        "MetricName": measure.value,
                        "Value": value,
                        "Timestamp": at,
                        "Dimensions": [{"Name": "service", "Value": measure.service}],
                    }
                ],
            )

    def notices(self) -> list[str]:
        """The texts that have come since the last look."""
        sqs, texts = self.deployment.client("sqs"), []
        while messages := sqs.receive_message(QueueUrl=self.inbox, MaxNumberOfMessages=10).get("Messages"):
            for message in messages:
                texts.append(json.loads(message["Body"])["Message"])
                sqs.delete_message(QueueUrl=self.inbox, ReceiptHandle=message["ReceiptHandle"])
        return texts

    def records(self, limit: int = 20) -> list[AuditRecord]:
        return self.audit.newest(limit)

    def reset(self) -> None:
        """Closed and awake as on the first day, whatever a test has left."""
        assert until(lambda: self.status()["ringing"] == [], 30), "an alarm does not fall quiet"
        for key in (BREAKER, CAPACITY):
            self.deployment.client("dynamodb").delete_item(
                TableName=self.deployment.output("ControlTable"), Key=to_wire({"key": key})
            )
        httpx.put(f"{self.model}/capacity", json={"copies": 1})
        self.call(command="tick")
        self.notices()

    def shut(self) -> None:
        self.call(command="stop", actor="test", reason="a test")
        assert self.is_shut()
        self.notices()

    def settings_of_the_function(self) -> Settings:
        return Settings.from_environment(self._variables())

    def _variables(self) -> dict[str, str]:
        told = self.deployment.client("lambda").get_function_configuration(
            FunctionName=self.deployment.output("EndpointBreakerFunction")
        )
        return {**told["Environment"]["Variables"], "AWS_REGION": "us-east-1"}

    def model_calls(self) -> int:
        """How many calls the model's server has answered, by its own count."""
        lines = httpx.get(f"{self.model}/metrics").text.splitlines()
        counted = [line for line in lines if line.startswith("attendant_model_requests_total{")]
        return int(sum(float(line.rsplit(maxsplit=1)[1]) for line in counted))

    def dying(self, life: Life) -> Any:
        """The function as it is deployed, in this process, with that life."""
        client, variables = self.deployment.client, self._variables()
        settings = Settings.from_environment(variables)
        return assemble(
            settings,
            Outside(
                states=Mortal(self.store, life, "change", "note", "mark", "claim_notice", "told"),
                records=Mortal(CapacityRecords(client("dynamodb"), settings.control_table), life, "write"),
                capacity=Mortal(capacity_client(variables), life, "hold", "release", "set_copies"),
                oncall=Mortal(OnCall(client("sns"), settings.oncall_topic_arn), life, "tell"),
                alarms=CriticalAlarms(
                    client("cloudwatch"), settings.critical_alarms, settings.any_critical_alarm
                ),
                audit=Mortal(self.audit, life, "append"),
                machine=RestartMachine(client("stepfunctions"), settings.restart_machine_arn),
                questions=GoldenQuestions(client("lambda"), settings.answer_functions),
                awake=AwakeTime(DialogueTable(client("dynamodb"), settings.control_table)),
                telemetry=FakeTelemetry(),
                clock=lambda: utc_now() - timedelta(minutes=2),
            ),
        )

    def restart_by_hand(self) -> str:
        """Half open without the golden questions: the test takes the place of the state machine, whose
        execution is stopped.
        """
        restart: str = self.call(command="restart", actor="test")["restart"]
        states = self.deployment.client("stepfunctions")
        machine = self.deployment.output("RestartMachineArn")
        (execution,) = states.list_executions(stateMachineArn=machine, statusFilter="RUNNING")["executions"]
        states.stop_execution(executionArn=execution["executionArn"])
        for step in ("raise_capacity", "check_health", "half_open"):
            assert until(lambda s=step: self.call(step=s, restart=restart)["outcome"] == "next", 10)
        return restart
