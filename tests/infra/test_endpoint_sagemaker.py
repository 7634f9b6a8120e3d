"""The SageMaker endpoint as its template says it: isolated, without capture, down to 0, up to its most."""

from __future__ import annotations

import pytest

from inference_container.__main__ import read_settings
from inference_container.weights import Catalogue
from infra.model_endpoints import SageMakerEndpoint
from tests.infra.conftest import Deployment, Resource, variables
from tests.infra.granted import endpoint_of, granted
from tests.infra.test_functions import flat


@pytest.fixture(scope="module")
def settings(prod: Deployment) -> SageMakerEndpoint:
    assert isinstance(prod.stage.endpoint, SageMakerEndpoint)
    return prod.stage.endpoint


def one(deployment: Deployment, kind: str) -> Resource:
    (found,) = deployment.all(kind)
    return found


def test_questions_are_not_captured_and_the_container_has_no_network(prod: Deployment) -> None:
    config = one(prod, "AWS::SageMaker::EndpointConfig").properties
    assert "DataCaptureConfig" not in config
    assert config["EnableNetworkIsolation"] is True
    assert one(prod, "AWS::SageMaker::Model").properties["EnableNetworkIsolation"] is True


def test_instances_come_and_go_with_the_copies(prod: Deployment, settings: SageMakerEndpoint) -> None:
    (variant,) = one(prod, "AWS::SageMaker::EndpointConfig").properties["ProductionVariants"]
    assert variant["InstanceType"] == "ml.g4dn.2xlarge"
    assert "ModelName" not in variant
    assert variant["ManagedInstanceScaling"] == {
        "Status": "ENABLED",
        "MinInstanceCount": 0,
        "MaxInstanceCount": settings.max_copies + 1,
    }
    assert variant["RoutingConfig"] == {"RoutingStrategy": "LEAST_OUTSTANDING_REQUESTS"}


def test_a_copy_has_a_gpu_of_its_own_and_time_to_start(prod: Deployment, settings: SageMakerEndpoint) -> None:
    specification = one(prod, "AWS::SageMaker::InferenceComponent").properties["Specification"]
    assert specification["ComputeResourceRequirements"]["NumberOfAcceleratorDevicesRequired"] == 1
    assert set(specification["StartupParameters"].values()) == {settings.startup_seconds}
    assert 60 <= settings.startup_seconds <= 3600  # what SageMaker takes


def test_no_deploy_says_how_many_copies_run(prod: Deployment) -> None:
    """With another model or without: the component is updated and keeps the copies that it has."""
    assert "RuntimeConfig" not in one(prod, "AWS::SageMaker::InferenceComponent").properties


def test_copies_follow_the_calls_between_none_and_the_most(
    prod: Deployment, settings: SageMakerEndpoint
) -> None:
    target = one(prod, "AWS::ApplicationAutoScaling::ScalableTarget").properties
    assert (target["MinCapacity"], target["MaxCapacity"]) == (0, settings.max_copies)
    assert target["ScalableDimension"] == "sagemaker:inference-component:DesiredCopyCount"
    assert target["ResourceId"] == f"inference-component/{component_name(prod)}"
    tracking = one(prod, "AWS::ApplicationAutoScaling::ScalingPolicy").properties[
        "TargetTrackingScalingPolicyConfiguration"
    ]
    assert tracking["PredefinedMetricSpecification"]["PredefinedMetricType"] == (
        "SageMakerInferenceComponentConcurrentRequestsPerCopyHighResolution"
    )
    assert 0 < tracking["TargetValue"] < settings.model_slots, "callers never take more than the slots"


def component_name(deployment: Deployment) -> str:
    return one(deployment, "AWS::SageMaker::InferenceComponent").properties["InferenceComponentName"]


def test_the_container_serves_the_model_that_answering_asks_for(prod: Deployment) -> None:
    container = one(prod, "AWS::SageMaker::Model").properties["PrimaryContainer"]
    served = read_settings(["serve"], container["Environment"])
    asked = variables(prod.function("answer", "salon"))
    assert served.model == asked["MODEL_NAME"] == Catalogue.read().get(served.model).id
    assert str(served.parallel) == asked["MODEL_SLOTS"]
    assert asked["MODEL_COMPONENT_NAME"] == component_name(prod)
    assert served.switchable is False


def test_exactly_the_models_files_may_be_read(prod: Deployment, settings: SageMakerEndpoint) -> None:
    """And they lie where the container looks for them: below the prefix that is mounted."""
    read = [
        flat(resource).partition("/")[2]
        for statement in granted(prod, "endpoint", "s3:GetObject")
        for resource in statement["Resource"]
    ]
    names = [file.name for file in Catalogue.read().get(settings.model_name).files]
    folder = f"{settings.weights}{settings.model_name}"
    assert sorted(read) == sorted(f"{folder}/{name}" for name in (*names, "manifest.json"))
    container = one(prod, "AWS::SageMaker::Model").properties["PrimaryContainer"]
    assert flat(container["ModelDataSource"]["S3DataSource"]["S3Uri"]).endswith(f"/{settings.weights}")
    assert settings.weights.endswith("/")


def test_answering_may_call_this_endpoint_and_nothing_else(prod: Deployment) -> None:
    statements = granted(prod, "answering", "sagemaker:InvokeEndpointWithResponseStream")
    assert len(statements) == 2  # one for each assistant's function
    name = component_name(prod)
    for statement in statements:
        assert statement["Action"] == "sagemaker:InvokeEndpointWithResponseStream"
        assert sorted(flat(resource).split(":")[-1] for resource in statement["Resource"]) == [
            f"endpoint/{name}",
            f"inference-component/{name}",
            f"inference-component/{name}-candidate",
        ]


def test_the_gpus_temperature_comes_out_of_the_copies_log(prod: Deployment) -> None:
    groups = {group.name: group.properties["LogGroupName"] for group in prod.all("AWS::Logs::LogGroup")}
    read = {
        groups[f.properties["LogGroupName"]["Ref"]]: f.properties["MetricTransformations"][0]
        for f in prod.all("AWS::Logs::MetricFilter")
        if "gpu_celsius" in f.properties["FilterPattern"]
    }
    name = f"/aws/sagemaker/InferenceComponents/{component_name(prod)}"
    assert set(read) == {name, f"{name}-candidate"}
    assert {(each["MetricName"], each["MetricValue"]) for each in read.values()} == {
        ("GpuCelsius", "$.gpu_celsius")
    }


def test_every_figure_of_the_machine_is_there_with_its_dimensions() -> None:
    endpoint, _ = endpoint_of("sagemaker")
    metrics = vars(endpoint.metrics)
    told = {name: metric.to_metric_config().metric_stat for name, metric in metrics.items() if metric}
    assert set(told) == set(metrics) - {"unhealthy"}  # the breaker's own measure tells it
    dimensions = {name: {d.name: d.value for d in stat.dimensions or []} for name, stat in told.items()}
    assert dimensions["errors"] == {"InferenceComponentName": "attendant-prod"}
    for name in ("gpu_utilisation", "gpu_memory", "host_memory", "cpu", "disk"):
        assert dimensions[name] == {"EndpointName": "attendant-prod", "VariantName": "main"}
