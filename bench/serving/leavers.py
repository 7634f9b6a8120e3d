"""Callers who do not stay: they hang up in the middle of an answer, while it is begun, or in the line.

They speak HTTP by hand, so that two hundred of them can be gone within the same milliseconds: a client's own
tidying up would take longer than what is measured. Refuses to know what the server should do about it.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

LONG = {"max_tokens": 400, "temperature": 0}
PATH = "/v1/chat/completions"


class Leaver:
    """One caller. `heard` is set by the first piece of text, and by an end that came before it."""

    def __init__(self, url: str, body: dict[str, Any], *, stream: bool) -> None:
        self._at = urlsplit(url)
        self._body = json.dumps({**LONG, **body, "stream": stream}).encode()
        self._writer: asyncio.StreamWriter | None = None
        self._reading: asyncio.Task[None] | None = None
        self.heard = asyncio.Event()

    async def ask(self) -> None:
        """Returns when the question has been sent; what comes is read in the background."""
        reader, self._writer = await asyncio.open_connection(self._at.hostname, self._at.port)
        head = f"POST {PATH} HTTP/1.1\r\nHost: {self._at.netloc}\r\nContent-Length: {len(self._body)}\r\n\r\n"
        self._writer.write(head.encode() + self._body)
        await self._writer.drain()
        self._reading = asyncio.create_task(self._read(reader))

    async def _read(self, reader: asyncio.StreamReader) -> None:
        with contextlib.suppress(ConnectionError):
            async for row in reader:
                if b'"content": "' in row and b'"content": ""' not in row:
                    self.heard.set()
        self.heard.set()

    def leave(self) -> None:
        """At once, without a word: the connection is reset."""
        assert self._writer is not None
        self._writer.transport.abort()

    async def gone(self) -> None:
        """Nothing of this caller is left here."""
        if self._reading is not None:
            await self._reading


async def asking(url: str, bodies: Sequence[dict[str, Any]], *, stream: bool) -> list[Leaver]:
    """All of them at the same time; returned when all have asked."""
    callers = [Leaver(url, body, stream=stream) for body in bodies]
    await asyncio.gather(*(each.ask() for each in callers))
    return callers


async def hang_up(callers: Sequence[Leaver]) -> None:
    for each in callers:
        each.leave()
    await asyncio.gather(*(each.gone() for each in callers))
