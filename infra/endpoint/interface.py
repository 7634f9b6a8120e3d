"""What every kind of endpoint gives to the rest of the stage.

Refuses to know any kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from aws_cdk.aws_cloudwatch import IMetric
from aws_cdk.aws_ec2 import ISecurityGroup, ISubnet, IVpc
from aws_cdk.aws_iam import PolicyStatement


@dataclass(frozen=True, kw_only=True)
class Rights:
    """What a function is told and allowed."""

    environment: Mapping[str, str] = field(default_factory=dict)
    permissions: tuple[PolicyStatement, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Network:
    """Where a function has to stand to reach the endpoint. The one that switches capacity stands in none."""

    vpc: IVpc
    subnets: tuple[ISubnet, ...]
    security_group: ISecurityGroup


@dataclass(frozen=True, kw_only=True)
class EndpointMetrics:
    """What the endpoint says of itself, None where it cannot. Percentages are 0..100, temperature is Celsius.

    `errors` counts failed calls, `unhealthy` the machines or copies that fail their health check.
    """

    errors: IMetric | None = None
    unhealthy: IMetric | None = None
    gpu_utilisation: IMetric | None = None
    gpu_memory: IMetric | None = None
    gpu_temperature: IMetric | None = None
    host_memory: IMetric | None = None
    cpu: IMetric | None = None
    disk: IMetric | None = None


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """`invoking` is for who calls the model, `capacity` for the one function that switches it.

    `network` is None where the endpoint is reached without one.
    """

    invoking: Rights
    capacity: Rights
    network: Network | None
    metrics: EndpointMetrics
