"""`python -m inference_container --model NAME`: the process around the application.

Knows arguments, the environment (once, here), the socket and the exit status. Every option has a variable
`INFERENCE_<OPTION>` in the environment, which is how a container is configured. A first argument `serve`,
which SageMaker gives to a container, is accepted. Refuses to know HTTP and engines.
"""

from __future__ import annotations

import argparse
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Mapping, Sequence
from typing import Any

import uvicorn
from pydantic import ValidationError

from inference_container.engines import EngineFailed
from inference_container.engines.choice import build_embedder, build_engine
from inference_container.gpu_report import start_gpu_report
from inference_container.http_face.app import build_app
from inference_container.settings import ServerSettings
from inference_container.weights import WeightsError

_log = logging.getLogger("inference_container")

_ORDERLY_END_SECONDS = 10

_OPTIONS = {
    "engine": "auto (llama_cpp or openvino), one of these, vllm or transformers (GPU), scripted or none",
    "model": "id of the catalogue",
    "embedding_model": "id of the catalogue, for /v1/embeddings; left out, there is none",
    "version": "what answers name beside the model; left out, nothing",
    "adapters": "names of LoRA adapters of the model, with commas between them",
    "gpu": "whose profile vllm takes: t4, l4 or a10g",
    "models_dir": "where `inference_container.fetch` left the weights",
    "manifest_sha256": "of the manifest beside the weights; left out, the catalogue's hashes count",
    "script": "JSON file of the scripted engine",
    "host": "address to listen on",
    "port": "port to listen on",
    "parallel": "generations at the same time",
    "prefix_homes": "prompt prefixes that stay computed",
    "threads": "processor threads of one generation",
    "context": "tokens of prompt and answer together",
    "queue_limit": "requests that may wait",
    "drain_seconds": "how long SIGTERM lets answers finish",
}


def read_settings(argv: Sequence[str], environ: Mapping[str, str]) -> ServerSettings:
    """Options win over the environment, it wins over defaults. Ends the process on unknown options."""
    parser = argparse.ArgumentParser(prog="python -m inference_container", description=__doc__)
    parser.add_argument("serve", nargs="?", choices=["serve"], help=argparse.SUPPRESS)
    for name, meaning in _OPTIONS.items():
        preset = environ.get(f"INFERENCE_{name.upper()}")
        parser.add_argument(f"--{name.replace('_', '-')}", default=preset, help=meaning)
    parser.add_argument(
        "--switchable",
        action="store_const",
        const=True,
        default=environ.get("INFERENCE_SWITCHABLE"),
        help="let PUT /capacity switch the server off and on",
    )
    given: dict[str, Any] = {
        key: value for key, value in vars(parser.parse_args(argv)).items() if value is not None
    }
    given.pop("serve", None)
    if "context" in given:
        given["context_tokens"] = given.pop("context")
    try:
        return ServerSettings.model_validate(given)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        parser.error(f"{'.'.join(map(str, first['loc']))}: {first['msg']}")


def main(argv: Sequence[str] | None = None) -> int:
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    settings = read_settings(sys.argv[1:] if argv is None else argv, os.environ)
    try:
        listener = _listen(settings.host, settings.port)
        engine, embedder = build_engine(settings), build_embedder(settings)
    except (WeightsError, OSError) as error:
        _log.error("%s", error)
        return 1
    failures: list[EngineFailed] = []

    def give_up(error: EngineFailed) -> None:
        failures.append(error)
        server.should_exit = True
        # Native code that hangs cannot be ended, and would keep the process from ending in order.
        last_resort = threading.Timer(settings.drain_seconds + _ORDERLY_END_SECONDS, os._exit, [1])
        last_resort.daemon = True
        last_resort.start()

    app = build_app(
        engine,
        embedder=embedder,
        adapters=settings.adapters,
        parallel=settings.parallel,
        queue_limit=settings.queue_limit,
        max_body_bytes=settings.max_body_bytes,
        switchable=settings.switchable,
        version=settings.version,
        on_failure=give_up,
    )
    server = uvicorn.Server(
        uvicorn.Config(
            app, log_level="warning", access_log=False, timeout_graceful_shutdown=settings.drain_seconds
        )
    )
    _log.info("%s on http://%s:%s", engine.model or settings.embedding_model, *listener.getsockname()[:2])

    def leave(*_: object) -> None:
        server.should_exit = True

    # The server raises the signal again once it has drained: ours make that an orderly end with status 0.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, leave)
    start_gpu_report(app.state.service.metrics)
    server.run(sockets=[listener])
    for failure in failures:
        _log.error("%s", failure)
    return 1 if failures else 0


def _listen(host: str, port: int) -> socket.socket:
    """A bound socket. Raises OSError with a sentence that names the way out."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise OSError(
            f"{host}:{port} cannot be listened on ({error.strerror}); choose another --port."
        ) from error
    return listener


if __name__ == "__main__":
    sys.exit(main())
