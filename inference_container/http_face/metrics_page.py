"""`GET /metrics`: the counts for Prometheus."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import PlainTextResponse

from inference_container.service import ChatService


def metrics_router(service: ChatService) -> APIRouter:
    router = APIRouter()

    @router.get("/metrics", response_class=PlainTextResponse)
    async def metrics() -> str:
        line = service.admission
        return service.metrics.render(
            running=line.running, waiting=line.waiting, ready=service.refusal() is None
        )

    return router
