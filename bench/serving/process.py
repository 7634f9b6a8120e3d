"""A server in a process of its own: started, waited for, weighed and ended.

Knows `/proc`. Refuses to know what the server is asked.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx

START_SECONDS = 240.0
END_SECONDS = 40.0


class DidNotStart(Exception):
    """The end of its log says why."""


@dataclass(frozen=True)
class Weight:
    """Of a process and its children. Bytes of resident memory, now and at most."""

    resident: int
    peak: int
    threads: int
    files: int


class ServerProcess:
    """Its own process group: what it starts ends with it."""

    def __init__(
        self, command: Sequence[str], log: Path, environment: Mapping[str, str] | None = None
    ) -> None:
        log.parent.mkdir(parents=True, exist_ok=True)
        self.log = log
        with log.open("wb") as out:
            self.process = subprocess.Popen(
                list(command),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=out,
                start_new_session=True,
                env={**os.environ, **(environment or {})},
            )

    def wait_for(self, url: str, path: str) -> None:
        """Until GET is 200. Raises DidNotStart."""
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self.process.poll() is None:
            with contextlib.suppress(httpx.TransportError):
                if httpx.get(url + path, timeout=5).status_code == 200:
                    return
            time.sleep(0.1)
        raise DidNotStart(self.last_words())

    def last_words(self) -> str:
        return self.log.read_text(errors="replace")[-2000:]

    def weigh(self) -> Weight:
        tree = list(_tree(self.process.pid))
        status = [_status(pid) for pid in tree]
        return Weight(
            resident=sum(one.get("VmRSS", 0) for one in status) * 1024,
            peak=sum(one.get("VmHWM", 0) for one in status) * 1024,
            threads=sum(one.get("Threads", 0) for one in status),
            files=sum(_files(pid) for pid in tree),
        )

    def mapped(self) -> str:
        """The names of the files that the tree has in its memory, libraries among them."""
        maps = []
        for pid in _tree(self.process.pid):
            with contextlib.suppress(OSError):
                maps.append(Path(f"/proc/{pid}/maps").read_text(errors="replace"))
        return "\n".join(maps)

    def end(self) -> int | None:
        """As a supervisor would: SIGTERM first. Returns the exit status."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(END_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
        return self.process.returncode


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _tree(pid: int) -> Iterator[int]:
    yield pid
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _tree(int(child))


def _status(pid: int) -> dict[str, int]:
    """The numbers of /proc/PID/status; nothing of a process that has gone."""
    try:
        rows = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return {}
    pairs = (row.split(":", 1) for row in rows)
    return {
        name: int(value.split()[0])
        for name, value in pairs
        if value.split()[:1] and value.split()[0].isdigit()
    }


def _files(pid: int) -> int:
    try:
        return len(os.listdir(f"/proc/{pid}/fd"))  # noqa: PTH208  counted, not walked
    except OSError:
        return 0
