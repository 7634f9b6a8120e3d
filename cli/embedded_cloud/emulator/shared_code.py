"""One copy of a function's code on the disk, however many environments of it run.

The emulator unpacks the whole archive for every environment: fifty of them would write gigabytes and compile
every module again. Here an archive is unpacked once and the environments link to it; as on AWS, code is not
there to be written to.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import threading
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from ministack.core import lambda_runtime

from cli.embedded_cloud.emulator.seams import EmulatorChangedError

CODE_FOLDER = "code"

_one_at_a_time = threading.Lock()


class _SharedArchive(zipfile.ZipFile):
    """Stands in for ZipFile where an environment unpacks its code; everything else is as it was."""

    def extractall(self, path: Any = None, members: Any = None, pwd: bytes | None = None) -> None:
        target = Path(path) if path is not None else None
        if target is None or target.name != CODE_FOLDER or members is not None or self.filename is None:
            super().extractall(path, members, pwd)
            return
        archive = Path(self.filename)
        shared = self._unpacked(hashlib.sha256(archive.read_bytes()).hexdigest())
        target.rmdir()
        target.symlink_to(shared, target_is_directory=True)
        archive.unlink()

    def _unpacked(self, digest: str) -> Path:
        folder = Path(tempfile.gettempdir()) / "attendant-code" / digest
        with _one_at_a_time:
            if not folder.exists():
                fresh = folder.with_suffix(f".{os.getpid()}")
                super().extractall(fresh)
                fresh.rename(folder)
        return folder


def install() -> None:
    """Raises EmulatorChangedError when environments are unpacked in another way."""
    if getattr(lambda_runtime, "zipfile", None) is not zipfile:
        raise EmulatorChangedError("core.lambda_runtime does not unpack with zipfile any more")
    lambda_runtime.zipfile = SimpleNamespace(**{**vars(zipfile), "ZipFile": _SharedArchive})
