"""`POST /v1/chat/completions`: whole or as a stream of server-sent events.

The status is decided by the first piece: what can be refused is refused before a byte of a stream goes out.
A caller that goes away, while waiting in line, during the prompt or in mid-answer, ends its generation.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import AsyncIterator
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from inference_container.engines import Piece
from inference_container.errors import Refused
from inference_container.http_face.bodies import read_chat_request
from inference_container.http_face.callers import GONE, caller_of, unless_gone
from inference_container.http_face.document import (
    EVENTS,
    GENERATING,
    TIMEOUT_HEADER,
    Responses,
    reads,
    refusals,
)
from inference_container.http_face.refusals import error_body
from inference_container.http_face.wire import Answer, ChatCompletionRequest, Completion
from inference_container.service import ChatService, Running

CHAT_BODY = reads(ChatCompletionRequest, TIMEOUT_HEADER)
CHAT_RESPONSES: Responses = {
    200: {"model": Completion, "content": EVENTS, "description": "Whole, or events with `stream`"},
    **refusals(*GENERATING),
}


def chat_router(service: ChatService, *, max_body_bytes: int) -> APIRouter:
    router = APIRouter()

    @router.post("/v1/chat/completions", openapi_extra=CHAT_BODY, responses=CHAT_RESPONSES)
    async def complete(request: Request) -> Response:
        return await chat_completion(request, service, max_body_bytes=max_body_bytes)

    return router


async def chat_completion(request: Request, service: ChatService, *, max_body_bytes: int) -> Response:
    """The one implementation behind `/v1/chat/completions` and `/invocations`. Raises Refused leaves."""
    asked = await read_chat_request(request, models=service.models, max_bytes=max_body_bytes)
    adapter = asked.model if asked.model in service.adapters else None
    running = service.generate(asked.generation(adapter), caller_of(request, asked.user))
    answer = Answer(request_id=f"chatcmpl-{secrets.token_hex(12)}", model=service.answers_as(adapter))
    pieces = aiter(running)
    try:
        if not asked.stream:
            whole = await unless_gone(request, _collect(pieces))
            return _left(running) if whole is None else JSONResponse(answer.whole(*whole))
        first = await unless_gone(request, _first(pieces))
        if first is None:
            return _left(running)
    except BaseException:
        running.cancel()
        raise
    include_usage = asked.stream_options is not None and asked.stream_options.include_usage
    events = _events(first, pieces, answer, include_usage=include_usage)
    return _EventStream(events, running)


class _EventStream(StreamingResponse):
    """Ends the generation with the response, even one that was given up before its first byte."""

    def __init__(self, events: AsyncIterator[bytes], running: Running) -> None:
        super().__init__(events, media_type="text/event-stream", headers={"Cache-Control": "no-store"})
        self._running = running

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._running.cancel()  # does nothing to a generation that has ended


def _left(running: Running) -> Response:
    """End the generation of a caller that has hung up before the first byte."""
    running.cancel()
    return Response(status_code=GONE)


async def _first(pieces: AsyncIterator[Piece]) -> Piece:
    return await anext(pieces)


async def _collect(pieces: AsyncIterator[Piece]) -> tuple[str, Piece]:
    texts, last = [], Piece()
    async for last in pieces:
        texts.append(last.text)
    return "".join(texts), last


async def _events(
    first: Piece, rest: AsyncIterator[Piece], answer: Answer, *, include_usage: bool
) -> AsyncIterator[bytes]:
    try:
        yield _event(answer.chunk({"role": "assistant", "content": ""}))
        piece: Piece | None = first
        while piece is not None:
            if piece.text:
                yield _event(answer.chunk({"content": piece.text}))
            if piece.finish_reason:
                yield _event(answer.chunk({}, piece.finish_reason))
                if include_usage:
                    yield _event(answer.usage_chunk(piece))
            piece = await anext(rest, None)
        yield b"data: [DONE]\n\n"
    except Refused as error:
        # The status has gone out; the caller learns from the event and from the missing [DONE].
        yield _event(error_body(error))


def _event(data: dict[str, Any]) -> bytes:
    return b"data: " + json.dumps(data, ensure_ascii=False).encode() + b"\n\n"
