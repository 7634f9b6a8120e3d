"""Bodies of HTTP API requests: one that is not UTF-8 reaches the function in base64, whatever its type.

The emulator decodes a body of a text type with replacement characters, which would hide from the function
that the client sent broken bytes.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from ministack.services import apigateway

from cli.embedded_cloud.emulator.seams import replace

_body_is_text: ContextVar[bool] = ContextVar("attendant_body_is_text", default=True)


def install() -> None:
    """Looks at the bytes before the emulator decides by content type alone."""

    async def invoke(*args: Any, **kwargs: Any) -> Any:
        body = kwargs["body"] if "body" in kwargs else args[6]
        token = _body_is_text.set(_is_utf8(body or b""))
        try:
            return await original_invoke(*args, **kwargs)
        finally:
            _body_is_text.reset(token)

    def is_text(content_type: str | None) -> bool:
        return _body_is_text.get() and bool(original_is_text(content_type))

    original_invoke = replace(
        apigateway,
        "_invoke_lambda_proxy",
        invoke,
        "integration",
        "api_id",
        "stage",
        "path",
        "method",
        "headers",
        "body",
    )
    original_is_text = replace(apigateway, "_v2_request_body_is_text", is_text, "content_type")


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
