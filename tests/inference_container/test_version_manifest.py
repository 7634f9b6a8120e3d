"""A version of a model is loaded by the manifest whose hash the deploy named, or not at all."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from inference_container.weights import verified_folder
from inference_container.weights.catalogue import ModelEntry, ModelFile
from inference_container.weights.errors import WeightsMissing, WrongHash
from inference_container.weights.version_manifest import entry_of_version

TUNED = b"weights after a training"
ENTRY = ModelEntry(
    id="tiny",
    kind="chat",
    title="Tiny",
    licence="Apache-2.0",
    context_tokens=128,
    files=(ModelFile(name="tiny.gguf", bytes=5, sha256="0" * 64, members="*"),),
)


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def manifest(**changed: Any) -> bytes:
    file = {"name": "tiny.gguf", "bytes": len(TUNED), "sha256": sha256(TUNED)}
    return json.dumps({"version": "tiny/2", "model": "tiny", "files": [file], **changed}).encode()


def laid(folder: Path, data: bytes, weights: bytes = TUNED) -> str:
    """The hash that the deploy would name."""
    (folder / "tiny").mkdir()
    (folder / "tiny" / "manifest.json").write_bytes(data)
    (folder / "tiny" / "tiny.gguf").write_bytes(weights)
    return sha256(data)


def test_the_versions_own_hashes_count(tmp_path: Path) -> None:
    entry = entry_of_version(ENTRY, tmp_path, laid(tmp_path, manifest()))
    assert verified_folder(entry, tmp_path) == tmp_path / "tiny"
    with pytest.raises(WrongHash):
        verified_folder(ENTRY, tmp_path)


def test_a_version_may_be_the_first_to_have_hashes(tmp_path: Path) -> None:
    unknown = ENTRY.model_copy(update={"files": (ModelFile(name="tiny.gguf"),)})
    entry = entry_of_version(unknown, tmp_path, laid(tmp_path, manifest()))
    assert verified_folder(entry, tmp_path) == tmp_path / "tiny"
    with pytest.raises(WrongHash, match="no sha256"):
        verified_folder(unknown, tmp_path)


def test_weights_that_were_changed_are_not_loaded(tmp_path: Path) -> None:
    entry = entry_of_version(ENTRY, tmp_path, laid(tmp_path, manifest(), TUNED[:-1] + b"!"))
    with pytest.raises(WrongHash):
        verified_folder(entry, tmp_path)


def test_a_manifest_that_was_changed_is_not_believed(tmp_path: Path) -> None:
    deployed = laid(tmp_path, manifest())
    (tmp_path / "tiny" / "manifest.json").write_bytes(manifest(note="changed later"))
    with pytest.raises(WrongHash, match="not the manifest that was deployed"):
        entry_of_version(ENTRY, tmp_path, deployed)


def test_without_the_manifest_nothing_is_loaded(tmp_path: Path) -> None:
    with pytest.raises(WeightsMissing, match="not there"):
        entry_of_version(ENTRY, tmp_path, "0" * 64)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\xff",
        b"[]",
        manifest(model="another"),
        manifest(files=[]),
        manifest(files=[{"name": "other.gguf", "bytes": 1, "sha256": "0" * 64}]),
        manifest(files=[{"name": "tiny.gguf", "bytes": 1, "sha256": "short"}]),
    ],
)
def test_a_manifest_of_something_else_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(WrongHash):
        entry_of_version(ENTRY, tmp_path, laid(tmp_path, data))
