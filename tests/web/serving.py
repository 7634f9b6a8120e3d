"""Serves an application on a port of its own, in a thread.

Refuses to know which one.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn


class FrontDoor:
    """May go away and come back behind the same port."""

    def __init__(self, app: Any) -> None:
        self._app = app
        self._port = 0
        self._stop: Callable[[], None] = lambda: None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        listener = socket.create_server(("127.0.0.1", self._port))
        self._port = listener.getsockname()[1]
        config = uvicorn.Config(self._app, log_level="critical", lifespan="off", timeout_graceful_shutdown=0)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)

        def stop() -> None:
            server.should_exit = True
            thread.join(timeout=5)
            listener.close()

        self._stop = stop

    def stop(self) -> None:
        self._stop()


@contextmanager
def served(app: Any) -> Iterator[str]:
    """Its address while it is served."""
    door = FrontDoor(app)
    door.start()
    yield door.address
    door.stop()
