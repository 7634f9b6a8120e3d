"""The token by which the API knows its own edge: the header that carries it and the secret that holds it.

The secret's name is fixed, because the API that reads it is deployed before the edge that owns it (ADR 0019).
"""

from __future__ import annotations

from aws_cdk import ArnFormat, Stack

from infra.stages import Stage

ORIGIN_HEADER = "x-origin-token"
ANY_SUFFIX = "-??????"  # what Secrets Manager appends to the name in an ARN


def secret_name(stage: Stage) -> str:
    return f"attendant-{stage.name}-origin-token"


def secret_arn(stack: Stack, stage: Stage) -> str:
    """Of the secret, or of its replica, in the region of `stack`."""
    return stack.format_arn(
        service="secretsmanager",
        resource="secret",
        resource_name=secret_name(stage) + ANY_SUFFIX,
        arn_format=ArnFormat.COLON_RESOURCE_NAME,
    )
