"""An extended emulator of its own for the canaries: empty, on a free port, in the emulator's environment."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import httpx
import pytest
from botocore.config import Config

from cli.embedded_cloud.emulator_process import ACCOUNT, REGION, emulator_command, emulator_environment

ROOT = Path(__file__).resolve().parents[3]
PYTHON = Path(os.environ.get("ATTENDANT_EMULATOR_PYTHON", ROOT / ".attendant/envs/emulator/bin/python"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Emulator:
    """A running emulator; `start` and `stop` keep the state folder."""

    home: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        for name in ("services", "s3", "tmp"):
            (self.home / name).mkdir(parents=True, exist_ok=True)
        with (self.home / "emulator.log").open("ab") as log:
            self.process = subprocess.Popen(
                emulator_command(PYTHON),
                env=emulator_environment(state=self.home, port=self.port, sweep_seconds=0.5),
                cwd=self.home,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait_until_ready()

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + 40
        while time.monotonic() < deadline:
            assert self.process is not None
            assert self.process.poll() is None, (self.home / "emulator.log").read_text()[-3000:]
            try:
                if httpx.get(f"{self.url}/_ministack/ready").status_code == 200:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.1)
        raise AssertionError("the emulator did not come up")

    def stop(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(5)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def client(self, service: str) -> Any:
        return boto3.client(
            service,
            region_name=REGION,
            endpoint_url=self.url,
            aws_access_key_id=ACCOUNT,
            aws_secret_access_key="test",
            config=Config(retries={"max_attempts": 1}, max_pool_connections=50),
        )

    def deploy(self, name: str, resources: dict[str, Any]) -> dict[str, str]:
        """Creates a stack; gives back its physical ids by logical id."""
        import json

        formation = self.client("cloudformation")
        body = json.dumps({"Resources": resources})
        formation.create_stack(StackName=name, TemplateBody=body, Capabilities=["CAPABILITY_IAM"])
        formation.get_waiter("stack_create_complete").wait(
            StackName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 40}
        )
        found = formation.describe_stack_resources(StackName=name)["StackResources"]
        return {r["LogicalResourceId"]: r["PhysicalResourceId"] for r in found}


@pytest.fixture(scope="session")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    assert PYTHON.exists(), "no environment of the emulator: run `make environments`"
    running = Emulator(home=tmp_path_factory.mktemp("emulator"), port=free_port())
    running.start()
    yield running
    running.stop()


def eventually(what: Callable[[], Any], seconds: float = 15) -> Any:
    """The first true result of `what`, or the last one after that many seconds."""
    deadline = time.monotonic() + seconds
    while True:
        result = what()
        if result or time.monotonic() > deadline:
            return result
        time.sleep(0.1)
