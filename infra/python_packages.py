"""The third-party packages of one function, installed without Docker and kept for the next time.

Knows pip and what of its work a function never reads. Refuses to know the project's own code.
"""

from __future__ import annotations

import compileall
import hashlib
import py_compile
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from infra.stages import NATIVE_PYTHON

RECIPE = "1"  # counted up when the steps below change, so that what is kept is made anew
UNREAD = (
    "bin",
    "**/__pycache__",
    "**/*.pyi",
    "**/tests",
    "**/*.dist-info/RECORD",
    "**/*.dist-info/direct_url.json",
)
ERROR_LINES = 12
DEPLOYED_AT = "/var/task"


class BundlingError(RuntimeError):
    """A bundle cannot be made; the message says what to do."""


@dataclass(frozen=True, kw_only=True)
class Interpreter:
    """Where the packages will run: "3.14" and pip's platform tags, none for this very machine."""

    version: str
    platforms: tuple[str, ...]

    @property
    def pip_arguments(self) -> list[str]:
        if not self.platforms:
            if self.version != NATIVE_PYTHON:
                raise BundlingError(
                    f"Packages for Python {self.version} need a platform: this is {NATIVE_PYTHON}."
                )
            return []
        platforms = [argument for platform in self.platforms for argument in ("--platform", platform)]
        return ["--python-version", self.version, "--implementation", "cp", "--only-binary=:all:", *platforms]


@dataclass(frozen=True, kw_only=True)
class PackageFolders:
    """Folders of installed packages under `root`, one for each distinct set of requirements."""

    root: Path
    constraints: Path

    def key(self, requirements: Path, interpreter: Interpreter) -> str:
        digest = hashlib.sha256(repr((RECIPE, interpreter)).encode())
        for path in (requirements, self.constraints):
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def folder(self, requirements: Path, interpreter: Interpreter) -> Path:
        """The folder with the packages; installs them unless that was done before. Raises BundlingError."""
        kept = self.root / f"{requirements.parent.name}-{self.key(requirements, interpreter)[:16]}"
        if kept.is_dir():
            return kept
        self.root.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self.root) as scratch:
            target = Path(scratch) / "packages"
            self._install(requirements, interpreter, target)
            _strip(target)
            precompile(target, interpreter)
            try:
                target.rename(kept)
            except OSError:  # another deploy was quicker; its folder is the same
                if not kept.is_dir():
                    raise
        return kept

    def _install(self, requirements: Path, interpreter: Interpreter, target: Path) -> None:
        print(f"packages of {requirements.parent.name} for Python {interpreter.version}", file=sys.stderr)  # noqa: T201  a deploy shows what it waits for
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-compile", "--no-warn-conflicts"]
        command += ["--disable-pip-version-check", "--target", str(target), *interpreter.pip_arguments]
        command += ["--constraint", str(self.constraints), "--requirement", str(requirements)]
        result = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  pip of this interpreter
        if result.returncode != 0:
            tail = "\n".join(result.stderr.strip().splitlines()[-ERROR_LINES:])
            raise BundlingError(f"pip could not install {requirements}:\n{tail}")


def precompile(folder: Path, interpreter: Interpreter) -> None:
    """Bytecode beside the sources, where this interpreter can make it: a cold start then does not compile.

    Checked neither by time nor by hash, since nobody edits a deployed function.
    """
    if interpreter.version == NATIVE_PYTHON:
        compileall.compile_dir(
            folder,
            ddir=DEPLOYED_AT,
            quiet=2,  # a template inside a package need not be valid Python
            invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
        )


def _strip(target: Path) -> None:
    for pattern in UNREAD:
        for path in sorted(target.glob(pattern)):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
