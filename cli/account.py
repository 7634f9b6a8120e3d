"""An AWS account as the doctor sees it: clients by region, and the outputs of what is deployed there.

Knows the names of the stage's stacks. Refuses to judge.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from infra.materials import Materials

EDGE_REGION = "us-east-1"  # where CloudFront's certificate and firewall have to be

Clients = Callable[[str, str], Any]
"""A client by service and region."""


def boto_client(service: str, region: str) -> Any:
    import boto3  # noqa: PLC0415  half a second that most commands need not pay

    return boto3.client(service, region_name=region)


@dataclass(frozen=True)
class Account:
    """The account of the credentials, for one stage. `domain` and `certificate` are those of the deploy."""

    materials: Materials
    domain: str | None = None
    certificate: str | None = None
    clients: Clients = boto_client
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))

    @property
    def region(self) -> str:
        return self.materials.region

    @property
    def prefix(self) -> str:
        return f"attendant-{self.materials.stage}"

    def client(self, service: str, region: str | None = None) -> Any:
        return self.clients(service, region or self.region)

    @cached_property
    def outputs(self) -> dict[str, str]:
        """Of every stack of the stage that is there, nothing before the first deploy."""
        pages = self.client("cloudformation").get_paginator("describe_stacks").paginate()
        stacks = [stack for page in pages for stack in page["Stacks"]]
        return {
            output["OutputKey"]: output["OutputValue"]
            for stack in stacks
            if stack["StackName"].startswith(f"{self.prefix}-")
            for output in stack.get("Outputs", ())
        }


def error_code(error: Any) -> str:
    """Of a botocore ClientError."""
    code: str = error.response.get("Error", {}).get("Code", "")
    return code
