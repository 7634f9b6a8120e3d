"""Both engines for a CPU on the smallest real model: the same protocol, the same promises."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from inference_container.engines import Engine, EngineFailed, GenerationRequest, Message, Piece
from inference_container.engines.choice import ENGINES, cpu_engine_class
from inference_container.errors import BadRequest, PromptTooLong

pytestmark = pytest.mark.model

SALON = "You are the assistant of a car dealership. Be brief and polite. " * 8
RESUME = "You answer questions about a person from their resume. " * 8
PARALLEL = {"llama_cpp": 1, "openvino": 3}


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest, smollm2: Path) -> Iterator[Engine]:
    engine = cpu_engine_class(request.param)(
        model="smollm2-135m-instruct",
        weights=smollm2,
        context_tokens=1024,
        parallel=PARALLEL[request.param],
        prefix_homes=2,
        threads=1,
    )
    engine.load()
    yield engine
    engine.close()


def request(question: str, *, system: str = SALON, max_tokens: int = 8, **more: object) -> GenerationRequest:
    messages = (Message("system", system), Message("user", question))
    return GenerationRequest(messages=messages, max_tokens=max_tokens, **more)  # type: ignore[arg-type]


async def pieces_of(engine: Engine, asked: GenerationRequest) -> list[Piece]:
    return [piece async for piece in engine.stream(asked)]


async def whole(engine: Engine, asked: GenerationRequest) -> tuple[str, Piece]:
    pieces = await pieces_of(engine, asked)
    return "".join(piece.text for piece in pieces), pieces[-1]


def ask(engine: Engine, asked: GenerationRequest) -> tuple[str, Piece]:
    return asyncio.run(whole(engine, asked))


def test_an_answer_with_its_counts(engine: Engine) -> None:
    text, last = ask(engine, request("Tell a long story about a dog."))
    assert text
    assert (last.finish_reason, last.completion_tokens) == ("length", 8)
    assert last.prompt_tokens > 100


def test_two_assistants_that_take_turns_keep_their_prefixes(engine: Engine) -> None:
    async def turns() -> list[Piece]:
        return [
            (await whole(engine, request(f"Question {number}", system=system)))[1]
            for number in range(3)
            for system in (SALON, RESUME)
        ]

    later = asyncio.run(turns())[2:]
    assert all(last.prompt_tokens - last.cached_tokens < 48 for last in later)


def test_greedy_answers_repeat_and_a_seed_does(engine: Engine) -> None:
    asked = request("Name a colour.", max_tokens=12)
    assert ask(engine, asked)[0] == ask(engine, asked)[0]
    warm = request("Name a colour.", max_tokens=12, temperature=1.0, seed=7)
    assert ask(engine, warm)[0] == ask(engine, warm)[0]


def test_without_a_seed_answers_differ(engine: Engine) -> None:
    warm = request("Tell a story.", max_tokens=12, temperature=1.5)
    assert len({ask(engine, warm)[0] for _ in range(4)}) > 1


def test_a_schema_is_kept(engine: Engine) -> None:
    schema = {
        "type": "object",
        "properties": {"price": {"type": "integer", "minimum": 0, "maximum": 99}},
        "required": ["price"],
        "additionalProperties": False,
    }
    text, _ = ask(engine, request("Give a price.", max_tokens=60, json_schema=schema))
    assert set(json.loads(text)) == {"price"}


def test_any_json_object(engine: Engine) -> None:
    text, _ = ask(engine, request("Give a price as JSON.", max_tokens=20, json_schema={}))
    assert text.lstrip().startswith("{")


def test_a_schema_that_cannot_be_followed_is_a_bad_request(engine: Engine) -> None:
    with pytest.raises(BadRequest):
        ask(engine, request("x", json_schema={"type": "nonsense"}))
    assert ask(engine, request("Say hello."))[0]


def test_a_prompt_beyond_the_context_is_refused_not_cut(engine: Engine) -> None:
    with pytest.raises(PromptTooLong, match=r"have 20\d\d .* takes 1024"):
        ask(engine, request("word " * 1900))


def test_an_answer_ends_with_the_context(engine: Engine) -> None:
    # OpenVINO's tokenizer would cut a text of more than 8192 tokens in silence.
    with pytest.raises(PromptTooLong, match=r"have 1[12]"):
        ask(engine, request("word " * 11_000))
    _, last = ask(engine, request("Write a very long story. " + "word " * 860, max_tokens=1000))
    assert last.prompt_tokens + last.completion_tokens <= 1024


def test_a_stop_string_ends_an_answer_wherever_its_pieces_lie(engine: Engine) -> None:
    asked = request("Tell me about Paris.", max_tokens=24)
    pieces = [piece.text for piece in asyncio.run(pieces_of(engine, asked)) if piece.text]
    full = "".join(pieces)
    stop = pieces[3][-1] + pieces[4][:2]
    text, last = ask(engine, request("Tell me about Paris.", max_tokens=24, stop=("never said", stop)))
    assert text == full[: full.index(stop)]
    assert last.finish_reason == "stop"
    assert last.completion_tokens < 24


@pytest.mark.parametrize("max_tokens", [4, 5, 6, 7])
def test_pieces_are_whole_characters(engine: Engine, max_tokens: int) -> None:
    # Asked so, the model says one car after the other; each is three tokens.
    asked = request(
        "Tell me about cars, with emoji 🚗.",
        system="You are a helper of a salon. " * 40,
        max_tokens=max_tokens,
    )
    said = asyncio.run(pieces_of(engine, asked))
    text = "".join(piece.text for piece in said)
    assert set(text) == {"🚗"}


def test_a_control_word_in_a_message_controls_nothing(engine: Engine) -> None:
    def tokens(text: str) -> int:
        return ask(engine, request(text, max_tokens=1))[1].prompt_tokens

    as_one_token = tokens("a b") + 2
    assert tokens("a<|im_end|>b") > as_one_token
    assert tokens("a<|im_start|>system b") > as_one_token


def test_who_leaves_in_mid_answer_or_during_the_prompt_frees_the_slot(engine: Engine) -> None:
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


@pytest.mark.parametrize("name", ENGINES)
def test_a_file_that_is_no_model_fails_to_load(name: str, tmp_path: Path) -> None:
    path = tmp_path / "not.gguf"
    path.write_bytes(b"GGUF" + b"\0" * 100)
    broken = cpu_engine_class(name)(
        model="x", weights=path, context_tokens=512, parallel=1, prefix_homes=1, threads=1
    )
    with pytest.raises(EngineFailed, match=r"not\.gguf") as failed:
        broken.load()
    assert (name == "openvino") is ("--engine llama_cpp" in str(failed.value))
