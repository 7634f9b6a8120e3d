"""SageMaker's container contract: `GET /ping` and `POST /invocations` (with response streaming).

The body of an invocation is a chat completion request; with `"stream": true` the server-sent events are what
InvokeEndpointWithResponseStream hands on. Refuses to know AWS: these are two paths.
"""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel
from starlette.responses import JSONResponse, Response

from inference_container.embeddings import EmbeddingService
from inference_container.http_face.chat import CHAT_BODY, CHAT_RESPONSES, chat_completion
from inference_container.http_face.document import refusals
from inference_container.http_face.refusals import refusal_response
from inference_container.service import ChatService


class Ready(BaseModel):
    """The answer of `/ping`."""

    state: Literal["ready"]
    model: str


def sagemaker_router(
    service: ChatService, embeddings: EmbeddingService | None, *, max_body_bytes: int
) -> APIRouter:
    router = APIRouter()

    @router.get("/ping", response_model=Ready, responses=refusals(503))
    async def ping() -> Response:
        """200 once all that is served answers, 503 before it, while switched off and while draining."""
        if refusal := service.refusal() or (embeddings and embeddings.refusal()):
            return refusal_response(refusal)
        return JSONResponse({"state": "ready", "model": service.engine.model})

    @router.post("/invocations", openapi_extra=CHAT_BODY, responses=CHAT_RESPONSES)
    async def invoke(request: Request) -> Response:
        return await chat_completion(request, service, max_body_bytes=max_body_bytes)

    return router
