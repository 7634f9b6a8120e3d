"""From bytes to a validated request. Every way in which bytes can be wrong ends as a BadRequest here.

Refuses to repeat what the caller wrote: a message names the field and the rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import Request

from inference_container.errors import BadRequest, BodyTooLarge, UnknownModel
from inference_container.http_face.wire import ChatCompletionRequest

T = TypeVar("T", bound=BaseModel)


async def read_chat_request(
    request: Request, *, models: Sequence[str], max_bytes: int
) -> ChatCompletionRequest:
    """`models` are those that may be named. Raises BadRequest, BodyTooLarge, UnknownModel."""
    parsed = await read_body(request, ChatCompletionRequest, max_bytes=max_bytes)
    if parsed.model is not None and parsed.model not in models:
        raise UnknownModel(f"This server's chat models: {', '.join(models) or 'none'}.")
    return parsed


async def read_body(request: Request, kind: type[T], *, max_bytes: int) -> T:
    """Raises BadRequest, BodyTooLarge."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > max_bytes:
            raise BodyTooLarge(f"The body is larger than {max_bytes} bytes.")
    try:
        return kind.model_validate_json(bytes(body))
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        if first["type"] == "json_invalid":
            raise BadRequest("The body is not valid JSON in UTF-8.") from error
        if first["type"] == "extra_forbidden":
            # The field's name is the caller's own text, so only its place is told.
            raise BadRequest("The body has a field that this server does not know.") from error
        raise BadRequest(f"{field or 'body'}: {first['msg']}.", parameter=field or None) from error
