"""What a machine of the group does when it starts: weights, container, figures. Nobody logs in to help.

Knows the machine image (Amazon's Deep Learning Base, which has the GPU's driver, Docker and the CloudWatch
agent) and writes what systemd and the agent read. Refuses to install anything: there is no way to the
internet. What can fail for a while (a registry, a bucket) is in the service, which systemd tries again.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aws_cdk import aws_ec2 as ec2

from infra.endpoint.container import MODELS_FOLDER, PORT

IMAGE_PARAMETER = (
    "/aws/service/deeplearning/ami/x86_64/base-oss-nvidia-driver-gpu-amazon-linux-2023/latest/ami-id"
)
DISK = "/dev/xvda"
WEIGHTS_FOLDER = "/opt/attendant/models"
PREPARE = "/usr/local/sbin/attendant-prepare"
SERVICE = "/etc/systemd/system/attendant-model.service"
CONTAINER = "attendant-model"
AGENT = "/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl"
AGENT_CONFIG = "/opt/aws/amazon-cloudwatch-agent/etc/attendant.json"
AGENT_NAMESPACE = "CWAgent"
DIMENSION = "Endpoint"
MEASURED: Mapping[str, dict[str, Any]] = {
    "nvidia_gpu": {"measurement": ["utilization_gpu", "memory_used", "memory_total", "temperature_gpu"]},
    "cpu": {"measurement": ["usage_active"], "totalcpu": True, "resources": []},
    "mem": {"measurement": ["used_percent"]},
    "disk": {"measurement": ["used_percent"], "resources": ["/"]},
}
DRAIN_SECONDS = 30


@dataclass(frozen=True, kw_only=True)
class Machine:
    """`weights` are keys of `bucket`; in the container's folder they lie as below `weights_prefix`."""

    endpoint: str
    region: str
    registry: str
    image: str
    environment: Mapping[str, str]
    bucket: str
    weights: tuple[str, ...]
    weights_prefix: str
    memory_limit_mb: int
    log_group: str
    startup_seconds: int

    def user_data(self) -> ec2.UserData:
        made = ec2.UserData.for_linux()
        made.add_commands(
            "set -euo pipefail",
            *_file(AGENT_CONFIG, agent_config(self.endpoint)),
            f"{AGENT} -a fetch-config -m ec2 -s -c file:{AGENT_CONFIG}",
            *_file(PREPARE, self._prepare()),
            f"chmod 0755 {PREPARE}",
            *_file(SERVICE, self._service()),
            "systemctl daemon-reload",
            "systemctl enable --now --no-block attendant-model.service",
        )
        return made

    def _prepare(self) -> str:
        """Weights are compared with their sha256 by the server, before its first healthy answer."""
        lines = ["#!/bin/bash", "set -euo pipefail", "export PATH=/usr/local/bin:/usr/bin:/bin"]
        for key in self.weights:
            target = f"{WEIGHTS_FOLDER}/{key.removeprefix(self.weights_prefix)}"
            lines.append(f"test -s {target} || aws s3 cp --no-progress s3://{self.bucket}/{key} {target}")
        login = f"docker login --username AWS --password-stdin {self.registry}"
        lines.append(f"chmod -R a+rX {WEIGHTS_FOLDER}")
        lines.append(f"aws ecr get-login-password --region {self.region} | {login}")
        lines.append(f"docker pull --quiet {self.image}")
        return "\n".join(lines)

    def _docker_run(self) -> str:
        """Nothing can be written but /tmp, and the machine's credentials are out of the container's reach.

        Code in /tmp may be executed: vLLM compiles kernels for the GPU that it finds. Its two processes have
        hundreds of threads and talk through shared memory.
        """
        options = [
            *("--rm", f"--name {CONTAINER}", "--gpus all", f"--publish {PORT}:8080"),
            *("--read-only", "--tmpfs /tmp:rw,exec,nosuid,size=4g", "--cap-drop ALL"),
            *("--security-opt no-new-privileges", "--pids-limit 4096", "--shm-size 1g"),
            f"--memory {self.memory_limit_mb}m",
            f"--volume {WEIGHTS_FOLDER}:{MODELS_FOLDER}:ro",
            *(f"--env {name}={shlex.quote(value)}" for name, value in self.environment.items()),
            *("--log-driver awslogs", "--log-opt mode=non-blocking"),
            f"--log-opt awslogs-region={self.region}",
            f"--log-opt awslogs-group={self.log_group}",
        ]
        return f"/usr/bin/docker run {' '.join(options)} {self.image}"

    def _service(self) -> str:
        return "\n".join(
            [
                "[Unit]",
                "Description=Attendant: the model server",
                "Requires=docker.service",
                "After=docker.service network-online.target",
                "Wants=network-online.target",
                "StartLimitIntervalSec=0",
                "[Service]",
                f"ExecStartPre=/usr/bin/mkdir -p {WEIGHTS_FOLDER}",
                f"ExecStartPre={PREPARE}",
                f"ExecStartPre=-/usr/bin/docker rm --force {CONTAINER}",
                f"ExecStart={self._docker_run()}",
                f"ExecStop=/usr/bin/docker stop --time {DRAIN_SECONDS} {CONTAINER}",
                f"TimeoutStartSec={self.startup_seconds}",
                "Restart=always",
                "RestartSec=10",
                "[Install]",
                "WantedBy=multi-user.target",
            ]
        )


def agent_config(endpoint: str) -> str:
    """Every figure once, over all machines of `endpoint`: what names a single machine is dropped."""
    collected = {
        plugin: {
            **asked,
            "drop_original_metrics": asked["measurement"],
            "append_dimensions": {DIMENSION: endpoint},
        }
        for plugin, asked in MEASURED.items()
    }
    metrics = {
        "namespace": AGENT_NAMESPACE,
        "aggregation_dimensions": [[DIMENSION]],
        "metrics_collected": collected,
    }
    agent = {"metrics_collection_interval": 60, "omit_hostname": True}
    return json.dumps({"agent": agent, "metrics": metrics}, indent=1)


def _file(path: str, text: str) -> list[str]:
    return [f"cat > {path} <<'ATTENDANT'", text, "ATTENDANT"]
