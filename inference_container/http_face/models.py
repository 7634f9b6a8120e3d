"""`GET /v1/models`: what may be named as `model`."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from inference_container.embedder import DIMENSION
from inference_container.embeddings import EmbeddingService
from inference_container.service import ChatService


def models_router(service: ChatService, embeddings: EmbeddingService | None) -> APIRouter:
    router = APIRouter()
    engine = service.engine

    @router.get("/v1/models")
    async def list_models() -> dict[str, Any]:
        models = [
            _model(name, context_tokens=engine.context_tokens, **_parent(name, engine.model))
            for name in service.models
        ]
        if embeddings:
            models.append(_model(embeddings.model, dimensions=DIMENSION))
        return {"object": "list", "data": models}

    return router


def _parent(name: str, base: str) -> dict[str, str]:
    """As vLLM's own server tells an adapter's base."""
    return {} if name == base else {"parent": base}


def _model(name: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "object": "model", "owned_by": "attendant", **more}
