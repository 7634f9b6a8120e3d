"""A clock: one function called with one payload every so many minutes.

Refuses to know what the function does with it.
"""

from __future__ import annotations

from collections.abc import Mapping

from aws_cdk import Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_scheduler as scheduler
from constructs import Construct

from infra.permissions import allow


class Every(Construct):
    """Calls `function` with `payload` every so many minutes, in a role of its own."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        minutes: int,
        function: lambda_.IFunction,
        payload: Mapping[str, str],
    ) -> None:
        super().__init__(scope, id_)
        stack = Stack.of(self)
        role = iam.Role(
            self,
            "Role",
            assumed_by=iam.ServicePrincipal(
                "scheduler.amazonaws.com", conditions={"StringEquals": {"aws:SourceAccount": stack.account}}
            ),
            inline_policies={
                "Invoke": iam.PolicyDocument(
                    statements=[allow(["lambda:InvokeFunction"], function.function_arn)]
                )
            },
        )
        scheduler.CfnSchedule(
            self,
            "Schedule",
            schedule_expression=f"rate({minutes} minute{'' if minutes == 1 else 's'})",
            flexible_time_window=scheduler.CfnSchedule.FlexibleTimeWindowProperty(mode="OFF"),
            target=scheduler.CfnSchedule.TargetProperty(
                arn=function.function_arn,
                role_arn=role.role_arn,
                input=stack.to_json_string(payload),
                retry_policy=scheduler.CfnSchedule.RetryPolicyProperty(
                    maximum_event_age_in_seconds=max(60, minutes * 60), maximum_retry_attempts=2
                ),
            ),
        )
