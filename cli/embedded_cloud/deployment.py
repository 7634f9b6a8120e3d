"""The unmodified `cdk bootstrap` and `cdk deploy` of the project's own stacks, against the emulator.

Knows when there is nothing to deploy: the sources of the stacks and functions have the hash of the last
complete deploy, and the emulator has all its stacks. Refuses to know what is in the stacks.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from cli.embedded_cloud.emulator_process import ACCOUNT, REGION, client_environment
from cli.embedded_cloud.errors import DeployError
from cli.embedded_cloud.preflight import cdk_program, node
from cli.embedded_cloud.processes import Processes, last_lines
from cli.embedded_cloud.settings import EmbeddedCloudSettings

SOURCES = ("app.py", "cdk.json", "constraints.txt", "core", "infra", "assistants", "lambdas")
COMPLETE = {"CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE"}
TOOLKIT = "CDKToolkit"
PARALLEL_STACKS = 4
WAY_OUT = "Say it again. If it stays like that: attendant down --erase, and then again (dialogues are lost)."


class Deployment:
    """`cloudformation` is a boto3 client of the emulator."""

    def __init__(self, settings: EmbeddedCloudSettings, processes: Processes, cloudformation: Any) -> None:
        self._settings = settings
        self._processes = processes
        self._cloudformation = cloudformation
        self._marker = settings.run / "deployed.json"
        self._assembly = settings.run / "cdk.out"

    def is_current(self) -> bool:
        """Whether everything that a deploy would bring about is there already."""
        try:
            deployed = json.loads(self._marker.read_text())
            outputs = json.loads(self._settings.outputs_file.read_text())
        except (OSError, ValueError):
            return False
        there = self._stacks()
        return deployed.get("hash") == self._hash() and all(there.get(name) in COMPLETE for name in outputs)

    def deploy(self) -> None:
        """Raises DeployError with the last lines of the log."""
        digest = self._hash()
        if self._stacks().get(TOOLKIT) not in COMPLETE:
            self._cdk("bootstrap", f"aws://{ACCOUNT}/{REGION}", cwd=self._settings.run)
        fresh = self._settings.run / "outputs.new.json"
        self._cdk(
            *("deploy", "--all", "--require-approval", "never", "--concurrency", str(PARALLEL_STACKS)),
            *("--app", f"{self._settings.python} app.py", "--output", str(self._assembly)),
            *("--outputs-file", str(fresh), "--no-notices", "--no-version-reporting"),
            *("--context", "stage=local"),
            *("--context", f"model_url={self._settings.model_address}"),
            *("--context", f"model_name={self._settings.model}"),
            *("--context", f"site_url={self._settings.address}"),
            *self._foreign_model(),
            cwd=self._settings.root,
        )
        fresh.replace(self._settings.outputs_file)
        self._marker.write_text(json.dumps({"hash": digest}))
        shutil.rmtree(
            self._assembly
        )  # the archives are in the bucket now, the packages in .attendant/bundles

    def _foreign_model(self) -> Iterator[str]:
        """What differs when the model's server is not ours: nobody here may switch it off."""
        if self._settings.model_url is not None:
            yield from ("--context", "capacity_path=")
        if self._settings.model_slots is not None:
            yield from ("--context", f"model_slots={self._settings.model_slots}")

    def outputs(self) -> dict[str, str]:
        """The outputs of all stacks in one mapping."""
        by_stack: dict[str, dict[str, str]] = json.loads(self._settings.outputs_file.read_text())
        return {name: value for outputs in by_stack.values() for name, value in outputs.items()}

    def _stacks(self) -> dict[str, str]:
        try:
            found = self._cloudformation.describe_stacks()["Stacks"]
        except ClientError:
            return {}
        return {stack["StackName"]: stack["StackStatus"] for stack in found}

    def _cdk(self, command: str, *arguments: str, cwd: Path) -> None:
        program = [str(node(self._settings)), str(cdk_program(self._settings)), command, *arguments]
        name = f"cdk-{command}"
        child = self._processes.start(name, program, env=self._environment(), cwd=cwd)
        try:
            code = child.popen.wait()
        except BaseException:  # Ctrl-C: node and the app below it must not go on deploying
            self._processes.stop_named(name)
            raise
        self._processes.forget({name})
        if code:
            raise DeployError(f"cdk {command} failed, see {child.log}:\n{last_lines(child.log)}", WAY_OUT)

    def _environment(self) -> Mapping[str, str]:
        tools = self._settings.python.parent
        return {
            **os.environ,
            **client_environment(self._settings.emulator_port),
            "PATH": f"{tools}{os.pathsep}{os.environ.get('PATH', '')}",
            "CDK_DISABLE_VERSION_CHECK": "1",
            "CI": "true",
            "NO_COLOR": "1",
        }

    def _hash(self) -> str:
        """Of everything that templates and bundles are made of; too much is safe: a deploy says no-op."""
        settings = self._settings
        model = (settings.model_address, settings.model, *self._foreign_model())
        digest = hashlib.sha256(f"{sys.version_info[:3]} {model} {settings.address}".encode())
        for path in _source_files(settings.root):
            digest.update(f"{path.relative_to(settings.root)}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest()


def _source_files(root: Path) -> Iterator[Path]:
    for name in SOURCES:
        path = root / name
        if path.is_file():
            yield path
        else:
            yield from (p for p in sorted(path.rglob("*")) if p.is_file() and "__pycache__" not in p.parts)
