"""The llama.cpp engine on the smallest real model: prefixes stay warm, who leaves frees the slot."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from inference_container.engines import EngineFailed, GenerationRequest, Message, Piece
from inference_container.engines.llama_cpp import LlamaCppEngine
from inference_container.errors import BadRequest, PromptTooLong
from inference_container.weights import Catalogue, WeightsError, verified_folder

pytestmark = pytest.mark.model

MODELS_DIR = Path(__file__).parents[2] / ".attendant/models"
SALON = "You are the assistant of a car dealership. Be brief and polite. " * 8
RESUME = "You answer questions about a person from their resume. " * 8


@pytest.fixture(scope="module")
def engine() -> Iterator[LlamaCppEngine]:
    entry = Catalogue.read().get("smollm2-135m-instruct")
    try:
        folder = verified_folder(entry, MODELS_DIR)
    except WeightsError as error:
        pytest.skip(str(error))
    engine = LlamaCppEngine(
        model=entry.id,
        weights=folder / entry.files[0].name,
        context_tokens=1024,
        parallel=1,
        prefix_homes=2,
        threads=1,
    )
    engine.load()
    yield engine
    engine.close()


def request(question: str, *, system: str = SALON, max_tokens: int = 8, **more: object) -> GenerationRequest:
    messages = (Message("system", system), Message("user", question))
    return GenerationRequest(messages=messages, max_tokens=max_tokens, **more)  # type: ignore[arg-type]


async def whole(engine: LlamaCppEngine, asked: GenerationRequest) -> tuple[str, Piece]:
    pieces = [piece async for piece in engine.stream(asked)]
    return "".join(piece.text for piece in pieces), pieces[-1]


def ask(engine: LlamaCppEngine, asked: GenerationRequest) -> tuple[str, Piece]:
    return asyncio.run(whole(engine, asked))


def test_an_answer_with_its_counts(engine: LlamaCppEngine) -> None:
    text, last = ask(engine, request("Say hello."))
    assert text
    assert (last.finish_reason, last.completion_tokens) == ("length", 8)
    assert last.prompt_tokens > 100


def test_two_assistants_that_take_turns_keep_their_prefixes(engine: LlamaCppEngine) -> None:
    async def turns() -> list[Piece]:
        return [
            (await whole(engine, request(f"Question {number}", system=system)))[1]
            for number in range(3)
            for system in (SALON, RESUME)
        ]

    later = asyncio.run(turns())[2:]
    assert all(last.prompt_tokens - last.cached_tokens < 30 for last in later)


def test_greedy_answers_repeat(engine: LlamaCppEngine) -> None:
    asked = request("Name a colour.", max_tokens=12)
    assert ask(engine, asked)[0] == ask(engine, asked)[0]
    warm = request("Name a colour.", max_tokens=12, temperature=1.0, seed=7)
    assert ask(engine, warm)[0] == ask(engine, warm)[0]


def test_a_schema_is_kept(engine: LlamaCppEngine) -> None:
    schema = {
        "type": "object",
        "properties": {"price": {"type": "integer", "minimum": 0, "maximum": 99}},
        "required": ["price"],
        "additionalProperties": False,
    }
    text, _ = ask(engine, request("Give a price.", max_tokens=60, json_schema=schema))
    assert set(json.loads(text)) == {"price"}


def test_a_schema_that_cannot_be_followed_is_a_bad_request(engine: LlamaCppEngine) -> None:
    with pytest.raises(BadRequest):
        ask(engine, request("x", json_schema={"type": "nonsense"}))
    assert ask(engine, request("Say hello."))[0]


def test_a_prompt_beyond_the_context_is_refused_not_cut(engine: LlamaCppEngine) -> None:
    with pytest.raises(PromptTooLong, match="1024"):
        ask(engine, request("word " * 2000))


def test_who_leaves_in_mid_answer_or_during_the_prompt_frees_the_slot(engine: LlamaCppEngine) -> None:
    async def leave(question: str, after_seconds: float) -> float:
        async def listen() -> None:
            async with contextlib.aclosing(engine.stream(request(question, max_tokens=500))) as stream:
                async for _ in stream:
                    pass

        listening = asyncio.create_task(listen())
        await asyncio.sleep(after_seconds)
        left = time.monotonic()
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        return time.monotonic() - left

    async def scenario() -> None:
        for number in range(4):  # more often than there are homes
            assert await leave(f"{number} " + "long story " * 300, 0.2) < 5
        assert await leave("Tell a long story.", 0.5) < 5
        assert (await whole(engine, request("Say hello.")))[0]

    asyncio.run(scenario())


def test_a_file_that_is_no_model_fails_to_load(tmp_path: Path) -> None:
    path = tmp_path / "not.gguf"
    path.write_bytes(b"GGUF" + b"\0" * 100)
    broken = LlamaCppEngine(
        model="x", weights=path, context_tokens=512, parallel=1, prefix_homes=1, threads=1
    )
    with pytest.raises(EngineFailed, match=r"not\.gguf"):
        broken.load()
