"""AWS clients that talk to nobody: botocore checks every call and every answer against its own service model.

What was called is kept, so that it can be held against what a role is granted.
"""

from __future__ import annotations

from typing import Any

import boto3
from botocore.config import Config
from botocore.stub import Stubber

from tests.fakes.aws import REGION

# where IAM calls a service by another name
ACTION_PREFIXES = {"elbv2": "elasticloadbalancing", "sagemaker-runtime": "sagemaker"}


class StubbedAws:
    """`client(service)` is what the code under test gets; each `answer` is for one call, in order."""

    def __init__(self) -> None:
        self.actions: set[str] = set()
        self._session = boto3.Session("nobody", "nothing", region_name=REGION)
        self._stubbers: dict[str, Stubber] = {}

    def client(self, service: str) -> Any:
        if service not in self._stubbers:
            client = self._session.client(service, config=Config(retries={"total_max_attempts": 1}))
            client.meta.events.register("before-parameter-build.*.*", self._called)
            self._stubbers[service] = Stubber(client)
            self._stubbers[service].activate()
        return self._stubbers[service].client

    def answer(
        self, service: str, operation: str, answer: dict[str, Any] | None = None, **expected: Any
    ) -> None:
        """The next call of `service` has to be `operation` with exactly the `expected` parameters."""
        self.client(service)
        self._stubbers[service].add_response(operation, answer or {}, expected)

    def refuse(self, service: str, operation: str, code: str) -> None:
        self.client(service)
        self._stubbers[service].add_client_error(operation, service_error_code=code)

    def assert_all_called(self) -> None:
        for stubber in self._stubbers.values():
            stubber.assert_no_pending_responses()

    def _called(self, *, model: Any, **_: Any) -> None:
        service = model.service_model.service_name
        self.actions.add(f"{ACTION_PREFIXES.get(service, service)}:{model.name}")
