"""The one policy with actions that AWS cannot scope to a resource, for whatever role needs any of them.

Knows those actions, and that a stage carries only what its kind of endpoint calls for. Refuses every action
that takes a resource: that one is written where it is needed, with its exact name (`infra.permissions`).
"""

from __future__ import annotations

from collections.abc import Iterator

from aws_cdk import aws_iam as iam
from constructs import Construct

from infra.acknowledgements import UNSCOPABLE_ACTIONS, acknowledge
from infra.model_endpoints import Ec2Endpoint, GpuEndpoint, SageMakerEndpoint
from infra.stages import Stage

TRACES = ("xray:PutTraceSegments", "xray:PutTelemetryRecords")
STATE_MACHINE_TRACES = ("xray:GetSamplingRules", "xray:GetSamplingTargets")
ALARM_STATES = ("cloudwatch:DescribeAlarms",)  # a composite alarm is shown to those alone who may see all
STATE_MACHINE_LOGS = (
    "logs:CreateLogDelivery",
    "logs:GetLogDelivery",
    "logs:UpdateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "logs:DescribeResourcePolicies",
    "logs:DescribeLogGroups",
)
IMAGES = ("ecr:GetAuthorizationToken",)
SESSION_MANAGER = (
    "ssm:UpdateInstanceInformation",
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
)
FUNCTIONS_IN_A_NETWORK = (
    "ec2:CreateNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:DeleteNetworkInterface",
    "ec2:AssignPrivateIpAddresses",
    "ec2:UnassignPrivateIpAddresses",
)
LOOKING = (
    "cloudwatch:GetMetricData",
    "cloudwatch:ListDashboards",
    "cloudwatch:ListMetrics",
    "logs:GetQueryResults",
    "logs:StopQuery",
    "xray:BatchGetTraces",
    "xray:GetServiceGraph",
    "xray:GetTraceSummaries",
)
METRICS = ("cloudwatch:PutMetricData",)
# of requests, of instances and of copies on SageMaker, of the agent on EC2
METRIC_NAMESPACES = (
    "AWS/SageMaker",
    "/aws/sagemaker/Endpoints",
    "/aws/sagemaker/InferenceComponents",
    "CWAgent",
)
# A scalable target's ARN ends in a number that is made up when it is registered, so no template can name it.
# Application Auto Scaling lets nobody register what they may not change: only the breaker's function may.
SCALING_OF_COMPONENTS = ("application-autoscaling:RegisterScalableTarget",)
STATE_OF_THE_GROUP = ("autoscaling:DescribeAutoScalingGroups", "elasticloadbalancing:DescribeTargetHealth")

FOR_PEOPLE = frozenset({*LOOKING, *ALARM_STATES, "logs:DescribeLogGroups"})


class Unscopable(iam.ManagedPolicy):
    """Attach it by `managed_policies=[data.unscopable]`."""

    def __init__(self, scope: Construct, id_: str, *, stage: Stage) -> None:
        super().__init__(
            scope,
            id_,
            managed_policy_name=f"attendant-{stage.name}-unscopable",  # roles at the edge name it from afar
            description="Actions that AWS cannot scope to a resource",
            statements=list(_statements(stage)),
        )
        acknowledge(self, UNSCOPABLE_ACTIONS)


def not_for_people(stage: Stage) -> tuple[str, ...]:
    """What the policy holds for functions and machines alone: a role of people refuses it."""
    actions = {action for statement in _statements(stage) for action in statement.actions}
    return tuple(sorted(actions - FOR_PEOPLE))


def _statements(stage: Stage) -> Iterator[iam.PolicyStatement]:
    yield _everywhere(*TRACES, *STATE_MACHINE_TRACES, *ALARM_STATES, *LOOKING, *STATE_MACHINE_LOGS)
    if isinstance(stage.endpoint, GpuEndpoint):
        yield _everywhere(*IMAGES)
        yield iam.PolicyStatement(
            actions=list(METRICS),
            resources=["*"],
            conditions={"StringEquals": {"cloudwatch:namespace": list(METRIC_NAMESPACES)}},
        )
    if isinstance(stage.endpoint, SageMakerEndpoint):
        yield iam.PolicyStatement(
            actions=list(SCALING_OF_COMPONENTS),
            resources=["*"],
            conditions={
                "StringEquals": {
                    "application-autoscaling:service-namespace": "sagemaker",
                    "application-autoscaling:scalable-dimension": (
                        "sagemaker:inference-component:DesiredCopyCount"
                    ),
                }
            },
        )
    if isinstance(stage.endpoint, Ec2Endpoint):
        yield _everywhere(*SESSION_MANAGER, *FUNCTIONS_IN_A_NETWORK, *STATE_OF_THE_GROUP)


def _everywhere(*actions: str) -> iam.PolicyStatement:
    return iam.PolicyStatement(actions=list(actions), resources=["*"])
