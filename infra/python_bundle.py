"""One function as an asset: its packages, the shared code, its own folder, what it takes of assistants.

Knows which files go into which bundle and what its hash depends on: sources, requirements, constraints,
Python version, platform, models. Refuses Docker, and to know what the code does.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import jsii
from aws_cdk import AssetHashType, BundlingOptions, DockerImage, ILocalBundling, Stack
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.python_packages import DEPLOYED_AT, BundlingError, Interpreter, PackageFolders, precompile
from infra.stages import Stage

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = PackageFolders(root=ROOT / ".attendant" / "bundles", constraints=ROOT / "constraints.txt")
MODELS = ROOT / ".attendant" / "models"
NO_DOCKER = DockerImage.from_registry("attendant-bundles-without-docker")
LEFT_OUT = frozenset({"requirements.txt", "evals.jsonl", "README.md"})
LEFT_OUT_FOLDERS = frozenset({"__pycache__", "evals", "sample", "tests"})

__all__ = ["DEPLOYED_AT", "AssistantParts", "Bundle", "BundlingError", "python_code"]


class AssistantParts(Enum):
    """What of `assistants/` a function takes along."""

    NOTHING = "nothing"
    MANIFESTS = "manifests"
    CODE = "code"


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """`lambdas/<function>` and what belongs to it. `models` are folders of `.attendant/models`.

    `speaks_http` takes along what functions behind the gateway share.
    """

    function: str
    assistants: AssistantParts
    models: tuple[str, ...] = ()
    speaks_http: bool = False

    @property
    def requirements(self) -> Path:
        return ROOT / "lambdas" / self.function / "requirements.txt"

    def sources(self) -> dict[str, Path]:
        """Every file of the project in the bundle by its place there, in order."""
        folders = [ROOT / "core", ROOT / "lambdas" / "adapters", ROOT / "lambdas" / self.function]
        if self.speaks_http:
            folders.append(ROOT / "lambdas" / "http_boundary")
        paths = [ROOT / "lambdas" / "__init__.py"]
        match self.assistants:
            case AssistantParts.CODE:
                folders.append(ROOT / "assistants")
            case AssistantParts.MANIFESTS:
                paths.append(ROOT / "assistants" / "__init__.py")
                paths += (ROOT / "assistants").glob("*/assistant.toml")
            case AssistantParts.NOTHING:
                pass
        for folder in folders:
            paths += _files(folder)
        return {path.relative_to(ROOT).as_posix(): path for path in sorted(set(paths))}

    def model_files(self) -> dict[str, Path]:
        return {
            f"models/{path.relative_to(MODELS).as_posix()}": path
            for model in self.models
            for path in _files(MODELS / model)
        }


def python_code(scope: Construct, bundle: Bundle, *, stage: Stage) -> lambda_.Code:
    """The bundle as code of a function. Where `scope` is synthesised without bundling, nothing is fetched."""
    interpreter = Interpreter(version=stage.python_version, platforms=stage.wheel_platforms)
    if Stack.of(scope).bundling_required:
        fetch_models(bundle.models)
    return lambda_.Code.from_asset(
        str(bundle.requirements.parent),
        asset_hash_type=AssetHashType.CUSTOM,
        asset_hash=_asset_hash(bundle, interpreter),
        bundling=BundlingOptions(image=NO_DOCKER, local=_LocalBundling(bundle, interpreter)),
    )


@jsii.implements(ILocalBundling)
class _LocalBundling:
    def __init__(self, bundle: Bundle, interpreter: Interpreter) -> None:
        self._bundle = bundle
        self._interpreter = interpreter

    def try_bundle(self, output_dir: str, *_options: Any, **_more: Any) -> bool:
        """Fills `output_dir`. Never False, which would ask for Docker: raises BundlingError instead."""
        target = Path(output_dir)
        packages = PACKAGES.folder(self._bundle.requirements, self._interpreter)
        for name, path in self._bundle.sources().items():
            _place(path, target / name, copy=True)
        for folder in ("core", "lambdas", "assistants"):
            precompile(target / folder, self._interpreter)
        for path in _files(packages, all_of_them=True):
            _place(path, target / path.relative_to(packages))
        for name, path in self._bundle.model_files().items():
            _place(path, target / name)
        return True


def _asset_hash(bundle: Bundle, interpreter: Interpreter) -> str:
    digest = hashlib.sha256(PACKAGES.key(bundle.requirements, interpreter).encode())
    for name, path in (bundle.sources() | bundle.model_files()).items():
        with path.open("rb") as file:
            digest.update(f"{name}\0{hashlib.file_digest(file, 'sha256').hexdigest()}\n".encode())
    return digest.hexdigest()


def fetch_models(models: Iterable[str], folder: Path = MODELS) -> None:
    """Each model whole and verified in `folder`; what is there is only checked. Raises BundlingError."""
    for model in models:
        command = [sys.executable, "-m", "inference_container.fetch"]
        command += ["--model", model, "--models-dir", str(folder)]
        result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603  a command of this project
        if result.returncode != 0:
            reason = result.stderr.strip() or result.stdout.strip()
            raise BundlingError(f"The model {model} could not be fetched: {' '.join(command)}\n{reason}")


def _files(folder: Path, *, all_of_them: bool = False) -> Iterator[Path]:
    """Files below `folder` in order; without bytecode, hidden files and what no function reads."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        unread = (
            path.name in LEFT_OUT
            or not LEFT_OUT_FOLDERS.isdisjoint(parts)
            or any(part.startswith(".") for part in parts)
        )
        if path.is_file() and (all_of_them or not unread):
            yield path


def _place(path: Path, target: Path, *, copy: bool = False) -> None:
    """Links large and never changing files where the disk can; copies the others."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if not copy:
        try:
            os.link(path, target)
        except OSError:  # another file system
            shutil.copyfile(path, target)
    else:
        shutil.copyfile(path, target)
