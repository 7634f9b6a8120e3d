"""The whole breaker on fakes, and the events that it gets."""

from __future__ import annotations

import json
from datetime import datetime
from itertools import count
from typing import Any

from lambdas.endpoint_breaker.settings import Settings
from lambdas.endpoint_breaker.wiring import Outside, assemble
from tests.fakes.breaker_outside import (
    FakeAlarms,
    FakeAudit,
    FakeAwake,
    FakeCapacity,
    FakeMachine,
    FakeOnCall,
    FakeQuestions,
    FakeRecords,
    FakeStates,
    Life,
)
from tests.fakes.clock import FakeClock
from tests.fakes.telemetry import FakeTelemetry

LATENCY, TOKENS = "attendant-test-slow-answers", "attendant-test-tokens-per-hour"
ENVIRONMENT = {
    "POWERTOOLS_METRICS_NAMESPACE": "Attendant/test",
    "POWERTOOLS_SERVICE_NAME": "endpoint_breaker",
    "ASSISTANTS_STAGE": "test",
    "CONTROL_TABLE": "control",
    "AUDIT_TABLE": "audit",
    "ONCALL_TOPIC_ARN": "arn:aws:sns:eu-central-1:111122223333:oncall",
    "RESTART_MACHINE_ARN": "arn:aws:states:eu-central-1:111122223333:stateMachine:restart",
    "CRITICAL_ALARMS": json.dumps([[LATENCY, f"{LATENCY}-count"], [TOKENS]]),
    "ANY_CRITICAL_ALARM": "attendant-test-critical",
    "ANSWER_FUNCTIONS": json.dumps({"salon": "answer-salon"}),
    "ANSWER_SECONDS": "30",
    "MODEL_SLOTS": "4",
    "INSTANCE_TYPE": "ml.g4dn.2xlarge",
    "AWS_REGION": "eu-central-1",
    "PROBES": "3",
    "WATCH_SECONDS": "60",
    "STARTUP_SECONDS": "300",
}


class FakeBreaker:
    """The whole breaker. `call` hands an event in, as AWS would."""

    def __init__(self, **environment: str) -> None:
        self.clock = FakeClock()
        self.life = Life()
        self.audit = FakeAudit(self.life)
        self.states = FakeStates(self.audit, self.life)
        self.records = FakeRecords(self.life)
        self.capacity = FakeCapacity(self.life)
        self.alarms = FakeAlarms()
        self.oncall = FakeOnCall(self.life)
        self.questions = FakeQuestions()
        self.machine = FakeMachine(self.life)
        self.awake = FakeAwake()
        self.telemetry = FakeTelemetry()
        numbers = count(1)
        self.desk = assemble(
            Settings.from_environment({**ENVIRONMENT, **environment}),
            Outside(
                states=self.states,
                records=self.records,
                capacity=self.capacity,
                oncall=self.oncall,
                alarms=self.alarms,
                audit=self.audit,
                machine=self.machine,
                questions=self.questions,
                awake=self.awake,
                telemetry=self.telemetry,
                clock=self.clock,
                new_id=lambda: f"id-{next(numbers)}",
            ),
        )

    @property
    def state(self) -> str:
        return self.states.standing.state.value

    def call(self, **event: Any) -> dict[str, Any]:
        return self.desk.handle(event)

    def tick(self) -> dict[str, Any]:
        return self.call(command="tick")

    def minute(self) -> dict[str, Any]:
        self.clock.advance(60)
        return self.tick()

    def step(self, name: str, restart: str, **told: Any) -> str:
        return self.call(step=name, restart=restart, told=told)["outcome"]

    def ring(self, *names: str) -> dict[str, Any]:
        """The alarms ring, and CloudWatch says so."""
        self.alarms.names |= set(names)
        return self.notify(names[0])

    def notify(self, name: str, at: datetime | None = None) -> dict[str, Any]:
        return self.desk.handle(notification(name, at or self.clock()))


def notification(name: str, at: datetime) -> dict[str, Any]:
    message = {
        "AlarmName": name,
        "NewStateValue": "ALARM",
        "NewStateReason": "Threshold Crossed",
        "StateChangeTime": at.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "+0000",
    }
    return {"Records": [{"EventSource": "aws:sns", "Sns": {"Message": json.dumps(message)}}]}
