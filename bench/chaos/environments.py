"""Which processes are execution environments of a function: those below one emulator that run its code.

Reads /proc. Refuses to end anything, and to look beyond the children of the process it is given.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

FOLDER = "/ministack-lambda-attendant-local-"


def environments(emulator: int, function: str, *, older_than_seconds: float = 0.0) -> Iterator[int]:
    """Process ids of the functions whose name begins with `function`, after the stage."""
    up = float(Path("/proc/uptime").read_text().split()[0])
    for process in Path("/proc").glob("[0-9]*"):
        try:
            after_name = (process / "stat").read_text().rpartition(")")[2].split()
            command = (process / "cmdline").read_text() if int(after_name[1]) == emulator else ""
        except OSError:  # ended meanwhile
            continue
        age = up - int(after_name[19]) / os.sysconf("SC_CLK_TCK")
        if f"{FOLDER}{function}" in command and age >= older_than_seconds:
            yield int(process.name)
