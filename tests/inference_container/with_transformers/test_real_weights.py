"""Greedy answers of the engine are those of `generate`, token by token, on real weights: from a GGUF file and
from the safetensors that it becomes, alone and in a batch."""

from __future__ import annotations

import asyncio
import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch", reason="make transformers-engine has it", exc_type=ImportError)
pytest.importorskip("transformers", reason="make transformers-engine has it", exc_type=ImportError)

from inference_container.engines import GenerationRequest, Message
from inference_container.engines.transformers import TransformersEngine
from tests.inference_container.with_transformers.small_model import alone, whole

pytestmark = [pytest.mark.model, pytest.mark.timeout(1200)]  # weights are unpacked and loaded twice

SALON = "You are the assistant of a car dealership. Be brief and polite. " * 4
QUESTIONS = (
    "Say hello.",
    "Name three colours of cars.",
    "Which car would you take for a family of five, and why?",
    "Write two sentences about winter tyres.",
    "What is 17 plus 25?",
    "How does a hybrid engine work?",
)


def request(question: str) -> GenerationRequest:
    return GenerationRequest(messages=(Message("system", SALON), Message("user", question)), max_tokens=40)


@pytest.fixture(scope="module")
def loaded(smollm2_folder) -> Any:
    from inference_container.engines import transformers_weights

    return smollm2_folder, transformers_weights.load(smollm2_folder, threads=2)


@pytest.fixture(scope="module")
def by_generate(loaded) -> list[str]:
    _, weights = loaded
    return [alone(weights.model, weights.tokenizer, request(question)) for question in QUESTIONS]


@pytest.fixture(scope="module", params=["gguf", "safetensors"])
def engine(request, loaded, tmp_path_factory) -> Iterator[TransformersEngine]:
    folder, weights = loaded
    if request.param == "safetensors":
        folder = unpacked(weights, tmp_path_factory.mktemp("unpacked"))
    engine = TransformersEngine(
        model="smollm2", folder=folder, context_tokens=512, parallel=len(QUESTIONS), threads=2
    )
    engine.load()
    yield engine
    engine.close()


def unpacked(weights: Any, folder: Path) -> Path:
    """As safetensors. The library saves nothing that it read from GGUF: another model takes the numbers."""
    from transformers import AutoModelForCausalLM

    config = copy.deepcopy(weights.model.config)
    del config.quantization_config
    plain = AutoModelForCausalLM.from_config(config)
    plain.load_state_dict(weights.model.state_dict())
    plain.generation_config = weights.model.generation_config
    plain.save_pretrained(folder)
    weights.tokenizer.save_pretrained(folder)
    return folder


def test_alone_and_in_a_batch_it_says_what_generate_says(engine, by_generate):
    async def one_by_one() -> list[str]:
        return [(await whole(engine, request(question)))[0] for question in QUESTIONS]

    async def together() -> list[str]:
        told = await asyncio.gather(*(whole(engine, request(question)) for question in QUESTIONS))
        return [text for text, _ in told]

    assert asyncio.run(one_by_one()) == by_generate
    assert asyncio.run(together()) == by_generate
