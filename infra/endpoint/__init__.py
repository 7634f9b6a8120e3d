"""The model's endpoint, whatever it is made of: what it gives to the rest, and who builds which.

Knows the interface. Refuses to know how a kind is built: one module each.
"""

from __future__ import annotations

from typing import Any, assert_never

from constructs import Construct

from infra.data import DataStack
from infra.endpoint.ec2 import ec2_endpoint
from infra.endpoint.external import external_endpoint
from infra.endpoint.interface import Endpoint
from infra.endpoint.sagemaker import sagemaker_endpoint
from infra.model_endpoints import Ec2Endpoint, ExternalEndpoint, SageMakerEndpoint
from infra.stages import Stage

__all__ = ["Endpoint", "build_endpoint"]


def build_endpoint(scope: Construct, id_: str, *, stage: Stage, data: DataStack, **stack: Any) -> Endpoint:
    """The endpoint that the stage asks for; its stack is called `id_` if it needs one."""
    match stage.endpoint:
        case ExternalEndpoint() as settings:
            return external_endpoint(scope, id_, settings=settings, stage=stage, data=data, **stack)
        case SageMakerEndpoint() as settings:
            return sagemaker_endpoint(scope, id_, settings=settings, stage=stage, data=data, **stack)
        case Ec2Endpoint() as settings:
            return ec2_endpoint(scope, id_, settings=settings, stage=stage, data=data, **stack)
        case _:
            assert_never(stage.endpoint)
