"""An AWS account as the doctor sees it: clients by region, and the outputs of what is deployed there.

Knows the names of the stage's stacks. Refuses to judge.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from cli.deployment import PROJECT
from cli.failures import CommandFailed
from infra.materials import Materials

CONTEXT = PROJECT / "cdk.context.json"
EDGE_REGION = "us-east-1"  # where CloudFront's certificate and firewall have to be

Clients = Callable[[str, str], Any]
"""A client by service and region."""


def deploy_context(path: Path = CONTEXT) -> dict[str, str]:
    """What stays the same from deploy to deploy, as cdk itself reads it; nothing where there is no such file.

    Raises CommandFailed when it cannot be read.
    """
    if not path.exists():
        return {}
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        return {name: value for name, value in said.items() if isinstance(value, str)}
    except (OSError, ValueError, AttributeError) as error:
        raise CommandFailed(f"{path} cannot be read", "docs/deploy.md shows what it holds") from error


def boto_client(service: str, region: str) -> Any:
    import boto3  # noqa: PLC0415  half a second that most commands need not pay

    return boto3.client(service, region_name=region)


@dataclass(frozen=True)
class Account:
    """The account of the credentials for one stage; `domain`, `certificate`, `sender` are the deploy's."""

    materials: Materials
    domain: str | None = None
    certificate: str | None = None
    sender: str | None = None
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
