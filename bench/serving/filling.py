"""Brings a server to its full weight, so that what grows afterwards is no cache that fills.

An engine reserves its cache of keys and values when it starts, but the system gives the memory when it is
first written, and buffers for many answers at once when there are many. OpenVINO makes its kernels for a step
of so many tokens when it meets the first step of so many, and keeps them: about one MiB for each number up to
`STEP_TOKENS`, and nothing after the last of them. A server that was asked little weighs less than one that
was asked much. Knows that number. Refuses to know engines otherwise: all are asked the same.
"""

from __future__ import annotations

import asyncio

import httpx

from bench.serving.asking import Answer, ask
from inference_container.engines.openvino_worker import STEP_TOKENS

WORDS = 900
"""Of one token each, for both models on the disk; with the template nearly `candidates.CONTEXT_TOKENS`."""
SPARE = 2
"""Contexts more than places: an engine keeps one more, and blocks are not filled to their ends."""
ANSWER_TOKENS = 32


async def fill(line: httpx.AsyncClient, *, parallel: int) -> None:
    """Raises RuntimeError when the server is not of its full weight afterwards."""
    await _every_step(line)
    await _every_context(line, parallel=parallel)


async def _every_step(line: httpx.AsyncClient) -> None:
    """A prompt of each length, one after the other: the last step of each is of another number of tokens."""
    lengths = {(await _asked(line, f"{words:03}", words, 1)).prompt_tokens for words in range(STEP_TOKENS)}
    if missing := set(range(STEP_TOKENS)) - {length % STEP_TOKENS for length in lengths}:
        raise RuntimeError(f"{len(missing)} of {STEP_TOKENS} sizes of a step were not asked for")


async def _every_context(line: httpx.AsyncClient, *, parallel: int) -> None:
    """Prompts of nearly the whole context, all at once."""
    asked = (_asked(line, f"context {number}", WORDS, ANSWER_TOKENS) for number in range(parallel + SPARE))
    await asyncio.gather(*asked)


async def _asked(line: httpx.AsyncClient, beginning: str, words: int, max_tokens: int) -> Answer:
    """No two begin alike: what another one left in the cache is of no use."""
    spoken = [
        {"role": "system", "content": " ".join([beginning, *["car"] * words])},
        {"role": "user", "content": "?"},
    ]
    answer = await ask(line, "fill", {"messages": spoken, "max_tokens": max_tokens})
    if answer.error:
        raise RuntimeError(f"the server was not brought to its full weight: {answer.error}")
    return answer
