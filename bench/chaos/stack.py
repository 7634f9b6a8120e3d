"""The LOCAL stack of a fault run: the product as it is, with one assistant more, in a home of its own.

A new assistant is a folder, so the probe is laid into a copy of the tree and the copy is brought up by its
own command line; nothing of the product knows of the probe, and nothing of it can ship. Refuses any address
but the loopback, which is all that `attendant up` serves.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cli.deployment import Deployment, find
from cli.embedded_cloud.settings import EmbeddedCloudSettings
from core.spec import AssistantSpec, all_specs

ROOT = Path(__file__).resolve().parents[2]
PROBE = Path(__file__).resolve().parent / "probe"
FILES = ("app.py", "cdk.json", "constraints.txt", "pyproject.toml", "requirements.txt")
FOLDERS = ("assistants", "cli", "core", "inference_container", "infra", "jobs", "lambdas", "web")
SHARED = ("envs", "models", "bundles", "knowledge")
UP_SECONDS = 900.0
COMMAND_SECONDS = 300.0
RESTART_SECONDS, RESTART_AGAIN_SECONDS = 420.0, 5.0


class StackError(Exception):
    """The stack did not do what it was asked; the message holds what it said last."""


@dataclass(frozen=True)
class Ports:
    page: int
    emulator: int
    model: int


@dataclass(frozen=True)
class FaultStack:
    """`home` holds the tree, the state and the logs."""

    home: Path
    ports: Ports

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.ports.page}"

    @property
    def settings(self) -> EmbeddedCloudSettings:
        return EmbeddedCloudSettings(home=self.home)

    def up(self, *model: str) -> None:
        """Brings it up; `model` are the options of `attendant up` that say which. Raises StackError."""
        self.down()
        self._lay_tree()
        ports = (
            *("--port", str(self.ports.page), "--emulator-port", str(self.ports.emulator)),
            *("--model-port", str(self.ports.model)),
        )
        self.attendant("up", "--detach", *ports, *model, seconds=UP_SECONDS)

    def down(self) -> None:
        """Ends what is left of this home, this run's or an earlier one's."""
        if (self.home / "run").exists():
            self.attendant("down", root=ROOT)

    def redrive(self) -> dict[str, dict[str, int]]:
        """`attendant turns redrive`: what became of the dead letters, by assistant."""
        done: dict[str, dict[str, int]] = json.loads(self.attendant("turns", "redrive", "--json"))
        return done

    def close_breaker(self) -> bool:
        """Restarts the endpoint as on-call would, until it is closed; False when patience is over first."""
        deadline = time.monotonic() + RESTART_SECONDS
        while json.loads(self.attendant("endpoint", "status", "--json"))["state"] != "closed":
            if time.monotonic() > deadline:
                return False
            with suppress(StackError):  # alarms still ring, or a golden question failed
                self.attendant("endpoint", "restart", "--wait")
            time.sleep(RESTART_AGAIN_SECONDS)
        return True

    def deployment(self) -> Deployment:
        return find(str(self.home))

    def assistants(self) -> Iterator[AssistantSpec]:
        """Those of the tree: the product's and the probe."""
        return all_specs(self._tree / "assistants")

    @property
    def _tree(self) -> Path:
        return self.home / "tree"

    def _lay_tree(self) -> None:
        shutil.rmtree(self._tree, ignore_errors=True)
        self._tree.mkdir(parents=True)
        for name in FILES:
            shutil.copy2(ROOT / name, self._tree)
        for name in FOLDERS:
            _copy(ROOT / name, self._tree / name)
        _copy(PROBE, self._tree / "assistants" / PROBE.name)
        (self._tree / "node_modules").symlink_to((ROOT / "node_modules").resolve())
        (self._tree / ".attendant").mkdir()
        for name in SHARED:
            (ROOT / ".attendant" / name).mkdir(parents=True, exist_ok=True)
            (self._tree / ".attendant" / name).symlink_to((ROOT / ".attendant" / name).resolve())

    def attendant(self, *words: str, seconds: float = COMMAND_SECONDS, root: Path | None = None) -> str:
        """The command line of the tree, against this home. Raises StackError."""
        done = subprocess.run(
            [sys.executable, "-m", "cli.main", *words, "--home", str(self.home)],
            cwd=root or self._tree,
            env={
                name: value
                for name, value in os.environ.items()
                if not name.startswith(("ATTENDANT_", "AWS_"))
            },
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
        if done.returncode:
            raise StackError(f"attendant {' '.join(words)}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
        return done.stdout


def _copy(source: Path, target: Path) -> None:
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))


def evals(spec: AssistantSpec) -> list[str]:
    """The questions that come with an assistant, none for one without."""
    file = spec.folder / "evals.jsonl"
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    entries: list[dict[str, Any]] = [json.loads(line) for line in lines if line.strip()]
    return [entry["question"] for entry in entries]
