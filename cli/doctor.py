"""`attendant doctor`: can this machine, or this AWS account, carry the product?

Knows what is needed and how to find out. Changes nothing. Each finding is ok or has its way out.
"""

from __future__ import annotations

import os
import platform
import shutil
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

from cli.deployment import Deployment, home_settings, read_outputs
from cli.embedded_cloud.processes import Processes
from cli.embedded_cloud.settings import EmbeddedCloudSettings
from cli.findings import Finding, tell

GIGABYTE = 1024**3
FREE_DISK_GB = 1.0
FREE_DISK_GB_FIRST_TIME = 5.0
MEMORY_GB = 8.0
SPARE_CONCURRENCY = 20  # scheduled functions, the operator, one deploy


def examine(home: str, outputs: Path | None, *, as_json: bool) -> None:
    """Prints every finding. Raises CommandFailed when one is not ok."""
    if outputs is None:
        tell(machine(home_settings(home)), as_json=as_json)
    else:
        tell(account(Deployment(read_outputs(outputs))), as_json=as_json)


def machine(settings: EmbeddedCloudSettings) -> Iterator[Finding]:
    """What `attendant up` needs here."""
    version = platform.python_version()
    yield Finding("Python", sys.version_info >= (3, 11), version, "install Python 3.11, then: make run")
    tools = {
        "Node": settings.python.parent / "node",
        "CDK": settings.root / "node_modules" / "aws-cdk" / "bin" / "cdk",
        "emulator": settings.emulator_python,
    }
    for name, path in tools.items():
        yield Finding(
            name, path.exists(), "installed" if path.exists() else "missing", "make run installs it"
        )
    yield _weights(settings)
    yield _disk(settings)
    yield _memory()
    yield from _ports(settings)


def account(deployment: Deployment) -> Iterator[Finding]:
    """Whether an account's limits carry what is deployed in it."""
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415  only this branch needs AWS

    try:
        identity = deployment.client("sts").get_caller_identity()
    except (BotoCoreError, ClientError) as error:
        yield Finding("credentials", False, type(error).__name__, "aws configure, or AWS_PROFILE=...")
        return
    yield Finding("credentials", True, identity["Arn"])
    try:
        yield concurrency(deployment)
    except (BotoCoreError, ClientError) as error:
        yield Finding(
            "concurrency", False, type(error).__name__, "the credentials must allow lambda:Get* and List*"
        )


def concurrency(deployment: Deployment) -> Finding:
    """The account's concurrent executions against waiting limit + workers + 20."""
    client = deployment.client("lambda")
    api = client.get_function_configuration(FunctionName=deployment.output("ApiFunction"))
    waiting = int(api["Environment"]["Variables"]["WAITING_LIMIT"])
    workers = sum(
        int(mapping.get("ScalingConfig", {}).get("MaximumConcurrency", 0))
        for name, function in deployment.outputs.items()
        if name.startswith("AnswerFunction")
        for mapping in client.list_event_source_mappings(FunctionName=function)["EventSourceMappings"]
    )
    needed = waiting + workers + SPARE_CONCURRENCY
    limit = int(client.get_account_settings()["AccountLimit"]["ConcurrentExecutions"])
    return Finding(
        "concurrency",
        limit >= needed,
        f"{limit} allowed, {needed} needed ({waiting} waiting + {workers} workers + {SPARE_CONCURRENCY})",
        "ask for more: Service Quotas, Lambda, concurrent executions; or lower the stage's waiting_limit",
    )


def _weights(settings: EmbeddedCloudSettings) -> Finding:
    folder = settings.models / settings.model
    there = any(path.is_file() for path in folder.glob("*")) if folder.exists() else False
    found = f"{settings.model} {'is there' if there else 'is missing'}"
    return Finding("model", there, found, "attendant up fetches it")


def _disk(settings: EmbeddedCloudSettings) -> Finding:
    place = next(path for path in (settings.home, *settings.home.parents) if path.exists())
    free = shutil.disk_usage(place).free / GIGABYTE
    needed = FREE_DISK_GB if any(settings.models.glob("*/*.gguf")) else FREE_DISK_GB_FIRST_TIME
    return Finding(
        "disk", free >= needed, f"{free:.1f} GB free, {needed:.0f} needed", "free some, or --home ELSEWHERE"
    )


def _memory() -> Finding:
    try:
        total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIGABYTE
    except (ValueError, OSError):
        return Finding("memory", True, "unknown")
    way_out = "a burst of 50 needs about 3 GB beside the model's 3: use a smaller model (--model)"
    return Finding("memory", total >= MEMORY_GB, f"{total:.1f} GB, {MEMORY_GB:.0f} needed", way_out)


def _ports(settings: EmbeddedCloudSettings) -> Iterator[Finding]:
    ours = bool(Processes(run=settings.run, logs=settings.logs).running())
    for what, port in settings.ports.items():
        with socket.socket() as probe:
            probe.settimeout(0.5)
            taken = probe.connect_ex(("127.0.0.1", port)) == 0
        found = "ours" if taken and ours else "taken" if taken else "free"
        yield Finding(f"port {port}", not taken or ours, f"{found} ({what})", "attendant up --port N ...")
