"""What every kind of endpoint gives to the rest of the stack.

Refuses to know any kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aws_cdk.aws_cloudwatch import IMetric
from aws_cdk.aws_iam import PolicyStatement


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """`environment` and `permissions` are what the answering function needs to call the model; `errors`
    counts failed calls, None where only the caller could count them.
    """

    environment: Mapping[str, str]
    permissions: tuple[PolicyStatement, ...]
    errors: IMetric | None
