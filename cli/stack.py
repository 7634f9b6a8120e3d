"""`attendant up | down | status | model`: the embedded cloud as a person at a terminal handles it.

Knows signals, the terminal and the detached form. Refuses to know how a cloud is brought up
(`cli/embedded_cloud`).
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from cli.conversation import Rejected, Unreachable, talking_to
from cli.deployment import home_settings
from cli.embedded_cloud.cloud import MODEL, SUPERVISOR, down, up
from cli.embedded_cloud.model_server import start_model_server, wait_for_model
from cli.embedded_cloud.processes import Processes, last_lines
from cli.embedded_cloud.settings import EmbeddedCloudSettings
from cli.failures import CommandFailed

DETACHED_LOG = "up.log"
READY = "ready:"


def run(settings: EmbeddedCloudSettings) -> None:
    """Brings the cloud up and keeps it until Ctrl-C or SIGTERM. Raises EmbeddedCloudError."""
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        cloud = up(settings, _tell)
    except KeyboardInterrupt:
        raise CommandFailed("stopped before it was up", exit_code=130) from None
    _tell(_what_to_try(settings))
    try:
        cloud.watch(_tell)
    except KeyboardInterrupt:
        _tell("stopping; state is kept (attendant down --erase removes it)")
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        cloud.stop()


def run_detached(settings: EmbeddedCloudSettings, arguments: Sequence[str]) -> None:
    """Starts `attendant up` once more, apart from this terminal, and returns when it is ready.

    Raises CommandFailed with what it said last.
    """
    settings.logs.mkdir(parents=True, exist_ok=True)
    log = settings.logs / DETACHED_LOG
    with log.open("wb") as output:
        child = subprocess.Popen(
            [sys.executable, "-m", "cli.main", "up", *arguments],
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        _follow_until_ready(child, log)
    except KeyboardInterrupt:
        child.terminate()
        child.wait()
        raise CommandFailed("stopped before it was up", exit_code=130) from None


def _follow_until_ready(child: subprocess.Popen[bytes], log: Path) -> None:
    with log.open(encoding="utf-8", errors="replace") as lines:
        ready = False
        while True:
            ended = child.poll() is not None
            for line in lines:
                ready = ready or READY in line
                print(line, end="", flush=True)
            if ready and not ended:
                time.sleep(0.3)  # the lines after it tell what to try
                print(lines.read(), end="")
                return
            if ended:
                raise CommandFailed(f"it did not come up (code {child.returncode})", f"see {log}")
            time.sleep(0.1)


def stop(home: str, *, erase: bool) -> None:
    if not down(home_settings(home), erase=erase):
        print("nothing was running")


def status(home: str, *, as_json: bool) -> None:
    """Raises CommandFailed when the stack is not up or does not answer."""
    settings = home_settings(home)
    running = [process.name for process in Processes(run=settings.run, logs=settings.logs).running()]
    told: dict[str, Any] = {"address": settings.address, "running": running, "health": None}
    if running:  # else whoever answers there is none of ours
        with suppress(Unreachable, Rejected), talking_to(settings.address, attempts=1) as api:
            told["health"] = api.health()
    print(json.dumps(told, ensure_ascii=False) if as_json else _status_lines(told))
    if not running:
        raise CommandFailed("nothing of this home is running", "attendant up")
    if told["health"] is None:
        raise CommandFailed(f"{settings.address} does not answer", "attendant up")


def kill_model(home: str, down_seconds: float = 0.0) -> float:
    """Kills the model server, keeps it dead for so long and returns the seconds until it answers again."""
    settings, processes = _running(home)
    began = time.monotonic()
    while True:
        for process in processes.running():
            if process.name == MODEL:
                processes.stop(process, patience_seconds=0, rudely=True)
        if time.monotonic() - began >= down_seconds:
            break
        time.sleep(0.2)  # whoever watches the cloud starts it again: until the time is over that is undone
    _await_model(settings, processes)
    return time.monotonic() - began


def _await_model(settings: EmbeddedCloudSettings, processes: Processes) -> None:
    """Returns when the model answers. Starts it when nobody watches this cloud."""
    import httpx  # noqa: PLC0415  slow to import, and `up` does without it

    if not any(process.name == SUPERVISOR for process in processes.running()):
        wait_for_model(settings, start_model_server(settings, processes))
        return
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"{settings.model_address}/ping", timeout=2, trust_env=False).status_code == 200:
                return
        except httpx.TransportError:
            pass  # not yet
        time.sleep(0.2)
    raise CommandFailed(f"the model server did not come back\n{last_lines(settings.logs / 'model.log')}")


def _running(home: str) -> tuple[EmbeddedCloudSettings, Processes]:
    settings = home_settings(home)
    processes = Processes(run=settings.run, logs=settings.logs)
    if not any(process.name == MODEL for process in processes.running()):
        raise CommandFailed("no model server of this home is running", "attendant up")
    return settings, processes


def _status_lines(told: dict[str, Any]) -> str:
    lines = [f"{told['address']}  running: {', '.join(told['running']) or 'nothing'}"]
    health = told["health"]
    if health is not None:
        breaker = health.get("breaker", {})
        lines.append(f"state {health['state']}, breaker {breaker.get('state', 'unknown')}")
        lines += [f"{each['id']}: {_snapshot(each.get('snapshot'))}" for each in health.get("assistants", [])]
    return "\n".join(lines)


def _snapshot(snapshot: dict[str, Any] | None) -> str:
    if not snapshot or snapshot.get("age_seconds") is None:
        return "no stock"
    fresh = "current" if snapshot.get("fresh") else "TOO OLD to be spoken of as current"
    return f"stock exported {snapshot['age_seconds'] / 60:.0f} min ago, {fresh}"


def _what_to_try(settings: EmbeddedCloudSettings) -> str:
    return (
        f"\nOpen {settings.address} or try\n"
        '  .venv/bin/attendant ask <assistant> "…"      (attendant status names the assistants)\n'
        "  .venv/bin/attendant loadtest --burst 50\n"
        "Ctrl-C stops everything and keeps the state.\n"
    )


def _tell(line: str) -> None:
    print(line, flush=True)


def _interrupt(_number: int, _frame: object) -> NoReturn:
    raise KeyboardInterrupt
