"""A secret that holds a credential of somebody else's server.

The plain resource, because CDK's construct would put a generated value into it. Refuses to know the value:
the operator sets it, a template never does.
"""

from __future__ import annotations

from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra.acknowledgements import OTHERS_CREDENTIALS, acknowledge
from infra.data import DataStack
from infra.stages import Stage


class OthersSecret(secretsmanager.CfnSecret):
    def __init__(
        self, scope: Construct, id_: str, *, stage: Stage, data: DataStack, description: str
    ) -> None:
        key = data.key_for(scope)
        super().__init__(
            scope,
            id_,
            description=f"{stage.name}: {description}, set by the operator",
            kms_key_id=key.key_arn if key else None,
        )
        self.apply_removal_policy(stage.removal)
        acknowledge(self, OTHERS_CREDENTIALS)
