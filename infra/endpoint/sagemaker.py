"""One GPU instance behind a SageMaker endpoint: the project's container, the weights of one version.

Knows what the container may read. Refuses to scale it: capacity has another writer.
"""

from __future__ import annotations

from typing import Any

from aws_cdk import Aws, CfnOutput, Duration, RemovalPolicy, Stack
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from aws_cdk import aws_sagemaker as sagemaker
from aws_cdk.aws_s3 import IBucket
from constructs import Construct

from infra.data import DataStack
from infra.endpoint.interface import Endpoint, EndpointMetrics, Rights
from infra.permissions import allow
from infra.stages import SageMakerEndpoint, Stage

VARIANT = "main"
METRIC_NAMESPACES = ("AWS/SageMaker", "/aws/sagemaker/Endpoints")  # of requests, of the instance


def sagemaker_endpoint(
    scope: Construct, id_: str, *, settings: SageMakerEndpoint, stage: Stage, data: DataStack, **stack: Any
) -> Endpoint:
    assert data.models is not None  # the data stack has the bucket wherever an endpoint loads weights
    return _SageMakerStack(scope, id_, settings=settings, stage=stage, models=data.models, **stack).endpoint


class _SageMakerStack(Stack):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        settings: SageMakerEndpoint,
        stage: Stage,
        models: IBucket,
        **stack: Any,
    ) -> None:
        super().__init__(scope, id_, **stack)
        name = f"attendant-{stage.name}"
        log_group = logs.LogGroup(
            self,
            "Logs",
            log_group_name=f"/aws/sagemaker/Endpoints/{name}",
            retention=stage.log_retention,
            removal_policy=RemovalPolicy.DESTROY,
        )
        repository, tag = settings.image.split(":")
        role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("sagemaker.amazonaws.com"))
        policy = iam.Policy(self, "Permissions", roles=[role])
        policy.add_statements(*self._permissions(settings, repository, models=models, log_group=log_group))
        model = self._model(
            settings,
            role=role,
            image=f"{Aws.ACCOUNT_ID}.dkr.ecr.{Aws.REGION}.{Aws.URL_SUFFIX}/{repository}:{tag}",
            weights=f"s3://{models.bucket_name}/{settings.weights}",
        )
        model.node.add_dependency(policy)
        endpoint = sagemaker.CfnEndpoint(
            self,
            "Endpoint",
            endpoint_name=name,
            endpoint_config_name=self._config(settings, model).attr_endpoint_config_name,
        )
        endpoint.node.add_dependency(log_group)
        self.endpoint = self._as_others_see_it(settings, name, endpoint)

        CfnOutput(self, "ModelEndpointName", value=endpoint.attr_endpoint_name)

    def _as_others_see_it(
        self, settings: SageMakerEndpoint, name: str, endpoint: sagemaker.CfnEndpoint
    ) -> Endpoint:
        calling = Rights(
            environment={
                "MODEL_KIND": "sagemaker",
                "MODEL_NAME": settings.model_name,
                "MODEL_ENDPOINT_NAME": endpoint.attr_endpoint_name,
            },
            permissions=(
                allow(
                    ["sagemaker:InvokeEndpointWithResponseStream"],
                    self.format_arn(
                        service="sagemaker", resource="endpoint", resource_name=endpoint.attr_endpoint_name
                    ),
                ),
            ),
        )
        errors = cloudwatch.Metric(
            namespace="AWS/SageMaker",
            metric_name="Invocation5XXErrors",
            dimensions_map={"EndpointName": name, "VariantName": VARIANT},
            period=Duration.minutes(5),
            statistic="Sum",
        )
        return Endpoint(
            invoking=calling, capacity=Rights(), network=None, metrics=EndpointMetrics(errors=errors)
        )

    def _permissions(
        self, settings: SageMakerEndpoint, repository: str, *, models: IBucket, log_group: logs.ILogGroup
    ) -> tuple[iam.PolicyStatement, ...]:
        """What SageMaker does in the container's name; the container itself has no network."""
        return (
            allow(["s3:GetObject"], models.arn_for_objects(f"{settings.weights}*")),
            allow(["s3:ListBucket"], models.bucket_arn),
            allow(
                ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
                self.format_arn(service="ecr", resource="repository", resource_name=repository),
            ),
            allow(["ecr:GetAuthorizationToken"], "*"),  # a token is not of any one repository
            allow(
                ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
                log_group.log_group_arn,
            ),
            iam.PolicyStatement(  # a metric is no resource: the namespace is all that can be named
                actions=["cloudwatch:PutMetricData"],
                resources=["*"],
                conditions={"StringEquals": {"cloudwatch:namespace": list(METRIC_NAMESPACES)}},
            ),
        )

    def _model(
        self, settings: SageMakerEndpoint, *, role: iam.IRole, image: str, weights: str
    ) -> sagemaker.CfnModel:
        return sagemaker.CfnModel(
            self,
            "Model",
            execution_role_arn=role.role_arn,
            enable_network_isolation=True,
            primary_container=sagemaker.CfnModel.ContainerDefinitionProperty(
                image=image,
                environment={
                    "INFERENCE_MODEL": settings.model_name,
                    "INFERENCE_PARALLEL": str(settings.model_slots),
                    "INFERENCE_THREADS": str(settings.threads),
                },
                model_data_source=sagemaker.CfnModel.ModelDataSourceProperty(
                    s3_data_source=sagemaker.CfnModel.S3DataSourceProperty(
                        s3_uri=weights, s3_data_type="S3Prefix", compression_type="None"
                    )
                ),
            ),
        )

    def _config(self, settings: SageMakerEndpoint, model: sagemaker.CfnModel) -> sagemaker.CfnEndpointConfig:
        """Without data capture: questions are personal data."""
        return sagemaker.CfnEndpointConfig(
            self,
            "Config",
            production_variants=[
                sagemaker.CfnEndpointConfig.ProductionVariantProperty(
                    variant_name=VARIANT,
                    model_name=model.attr_model_name,
                    instance_type=settings.instance_type,
                    initial_instance_count=1,
                    initial_variant_weight=1,
                    container_startup_health_check_timeout_in_seconds=settings.startup_seconds,
                    model_data_download_timeout_in_seconds=settings.startup_seconds,
                )
            ],
        )
