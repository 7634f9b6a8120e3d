"""The processes of one embedded cloud: started with a log, recorded with pid and start time, ended in order.

Knows how to tell our own process from another that got its number later. Refuses to end anything else.
"""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import time
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TextIO

LAST_LINES = 15


@dataclass(frozen=True)
class RecordedProcess:
    """One line of run/processes.json. `started` is the operating system's word, compared and never parsed."""

    name: str
    pid: int
    started: str

    @property
    def alive(self) -> bool:
        return start_time(self.pid) == self.started


@dataclass
class Child:
    """A process of this run."""

    name: str
    popen: subprocess.Popen[bytes]
    log: Path

    @property
    def exit_code(self) -> int | None:
        return self.popen.poll()


def start_time(pid: int) -> str | None:
    """When the process was started, or None when there is none (a zombie counts as none)."""
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return _start_time_by_ps(pid)
    return None if after_name[0] == "Z" else after_name[19]


def _start_time_by_ps(pid: int) -> str | None:
    if Path("/proc/self/stat").exists():
        return None
    done = subprocess.run(  # where there is no /proc
        ["ps", "-o", "lstart=", "-p", str(pid)],  # noqa: S607 - the system's own
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip() or None


def last_lines(log: Path, count: int = LAST_LINES) -> str:
    try:
        with log.open(encoding="utf-8", errors="replace") as file:
            return "".join(deque(file, maxlen=count)).rstrip()
    except OSError:
        return ""


LOCK = "lock"


def hold(run: Path) -> TextIO | None:
    """The lock of a home, or None while another process holds it. Closing it, or dying, frees it."""
    run.mkdir(parents=True, exist_ok=True)
    lock = (run / LOCK).open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        return None
    return lock


class Processes:
    """The record in `run/processes.json` and what it stands for."""

    def __init__(self, *, run: Path, logs: Path) -> None:
        self._record = run / "processes.json"
        self._logs = logs

    def have_lived_here(self) -> bool:
        """Whether this is the home of a cloud, running or not."""
        return self._record.exists() or self._record.with_name(LOCK).exists()

    def start(self, name: str, command: Sequence[str], *, env: Mapping[str, str], cwd: Path) -> Child:
        """Starts `command` in a group of its own: Ctrl-C is to reach only whoever supervises it."""
        log = self._logs / f"{name}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as output:
            popen = subprocess.Popen(
                list(command),
                env=dict(env),
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        self.record(name, popen.pid)
        return Child(name, popen, log)

    def record(self, name: str, pid: int) -> None:
        started = start_time(pid) or ""
        kept = [p for p in self.recorded() if p.name != name or p.alive]
        self._write([*kept, RecordedProcess(name, pid, started)])

    def recorded(self) -> list[RecordedProcess]:
        """Everything recorded, in the order of starting; an unreadable record counts as empty."""
        try:
            return [RecordedProcess(**entry) for entry in json.loads(self._record.read_text())]
        except (OSError, ValueError, TypeError):
            return []

    def running(self) -> list[RecordedProcess]:
        return [process for process in self.recorded() if process.alive]

    def forget(self, names: Iterable[str] | None = None) -> None:
        """Drops the named processes from the record, or all of them."""
        gone = None if names is None else set(names)
        self._write([] if gone is None else [p for p in self.recorded() if p.name not in gone])

    def stop(self, process: RecordedProcess, *, patience_seconds: float, rudely: bool = False) -> None:
        """Ends a process of ours and its group: politely, and after `patience_seconds` for certain.

        The polite word goes to the process alone. What it leaves of its group is ended all the same.
        """
        if not process.alive:
            return
        ours = _leads_a_session(process)
        if not rudely:
            with suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGTERM)
            _await_end(process, patience_seconds)
        if ours:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        elif process.alive:
            with suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGKILL)
        _await_end(process, 5)

    def stop_named(self, name: str) -> None:
        """Ends the process of that name and everything below it at once, and forgets it."""
        for process in self.running():
            if process.name == name:
                self.stop(process, patience_seconds=0, rudely=True)
        self.forget({name})

    def _write(self, processes: Sequence[RecordedProcess]) -> None:
        self._record.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._record.with_suffix(".new")
        fresh.write_text(json.dumps([asdict(process) for process in processes], indent=1))
        fresh.replace(self._record)


def _leads_a_session(process: RecordedProcess) -> bool:
    """Whether its group holds what it started and nothing else, such as the rest of a pipe in a shell."""
    try:
        return os.getsid(process.pid) == process.pid
    except ProcessLookupError:
        return False


def _await_end(process: RecordedProcess, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while process.alive and time.monotonic() < deadline:
        with suppress(ChildProcessError):
            os.waitpid(process.pid, os.WNOHANG)
        time.sleep(0.05)
