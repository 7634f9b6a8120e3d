"""One function of the platform: its role, its log group, its failed calls and what all functions are told.

Knows the environment that every function reads. Refuses to know what a function does: its own variables and
permissions come from the stack that needs it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs
from aws_cdk.aws_lambda_destinations import SqsDestination
from constructs import Construct

from core.measures import namespace
from infra.acknowledgements import LAST_QUEUE, LOCAL_INTERPRETER, acknowledge
from infra.data import DataStack
from infra.endpoint.interface import Network
from infra.log_groups import PlatformLogs
from infra.permissions import allow
from infra.stages import NEWEST_PYTHON, FunctionSize, Stage

FAILED_CALLS_KEPT = Duration.days(4)  # over a weekend; the alarm on them rings as long as one is left


class PlatformFunction(Construct):
    """`lambdas/<service>` as a Lambda function called `name`; `service` is the dimension of its metrics.

    `network` is where it has to stand to reach the endpoint, None for a function that stands in none.
    `stores` says whether it is told where dialogues and documents are.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        stage: Stage,
        data: DataStack,
        service: str,
        name: str,
        code: lambda_.Code,
        size: FunctionSize,
        environment: Mapping[str, str],
        permissions: Iterable[iam.PolicyStatement],
        network: Network | None = None,
        stores: bool = True,
    ) -> None:
        super().__init__(scope, id_)
        self.service = service
        self.failed_calls = self._failed_calls()
        log_group = PlatformLogs(self, "Logs", stage=stage, data=data, name=f"/aws/lambda/{name}")
        role = iam.Role(
            self,
            "Role",
            assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
            managed_policies=[data.unscopable],
        )
        self.role = role
        policy = iam.Policy(self, "Permissions", roles=[role])
        policy.add_statements(
            allow(["logs:CreateLogStream", "logs:PutLogEvents"], log_group.log_group_arn),
            allow(["sqs:SendMessage"], self.failed_calls.queue_arn),
            *permissions,
        )
        self.function = lambda_.Function(
            self,
            "Function",
            function_name=name,
            runtime=lambda_.Runtime(f"python{stage.python_version}", lambda_.RuntimeFamily.PYTHON),
            architecture=lambda_.Architecture.X86_64,
            handler=f"lambdas.{service}.handler.handler",
            code=code,
            memory_size=size.memory_mb,
            timeout=Duration.seconds(size.timeout_seconds),
            reserved_concurrent_executions=size.at_once if stage.reserve_concurrency else None,
            role=role.without_policy_updates(),
            log_group=log_group,
            tracing=lambda_.Tracing.ACTIVE,
            dead_letter_queue=self.failed_calls,
            environment_encryption=data.key_for(self),
            environment={**_environment(stage, service), **(_stores(data) if stores else {}), **environment},
            vpc=network.vpc if network else None,
            vpc_subnets=ec2.SubnetSelection(subnets=list(network.subnets)) if network else None,
            security_groups=[network.security_group] if network else None,
        )
        self.function.node.add_dependency(policy)
        if stage.python_version != NEWEST_PYTHON:
            acknowledge(self.function, LOCAL_INTERPRETER)

    def forget_what_is_late(self) -> None:
        """For what a clock starts: Lambda would try an event again for six hours, here the next one does."""
        self.function.configure_async_invoke(
            retry_attempts=0,
            max_event_age=Duration.minutes(1),
            on_failure=SqsDestination(self.failed_calls),
        )

    def _failed_calls(self) -> sqs.Queue:
        """Calls that nobody waits for and that failed for good. What is in them the caller's rights decide:
        here a clock's or an alarm's event, never a visitor's words.
        """
        queue = sqs.Queue(
            self,
            "FailedCalls",
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            retention_period=FAILED_CALLS_KEPT,
            removal_policy=RemovalPolicy.DESTROY,
        )
        acknowledge(queue, LAST_QUEUE)
        return queue


def _environment(stage: Stage, service: str) -> dict[str, str]:
    return {
        "ASSISTANTS_STAGE": stage.name,
        "POWERTOOLS_SERVICE_NAME": service,
        "POWERTOOLS_METRICS_NAMESPACE": namespace(stage.name),
        "LOG_LEVEL": stage.log_level,
    }


def _stores(data: DataStack) -> dict[str, str]:
    return {
        "DIALOGUES_TABLE": data.dialogues.table_name,
        "CONTROL_TABLE": data.control.table_name,
        "PUBLISHED_BUCKET": data.published.bucket_name,
    }
