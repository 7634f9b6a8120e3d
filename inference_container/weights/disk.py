"""Writing big files so that a reader sees either nothing or the whole, verified file.

Knows hashes, free space, the atomic rename and the lock of a folder. Refuses to know where bytes come from.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from inference_container.weights.catalogue import ModelEntry, ModelFile
from inference_container.weights.errors import NoSpace, WeightsMissing, WrongHash

CHUNK_BYTES = 1 << 20
_MIB = 1 << 20

Progress = Callable[[int], None]  # told the number of bytes that have just been finished


def sha256_of(path: Path) -> str:
    """Hex digest of a file's content."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def is_good(path: Path, *, size_bytes: int, sha256: str) -> bool:
    """Whether the file is there with exactly this content (the size is compared first: it costs nothing)."""
    return path.is_file() and path.stat().st_size == size_bytes and sha256_of(path) == sha256


def verify(entry: ModelEntry, folder: Path) -> None:
    """Compare every file of a model with the catalogue. Raises WeightsMissing or WrongHash."""
    for file in entry.files:
        path = folder / file.name
        if not path.is_file():
            raise WeightsMissing(
                f"{path} is not there. Fetch it: "
                f"python -m inference_container.fetch --model {entry.id} --models-dir {folder.parent}"
            )
        if not is_good(path, size_bytes=file.bytes, sha256=file.sha256):
            raise WrongHash(
                f"{path} is not the file that the catalogue names (sha256 differs). "
                "Delete it and fetch the model again."
            )


def require_space(folder: Path, needed_bytes: int) -> None:
    """Raise NoSpace unless the disk of `folder` can take that much more."""
    free = shutil.disk_usage(folder).free
    if free < needed_bytes:
        raise NoSpace(
            f"{folder} has {free // _MIB} MiB free and {needed_bytes // _MIB} MiB are needed. "
            "Free some space or choose another --models-dir; what is already there is kept."
        )


def write_verified(target: Path, file: ModelFile, chunks: Iterable[bytes], progress: Progress) -> None:
    """Write `chunks` to `target` by way of a partial file; the rename happens only for the expected content.

    Raises WrongHash (the partial file is removed, `target` is untouched) or NoSpace.
    """
    partial = target.with_name(target.name + ".partial")
    digest, written = hashlib.sha256(), 0
    try:
        with partial.open("wb") as out:
            for chunk in chunks:
                digest.update(chunk)
                written += len(chunk)
                out.write(chunk)
                progress(len(chunk))
            out.flush()
            os.fsync(out.fileno())
        if written != file.bytes or digest.hexdigest() != file.sha256:
            raise WrongHash(
                f"{file.name} came out with {written} bytes and sha256 {digest.hexdigest()}, expected "
                f"{file.bytes} and {file.sha256}. Nothing was replaced; delete "
                f"{target.parent} and fetch again, or take another --source."
            )
        partial.replace(target)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise NoSpace(
                f"The disk of {target.parent} is full while writing {file.name}. "
                "Free some space and run the same command again; the parts already there are kept."
            ) from error
        raise
    finally:
        partial.unlink(missing_ok=True)


@contextmanager
def folder_lock(folder: Path) -> Iterator[None]:
    """Let one process at a time fill a model's folder; the others wait for it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
