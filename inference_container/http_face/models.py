"""`GET /v1/models`: the one model that is served."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from inference_container.service import ChatService


def models_router(service: ChatService) -> APIRouter:
    router = APIRouter()

    @router.get("/v1/models")
    async def list_models() -> dict[str, Any]:
        engine = service.engine
        model = {
            "id": engine.model,
            "object": "model",
            "owned_by": "attendant",
            "context_tokens": engine.context_tokens,
        }
        return {"object": "list", "data": [model]}

    return router
