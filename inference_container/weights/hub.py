"""The `hub` source: a model hub repository at a pinned revision, through `huggingface-hub`.

A branch name is refused: what was tested is what is loaded. Remote code is never run; only the files that the
catalogue names are taken, and their sha256 decides.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from inference_container.weights import disk
from inference_container.weights.catalogue import ModelEntry
from inference_container.weights.errors import DownloadFailed
from inference_container.weights.local import LocalSource

_COMMIT = re.compile(r"[0-9a-f]{40}")


class HubSource:
    """`location` is `repository@commit`, or `@commit` for the repository that the catalogue names."""

    def __init__(self, location: str) -> None:
        repository, _, revision = location.rpartition("@")
        if not _COMMIT.fullmatch(revision):
            raise DownloadFailed("--from for the hub is REPOSITORY@COMMIT with a full 40-digit commit.")
        self._repository, self._revision = repository, revision

    def fetch(self, entry: ModelEntry, folder: Path, progress: disk.Progress) -> None:
        """Leave every file of `entry` in `folder`, verified. Raises DownloadFailed, WrongHash, NoSpace."""
        from huggingface_hub import hf_hub_download  # noqa: PLC0415  an optional package, for this source alone
        from huggingface_hub.errors import HfHubHTTPError, HFValidationError  # noqa: PLC0415

        repository = self._repository or entry.hub_repository
        if not repository:
            raise DownloadFailed(
                f"The catalogue names no hub repository for {entry.id}: --from REPOSITORY@COMMIT."
            )
        disk.require_space(folder, 2 * entry.total_bytes)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".hub-") as staging:
            for file in entry.files:
                try:
                    hf_hub_download(
                        repo_id=repository, filename=file.name, revision=self._revision, local_dir=staging
                    )
                except (HfHubHTTPError, HFValidationError, OSError) as error:
                    raise DownloadFailed(
                        f"{repository} at {self._revision[:12]} did not give {file.name} "
                        f"({type(error).__name__}). Check the network, the repository and the access to it."
                    ) from error
            LocalSource(Path(staging)).fetch(entry, folder, progress)
