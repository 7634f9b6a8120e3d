"""What SageMaker tells of an endpoint with one inference component, and what its copies tell themselves.

Knows namespaces and dimensions. Refuses to know when a figure is bad.
"""

from __future__ import annotations

from collections.abc import Mapping

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_logs as logs
from constructs import Construct

from core.measures import namespace
from infra.endpoint.component import VARIANT
from infra.endpoint.interface import EndpointMetrics
from infra.stages import Stage

CALLS = "AWS/SageMaker"
INSTANCES = "/aws/sagemaker/Endpoints"
GPU_CELSIUS = "GpuCelsius"


def component_metrics(
    scope: Construct, name: str, *, stage: Stage, copies_logs: Mapping[str, logs.ILogGroup]
) -> EndpointMetrics:
    """`name` is the endpoint's and the component's. Figures of the machines are the worst machine's.

    Those of the instances, not of the component: the component's are shares of what it reserved, which is
    less than it uses. SageMaker knows no temperature; the copies tell it (`inference_container/gpu_report`).
    """
    for of, copies_log in copies_logs.items():
        logs.MetricFilter(
            scope,
            f"{GPU_CELSIUS}{of}",
            log_group=copies_log,
            filter_pattern=logs.FilterPattern.number_value("$.gpu_celsius", ">", 0),
            metric_namespace=namespace(stage.name),
            metric_name=GPU_CELSIUS,
            metric_value="$.gpu_celsius",
        )
    return EndpointMetrics(
        errors=cloudwatch.Metric(
            namespace=CALLS,
            metric_name="Invocation5XXErrors",
            dimensions_map={"InferenceComponentName": name},
            period=Duration.minutes(5),
            statistic="Sum",
        ),
        gpu_utilisation=_of_instances("GPUUtilizationNormalized", name),
        gpu_memory=_of_instances("GPUMemoryUtilizationNormalized", name),
        gpu_temperature=cloudwatch.Metric(
            namespace=namespace(stage.name),
            metric_name=GPU_CELSIUS,
            period=Duration.minutes(1),
            statistic="Maximum",
        ),
        host_memory=_of_instances("MemoryUtilization", name),
        cpu=_of_instances("CPUUtilizationNormalized", name),
        disk=_of_instances("DiskUtilization", name),
    )


def _of_instances(metric: str, name: str) -> cloudwatch.Metric:
    return cloudwatch.Metric(
        namespace=INSTANCES,
        metric_name=metric,
        dimensions_map={"EndpointName": name, "VariantName": VARIANT},
        period=Duration.minutes(1),
        statistic="Maximum",
    )
