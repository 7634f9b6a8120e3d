"""The endpoint's capacity: which kind is switched, by what the environment says of it.

Knows the names of the variables. Refuses to know what a kind does: one module each.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import assert_never

from lambdas.adapters.capacity.external import HttpCapacity, RememberedCapacity
from lambdas.adapters.capacity.interface import Capacity, Copies
from lambdas.adapters.clients import aws_client

__all__ = ["Capacity", "CapacityKind", "Copies", "capacity_client"]


class CapacityKind(StrEnum):
    EXTERNAL = "external"


def capacity_client(environment: Mapping[str, str]) -> Capacity:
    """Raises KeyError or ValueError that names what is missing or wrong."""
    kind = CapacityKind(environment["CAPACITY_KIND"])
    match kind:
        case CapacityKind.EXTERNAL:
            url = environment.get("CAPACITY_URL")
            if url:
                return HttpCapacity(url)
            return RememberedCapacity(aws_client("dynamodb"), environment["CONTROL_TABLE"])
        case _:
            assert_never(kind)
