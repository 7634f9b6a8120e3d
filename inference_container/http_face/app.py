"""Puts the contracts together into one ASGI application, and the engine's life around them.

Knows the lifespan: the engine loads in the background so that `/ping` can say 503 meanwhile.
Refuses to know processes and signals (`__main__`).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from inference_container.embeddings import Embedder, EmbeddingService
from inference_container.engines import Engine, EngineFailed
from inference_container.errors import Refused
from inference_container.http_face.capacity import Wanted, capacity_router
from inference_container.http_face.chat import chat_router
from inference_container.http_face.document import complete
from inference_container.http_face.embeddings import EmbeddingRequest, embeddings_router
from inference_container.http_face.metrics_page import metrics_router
from inference_container.http_face.models import models_router
from inference_container.http_face.refusals import on_gone, on_refused, on_unknown
from inference_container.http_face.sagemaker import sagemaker_router
from inference_container.http_face.wire import ChatCompletionRequest
from inference_container.metrics import EmbeddingMetrics
from inference_container.service import ChatService

BODIES = (ChatCompletionRequest, EmbeddingRequest, Wanted)


def build_app(
    engine: Engine,
    *,
    embedder: Embedder | None = None,
    parallel: int = 1,
    queue_limit: int = 16,
    max_body_bytes: int = 1 << 20,
    switchable: bool = False,
    version: str = "",
    adapters: Sequence[str] = (),
    on_failure: Callable[[EngineFailed], None] = lambda _: None,
) -> FastAPI:
    """The application. `switchable` adds `/capacity`, `version` is told beside the model's name in answers.

    `adapters` are the engine's. With an `embedder` there is `/v1/embeddings`. `on_failure` is told when the
    engine cannot load or go on, or when the embedder cannot load; `/ping` stays 503 then.
    """
    service = ChatService(
        engine,
        parallel=parallel,
        queue_limit=queue_limit,
        version=version,
        adapters=adapters,
        on_failure=on_failure,
    )
    embeddings: EmbeddingService | None = None
    if embedder is not None:
        metrics = EmbeddingMetrics(service.metrics)
        embeddings = EmbeddingService(
            embedder, queue_limit=queue_limit, metrics=metrics, on_failure=on_failure
        )
    services = (service, embeddings) if embeddings else (service,)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        loading = [asyncio.create_task(each.start()) for each in services]
        yield
        await asyncio.gather(*loading)  # a native loader cannot be interrupted; it takes seconds
        await asyncio.gather(*(each.stop() for each in services))

    app = FastAPI(title="Attendant model server", lifespan=lifespan, docs_url=None, redoc_url=None)
    app.state.service = service
    app.add_exception_handler(Refused, on_refused)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(ClientDisconnect, on_gone)
    app.add_exception_handler(Exception, on_unknown)
    app.include_router(chat_router(service, max_body_bytes=max_body_bytes))
    app.include_router(sagemaker_router(service, embeddings, max_body_bytes=max_body_bytes))
    app.include_router(models_router(service, embeddings))
    app.include_router(metrics_router(service))
    if embeddings:
        app.include_router(embeddings_router(embeddings, service, max_body_bytes=max_body_bytes))
    if switchable:
        app.include_router(capacity_router(service))
    complete(app, BODIES)
    return app


async def _on_http(_: Request, error: Exception) -> Response:
    """Unknown paths and methods in the same error form as everything else."""
    assert isinstance(error, HTTPException)
    body = {"message": str(error.detail), "type": "invalid_request_error", "param": None, "code": "not_found"}
    return JSONResponse({"error": body}, status_code=error.status_code, headers=error.headers)
