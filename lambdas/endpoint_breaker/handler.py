"""Entry point of the breaker. Only wires."""

from __future__ import annotations

import os
from typing import Any

from lambdas.adapters.alarms import CriticalAlarms
from lambdas.adapters.audit import AuditTrail
from lambdas.adapters.awake_time import AwakeTime
from lambdas.adapters.breaker_state import BreakerStore
from lambdas.adapters.capacity import capacity_client
from lambdas.adapters.capacity_record import CapacityRecords
from lambdas.adapters.clients import aws_client
from lambdas.adapters.dialogue_table import DialogueTable
from lambdas.adapters.golden_questions import GoldenQuestions
from lambdas.adapters.notices import OnCall
from lambdas.adapters.restart_machine import RestartMachine
from lambdas.adapters.telemetry import telemetry_of
from lambdas.endpoint_breaker.settings import Settings
from lambdas.endpoint_breaker.wiring import Outside, assemble

SUBJECT = "endpoint"
settings = Settings.from_environment(os.environ)
dynamodb = aws_client("dynamodb")
audit = AuditTrail(dynamodb, settings.audit_table, SUBJECT)
answering = aws_client("lambda", read_seconds=settings.answer_seconds, attempts=1)
desk = assemble(
    settings,
    Outside(
        states=BreakerStore(dynamodb, settings.control_table, audit),
        records=CapacityRecords(dynamodb, settings.control_table),
        capacity=capacity_client(os.environ),
        oncall=OnCall(aws_client("sns"), settings.oncall_topic_arn),
        alarms=CriticalAlarms(
            aws_client("cloudwatch"), settings.critical_alarms, settings.any_critical_alarm
        ),
        audit=audit,
        machine=RestartMachine(aws_client("stepfunctions"), settings.restart_machine_arn),
        questions=GoldenQuestions(answering, settings.answer_functions),
        awake=AwakeTime(DialogueTable(dynamodb, settings.control_table)),
        telemetry=telemetry_of(settings),
    ),
)


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    return desk.handle(event)
