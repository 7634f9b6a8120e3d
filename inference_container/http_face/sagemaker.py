"""SageMaker's container contract: `GET /ping` and `POST /invocations` (with response streaming).

The body of an invocation is a chat completion request; with `"stream": true` the server-sent events are what
InvokeEndpointWithResponseStream hands on. Refuses to know AWS: these are two paths.
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from inference_container.embeddings import EmbeddingService
from inference_container.http_face.chat import chat_completion
from inference_container.http_face.refusals import refusal_response
from inference_container.http_face.wire import ChatCompletionRequest
from inference_container.service import ChatService


def sagemaker_router(
    service: ChatService, embeddings: EmbeddingService | None, *, max_body_bytes: int
) -> APIRouter:
    router = APIRouter()
    schema = {"content": {"application/json": {"schema": ChatCompletionRequest.model_json_schema()}}}

    @router.get("/ping")
    async def ping() -> Response:
        """200 once all that is served answers, 503 before it, while switched off and while draining."""
        if refusal := service.refusal() or (embeddings and embeddings.refusal()):
            return refusal_response(refusal)
        return JSONResponse({"state": "ready", "model": service.engine.model})

    @router.post("/invocations", openapi_extra={"requestBody": {"required": True, **schema}})
    async def invoke(request: Request) -> Response:
        return await chat_completion(request, service, max_body_bytes=max_body_bytes)

    return router
