"""What differs between LOCAL, DEV and PROD: places, sizes, limits, retention. Every difference stands here.

Knows numbers. Refuses to know how a resource is built, and any assistant by name: a stack reads the stage's
fields and never asks which stage it is.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace

from aws_cdk import RemovalPolicy
from aws_cdk.aws_logs import RetentionDays

NATIVE_PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
LAMBDA_X86_64 = ("manylinux2014_x86_64", "manylinux_2_28_x86_64", "manylinux_2_34_x86_64")


class StageError(ValueError):
    """The context asks for a stage, or for a setting of one, that does not exist."""


@dataclass(frozen=True, kw_only=True)
class FunctionSize:
    memory_mb: int
    timeout_seconds: int


@dataclass(frozen=True, kw_only=True)
class ExternalEndpoint:
    """Any OpenAI-compatible server. `secret` asks for a secret that holds its key."""

    url: str
    model_name: str
    model_slots: int
    secret: bool


@dataclass(frozen=True, kw_only=True)
class SageMakerEndpoint:
    """One GPU instance behind SageMaker.

    `image` is repository:tag in the account's own registry, `weights` the version's prefix in the bucket of
    models with `<model_name>/<file>` below it; both are put there before the first deploy of the endpoint.
    `model_name` is an id of the container's catalogue, `model_slots` how many answers it generates at once,
    `threads` the physical cores of the instance.
    """

    instance_type: str
    image: str
    weights: str
    model_name: str
    model_slots: int
    threads: int
    startup_seconds: int


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One deployment of the product. The account is the one of whoever deploys.

    `wheel_platforms` are pip's platform tags, none for the interpreter that runs now. `slot_wait_seconds` is
    how long a worker waits for a slot of the model before it hands its message back.
    """

    name: str
    region: str
    python_version: str
    wheel_platforms: tuple[str, ...]
    endpoint: ExternalEndpoint | SageMakerEndpoint
    api: FunctionSize
    answer: FunctionSize
    inventory_export: FunctionSize
    reconcile: FunctionSize
    answer_workers: int
    slot_wait_seconds: int
    answer_deadline_seconds: int
    waiting_limit: int
    backlog_limit: int
    requests_per_second: int
    request_burst: int
    site_origins: tuple[str, ...]
    log_level: str
    log_retention: RetentionDays
    tracing: bool
    keep_data: bool
    encrypt_notices: bool

    @property
    def removal(self) -> RemovalPolicy:
        """What happens to the data when a stack goes."""
        return RemovalPolicy.RETAIN if self.keep_data else RemovalPolicy.DESTROY


LOCAL = Stage(
    name="local",
    region="us-east-1",
    python_version=NATIVE_PYTHON,  # the emulator runs functions on its own interpreter
    wheel_platforms=(),
    endpoint=ExternalEndpoint(
        url="http://127.0.0.1:8090", model_name="qwen2.5-coder-1.5b-instruct", model_slots=1, secret=False
    ),
    api=FunctionSize(memory_mb=512, timeout_seconds=29),
    answer=FunctionSize(memory_mb=1024, timeout_seconds=30),
    inventory_export=FunctionSize(memory_mb=512, timeout_seconds=180),
    reconcile=FunctionSize(memory_mb=256, timeout_seconds=50),
    answer_workers=8,
    slot_wait_seconds=5,
    answer_deadline_seconds=10,
    waiting_limit=24,
    backlog_limit=300,
    requests_per_second=200,
    request_burst=400,
    site_origins=("http://127.0.0.1:8080", "http://localhost:8080"),
    log_level="INFO",
    log_retention=RetentionDays.ONE_WEEK,
    tracing=False,
    keep_data=False,
    encrypt_notices=False,
)

DEV = replace(
    LOCAL,
    name="dev",
    region="eu-central-1",
    python_version="3.14",
    wheel_platforms=LAMBDA_X86_64,
    endpoint=ExternalEndpoint(url="", model_name="attendant", model_slots=4, secret=True),
    api=FunctionSize(memory_mb=1024, timeout_seconds=29),
    answer=FunctionSize(memory_mb=1769, timeout_seconds=30),
    waiting_limit=40,
    site_origins=(),
    log_level="DEBUG",
    log_retention=RetentionDays.TWO_WEEKS,
    encrypt_notices=True,
)

PROD = Stage(
    name="prod",
    region="eu-central-1",
    python_version="3.14",
    wheel_platforms=LAMBDA_X86_64,  # the embedding engine is built for x86-64
    endpoint=SageMakerEndpoint(
        instance_type="ml.g4dn.2xlarge",
        image="attendant/model-server:1",
        weights="attendant/1/",
        model_name="qwen2.5-coder-1.5b-instruct",
        model_slots=1,  # the engine of today's image computes on the CPU, one generation at a time
        threads=4,
        startup_seconds=900,
    ),
    api=FunctionSize(memory_mb=1024, timeout_seconds=29),
    answer=FunctionSize(memory_mb=1769, timeout_seconds=30),  # 1,769 MB is one whole vCPU
    inventory_export=FunctionSize(memory_mb=1024, timeout_seconds=300),
    reconcile=FunctionSize(memory_mb=512, timeout_seconds=50),
    answer_workers=40,
    slot_wait_seconds=5,
    answer_deadline_seconds=10,
    waiting_limit=200,
    backlog_limit=1000,
    requests_per_second=50,
    request_burst=200,
    site_origins=(),
    log_level="INFO",
    log_retention=RetentionDays.THREE_MONTHS,
    tracing=False,
    keep_data=True,
    encrypt_notices=True,
)

STAGES = {stage.name: stage for stage in (LOCAL, DEV, PROD)}


def pick_stage(context: Callable[[str], object]) -> Stage:
    """The stage that the CDK context names by `stage`, its external model by `model_url` and `model_name`.

    Raises StageError with the way out.
    """
    stage = STAGES.get(str(context("stage") or ""))
    if stage is None:
        raise StageError(f"Name a stage: cdk <command> -c stage={'|'.join(STAGES)}")
    url, name = context("model_url"), context("model_name")
    if not isinstance(stage.endpoint, ExternalEndpoint):
        if url or name:
            raise StageError(f"Stage {stage.name} runs its own endpoint: leave model_url and model_name out.")
        return stage
    endpoint = replace(
        stage.endpoint, url=str(url or stage.endpoint.url), model_name=str(name or stage.endpoint.model_name)
    )
    if not endpoint.url.startswith(("http://", "https://")):
        raise StageError(f"Stage {stage.name} needs the model's address: -c model_url=https://…")
    return replace(stage, endpoint=endpoint)
