"""What both GPU endpoints run: the project's container with the weights of one version.

Knows the image, its variables and the exact objects that are read for it. Reads the container's catalogue as
data. Refuses to know where the container stands.
"""

from __future__ import annotations

from collections.abc import Iterator

from aws_cdk import Aws, Stack
from aws_cdk.aws_iam import PolicyStatement
from aws_cdk.aws_logs import ILogGroup
from aws_cdk.aws_s3 import IBucket

from core.model_version import MANIFEST
from infra.model_endpoints import GpuEndpoint, catalogue_entry
from infra.permissions import allow

PORT = 8080
MODELS_FOLDER = "/opt/ml/model"
ADAPTER_FILES = ("adapter_config.json", "adapter_model.safetensors")
"""Of an adapter, as the container's vLLM reads it."""
SATURATED = 0.8
"""Share of its slots that a copy may have busy for long. No more: the callers take turns, so that more calls
than slots never reach a copy, and a target of all its slots would never be passed."""


def image_uri(settings: GpuEndpoint) -> str:
    return f"{registry()}/{settings.image}"


def registry() -> str:
    return f"{Aws.ACCOUNT_ID}.dkr.ecr.{Aws.REGION}.{Aws.URL_SUFFIX}"


def container_environment(settings: GpuEndpoint) -> dict[str, str]:
    return {
        "INFERENCE_ENGINE": "vllm",
        "INFERENCE_GPU": settings.gpu,
        "INFERENCE_MODEL": settings.model_name,
        "INFERENCE_VERSION": settings.weights.removesuffix("/"),
        "INFERENCE_PARALLEL": str(settings.model_slots),
        "INFERENCE_CONTEXT": str(settings.context_tokens),
        "INFERENCE_ADAPTERS": ",".join(settings.adapters),
        "INFERENCE_MANIFEST_SHA256": settings.manifest_sha256,
    }


def weight_keys(settings: GpuEndpoint) -> tuple[str, ...]:
    """The objects of the version, its manifest among them, as fixed keys: nobody is granted a whole prefix.

    Raises StageError.
    """
    names = [
        MANIFEST,
        *(file["name"] for file in catalogue_entry(settings.model_name)["files"]),
        *(f"adapters/{adapter}/{file}" for adapter in settings.adapters for file in ADAPTER_FILES),
    ]
    return tuple(f"{settings.weights}{settings.model_name}/{name}" for name in names)


def reads_weights(settings: GpuEndpoint, models: IBucket) -> PolicyStatement:
    return allow(["s3:GetObject"], *(models.arn_for_objects(key) for key in weight_keys(settings)))


def reads_for_the_container(
    stack: Stack,
    settings: GpuEndpoint,
    *,
    log_groups: tuple[ILogGroup, ...],
) -> Iterator[PolicyStatement]:
    """What whoever runs the container does in its name: fetch its image, write its log."""
    repository, _ = settings.image.split(":")
    yield allow(
        ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        stack.format_arn(service="ecr", resource="repository", resource_name=repository),
    )
    yield allow(["logs:CreateLogStream", "logs:PutLogEvents"], *(group.log_group_arn for group in log_groups))
