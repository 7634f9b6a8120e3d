"""One question to a server that speaks the OpenAI wire format, with the times of its answer.

Refuses to know which server it is and how many are asked at once.
"""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass
from typing import Any

import httpx

PATIENCE_SECONDS = 600.0


@dataclass(frozen=True)
class Answer:
    """Seconds count from the moment of asking. `error` is empty for an answer that is whole."""

    key: str
    seconds: float
    first_token_seconds: float
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0
    text: str = ""
    error: str = ""

    def told(self) -> dict[str, Any]:
        return asdict(self)


def client(url: str, *, key: str = "") -> httpx.AsyncClient:
    """A connection for each question, as many as are asked for; `key` where the server wants one.

    None is kept: llama.cpp's server closes them when it likes, and the next question would be lost.
    """
    headers = {"Authorization": f"Bearer {key}"} if key else None
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
    return httpx.AsyncClient(base_url=url, timeout=PATIENCE_SECONDS, limits=limits, headers=headers)


async def ask(line: httpx.AsyncClient, key: str, body: dict[str, Any]) -> Answer:
    """A streamed greedy answer, read to its end. An error is told in the answer, never raised."""
    asked = {"temperature": 0, "stream": True, "stream_options": {"include_usage": True}, **body}
    texts: list[str] = []
    usage: dict[str, Any] = {}
    began = time.monotonic()
    first = 0.0
    error = "broke off before [DONE]"
    try:
        async with line.stream("POST", "/v1/chat/completions", json=asked) as response:
            if response.status_code != 200:
                return Answer(key, time.monotonic() - began, 0.0, error=f"status {response.status_code}")
            async for row in response.aiter_lines():
                if row == "data: [DONE]":
                    error = ""
                elif row.startswith("data: "):
                    event = json.loads(row.removeprefix("data: "))
                    usage = event.get("usage") or usage
                    if text := _text(event):
                        first = first or time.monotonic() - began
                        texts.append(text)
    except httpx.HTTPError as broken:
        error = type(broken).__name__
    return Answer(
        key=key,
        seconds=time.monotonic() - began,
        first_token_seconds=first,
        prompt_tokens=usage.get("prompt_tokens", 0),
        cached_tokens=(usage.get("prompt_tokens_details") or {}).get("cached_tokens", 0),
        completion_tokens=usage.get("completion_tokens", 0),
        text="".join(texts),
        error=error,
    )


def _text(event: dict[str, Any]) -> str:
    return "".join(choice["delta"].get("content") or "" for choice in event.get("choices") or ())
