"""One version of the model on a SageMaker endpoint: its weights may be read, a model, an inference component.

Knows that the component carries no number of copies. Refuses to know whether it is the live version or a
candidate, and who switches its copies.
"""

from __future__ import annotations

from aws_cdk import CfnCondition, CfnResource
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sagemaker as sagemaker
from aws_cdk.aws_s3 import IBucket
from constructs import Construct

from infra.endpoint.container import container_environment, image_uri, reads_weights
from infra.model_endpoints import SageMakerEndpoint

VARIANT = "main"
"""Of the endpoint: its only fleet of instances, on which the components stand."""
BETWEEN_BATCHES_SECONDS = 120


class Component(Construct):
    """`name` is what calls and capacity go by. With `only_if` all of it is there only where that holds."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        settings: SageMakerEndpoint,
        role: iam.IRole,
        models: IBucket,
        hosting: sagemaker.CfnEndpoint,
        only_if: CfnCondition | None = None,
    ) -> None:
        super().__init__(scope, id_)
        self.name, self._settings = name, settings
        rights = iam.Policy(self, "Weights", roles=[role])
        rights.add_statements(reads_weights(settings, models))
        model = self._model(role, models)
        for served in (model, self._component(model, hosting)):
            served.node.add_dependency(rights, hosting)  # and with it the role's other rights
        if only_if is not None:
            for each in self.node.find_all():
                if isinstance(each, CfnResource):
                    each.cfn_options.condition = only_if

    def _model(self, role: iam.IRole, models: IBucket) -> sagemaker.CfnModel:
        weights = sagemaker.CfnModel.S3DataSourceProperty(
            s3_uri=f"s3://{models.bucket_name}/{self._settings.weights}",
            s3_data_type="S3Prefix",  # SageMaker lists it and reads every object below, the manifest too
            compression_type="None",
        )
        return sagemaker.CfnModel(
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

    def _component(
        self, model: sagemaker.CfnModel, hosting: sagemaker.CfnEndpoint
    ) -> sagemaker.CfnInferenceComponent:
        component = sagemaker.CfnInferenceComponent
        one = component.InferenceComponentCapacitySizeProperty(type="COPY_COUNT", value=1)
        return component(
            self,
            "Component",
            inference_component_name=self.name,
            endpoint_name=hosting.attr_endpoint_name,
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
