"""The `local` source: files that somebody has already put on this machine or on a mounted volume.

Refuses to trust them: they are compared with the catalogue like all others.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from inference_container.weights import disk
from inference_container.weights.catalogue import ModelEntry
from inference_container.weights.errors import DownloadFailed


class LocalSource:
    """Copies a model's files from a folder, or from the one file itself."""

    def __init__(self, location: Path) -> None:
        self._location = location

    def fetch(self, entry: ModelEntry, folder: Path, progress: disk.Progress) -> None:
        """Leave every file of `entry` in `folder`, verified. Raises DownloadFailed, WrongHash, NoSpace."""
        disk.require_space(folder, entry.total_bytes)
        for file in entry.files:
            origin = self._location if self._location.is_file() else self._location / file.name
            if not origin.is_file():
                raise DownloadFailed(
                    f"{origin} is not there; --from names the file or the folder that holds it."
                )
            target = folder / file.name
            disk.write_verified(target, file, _chunks(origin), progress)
            target.chmod(0o444)


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while chunk := stream.read(disk.CHUNK_BYTES):
            yield chunk
