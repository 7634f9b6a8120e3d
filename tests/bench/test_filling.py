"""A server is of its full weight when all kinds of step were asked of it; the server is made up."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable

import httpx
import pytest

from bench.serving.filling import SPARE, STEP_TOKENS, WORDS, fill

TEMPLATE_TOKENS = 17


def filled(tokens: Callable[[int], int], *, parallel: int = 3, status: int = 200) -> list[str]:
    """The texts that a server was asked which counts so many `tokens` for so many words."""
    texts: list[str] = []

    def answered(request: httpx.Request) -> httpx.Response:
        texts.append(json.loads(request.content)["messages"][0]["content"])
        usage = {"prompt_tokens": tokens(len(texts[-1].split()))}
        rows = [json.dumps({"usage": usage}), "[DONE]"]
        return httpx.Response(status, text="".join(f"data: {row}\n\n" for row in rows))

    async def scene() -> None:
        async with httpx.AsyncClient(
            transport=httpx.MockTransport(answered), base_url="http://made.up"
        ) as line:
            await fill(line, parallel=parallel)

    asyncio.run(scene())
    return texts


def test_every_size_of_a_step_is_asked_for_and_every_context_is_written() -> None:
    texts = filled(lambda words: TEMPLATE_TOKENS + words)
    lengths = [TEMPLATE_TOKENS + len(text.split()) for text in texts]
    assert {length % STEP_TOKENS for length in lengths[:STEP_TOKENS]} == set(range(STEP_TOKENS))
    assert [length > WORDS for length in lengths[STEP_TOKENS:]] == [True] * (3 + SPARE)


def test_no_two_texts_begin_alike() -> None:
    """What is found in the cache is not computed, and the step would be of another size."""
    texts = filled(lambda words: TEMPLATE_TOKENS + words)
    assert len({text.partition(" car")[0] for text in texts}) == len(texts)


def test_a_size_that_was_not_met_is_told() -> None:
    with pytest.raises(RuntimeError, match=f"{STEP_TOKENS // 2} of {STEP_TOKENS} sizes"):
        filled(lambda words: 2 * words)


def test_an_answer_that_did_not_come_is_told() -> None:
    with pytest.raises(RuntimeError, match="full weight: status 503"):
        filled(lambda words: words, status=503)
