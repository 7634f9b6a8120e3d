"""Turns a refusal into the error body of the OpenAI wire format.

The unknown becomes a fixed 500 and a log line that names the kind of error alone.
"""

from __future__ import annotations

import logging
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from inference_container.errors import BadRequest, Refused
from inference_container.http_face.callers import GONE

_log = logging.getLogger("inference_container")


def error_body(error: Refused) -> dict[str, Any]:
    parameter = error.parameter if isinstance(error, BadRequest) else None
    return {"error": {"message": str(error), "type": error.kind, "param": parameter, "code": error.code}}


def refusal_response(error: Refused) -> JSONResponse:
    headers = {"Retry-After": str(error.retry_after_seconds)} if error.retry_after_seconds else None
    return JSONResponse(error_body(error), status_code=error.status, headers=headers)


async def on_refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return refusal_response(error)


async def on_gone(_: Request, __: Exception) -> Response:
    """Whoever goes away within the body is told nothing, and is nobody's error."""
    return Response(status_code=GONE)


async def on_unknown(_: Request, error: Exception) -> Response:
    _log.error("unexpected %s", type(error).__name__)
    return refusal_response(Refused("Something went wrong inside the model server."))
