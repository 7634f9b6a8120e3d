"""The endpoint's capacity: which kind is switched, by what the environment says of it.

    CAPACITY_KIND   further variables
    external        CAPACITY_URL (a server of ours), else CONTROL_TABLE
    sagemaker       CAPACITY_COMPONENT, the inference component's name; CAPACITY_CANDIDATE, a candidate's
    ec2             CAPACITY_GROUP, the Auto Scaling group's name; CAPACITY_TARGETS, the target group's ARN

Refuses to know what a kind does: one module each.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import assert_never

from lambdas.adapters.capacity.ec2 import Ec2Capacity
from lambdas.adapters.capacity.external import HttpCapacity, RememberedCapacity
from lambdas.adapters.capacity.interface import Capacity, Copies
from lambdas.adapters.capacity.sagemaker import SageMakerCapacity
from lambdas.adapters.clients import aws_client

__all__ = ["Capacity", "CapacityKind", "Copies", "capacity_client"]


class CapacityKind(StrEnum):
    EXTERNAL = "external"
    SAGEMAKER = "sagemaker"
    EC2 = "ec2"


def capacity_client(environment: Mapping[str, str]) -> Capacity:
    """Raises KeyError or ValueError that names what is missing or wrong."""
    kind = CapacityKind(environment["CAPACITY_KIND"])
    match kind:
        case CapacityKind.EXTERNAL:
            url = environment.get("CAPACITY_URL")
            if url:
                return HttpCapacity(url)
            return RememberedCapacity(aws_client("dynamodb"), environment["CONTROL_TABLE"])
        case CapacityKind.SAGEMAKER:
            component, candidate = environment["CAPACITY_COMPONENT"], environment["CAPACITY_CANDIDATE"]
            return SageMakerCapacity(
                aws_client("sagemaker"), aws_client("application-autoscaling"), component, candidate
            )
        case CapacityKind.EC2:
            group, targets = environment["CAPACITY_GROUP"], environment["CAPACITY_TARGETS"]
            return Ec2Capacity(aws_client("autoscaling"), aws_client("elbv2"), group, targets)
        case _:
            assert_never(kind)
