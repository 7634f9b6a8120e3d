"""Callers who do not stay: they hang up in the middle of an answer, while it is begun, or in the line.

Refuses to know what the server should do about it.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from typing import Any

import httpx

LONG = {"max_tokens": 400, "temperature": 0}


async def listen(line: httpx.AsyncClient, body: dict[str, Any], heard: asyncio.Event) -> None:
    """Ask for a stream and read on for ever; `heard` is set by the first piece of text."""
    async with line.stream("POST", "/v1/chat/completions", json={**LONG, **body, "stream": True}) as response:
        async for row in response.aiter_lines():
            if '"content": "' in row and '"content": ""' not in row:
                heard.set()
        heard.set()  # it was a refusal, or an answer that was too short: nobody shall wait for it


async def wait_whole(line: httpx.AsyncClient, body: dict[str, Any]) -> None:
    """Ask for a whole answer, of which nothing is heard before its end."""
    await line.post("/v1/chat/completions", json={**LONG, **body})


async def hang_up(tasks: Sequence[asyncio.Task[None]]) -> None:
    """All at once: their connections are closed when this returns."""
    for task in tasks:
        task.cancel()
    for task in tasks:
        with contextlib.suppress(asyncio.CancelledError, httpx.HTTPError):
            await task
