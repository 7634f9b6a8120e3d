"""The stream of an OpenAI-compatible chat completion, whatever carries it.

Knows the request's JSON and the lines `data: {...}`. Refuses to know sockets and SageMaker.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from core.errors import ModelUnavailable
from core.model import ChatDelta, ChatRequest

DONE = "[DONE]"
MODEL_NAME = r"[\w.:/@+-]{1,120}"


def request_body(model: str, request: ChatRequest) -> bytes:
    body: dict[str, Any] = {
        "model": model,
        "messages": [message.model_dump() for message in request.messages],
        "max_tokens": request.max_tokens,
        "temperature": request.temperature,
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    if request.user is not None:
        body["user"] = request.user
    if request.stop:
        body["stop"] = list(request.stop)
    return json.dumps(body, ensure_ascii=False).encode()


def deltas(lines: Iterable[bytes], *, asked: str) -> Iterator[ChatDelta]:
    """Pieces of text, then one without text that carries the token counts.

    Each says which model it is of: the one that the server names, else the one that was `asked`.
    Raises ModelUnavailable when the stream breaks off before its end, or is not one.
    """
    usage: dict[str, Any] = {}
    model = asked
    finished = False
    for line in lines:
        if not line.startswith(b"data:"):
            continue
        data = line[5:].strip()
        if data == DONE.encode():
            finished = True
            break
        try:
            event = json.loads(data)
            usage = event.get("usage") or usage
            model = _named(event) or model
            choices = event.get("choices") or []
            text = (choices[0].get("delta") or {}).get("content") or "" if choices else ""
            finished = finished or bool(choices and choices[0].get("finish_reason"))
            failed = "error" in event
        except (ValueError, AttributeError, LookupError, TypeError) as error:
            raise ModelUnavailable("the model's stream cannot be read") from error
        if failed:
            raise ModelUnavailable("the model's engine reported an error")
        if text:
            yield ChatDelta(text=text, model=model)
    if not finished:
        raise ModelUnavailable("the model's stream broke off")
    yield ChatDelta(
        prompt_tokens=int(usage.get("prompt_tokens") or 0),
        completion_tokens=int(usage.get("completion_tokens") or 0),
        model=model,
    )


def _named(event: dict[str, Any]) -> str | None:
    """What the server calls its model, if it is a name: it is kept with the answer."""
    name = event.get("model")
    return name if isinstance(name, str) and re.fullmatch(MODEL_NAME, name) else None
