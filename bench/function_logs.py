"""What the functions of a deployed embedded cloud logged: invocations, billed time, bytes, tokens.

Knows Lambda's START, END and REPORT lines and how CloudWatch Logs counts bytes.
Refuses to know what a function does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from cli.deployment import Deployment

EVENT_OVERHEAD_BYTES = 26  # that CloudWatch Logs adds to each event
BILLED = re.compile(r"^REPORT .*Billed Duration: (\d+) ms")
SERVICE = re.compile(r"lambdas\.(\w+)\.handler\.handler")
EPOCH = datetime.fromtimestamp(0, UTC)


@dataclass
class FunctionLog:
    """All functions of one service together."""

    milliseconds: list[int] = field(default_factory=list)
    bytes: int = 0
    model_tokens: list[int] = field(default_factory=list)
    model_turn_milliseconds: list[int] = field(default_factory=list)

    @property
    def invocations(self) -> int:
        return len(self.milliseconds)

    def take(self, message: str) -> None:
        self.bytes += len(message.encode()) + EVENT_OVERHEAD_BYTES
        if report := BILLED.match(message):
            self.milliseconds.append(int(report[1]))
        elif message.startswith("{"):
            self._take(json.loads(message))

    def _take(self, told: dict[str, Any]) -> None:
        if told.get("message") == "turn_ended" and told.get("model_tokens"):
            self.model_tokens.append(told["model_tokens"])
            self.model_turn_milliseconds.append(told["milliseconds"])


def function_logs(deployment: Deployment, since: datetime = EPOCH) -> dict[str, FunctionLog]:
    """By service. What was logged before `since` is left out."""
    found: dict[str, FunctionLog] = {}
    for function in deployment.client("lambda").list_functions()["Functions"]:
        if service := SERVICE.fullmatch(function["Handler"]):
            log = found.setdefault(service[1], FunctionLog())
            for message in _messages(deployment, f"/aws/lambda/{function['FunctionName']}", since):
                log.take(message)
    return {service: log for service, log in found.items() if log.invocations}


def _messages(deployment: Deployment, group: str, since: datetime) -> Iterator[str]:
    start = int(since.timestamp() * 1_000)
    pages = deployment.client("logs").get_paginator("filter_log_events")
    for page in pages.paginate(logGroupName=group, startTime=start):
        yield from (event["message"].rstrip("\n") for event in page["events"])
