"""The token by which the API knows its own edge: the header that carries it, the secret, its rotation.

The secret belongs to the edge and lies in the edge's region; the API reads the replica in its own. Its name
is fixed, because the API is deployed before the edge (ADR 0019). Refuses to know a value: Secrets Manager
makes the first one, `lambdas/rotate_origin_token` those that follow.
"""

from __future__ import annotations

from collections.abc import Iterable

from aws_cdk import ArnFormat, RemovalPolicy, SecretValue, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra.data import DataStack
from infra.functions import PlatformFunction
from infra.permissions import allow
from infra.python_bundle import AssistantParts, Bundle, python_code
from infra.stages import FunctionSize, Stage

ORIGIN_HEADER = "x-origin-token"
ANY_SUFFIX = "-??????"  # what Secrets Manager appends to the name in an ARN
TOKEN_LENGTH = 64
ROTATED_EVERY_DAYS = 30
BUNDLE = Bundle(function="rotate_origin_token", assistants=AssistantParts.NOTHING)
SIZE = FunctionSize(memory_mb=256, timeout_seconds=900)  # it waits until every place sends the new token


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


class OriginToken(Construct):
    """`reference` is what CloudFormation puts the token in the place of."""

    def __init__(self, scope: Construct, id_: str, *, stage: Stage, data: DataStack) -> None:
        super().__init__(scope, id_)
        key = data.key_for(self)
        elsewhere = stage.region != Stack.of(self).region
        self.secret = secretsmanager.CfnSecret(
            self,
            "Secret",
            name=secret_name(stage),
            description=f"{stage.name}: what CloudFront shows to the API",
            kms_key_id=key.key_arn if key else None,
            generate_secret_string=secretsmanager.CfnSecret.GenerateSecretStringProperty(
                secret_string_template="{}",  # noqa: S106  where the value will be put
                generate_string_key="token",
                password_length=TOKEN_LENGTH,
                exclude_punctuation=True,
            ),
            replica_regions=[secretsmanager.CfnSecret.ReplicaRegionProperty(region=stage.region)]
            if elsewhere
            else None,
        )
        self.secret.apply_removal_policy(RemovalPolicy.DESTROY)  # a kept name would block the next deploy
        self.reference = SecretValue.secrets_manager(self.secret.ref, json_field="token").unsafe_unwrap()

    def rotate(
        self,
        *,
        stage: Stage,
        data: DataStack,
        distribution: str,
        health: str,
        rights: Iterable[iam.PolicyStatement],
    ) -> None:
        """`distribution` is the id of the one that sends the token, `rights` what changing it takes.

        `health` is an address of the API that answers 200 to whoever it admits.
        """
        function = PlatformFunction(
            self,
            "Rotate",
            stage=stage,
            data=data,
            service="rotate_origin_token",
            name=f"attendant-{stage.name}-rotate-origin-token",
            code=python_code(self, BUNDLE, stage=stage),
            size=SIZE,
            environment={"DISTRIBUTION_ID": distribution, "API_HEALTH_URL": health},
            permissions=(
                allow(
                    [
                        "secretsmanager:DescribeSecret",
                        "secretsmanager:GetSecretValue",
                        "secretsmanager:PutSecretValue",
                        "secretsmanager:UpdateSecretVersionStage",
                    ],
                    self.secret.ref,
                ),
                *rights,
            ),
            stores=False,
        ).function
        asked = lambda_.CfnPermission(
            self,
            "Asked",
            action="lambda:InvokeFunction",
            function_name=function.function_arn,
            principal="secretsmanager.amazonaws.com",
            source_account=Stack.of(self).account,  # all that Secrets Manager is documented to say of itself
        )
        schedule = secretsmanager.CfnRotationSchedule(
            self,
            "Schedule",
            secret_id=self.secret.ref,
            rotation_lambda_arn=function.function_arn,
            rotation_rules=secretsmanager.CfnRotationSchedule.RotationRulesProperty(
                automatically_after_days=ROTATED_EVERY_DAYS
            ),
        )
        schedule.node.add_dependency(asked)
