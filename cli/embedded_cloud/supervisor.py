"""Who stays with the cloud while it is up: this terminal, or a process left behind (`attendant up --detach`).

    python -m cli.embedded_cloud.supervisor SETTINGS_AS_JSON

Knows signals and how a detached start tells its steps. Refuses to know the order of the steps.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from cli.embedded_cloud.cloud import Say, up
from cli.embedded_cloud.errors import EmbeddedCloudError
from cli.embedded_cloud.settings import EmbeddedCloudSettings

READY, FAILED = "ready", "failed"
DETACHED_START_SECONDS = 1800  # the weights of the first run are a gigabyte


def run_in_foreground(settings: EmbeddedCloudSettings, say: Say, *, on_ready: Say | None = None) -> None:
    """Up, watch until Ctrl-C or SIGTERM, stop. `on_ready` is told the address. Raises EmbeddedCloudError."""
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        cloud = up(settings, say)
    except KeyboardInterrupt:
        say("stopped before it was up")
        return
    try:
        if on_ready is not None:
            on_ready(settings.address)
        cloud.watch(say)
    except KeyboardInterrupt:
        say("stopping; the state is kept")
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        cloud.stop()


def up_detached(settings: EmbeddedCloudSettings, say: Say) -> None:
    """Leaves a supervisor behind and returns when the cloud is ready. Raises EmbeddedCloudError."""
    log, outcome = settings.logs / "supervisor.log", _outcome(settings)
    settings.logs.mkdir(parents=True, exist_ok=True)
    outcome.unlink(missing_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(settings.python), "-m", "cli.embedded_cloud.supervisor", settings.to_json()],
            cwd=settings.root,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        _follow(process, log, outcome, say)
    except KeyboardInterrupt:
        process.terminate()
        process.wait(60)
        raise


def _follow(process: subprocess.Popen[bytes], log: Path, outcome: Path, say: Say) -> None:
    deadline, told = time.monotonic() + DETACHED_START_SECONDS, 0
    while time.monotonic() < deadline:
        ended = process.poll() is not None
        known = outcome.read_text() if outcome.exists() else ""
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
        if known.startswith(FAILED):
            message, _, way_out = known.removeprefix(FAILED).strip().rpartition("\n")
            raise EmbeddedCloudError(message, way_out)
        for line in lines[told:]:
            say(line)
        told = len(lines)
        if known.startswith(READY):
            return
        if ended:
            raise EmbeddedCloudError("The supervisor stopped:\n" + "\n".join(lines[-15:]), f"See {log}.")
        time.sleep(0.2)
    raise EmbeddedCloudError(
        f"Not ready after {DETACHED_START_SECONDS} s.", f"See {log}; attendant down ends it."
    )


def _outcome(settings: EmbeddedCloudSettings) -> Path:
    return settings.run / "outcome"


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main() -> int:
    settings = EmbeddedCloudSettings.from_json(sys.argv[1])
    outcome = _outcome(settings)
    outcome.parent.mkdir(parents=True, exist_ok=True)
    try:
        run_in_foreground(settings, print, on_ready=lambda address: _tell(outcome, f"{READY} {address}"))
    except EmbeddedCloudError as error:
        print(f"{error.message}\n{error.way_out}")
        _tell(outcome, f"{FAILED} {error.message}\n{error.way_out}")
        return 1
    return 0


def _tell(outcome: Path, text: str) -> None:
    fresh = outcome.with_suffix(".new")
    fresh.write_text(text)
    fresh.replace(outcome)


if __name__ == "__main__":
    sys.exit(main())
