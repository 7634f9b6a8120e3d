"""The model over HTTP: any OpenAI-compatible server, ours included.

A server that is not there is known within two seconds, and whatever it does, the request's time is kept.
Closing the stream closes the connection, which ends the generation. Refuses to know slots and the breaker.
"""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from core.errors import ModelUnavailable, NoModelSlot
from core.model import ChatDelta, ChatRequest
from lambdas.adapters.chat_wire import deltas, request_body

CONNECT_SECONDS = 2.0
_BUSY = 429
_OK = 200


class HttpModel:
    """`url` is the server's root; `token`, when there is one, is asked for at each call."""

    def __init__(
        self,
        url: str,
        model: str,
        *,
        token: Callable[[], str] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("the model's address must start with http:// or https://")
        self._connection = (
            http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        )
        self._address = (parts.hostname, parts.port)
        self._path = parts.path.rstrip("/") + "/v1/chat/completions"
        self._model = model
        self._token = token
        self._monotonic = monotonic

    @property
    def name(self) -> str:
        return self._model

    def stream(self, request: ChatRequest) -> Iterator[ChatDelta]:
        """Raises ModelUnavailable, NoModelSlot (the server says it is busy)."""
        deadline = self._monotonic() + request.timeout_seconds
        host, port = self._address
        connection = self._connection(host, port, timeout=min(CONNECT_SECONDS, self._left(deadline)))
        try:
            yield from deltas(self._lines(connection, request, deadline), asked=self._model)
        except (OSError, http.client.HTTPException) as error:
            raise ModelUnavailable(type(error).__name__) from error
        finally:
            connection.close()

    def _lines(
        self, connection: http.client.HTTPConnection, request: ChatRequest, deadline: float
    ) -> Iterator[bytes]:
        connection.connect()
        with _cut_off_after(self._left(deadline), connection.sock):
            yield from self._answer(connection, request, self._left(deadline))

    def _answer(
        self, connection: http.client.HTTPConnection, request: ChatRequest, seconds_left: float
    ) -> Iterator[bytes]:
        headers = {
            "Content-Type": "application/json",
            "Accept": "text/event-stream",
            "X-Timeout-Seconds": f"{seconds_left:.3f}",  # our server ends what nobody waits for
        }
        if self._token is not None:
            headers["Authorization"] = f"Bearer {self._token()}"
        connection.request("POST", self._path, body=request_body(self._model, request), headers=headers)
        with connection.getresponse() as response:
            if response.status == _BUSY:
                raise NoModelSlot("the model server is busy")
            if response.status != _OK:
                raise ModelUnavailable(f"the model server answered {response.status}")
            yield from iter(response.readline, b"")

    def _left(self, deadline: float) -> float:
        left = deadline - self._monotonic()
        if left <= 0:
            raise ModelUnavailable("the model's time is up")
        return left


@contextmanager
def _cut_off_after(seconds: float, connected: socket.socket) -> Iterator[None]:
    """A timeout of the socket would begin anew with each byte, and a server may send one a second."""
    connected.settimeout(seconds)
    timer = threading.Timer(seconds, _cut_off, [connected])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _cut_off(connected: socket.socket) -> None:
    with suppress(OSError):  # it is gone already
        socket.socket.shutdown(connected, socket.SHUT_RDWR)  # TLS has nothing to say to it any more
