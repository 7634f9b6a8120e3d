"""What differs between LOCAL, DEV and PROD: places, sizes, limits, retention. Every difference stands here.

Knows numbers; those of the model's endpoints stand in `model_endpoints.py`. Refuses to know how a resource is
built, and any assistant by name: a stack reads the stage's fields and never asks which stage it is.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace

from aws_cdk import RemovalPolicy
from aws_cdk.aws_logs import RetentionDays

from infra.model_endpoints import EC2, SAGEMAKER, Ec2Endpoint, ExternalEndpoint, SageMakerEndpoint

NEWEST_PYTHON = "3.14"  # of the runtimes that Lambda has
NATIVE_PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
LAMBDA_X86_64 = ("manylinux2014_x86_64", "manylinux_2_28_x86_64", "manylinux_2_34_x86_64")


@dataclass(frozen=True, kw_only=True)
class FunctionSize:
    """`at_once` is how many calls it may have in work at the same time, where that is reserved for it."""

    memory_mb: int
    timeout_seconds: int
    at_once: int = 5


@dataclass(frozen=True, kw_only=True)
class Edge:
    """CloudFront under the stage's own name. `certificate_arn` is of ACM in us-east-1, for `domain_name`.

    `countries` are ISO 3166 codes that may reach the site; `requests_per_address` is per five minutes.
    """

    domain_name: str
    certificate_arn: str
    countries: tuple[str, ...]
    requests_per_address: int


@dataclass(frozen=True, kw_only=True)
class BreakerLimits:
    """Where the endpoint is shut down, and how it is tried again.

    Shares and percentages are 0..100. `probes` is how many calls of the model half open lets through,
    `watch_seconds` how long it is watched at least before it counts as well.
    """

    failed_percent: float
    failed_turns: int
    p95_seconds: float
    oldest_turn_seconds: int
    gpu_memory_percent: float
    gpu_celsius: float
    host_memory_percent: float
    cpu_percent: float
    tokens_per_hour: int
    usd_per_hour: float
    guard_rejections_per_hour: int
    probes: int
    watch_seconds: int
    startup_seconds: int


@dataclass(frozen=True, kw_only=True)
class Sleep:
    """When the endpoint may sleep, opt-in. Hours ("23:00") are local to `time_zone`, `idle_minutes` count
    from the last question. None: never for that reason.
    """

    time_zone: str
    asleep_from: str | None
    awake_from: str | None
    idle_minutes: int | None


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One deployment of the product. The account is the one of whoever deploys.

    `wheel_platforms` are pip's platform tags, none for the interpreter that runs now. `slot_wait_seconds` is
    how long a worker waits for a slot of the model before it hands its message back. Where the stage is
    `behind_cloudfront`, `edge` is what `pick_stage` reads of its name. `customer_key` encrypts what must
    survive with a key of the account's own. `reserve_concurrency` keeps for each function its share of the
    account's concurrent executions, so that who waits cannot starve who works. `athena_scan_mb` is the most
    that one query of analytics may read. `site_url` is where visitors
    find page and brochures, `verified_sender` the address that SES sends letters from, an identity of its own
    there; None sends none. `people` are the ARNs of who
    may take the roles of people, empty for whomever the account lets; `second_factor` asks them for one.
    """

    name: str
    region: str
    python_version: str
    wheel_platforms: tuple[str, ...]
    endpoint: ExternalEndpoint | SageMakerEndpoint | Ec2Endpoint
    behind_cloudfront: bool
    edge: Edge | None
    breaker: BreakerLimits
    sleep: Sleep | None
    budget_usd_per_month: int | None
    api: FunctionSize
    answer: FunctionSize
    inventory_export: FunctionSize
    reconcile: FunctionSize
    owner: FunctionSize
    dialogue_export: FunctionSize
    athena_scan_mb: int
    answer_workers: int
    slot_wait_seconds: int
    answer_deadline_seconds: int
    waiting_limit: int
    backlog_limit: int
    requests_per_second: int
    request_burst: int
    site_origins: tuple[str, ...]
    site_url: str
    verified_sender: str | None
    log_level: str
    log_retention: RetentionDays
    reserve_concurrency: bool
    people: tuple[str, ...]
    second_factor: bool
    keep_data: bool
    encrypt_notices: bool
    customer_key: bool

    @property
    def removal(self) -> RemovalPolicy:
        """What happens to the data when a stack goes."""
        return RemovalPolicy.RETAIN if self.keep_data else RemovalPolicy.DESTROY


BREAKER = BreakerLimits(
    failed_percent=20,
    failed_turns=5,
    p95_seconds=20,
    oldest_turn_seconds=300,
    gpu_memory_percent=97,
    gpu_celsius=87,  # a T4 slows itself down at 93 and stops at 96 (NVIDIA T4 data sheet)
    host_memory_percent=95,
    cpu_percent=97,
    tokens_per_hour=2_000_000,
    usd_per_hour=2.5,  # a copy, and beside it a candidate or the next version
    guard_rejections_per_hour=200,
    probes=5,
    watch_seconds=600,
    startup_seconds=1200,
)

LOCAL = Stage(
    name="local",
    region="us-east-1",
    python_version=NATIVE_PYTHON,  # the emulator runs functions on its own interpreter
    wheel_platforms=(),
    endpoint=ExternalEndpoint(
        url="http://127.0.0.1:8090",
        model_name="qwen2.5-coder-1.5b-instruct",
        model_slots=1,
        secret=False,
        capacity_path="/capacity",
    ),
    behind_cloudfront=False,
    edge=None,  # the front door of the embedded cloud stands there
    breaker=replace(
        BREAKER,
        guard_rejections_per_hour=2_000,  # a small model, which load tests ask for hours
        probes=3,
        watch_seconds=30,
        startup_seconds=120,
    ),
    sleep=None,
    budget_usd_per_month=None,
    api=FunctionSize(memory_mb=512, timeout_seconds=29),
    answer=FunctionSize(memory_mb=1024, timeout_seconds=30),
    inventory_export=FunctionSize(memory_mb=512, timeout_seconds=180),
    reconcile=FunctionSize(memory_mb=256, timeout_seconds=50),
    owner=FunctionSize(memory_mb=1024, timeout_seconds=900),
    dialogue_export=FunctionSize(memory_mb=1024, timeout_seconds=900),
    athena_scan_mb=1_000,
    answer_workers=8,
    slot_wait_seconds=5,
    answer_deadline_seconds=10,
    waiting_limit=24,
    backlog_limit=300,
    requests_per_second=200,
    request_burst=400,
    site_origins=("http://127.0.0.1:8080", "http://localhost:8080"),
    site_url="http://127.0.0.1:8080",
    verified_sender="brochures@example.com",  # the embedded cloud verifies it by itself
    log_level="INFO",
    log_retention=RetentionDays.ONE_WEEK,
    reserve_concurrency=False,
    people=(),
    second_factor=False,  # nobody signs in to the embedded cloud
    keep_data=False,
    encrypt_notices=False,
    customer_key=False,
)

DEV = replace(
    LOCAL,
    name="dev",
    region="eu-central-1",
    python_version=NEWEST_PYTHON,
    wheel_platforms=LAMBDA_X86_64,
    endpoint=ExternalEndpoint(url="", model_name="attendant", model_slots=4, secret=True),
    behind_cloudfront=True,
    breaker=BREAKER,
    api=FunctionSize(memory_mb=1024, timeout_seconds=29),
    answer=FunctionSize(memory_mb=1769, timeout_seconds=30),
    owner=FunctionSize(memory_mb=1769, timeout_seconds=900),
    waiting_limit=40,
    site_origins=(),
    site_url="",
    verified_sender=None,
    log_level="DEBUG",
    log_retention=RetentionDays.TWO_WEEKS,
    second_factor=True,
    encrypt_notices=True,
    budget_usd_per_month=100,
)

PROD = Stage(
    name="prod",
    region="eu-central-1",
    python_version=NEWEST_PYTHON,
    wheel_platforms=LAMBDA_X86_64,  # the embedding engine is built for x86-64
    endpoint=SAGEMAKER,
    behind_cloudfront=True,
    edge=None,  # its name and certificate are settings of the account, see pick_stage
    breaker=BREAKER,
    sleep=None,  # the assistant exists for the hours when nobody else answers
    budget_usd_per_month=1_000,
    api=FunctionSize(memory_mb=1024, timeout_seconds=29, at_once=250),  # who waits, and who asks briefly
    answer=FunctionSize(memory_mb=1769, timeout_seconds=30, at_once=45),  # 1,769 MB is one whole vCPU
    inventory_export=FunctionSize(memory_mb=1024, timeout_seconds=300),
    reconcile=FunctionSize(memory_mb=512, timeout_seconds=50),
    owner=FunctionSize(memory_mb=1769, timeout_seconds=900, at_once=10),
    dialogue_export=FunctionSize(memory_mb=1024, timeout_seconds=900, at_once=2),  # a clock's, an operator's
    athena_scan_mb=1_000,
    answer_workers=40,
    slot_wait_seconds=5,
    answer_deadline_seconds=10,
    waiting_limit=200,
    backlog_limit=1000,
    requests_per_second=50,
    request_burst=200,
    site_origins=(),
    site_url="",  # as the edge
    verified_sender=None,
    log_level="INFO",
    log_retention=RetentionDays.THREE_MONTHS,
    reserve_concurrency=True,
    people=(),
    second_factor=True,
    keep_data=True,
    encrypt_notices=True,
    customer_key=True,
)

STAGES = {stage.name: stage for stage in (LOCAL, DEV, PROD)}
ENDPOINTS = {"sagemaker": SAGEMAKER, "ec2": EC2, "external": DEV.endpoint}
