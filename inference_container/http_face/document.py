"""What `/openapi.json` says of bodies and refusals that the handlers read and write by hand.

Bodies are read by hand because a caller's own words must not come back in an error. Here they are told all
the same: the schemas of bodies stand among the document's components, every operation names its refusals.
Refuses to know what the handlers do: a contract test holds them to the document.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

Responses = dict[int | str, dict[str, Any]]

_REF = "#/components/schemas/{model}"


class Problem(BaseModel):
    """What went wrong; `param` names the field of the body, where there is one."""

    message: str
    type: str
    param: str | None
    code: str


class Refusal(BaseModel):
    error: Problem


_MEANINGS = {
    400: "The request cannot be followed: `param` names the field",
    404: "Another model than those served",
    413: "The body is too large",
    429: "The waiting line is full; Retry-After tells when to come back",
    503: "Loading, draining, switched off or broken; Retry-After tells when to come back",
    504: "The time that the caller gave is up",
}
GENERATING = tuple(_MEANINGS)
BODY_ALONE = (400, 413)
EVENT = {"type": "object", "properties": {"data": {"type": "string"}}, "required": ["data"]}
EVENTS = {"text/event-stream": {"schema": EVENT}}

TIMEOUT_HEADER = {
    "name": "X-Timeout-Seconds",
    "in": "header",
    "required": False,
    "description": "Seconds that the caller waits for the whole answer",
    "schema": {"type": "string", "pattern": r"^[0-9]{1,5}(\.[0-9]{1,6})?$"},
}


def refusals(*statuses: int) -> Responses:
    """For `responses=` of a route. Every one has the same body."""
    return {status: {"model": Refusal, "description": _MEANINGS[status]} for status in statuses}


def reads(kind: type[BaseModel], *parameters: dict[str, Any]) -> dict[str, Any]:
    """For `openapi_extra=` of a route whose handler reads the body itself."""
    schema = {"$ref": _REF.format(model=kind.__name__)}
    body = {"required": True, "content": {"application/json": {"schema": schema}}}
    return {"requestBody": body, **({"parameters": list(parameters)} if parameters else {})}


def complete(app: FastAPI, bodies: Sequence[type[BaseModel]]) -> None:
    """Put the schemas that `reads` points at into the application's document."""
    generate: Callable[[], dict[str, Any]] = app.openapi
    _, told = models_json_schema([(kind, "validation") for kind in bodies], ref_template=_REF)

    def document() -> dict[str, Any]:
        found = generate()
        found.setdefault("components", {}).setdefault("schemas", {}).update(told["$defs"])
        return found

    app.openapi = document  # type: ignore[method-assign]  # FastAPI's own way of extending it
