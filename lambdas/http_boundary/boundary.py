"""The outermost layer: what may come in at all, and the promise that nothing goes out as a stack trace.

Knows sizes, encodings, the request's id and its arrival. One log line a request: route, status, time; never a
path, a header or a body. Refuses to know what a route does.
"""

from __future__ import annotations

import base64
import time
import uuid
from datetime import UTC, datetime
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.errors import AttendantError, FieldError, InputTooLarge, InvalidInput
from lambdas.adapters.clock import Clock
from lambdas.adapters.telemetry import Telemetry
from lambdas.http_boundary.failures import UNEXPECTED, error_response

NOT_UTF8 = FieldError("body", "Текст запроса должен быть в кодировке UTF-8.")


def readable_event(event: dict[str, Any]) -> dict[str, Any]:
    """The event with a body that can be taken apart as bytes.

    A lone surrogate in it must not stop us before there is anybody to answer.
    """
    body = event.get("body")
    if not isinstance(body, str) or event.get("isBase64Encoded"):
        return event
    try:
        body.encode()
    except UnicodeEncodeError:
        raw = body.encode("utf-8", "surrogatepass")
        return event | {"body": base64.b64encode(raw).decode(), "isBase64Encoded": True}
    return event


class Boundary:
    def __init__(self, app: ASGIApp, *, telemetry: Telemetry, clock: Clock, body_bytes: int) -> None:
        self._app = app
        self._telemetry = telemetry
        self._clock = clock
        self._body_bytes = body_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        context = scope.get("aws.event", {}).get("requestContext", {})
        request_id = str(context.get("requestId") or uuid.uuid4().hex)
        scope.setdefault("state", {}).update(
            request_id=request_id, arrived_at=_arrival(context.get("timeEpoch"), self._clock())
        )
        status = 500

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._answer(scope, receive, watched, request_id)
        finally:
            self._telemetry.tell(
                "request",
                route=_route(scope),
                method=scope["method"],
                status=status,
                milliseconds=round((time.perf_counter() - started) * 1_000, 1),
                request_id=request_id,
            )

    async def _answer(self, scope: Scope, receive: Receive, send: Send, request_id: str) -> None:
        try:
            body = await self._body(receive)
        except AttendantError as error:
            await error_response(error, request_id)(scope, receive, send)
            return
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, _replay(body, receive), watched)
        except Exception as error:
            self._telemetry.alarm("unexpected_error", error, route=_route(scope))
            if begun:
                raise
            await error_response(UNEXPECTED, request_id)(scope, receive, send)

    async def _body(self, receive: Receive) -> bytes:
        """Raises InputTooLarge, InvalidInput."""
        body = b""
        more = True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > self._body_bytes:
                raise InputTooLarge
        try:
            body.decode()
        except UnicodeDecodeError:
            raise InvalidInput("encoding", fields=(NOT_UTF8,)) from None
        return body


def _replay(body: bytes, receive: Receive) -> Receive:
    messages = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def replayed() -> Message:
        return next(messages, None) or await receive()

    return replayed


def _arrival(time_epoch: Any, now: datetime) -> datetime:
    """When the gateway got the request; a clock that runs ahead of ours must not lengthen the wait."""
    if not isinstance(time_epoch, int | float):
        return now
    return min(now, datetime.fromtimestamp(time_epoch / 1_000, UTC))


def _route(scope: Scope) -> str:
    return str(getattr(scope.get("route"), "path", "unknown"))
