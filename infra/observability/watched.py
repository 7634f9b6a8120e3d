"""What there is to be watched of a stage, as the other stacks give it. Refuses to know what is made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aws_cdk import aws_apigatewayv2 as apigatewayv2

from infra.answering import Answering
from infra.endpoint.interface import EndpointMetrics
from infra.functions import PlatformFunction


@dataclass(frozen=True, kw_only=True)
class Watched:
    """`clocked` are the functions that nobody waits for, `critical` the names of the critical alarms."""

    lines: Sequence[Answering]
    clocked: Sequence[PlatformFunction]
    http_api: apigatewayv2.IHttpApi
    endpoint: EndpointMetrics
    critical: Sequence[str]
