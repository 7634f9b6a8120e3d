"""`GET /capacity` and `PUT /capacity`: this server as an endpoint that can be switched off and on.

Stands in for what AWS does to an endpoint's copies, where there is no AWS: one process is one copy, so the
number is 0 or 1. Mounted only where the server was told to (`--switchable`): who may reach it may switch it.
Refuses to know why.
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from inference_container.http_face.bodies import read_body
from inference_container.http_face.document import BODY_ALONE, reads, refusals
from inference_container.service import ChatService

_MAX_BODY_BYTES = 1024


class Wanted(BaseModel):
    """The body of `PUT /capacity`."""

    model_config = ConfigDict(extra="forbid", strict=True)

    copies: int = Field(ge=0, le=1)


class Capacity(BaseModel):
    """The answer to both. `ready` copies would answer a question now."""

    copies: int
    ready: int


def capacity_router(service: ChatService) -> APIRouter:
    router = APIRouter()

    def state() -> Capacity:
        return Capacity(copies=service.copies, ready=int(service.refusal() is None))

    @router.get("/capacity")
    async def show() -> Capacity:
        return state()

    @router.put("/capacity", openapi_extra=reads(Wanted), responses=refusals(*BODY_ALONE))
    async def change(request: Request) -> Capacity:
        wanted = await read_body(request, Wanted, max_bytes=_MAX_BODY_BYTES)
        service.set_copies(wanted.copies)
        return state()

    return router
