"""What the machines and their load balancer tell, and the scaling that follows the calls.

Knows namespaces and dimensions. Refuses to know when a figure is bad.
"""

from __future__ import annotations

from aws_cdk import Duration
from aws_cdk import aws_autoscaling as autoscaling
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_elasticloadbalancingv2 as balancing
from constructs import Construct

from infra.endpoint.container import SATURATED
from infra.endpoint.interface import EndpointMetrics
from infra.endpoint.machine import AGENT_NAMESPACE, DIMENSION

MINUTE = Duration.minutes(1)


def group_metrics(name: str, targets: balancing.NetworkTargetGroup) -> EndpointMetrics:
    """Figures of the machines are the worst machine's. Failed calls no machine tells: the callers do."""
    memory = cloudwatch.MathExpression(
        expression="100 * used / total",
        using_metrics={
            "used": _of_machines("nvidia_smi_memory_used", name),
            "total": _of_machines("nvidia_smi_memory_total", name),
        },
        period=MINUTE,
        label="GPU memory, %",
    )
    return EndpointMetrics(
        unhealthy=targets.metrics.un_healthy_host_count(period=MINUTE, statistic="Maximum"),
        gpu_utilisation=_of_machines("nvidia_smi_utilization_gpu", name),
        gpu_memory=memory,
        gpu_temperature=_of_machines("nvidia_smi_temperature_gpu", name),
        host_memory=_of_machines("mem_used_percent", name),
        cpu=_of_machines("cpu_usage_active", name),
        disk=_of_machines("disk_used_percent", name),
    )


def _of_machines(metric: str, name: str) -> cloudwatch.Metric:
    return cloudwatch.Metric(
        namespace=AGENT_NAMESPACE,
        metric_name=metric,
        dimensions_map={DIMENSION: name},
        period=MINUTE,
        statistic="Maximum",
    )


def scale_on_calls(
    scope: Construct,
    group: autoscaling.AutoScalingGroup,
    balancer: balancing.NetworkLoadBalancer,
    targets: balancing.NetworkTargetGroup,
    *,
    slots: int,
) -> None:
    """A call is a connection of its own, so the balancer's open connections are the calls at once.

    Of no healthy machine there is no quotient, hence no data, hence nothing is scaled: 0 stays 0.
    """
    policy = autoscaling.CfnScalingPolicy
    calls = _stat("ActiveFlowCount", {"LoadBalancer": balancer.load_balancer_full_name}, "Average")
    machines = _stat(
        "HealthyHostCount",
        {
            "LoadBalancer": balancer.load_balancer_full_name,
            "TargetGroup": targets.target_group_full_name,
        },
        "Maximum",
    )
    query = policy.TargetTrackingMetricDataQueryProperty
    policy(
        scope,
        "CallsPerMachine",
        auto_scaling_group_name=group.auto_scaling_group_name,
        policy_type="TargetTrackingScaling",
        target_tracking_configuration=policy.TargetTrackingConfigurationProperty(
            customized_metric_specification=policy.CustomizedMetricSpecificationProperty(
                metrics=[
                    query(id="calls", metric_stat=calls, return_data=False),
                    query(id="machines", metric_stat=machines, return_data=False),
                    query(id="each", expression="calls / machines", return_data=True),
                ]
            ),
            target_value=SATURATED * slots,
        ),
    )


def _stat(
    metric: str, dimensions: dict[str, str], statistic: str
) -> autoscaling.CfnScalingPolicy.TargetTrackingMetricStatProperty:
    policy = autoscaling.CfnScalingPolicy
    return policy.TargetTrackingMetricStatProperty(
        metric=policy.MetricProperty(
            namespace="AWS/NetworkELB",
            metric_name=metric,
            dimensions=[policy.MetricDimensionProperty(name=n, value=v) for n, v in dimensions.items()],
        ),
        stat=statistic,
    )
