"""An endpoint that somebody else runs: an address, and perhaps a secret with its key.

Refuses to know the key: the operator puts it into the secret.
"""

from __future__ import annotations

from typing import Any

from aws_cdk import CfnOutput, Stack
from aws_cdk import aws_iam as iam
from constructs import Construct

from infra.data import DataStack
from infra.endpoint.interface import Endpoint, EndpointMetrics, Rights
from infra.model_endpoints import ExternalEndpoint
from infra.others_secret import OthersSecret
from infra.permissions import allow
from infra.stages import Stage


def external_endpoint(
    scope: Construct, id_: str, *, settings: ExternalEndpoint, stage: Stage, data: DataStack, **stack: Any
) -> Endpoint:
    environment = {
        "MODEL_KIND": "external",
        "MODEL_URL": settings.url,
    }
    permissions: tuple[iam.PolicyStatement, ...] = ()
    if settings.secret:
        secret = _KeyStack(scope, id_, stage=stage, data=data, **stack).secret
        environment["MODEL_SECRET_ARN"] = secret.attr_id
        permissions = (allow(["secretsmanager:GetSecretValue"], secret.attr_id),)
    calling = Rights(environment=environment, permissions=permissions)
    return Endpoint(invoking=calling, capacity=_switching(settings), network=None, metrics=EndpointMetrics())


def _switching(settings: ExternalEndpoint) -> Rights:
    """Nothing of AWS is switched: a server of ours is told over HTTP, somebody else's is just not called."""
    environment = {"CAPACITY_KIND": "external"}
    if settings.capacity_path is not None:
        environment["CAPACITY_URL"] = settings.url.rstrip("/") + settings.capacity_path
    return Rights(environment=environment)


class _KeyStack(Stack):
    def __init__(self, scope: Construct, id_: str, *, stage: Stage, data: DataStack, **stack: Any) -> None:
        super().__init__(scope, id_, **stack)
        self.secret = OthersSecret(
            self, "Key", stage=stage, data=data, description="key of the model's server"
        )

        CfnOutput(self, "ModelSecret", value=self.secret.attr_id)
