"""One model as an inference component on GPU instances that SageMaker starts and ends as it needs them.

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
from constructs import Construct

from infra.data import DataStack
from infra.endpoint.container import (
    SATURATED,
    container_environment,
    image_uri,
    reads_for_the_container,
    weight_keys,
)
from infra.endpoint.interface import Endpoint, Rights
from infra.endpoint.sagemaker_metrics import VARIANT, component_metrics
from infra.endpoint.version import with_version
from infra.log_groups import PlatformLogs
from infra.permissions import allow
from infra.stages import SageMakerEndpoint, Stage

BETWEEN_SCALE_INS_SECONDS = 300
BETWEEN_SCALE_OUTS_SECONDS = 60
BETWEEN_BATCHES_SECONDS = 120


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
        self._settings, self._name = with_version(self, settings), f"attendant-{stage.name}"
        copies_log, instances_log = (
            PlatformLogs(self, id_, stage=stage, data=data, name=f"/aws/sagemaker/{of}/{self._name}")
            for id_, of in (("CopiesLog", "InferenceComponents"), ("InstancesLog", "Endpoints"))
        )
        role = self._role(data, (copies_log, instances_log))
        self._hosting = sagemaker.CfnEndpoint(
            self,
            "Endpoint",
            endpoint_name=self._name,
            endpoint_config_name=self._config(role).attr_endpoint_config_name,
        )
        self._hosting.node.add_dependency(copies_log, instances_log, self._rights)
        component = self._component(self._model(role, data))
        self._scaled(component)
        self.endpoint = Endpoint(
            invoking=self._invoking(),
            capacity=self._switching(),
            network=None,
            metrics=component_metrics(self, self._name, stage=stage, copies_log=copies_log),
        )

        CfnOutput(self, "ModelEndpointName", value=self._hosting.attr_endpoint_name)

    def _role(self, data: DataStack, log_groups: tuple[logs.ILogGroup, ...]) -> iam.Role:
        """What SageMaker does in the container's name; the container itself has no network."""
        assert data.models is not None  # the data stack has the bucket wherever an endpoint loads weights
        role = iam.Role(
            self,
            "Role",
            assumed_by=iam.ServicePrincipal("sagemaker.amazonaws.com"),
            managed_policies=[data.unscopable],
        )
        self._rights = iam.Policy(self, "Permissions", roles=[role])
        self._rights.add_statements(
            *reads_for_the_container(
                self,
                self._settings,
                models=data.models,
                keys=weight_keys(self._settings),
                log_groups=log_groups,
            ),
            allow(["s3:ListBucket"], data.models.bucket_arn),
            allow(["logs:DescribeLogStreams"], *(group.log_group_arn for group in log_groups)),
        )
        return role

    def _model(self, role: iam.IRole, data: DataStack) -> sagemaker.CfnModel:
        assert data.models is not None
        weights = sagemaker.CfnModel.S3DataSourceProperty(
            s3_uri=f"s3://{data.models.bucket_name}/{self._settings.weights}",
            s3_data_type="S3Prefix",  # SageMaker lists it and reads every object below, the manifest too
            compression_type="None",
        )
        model = sagemaker.CfnModel(
            self,
            "Model",
            execution_role_arn=role.role_arn,
            enable_network_isolation=True,
            primary_container=sagemaker.CfnModel.ContainerDefinitionProperty(
                image=image_uri(self._settings),
                environment=container_environment(self._settings),
                model_data_source=sagemaker.CfnModel.ModelDataSourceProperty(s3_data_source=weights),
            ),
        )
        model.node.add_dependency(self._rights)
        return model

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
                        # one more than copies: a new version starts beside the one that it replaces
                        max_instance_count=self._settings.max_copies + 1,
                    ),
                    routing_config=config.RoutingConfigProperty(
                        routing_strategy="LEAST_OUTSTANDING_REQUESTS"
                    ),
                )
            ],
        )

    def _component(self, model: sagemaker.CfnModel) -> sagemaker.CfnInferenceComponent:
        component = sagemaker.CfnInferenceComponent
        one = component.InferenceComponentCapacitySizeProperty(type="COPY_COUNT", value=1)
        made = component(
            self,
            "Component",
            inference_component_name=self._name,
            endpoint_name=self._hosting.attr_endpoint_name,
            variant_name=VARIANT,
            specification=component.InferenceComponentSpecificationProperty(
                model_name=model.attr_model_name,
                compute_resource_requirements=component.InferenceComponentComputeResourceRequirementsProperty(
                    number_of_accelerator_devices_required=1,
                    min_memory_required_in_mb=self._settings.reserved_memory_mb,
                ),
                startup_parameters=component.InferenceComponentStartupParametersProperty(
                    container_startup_health_check_timeout_in_seconds=self._settings.startup_seconds,
                    model_data_download_timeout_in_seconds=self._settings.startup_seconds,
                ),
            ),
            deployment_config=component.InferenceComponentDeploymentConfigProperty(
                rolling_update_policy=component.InferenceComponentRollingUpdatePolicyProperty(
                    maximum_batch_size=one, wait_interval_in_seconds=BETWEEN_BATCHES_SECONDS
                )
            ),
        )
        made.node.add_dependency(self._hosting)
        return made

    def _scaled(self, component: sagemaker.CfnInferenceComponent) -> None:
        """Between 0 and the most copies; the smallest number is raised and lowered by who wakes and stops."""
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
                "MODEL_NAME": self._settings.model_name,
                "MODEL_ENDPOINT_NAME": self._hosting.attr_endpoint_name,
                "MODEL_COMPONENT_NAME": self._name,
            },
            permissions=(
                allow(
                    ["sagemaker:InvokeEndpointWithResponseStream"],
                    self._arn("endpoint"),
                    self._arn("inference-component"),
                ),
            ),
        )

    def _switching(self) -> Rights:
        """Beside these, the right to register the scaling stands among those that no resource can scope."""
        return Rights(
            environment={"CAPACITY_KIND": "sagemaker", "CAPACITY_COMPONENT": self._name},
            permissions=(
                allow(
                    [
                        "sagemaker:DescribeInferenceComponent",
                        "sagemaker:UpdateInferenceComponentRuntimeConfig",
                    ],
                    self._arn("inference-component"),
                ),
            ),
        )

    def _arn(self, resource: str) -> str:
        return self.format_arn(service="sagemaker", resource=resource, resource_name=self._name)
