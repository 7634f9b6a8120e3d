"""Brings a server to its full weight, so that what grows afterwards is no cache that fills.

An engine reserves its cache of keys and values when it starts, but the system gives the memory when it is
first written, and buffers for many answers at once when there are many: a server that was asked little weighs
less than one that was asked much. Refuses to know engines.
"""

from __future__ import annotations

import asyncio

import httpx

from bench.serving.asking import ask

WORDS = 900
"""Of one token each, for both models on the disk; with the template nearly `candidates.CONTEXT_TOKENS`."""
SPARE = 2
"""Contexts more than places: an engine keeps one more, and blocks are not filled to their ends."""
ROUNDS = 2
ANSWER_TOKENS = 32


async def fill(line: httpx.AsyncClient, *, parallel: int) -> None:
    """Prompts of nearly the whole context, no two of which begin alike, all at once. Raises RuntimeError."""
    for turn in range(ROUNDS):
        asked = (_body(f"{turn}-{number}") for number in range(parallel + SPARE))
        for answer in await asyncio.gather(*(ask(line, "fill", body) for body in asked)):
            if answer.error:
                raise RuntimeError(f"the cache was not filled: {answer.error}")


def _body(beginning: str) -> dict[str, object]:
    words = " ".join([beginning, *["car"] * WORDS])
    spoken = [{"role": "system", "content": words}, {"role": "user", "content": "?"}]
    return {"messages": spoken, "max_tokens": ANSWER_TOKENS}
