"""The breaker on the embedded cloud: metrics, alarms, topics, functions, tables and the model are real.

What keeps it short: measured values are put with a moment in the past, so that they leave the alarm's window
(an hour) after seconds. The emulator evaluates metric and composite alarms by itself here (`cli/embedded_cloud/
emulator`), so no notification is faked, but where a test says so.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from cli.deployment import home_settings
from core.measures import Measure, namespace
from lambdas.adapters.alarms import CriticalAlarms
from lambdas.adapters.audit import AuditRecord, AuditTrail
from lambdas.adapters.breaker import BREAKER, CAPACITY
from lambdas.adapters.breaker_state import BreakerStore
from lambdas.adapters.capacity import capacity_client
from lambdas.adapters.capacity_record import CapacityRecords
from lambdas.adapters.clock import to_iso, utc_now
from lambdas.adapters.golden_questions import GoldenQuestions
from lambdas.adapters.items import to_wire
from lambdas.adapters.notices import OnCall
from lambdas.adapters.restart_machine import RestartMachine
from lambdas.endpoint_breaker.settings import Settings
from lambdas.endpoint_breaker.wiring import Outside, assemble
from tests.e2e.conftest import HOME, SALON, until
from tests.fakes.breaker import Killed, Life, notification
from tests.fakes.telemetry import FakeTelemetry

TOKENS, GUARD = "attendant-local-tokens-per-hour", "attendant-local-guard-rejections"
MEASURES = {TOKENS: (Measure.MODEL_TOKENS, 3e6), GUARD: (Measure.GUARD_REJECTED, 1e4)}
RINGING_SECONDS = 9  # the emulator looks at alarms every five
PHRASED = "Сколько по времени длится тест-драйв и нужно ли записываться?"
STOCK = "Есть ли C 180 в наличии?"
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
                states=Mortal(self.store, life, "change", "note", "mark", "claim_notice"),
                records=Mortal(CapacityRecords(client("dynamodb"), settings.control_table), life, "write"),
                capacity=Mortal(capacity_client(variables), life, "hold", "release", "set_copies"),
                oncall=Mortal(OnCall(client("sns"), settings.oncall_topic_arn), life, "tell"),
                alarms=CriticalAlarms(client("cloudwatch"), settings.critical_alarms),
                audit=Mortal(self.audit, life, "append"),
                machine=RestartMachine(client("stepfunctions"), settings.restart_machine_arn),
                questions=GoldenQuestions(client("lambda"), settings.answer_functions),
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


@pytest.fixture(scope="module")
def the_endpoint(deployment: Any) -> Iterator[Endpoint]:
    made = Endpoint(deployment)
    yield made
    made.reset()


@pytest.fixture
def endpoint(the_endpoint: Endpoint) -> Endpoint:
    """Closed, and on-call has heard nothing."""
    the_endpoint.reset()
    return the_endpoint


@pytest.fixture
def shut(the_endpoint: Endpoint) -> Endpoint:
    """Open, by a stop."""
    the_endpoint.reset()
    the_endpoint.shut()
    return the_endpoint


def test_measured_values_shut_it_down_and_visitors_are_answered_from_facts(
    endpoint: Endpoint, ask: Callable[..., Any], http: httpx.Client
) -> None:
    """Two alarms at once: metrics -> alarms -> composite alarm -> SNS -> function -> open, one message."""
    endpoint.measure(TOKENS, GUARD)
    assert until(endpoint.is_shut, 30)
    seen = http.get("/v1/health").json()
    assert (seen["breaker"]["state"], seen["capacity"]["status"]) == ("open", "stopped")
    answered = ask(STOCK)
    assert answered.state == "answered"
    assert "C 180" in answered.text
    assert answered.facts
    resting = ask(PHRASED)
    assert resting.final
    assert "отдыхает" in f"{resting.text} {resting.notice}"
    endpoint.call(command="tick")
    (notice,) = endpoint.notices()
    assert endpoint.store.read().incident in notice
    assert TOKENS in notice or GUARD in notice
    assert "attendant endpoint restart" in notice
    assert {r.actor for r in endpoint.records() if r.incident == endpoint.store.read().incident} == {"alarm"}


def test_the_command_line_stops_looks_and_is_refused_politely(endpoint: Endpoint, attendant: Any) -> None:
    """A restart while closed, a stop, a second stop while open; each with its audit record."""
    refused = attendant("endpoint", "restart", check=False)
    assert refused.returncode == 1
    assert "nothing to restart" in refused.stderr
    assert "stopped: 0 copies" in attendant("endpoint", "stop", "--reason", "a new image").stdout
    assert endpoint.is_shut()
    assert "it was open already" in attendant("endpoint", "stop", "--reason", "once more").stdout
    (notice,) = endpoint.notices()
    assert "a new image" in notice
    assert attendant.json("endpoint", "status")["state"] == "open"
    records = attendant("endpoint", "history", "--limit", "5").stdout
    for part in ("history", "status", "once more", "a new image", "restart_refused"):
        assert part in records
    assert len({record.actor for record in endpoint.records(5)}) == 1


def test_all_the_way_back_lets_only_a_few_through_before_it_closes(
    shut: Endpoint, ask: Callable[..., Any]
) -> None:
    """Restart -> copies -> health -> golden questions -> half open -> closed, by the state machine itself."""
    probes = shut.settings_of_the_function().probes
    restart = shut.call(command="restart", actor="test")["restart"]
    assert shut.call(command="restart", actor="test") == {
        "started": False,
        "refused": "running",
        "restart": restart,
    }
    assert until(lambda: shut.store.read().state == "half_open", 60), shut.status()
    asked_before = shut.model_calls()
    replies = [ask(PHRASED) for _ in range(probes + 1)]
    now = shut.store.read()
    assert (now.probes_left, now.probes_ok, now.probes_failed) == (0, probes, 0)
    assert shut.model_calls() - asked_before == probes
    assert "отдыхает" in f"{replies[-1].text} {replies[-1].notice}"
    assert until(lambda: shut.status()["state"] == "closed", 40), shut.status()
    assert shut.store.read().held is False
    assert ask(PHRASED).state == "answered"
    assert shut.notices() == []


def test_a_golden_question_that_fails_leaves_it_open(shut: Endpoint) -> None:
    """Somebody switches the model off in the middle of the golden questions."""
    before = shut.store.read().incident
    shut.call(command="restart", actor="test")
    assert until(lambda: shut.status()["capacity"]["status"] == "awake", 20, step=0.1)
    httpx.put(f"{shut.model}/capacity", json={"copies": 0})
    assert until(lambda: shut.store.read().incident != before and shut.is_shut(), 60), shut.status()
    now = shut.store.read()
    assert now.reason == "golden_questions"
    assert f"{SALON}/faq_phrased" in now.detail
    (notice,) = shut.notices()
    assert now.detail in notice


def test_an_alarm_in_half_open_opens_it_again(shut: Endpoint) -> None:
    restart = shut.restart_by_hand()
    assert shut.status()["state"] == "half_open"
    shut.measure(TOKENS)
    assert until(shut.is_shut, 30), shut.status()
    (notice,) = shut.notices()
    assert TOKENS in notice
    for step in ("watch", "close", "give_up"):
        assert shut.call(step=step, restart=restart) == {"outcome": "superseded"}
    told = shut.call(command="restart", actor="test")
    assert told["refused"] == "ringing"
    assert told["ringing"][0]["alarm"] == TOKENS
    assert shut.is_shut()


def test_a_restart_whose_execution_was_stopped_ends_open(shut: Endpoint) -> None:
    """Its last sign of life is put back by four minutes instead of waiting for them."""
    shut.restart_by_hand()
    long_ago = to_iso(utc_now() - timedelta(minutes=4))
    shut.deployment.client("dynamodb").update_item(
        TableName=shut.deployment.output("ControlTable"),
        Key=to_wire({"key": BREAKER}),
        UpdateExpression="SET restart_at = :then, restart_seen_at = :then",
        ExpressionAttributeValues=to_wire({":then": long_ago}),
    )
    shut.call(command="tick")
    assert shut.is_shut()
    assert shut.store.read().reason == "restart_lost"
    assert len(shut.notices()) == 1


def test_killed_after_any_of_its_writes_the_next_minute_finishes_it(the_endpoint: Endpoint) -> None:
    """The function's own code runs here, on the deployed tables and topics, with SNS's documented event, and
    dies after one write more each time; the deployed function's minute finds what it left. The dead one's
    clock is two minutes late, so that its claim on the message has run out by then.
    """
    died_after: list[str] = []
    while True:
        the_endpoint.reset()
        life = Life(left=len(died_after))
        try:
            the_endpoint.dying(life).handle(notification("attendant-local-critical", utc_now()))
        except Killed as killed:
            died_after.append(str(killed))
        else:
            break
        the_endpoint.call(command="tick")
        assert the_endpoint.is_shut(), died_after
        notices = the_endpoint.notices()
        assert len(notices) == (2 if died_after[-1] == "tell" else 1), died_after
        incident = the_endpoint.store.read().incident
        assert all(incident in notice for notice in notices)
    assert died_after == ["change", "write", "hold", "set_copies", "mark", "claim_notice", "tell", "mark"]
