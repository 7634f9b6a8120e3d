"""Whether the engine says greedily what `generate` says, on small real weights, alone and in a batch.

Knows the questions and both ways to ask them. Refuses to judge: `agreement.py` compares.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any, Literal

import torch

from bench.gpu_serving.agreement import Agreement, agreement
from inference_container.engines import GenerationRequest, Message
from inference_container.engines.transformers import TransformersEngine

QUESTIONS = (
    "Say hello.",
    "Name three colours of cars.",
    "Which car would you take for a family of five, and why?",
    "Write two sentences about winter tyres.",
    "What is 17 plus 25?",
    "How does a hybrid engine work?",
    "Tell a short story about a lost key.",
    "List five cities on the Volga.",
)


def compared(
    folder: Path, *, attention: Literal["sdpa", "torch_flash"], answer_tokens: int
) -> dict[str, Agreement]:
    """The engine beside `generate`, asked one by one and all at once."""
    from inference_container.engines import transformers_weights  # noqa: PLC0415  after the engine's settings

    loaded = transformers_weights.load(folder, threads=torch.get_num_threads())
    asked = [
        GenerationRequest(messages=(Message("user", question),), max_tokens=answer_tokens)
        for question in QUESTIONS
    ]
    expected = [_generated(loaded, one) for one in asked]
    engine = TransformersEngine(
        model=folder.name,
        folder=folder,
        context_tokens=1024,
        parallel=len(QUESTIONS),
        threads=torch.get_num_threads(),
        attention=attention,
    )
    engine.serve(loaded)

    async def one_by_one() -> list[str]:
        return [await _answer(engine, one) for one in asked]

    async def together() -> list[str]:
        return list(await asyncio.gather(*(_answer(engine, one) for one in asked)))

    try:
        return {
            f"{attention}, alone": agreement(asyncio.run(one_by_one()), expected),
            f"{attention}, in a batch": agreement(asyncio.run(together()), expected),
        }
    finally:
        engine.close()


async def _answer(engine: TransformersEngine, asked: GenerationRequest) -> str:
    return "".join([piece.text async for piece in engine.stream(asked)])


def _generated(loaded: Any, asked: GenerationRequest) -> str:
    spoken = [{"role": message.role, "content": message.content} for message in asked.messages]
    tokens = loaded.tokenizer.apply_chat_template(
        spoken, add_generation_prompt=True, tokenize=True, return_dict=False
    )
    prompt = torch.tensor([tokens], device=loaded.model.device)
    said = loaded.model.generate(
        prompt,
        attention_mask=torch.ones_like(prompt),
        do_sample=False,
        max_new_tokens=asked.max_tokens,
        eos_token_id=sorted(loaded.ends),
        pad_token_id=min(loaded.ends),
    )
    text: str = loaded.tokenizer.decode(said[0, len(tokens) :], skip_special_tokens=True)
    return text.rstrip(
        "\N{REPLACEMENT CHARACTER}"
    )  # half a character at the end, which the engine leaves out
