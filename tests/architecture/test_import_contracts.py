"""The import contracts of `pyproject.toml` hold, and each of them breaks on a planted violation.

The planted violations run on a copy of the tree, so that the test proves the contract and not the linter.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLANTED = [
    ("core/planted.py", "import assistants", "assistants above core"),
    ("assistants/planted/flow.py", "import lambdas.adapters", "assistants above core"),
    ("assistants/planted/flow.py", "import cli", "assistants above core"),
    ("jobs/planted.py", "import cli", "assistants above core"),
    ("core/planted.py", "import boto3", "neither AWS nor the web"),
    ("assistants/planted/flow.py", "import fastapi", "neither AWS nor the web"),
    ("assistants/planted/flow.py", "import torch", "neither AWS nor the web"),
    ("lambdas/planted.py", "import aws_cdk", "only infra sees CDK"),
    ("cli/planted.py", "import constructs", "only infra sees CDK"),
    ("infra/planted.py", "import assistants", "infra reads manifests"),
    ("infra/planted.py", "import lambdas.adapters", "infra reads manifests"),
    ("assistants/planted/flow.py", "import assistants.other.flow", "never import each other"),
    ("lambdas/api/planted.py", "import boto3", "boto3 lives in the adapters"),
    ("inference_container/http_face/planted.py", "import boto3", "boto3 lives in the adapters"),
    ("lambdas/api/planted.py", "import lambdas.answer.worker", "no other function"),
    ("lambdas/adapters/planted.py", "import lambdas.reconcile", "no other function"),
    ("lambdas/answer/planted.py", "import jobs", "functions know neither jobs"),
    ("lambdas/answer/planted.py", "import inference_container", "functions know neither jobs"),
    ("inference_container/planted.py", "import core", "the model server stands alone"),
    ("inference_container/planted.py", "import lambdas.adapters", "the model server stands alone"),
]
PACKAGES = ("core", "assistants", "lambdas", "infra", "jobs", "inference_container", "cli")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": "/usr/bin:/bin", "IMPORT_LINTER_CACHE": "0"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the packages and their contracts."""
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_contracts_hold() -> None:
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(("planted_in", "line", "contract"), PLANTED)
def test_planted_violation_breaks_a_contract(tree: Path, planted_in: str, line: str, contract: str) -> None:
    for name in ("planted", "other"):
        (tree / "assistants" / name).mkdir()
        (tree / "assistants" / name / "__init__.py").touch()
    (tree / "assistants" / "other" / "flow.py").write_text("x = 1\n")
    (tree / planted_in).write_text(f"{line}\n")
    result = lint(tree)
    broken = [row for row in result.stdout.splitlines() if row.endswith("BROKEN")]
    assert result.returncode == 1, result.stdout + result.stderr
    assert any(contract in row for row in broken), result.stdout


def test_every_contract_has_a_planted_violation() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    for contract in contracts:
        assert any(planted in contract["name"] for _, _, planted in PLANTED), contract["name"]
