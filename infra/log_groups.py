"""A log group as every log group here is: it ends, it is encrypted where the stage asks, and it is archived.

Knows nothing of what is logged. No log group holds a visitor's words: functions do not write them.
"""

from __future__ import annotations

from aws_cdk import RemovalPolicy
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.data import DataStack
from infra.stages import Stage


class PlatformLogs(logs.LogGroup):
    """`name` has `attendant-<stage>` in it, which is what the key's policy goes by."""

    def __init__(self, scope: Construct, id_: str, *, stage: Stage, data: DataStack, name: str) -> None:
        super().__init__(
            scope,
            id_,
            log_group_name=name,
            retention=stage.log_retention,
            encryption_key=data.key_for(scope),
            removal_policy=RemovalPolicy.DESTROY,  # a name that is kept would block the next deploy
        )
        data.know(self)
