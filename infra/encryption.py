"""The account's own key for what must survive and what is said about it.

Knows which services may use it for whom. Refuses to be granted to a role: whoever may use a table, a bucket
or a secret may use the key through that service, and nobody may use it by itself. Queues hold ids alone and
stay under the key of SQS, so that any service may put its failures there.
"""

from __future__ import annotations

from aws_cdk import ArnFormat, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from constructs import Construct

from infra.stages import Stage

SERVICES = ("dynamodb", "ecr", "lambda", "s3", "secretsmanager")
DATA_ACTIONS = (
    "kms:Encrypt",
    "kms:Decrypt",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
    "kms:GenerateDataKey",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:DescribeKey",
)


class DataKey(kms.Key):
    """Rotated every year; the account's administrators keep the right to everything but its data."""

    def __init__(self, scope: Construct, id_: str, *, stage: Stage) -> None:
        super().__init__(
            scope,
            id_,
            description=f"attendant-{stage.name}: dialogues, documents, models, logs",
            enable_key_rotation=True,
            removal_policy=stage.removal,
        )
        stack = Stack.of(self)
        self.add_to_resource_policy(
            iam.PolicyStatement(
                sid="ThroughTheServicesThatKeepTheData",
                principals=[iam.AnyPrincipal()],
                actions=[*DATA_ACTIONS, "kms:CreateGrant"],  # a table's key is used by grants
                resources=["*"],  # in a key's policy: this key
                conditions={
                    "StringEquals": {
                        "kms:CallerAccount": stack.account,
                        "kms:ViaService": [f"{name}.{stack.region}.amazonaws.com" for name in SERVICES],
                    }
                },
            )
        )
        self.add_to_resource_policy(
            iam.PolicyStatement(
                sid="ForLogGroupsOfThisStage",
                principals=[iam.ServicePrincipal(f"logs.{stack.region}.amazonaws.com")],
                actions=list(DATA_ACTIONS),
                resources=["*"],
                conditions={
                    "ArnLike": {
                        "kms:EncryptionContext:aws:logs:arn": stack.format_arn(
                            service="logs",
                            resource="log-group",
                            resource_name=f"*attendant-{stage.name}*",
                            arn_format=ArnFormat.COLON_RESOURCE_NAME,
                        )
                    }
                },
            )
        )
