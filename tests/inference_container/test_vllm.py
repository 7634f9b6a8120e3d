"""vLLM behind the protocol, against a stand-in, and its profiles against the names that the real one has.

`make vllm-arguments` reads the same profiles by vLLM's own parser and records the names.
"""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from inference_container.__main__ import read_settings
from inference_container.engines import EngineFailed, GenerationRequest, Message, Piece
from inference_container.engines.vllm import QUIET, VllmEngine
from inference_container.engines.vllm_profiles import engine_arguments, vllm_profiles
from inference_container.errors import BadRequest, PromptTooLong
from tests.fakes.vllm_package import NAMES, EngineDeadError, FakeVllm, VLLMClientError

ROOT = Path(__file__).parents[2]
GPUS = sorted(vllm_profiles().gpus)


def arguments(gpu: str) -> dict:
    return engine_arguments(gpu=gpu, folder=Path("/m"), model="m", context_tokens=4096, parallel=36)


# Profiles


@pytest.mark.parametrize("gpu", GPUS)
def test_every_flag_is_one_of_vllms_and_every_word_one_that_it_takes(gpu):
    known = NAMES["engine_arguments"]
    for name, value in arguments(gpu).items():
        assert name in known, f"vLLM {NAMES['version']} has no {name}"
        if known[name]:
            assert str(value) in known[name], f"{name} takes {known[name]}"


def test_the_version_is_one_everywhere():
    pinned = re.search(
        r"^vllm==(.+)$", (ROOT / "inference_container/requirements-vllm.txt").read_text(), re.MULTILINE
    )
    assert pinned
    assert pinned[1] == vllm_profiles().version == NAMES["version"]


@pytest.mark.parametrize("gpu", GPUS)
def test_what_no_profile_may_say_otherwise(gpu):
    flags = arguments(gpu)
    assert flags["trust_remote_code"] is flags["enable_log_requests"] is False
    assert flags["load_format"] == "safetensors"
    assert flags["enable_prefix_caching"] is True
    assert (flags["max_model_len"], flags["max_num_seqs"]) == (4096, 36)


def test_a_t4_gets_no_bf16_no_fp8_and_no_flash_attention():
    flags = arguments("t4")
    assert (flags["dtype"], flags["kv_cache_dtype"]) == ("float16", "auto")
    assert flags["attention_backend"] == "TRITON_ATTN"


def test_every_flag_has_its_reason_above_it():
    lines = (ROOT / "inference_container/engines/vllm_profiles.toml").read_text().splitlines()
    flags = [number for number, line in enumerate(lines) if "=" in line and not line.startswith("#")]
    told_with_the_one_above = {"load_format"}
    for number in flags[1:]:
        name = lines[number].split(" = ")[0]
        has_reason = lines[number - 1].startswith("#") or name in told_with_the_one_above
        assert has_reason or lines[number - 1] == "[gpus.a10g]", name


def test_vllm_has_to_be_told_its_gpu(capsys):
    with pytest.raises(SystemExit):
        read_settings(["--engine", "vllm"], {})
    assert "--gpu: t4, l4, a10g" in capsys.readouterr().err
    assert read_settings(["--engine", "vllm"], {"INFERENCE_GPU": "l4"}).gpu == "l4"


def test_it_is_not_imported_before_it_is_chosen():
    code = "import sys, inference_container.__main__ as m; print([n for n in sys.modules if 'vllm' in n])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# The engine


@pytest.fixture
def fake(monkeypatch) -> FakeVllm:
    for name in QUIET:
        monkeypatch.setenv(name, "")  # so that the test's end takes back what loading sets
        monkeypatch.delenv(name)
    return FakeVllm().install(monkeypatch)


@pytest.fixture
def engine(fake) -> VllmEngine:
    engine = VllmEngine(model="m", folder=Path("/m"), gpu="t4", context_tokens=64, parallel=4)
    engine.load()
    return engine


def request(text: str = "Есть ли C 180?", **more) -> GenerationRequest:
    return GenerationRequest(messages=(Message("user", text),), max_tokens=8, **more)


async def collect(engine: VllmEngine, asked: GenerationRequest) -> list[Piece]:
    return [piece async for piece in engine.stream(asked)]


def ask(engine: VllmEngine, asked: GenerationRequest) -> list[Piece]:
    return asyncio.run(collect(engine, asked))


def test_an_answer_comes_in_pieces_with_its_counts_at_the_end(engine):
    pieces = ask(engine, request())
    assert "".join(piece.text for piece in pieces) == "раз два три"
    assert pieces[-1] == Piece(
        text=" три", finish_reason="stop", prompt_tokens=6, cached_tokens=3, completion_tokens=3
    )


def test_it_tells_nobody_outside(engine):
    assert {name: os.environ[name] for name in QUIET} == QUIET


def test_what_was_asked_for_reaches_vllm(engine, fake):
    ask(engine, request(temperature=0.5, top_p=0.9, seed=-1, stop=("\n",), json_schema={"type": "string"}))
    ask(engine, request(json_schema={}))
    free, any_object = fake.sampled
    assert (free.temperature, free.top_p, free.seed, free.stop) == (0.5, 0.9, 2**32 - 1, ["\n"])
    assert (free.max_tokens, free.output_kind) == (8, "DELTA")
    assert free.structured_outputs.json == {"type": "string"}
    assert any_object.structured_outputs.json == {"type": "object"}


def test_who_leaves_frees_the_slot(engine, fake):
    async def leave() -> None:
        stream = engine.stream(request())
        await anext(stream)
        assert fake.running
        await stream.aclose()
        assert not fake.running

    asyncio.run(leave())


def test_too_long_a_prompt_is_refused_before_it_is_sent(engine, fake):
    with pytest.raises(PromptTooLong):
        ask(engine, request("слово " * 62))
    assert not fake.sampled
    assert ask(engine, request("слово " * 61))


@pytest.mark.parametrize(
    ("failure", "told"),
    [
        (VLLMClientError("Есть ли"), BadRequest),
        (EngineDeadError("x"), EngineFailed),
        (OSError("x"), EngineFailed),
    ],
)
@pytest.mark.parametrize("fails_at", [0, 2])
def test_a_failure_is_one_of_ours_and_repeats_nothing(engine, fake, failure, told, fails_at):
    fake.failure, fake.fails_at = failure, fails_at
    with pytest.raises(told) as raised:
        ask(engine, request())
    assert "Есть" not in str(raised.value)
    assert not fake.running


def test_an_answer_that_vllm_aborts_is_a_failure(engine, fake):
    fake.finish = "abort"
    with pytest.raises(EngineFailed, match="abort"):
        ask(engine, request())


def test_a_model_that_cannot_be_loaded_is_a_sentence(monkeypatch):
    FakeVllm(load_failure=ValueError("no kernel")).install(monkeypatch)
    engine = VllmEngine(model="m", folder=Path("/m"), gpu="t4", context_tokens=64, parallel=4)
    with pytest.raises(EngineFailed, match="could not load m"):
        engine.load()
    engine.close()


def test_closing_ends_vllms_process(engine, fake):
    engine.close()
    engine.close()
    assert fake.is_shut
