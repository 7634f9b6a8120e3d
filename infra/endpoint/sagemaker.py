"""A model as an inference component on GPU instances that SageMaker starts and ends as it needs them, and a
candidate beside it where one is tried.

Knows what the container may read, and where scaling begins and ends. Refuses to say how many copies run:
capacity has one writer, the breaker's function. So the component carries no number of copies (neither
CloudFormation nor SageMaker asks for one): a deploy, also one with new weights, leaves the copies as they
are, and one while the breaker is open leaves it open. For the same reason nothing here wakes the endpoint
from 0; see docs/decisions/0021-one-writer-wakes.md.
"""

from __future__ import annotations

from typing import Any

from aws_cdk import CfnOutput, Stack
from aws_cdk import aws_applicationautoscaling as scaling
from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from aws_cdk import aws_sagemaker as sagemaker
from aws_cdk.aws_s3 import IBucket
from constructs import Construct

from infra.data import DataStack
from infra.endpoint.component import VARIANT, Component
from infra.endpoint.container import SATURATED, reads_for_the_container
from infra.endpoint.interface import Endpoint, Rights
from infra.endpoint.sagemaker_metrics import component_metrics
from infra.endpoint.version import with_candidate, with_version
from infra.log_groups import PlatformLogs
from infra.model_endpoints import SageMakerEndpoint
from infra.permissions import allow
from infra.stages import Stage

BETWEEN_SCALE_INS_SECONDS = 300
BETWEEN_SCALE_OUTS_SECONDS = 60


def sagemaker_endpoint(
    scope: Construct, id_: str, *, settings: SageMakerEndpoint, stage: Stage, data: DataStack, **stack: Any
) -> Endpoint:
    return _SageMakerStack(scope, id_, settings=settings, stage=stage, data=data, **stack).endpoint


class _SageMakerStack(Stack):
    """model -> component on endpoint, scaled by the calls that each copy has at once."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        settings: SageMakerEndpoint,
        stage: Stage,
        data: DataStack,
        **stack: Any,
    ) -> None:
        super().__init__(scope, id_, **stack)
        assert data.models is not None  # the data stack has the bucket wherever an endpoint loads weights
        self._settings, self._name = with_version(self, settings), f"attendant-{stage.name}"
        self._candidate = f"{self._name}-candidate"
        copies_log, candidates_log, instances_log = (
            PlatformLogs(self, id_, stage=stage, data=data, name=f"/aws/sagemaker/{of}")
            for id_, of in (
                ("CopiesLog", f"InferenceComponents/{self._name}"),
                ("CandidatesLog", f"InferenceComponents/{self._candidate}"),
                ("InstancesLog", f"Endpoints/{self._name}"),
            )
        )
        role = self._role(data, data.models, (copies_log, candidates_log, instances_log))
        self._hosting = sagemaker.CfnEndpoint(
            self,
            "Endpoint",
            endpoint_name=self._name,
            endpoint_config_name=self._config(role).attr_endpoint_config_name,
        )
        self._hosting.node.add_dependency(copies_log, candidates_log, instances_log, self._rights)
        shared: dict[str, Any] = {"role": role, "models": data.models, "hosting": self._hosting}
        self._scaled(Component(self, "Live", name=self._name, settings=self._settings, **shared))
        tried, only_if = with_candidate(self, settings)
        Component(self, "Candidate", name=self._candidate, settings=tried, only_if=only_if, **shared)
        self.endpoint = Endpoint(
            invoking=self._invoking(),
            capacity=self._switching(),
            network=None,
            metrics=component_metrics(
                self, self._name, stage=stage, copies_logs={"": copies_log, "Candidate": candidates_log}
            ),
        )

        CfnOutput(self, "ModelEndpointName", value=self._hosting.attr_endpoint_name)
        CfnOutput(self, "CandidateComponent", value=self._candidate)

    def _role(self, data: DataStack, models: IBucket, log_groups: tuple[logs.ILogGroup, ...]) -> iam.Role:
        """What SageMaker does in the containers' name; they themselves have no network."""
        role = iam.Role(
            self,
            "Role",
            assumed_by=iam.ServicePrincipal("sagemaker.amazonaws.com"),
            managed_policies=[data.unscopable],
        )
        self._rights = iam.Policy(self, "Permissions", roles=[role])
        self._rights.add_statements(
            *reads_for_the_container(self, self._settings, log_groups=log_groups),
            allow(["s3:ListBucket"], models.bucket_arn),
            allow(["logs:DescribeLogStreams"], *(group.log_group_arn for group in log_groups)),
        )
        return role

    def _config(self, role: iam.IRole) -> sagemaker.CfnEndpointConfig:
        """Without data capture: questions are personal data. Without a key for the volume: this family's is
        in the instance, encrypted by the hardware, and SageMaker refuses another key for it.
        """
        config = sagemaker.CfnEndpointConfig
        return config(
            self,
            "Config",
            execution_role_arn=role.role_arn,
            enable_network_isolation=True,
            metrics_config=config.MetricsConfigProperty(
                enable_enhanced_metrics=False,
                enable_detailed_observability=False,  # left out it is on, and reads /metrics too
            ),
            production_variants=[
                config.ProductionVariantProperty(
                    variant_name=VARIANT,
                    instance_type=self._settings.instance_type,
                    initial_instance_count=1,  # the smallest there is; idle ones are given back
                    managed_instance_scaling=config.ManagedInstanceScalingProperty(
                        status="ENABLED",
                        min_instance_count=0,
                        # one more than copies: for a new version beside the one that it replaces, or for a
                        # candidate; nothing is deployed while one is tried
                        max_instance_count=self._settings.max_copies + 1,
                    ),
                    routing_config=config.RoutingConfigProperty(
                        routing_strategy="LEAST_OUTSTANDING_REQUESTS"
                    ),
                )
            ],
        )

    def _scaled(self, component: Component) -> None:
        """Between 0 and the most copies; the smallest number is raised and lowered by who wakes and stops.

        A candidate has one copy or none.
        """
        target = scaling.CfnScalableTarget(
            self,
            "Copies",
            service_namespace="sagemaker",
            scalable_dimension="sagemaker:inference-component:DesiredCopyCount",
            resource_id=f"inference-component/{self._name}",
            min_capacity=0,
            max_capacity=self._settings.max_copies,
        )
        target.node.add_dependency(component)
        policy = scaling.CfnScalingPolicy
        tracking = policy.TargetTrackingScalingPolicyConfigurationProperty(
            predefined_metric_specification=policy.PredefinedMetricSpecificationProperty(
                predefined_metric_type=("SageMakerInferenceComponentConcurrentRequestsPerCopyHighResolution")
            ),
            target_value=SATURATED * self._settings.model_slots,
            scale_in_cooldown=BETWEEN_SCALE_INS_SECONDS,
            scale_out_cooldown=BETWEEN_SCALE_OUTS_SECONDS,
        )
        policy(
            self,
            "CallsPerCopy",
            policy_name=f"{self._name}-calls-per-copy",
            policy_type="TargetTrackingScaling",
            scaling_target_id=target.ref,
            target_tracking_scaling_policy_configuration=tracking,
        )

    def _invoking(self) -> Rights:
        return Rights(
            environment={
                "MODEL_KIND": "sagemaker",
                "MODEL_ENDPOINT_NAME": self._hosting.attr_endpoint_name,
                "MODEL_COMPONENT_NAME": self._name,
            },
            permissions=(
                allow(
                    ["sagemaker:InvokeEndpointWithResponseStream"],
                    self._arn("endpoint", self._name),
                    *self._components(),
                ),
            ),
        )

    def _switching(self) -> Rights:
        """Beside these, the right to register the scaling stands among those that no resource can scope."""
        return Rights(
            environment={
                "CAPACITY_KIND": "sagemaker",
                "CAPACITY_COMPONENT": self._name,
                "CAPACITY_CANDIDATE": self._candidate,
            },
            permissions=(
                allow(
                    [
                        "sagemaker:DescribeInferenceComponent",
                        "sagemaker:UpdateInferenceComponentRuntimeConfig",
                    ],
                    *self._components(),
                ),
            ),
        )

    def _components(self) -> tuple[str, str]:
        """The candidate's name is granted before there is one: the stacks that call it do not learn of it."""
        return self._arn("inference-component", self._name), self._arn("inference-component", self._candidate)

    def _arn(self, resource: str, name: str) -> str:
        return self.format_arn(service="sagemaker", resource=resource, resource_name=name)
