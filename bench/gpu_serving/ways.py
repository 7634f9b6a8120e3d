"""The ways to answer the same questions: the engine, and `generate` one by one and in static batches.

Knows how each is called and when its tokens come. Refuses to judge: `work.py` counts, `report.py` tells.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Self

import torch
from torch.profiler import ProfilerActivity, profile

from bench.gpu_serving.idle import idle_share, kernel_spans
from bench.gpu_serving.work import Heard, Question
from inference_container.engines import GenerationRequest, Message
from inference_container.engines.transformers import TransformersEngine

GRAPHS = {"use_cuda_graph": True, "q_padding_interval_size": 64, "kv_padding_interval_size": 2048}
"""One launch a step instead of one a kernel. A step is as wide as its padding: the library's is 16,384."""

AHEAD = {"use_async_batching": True}
"""The next step is made ready while this one computes; schemas are refused then."""


@dataclass(frozen=True)
class Variant:
    """Over the engine's own options; which of them is the default waits for this bench on a GPU."""

    attention: Literal["sdpa", "torch_flash"] = "sdpa"
    batching: Mapping[str, Any] = field(default_factory=dict)


VARIANTS = {
    "plain": Variant(),
    "graphs": Variant(batching=GRAPHS),
    "flash": Variant("torch_flash", {"use_cuda_graph": False}),
    "flash+graphs": Variant("torch_flash", GRAPHS),
    "flash+graphs+ahead": Variant("torch_flash", GRAPHS | AHEAD),
    # Fused kernels; wants a C compiler.
    "compiled": Variant(batching={"default_compile_level": 1}),
}


class Serving:
    """The engine with one set of options, on weights in memory."""

    def __init__(self, loaded: Any, variant: Variant, *, parallel: int, context_tokens: int) -> None:
        self.engine = TransformersEngine(
            model="made up",
            folder=Path(),
            context_tokens=context_tokens,
            parallel=parallel,
            threads=torch.get_num_threads(),
            attention=variant.attention,
            batching=variant.batching,
        )
        self._loaded = loaded

    def __enter__(self) -> Self:
        self.engine.serve(self._loaded)
        return self

    def __exit__(self, *_: object) -> None:
        self.engine.close()

    def together(self, work: Sequence[Question]) -> list[Heard]:
        """All at once."""

        async def ask() -> list[Heard]:
            return list(await asyncio.gather(*(self._one(question) for question in work)))

        return asyncio.run(ask())

    def in_turn(self, work: Sequence[Question]) -> list[Heard]:
        """One at a time."""

        async def ask() -> list[Heard]:
            return [await self._one(question) for question in work]

        return asyncio.run(ask())

    async def _one(self, question: Question) -> Heard:
        words = " ".join(str(token) for token in question.prompt)
        request = GenerationRequest(messages=(Message("user", words),), max_tokens=question.answer_tokens)
        asked, tokens, told = time.perf_counter(), [], 0
        async for piece in self.engine.stream(request):
            tokens.append(time.perf_counter())
            told = piece.completion_tokens
        if told != question.answer_tokens:
            raise RuntimeError(f"an answer has {told} tokens in place of {question.answer_tokens}")
        return Heard(asked, tuple(tokens))

    def idle_between_kernels(self, work: Sequence[Question]) -> float | None:
        """The share of a run without a kernel; None without a GPU."""
        if not torch.cuda.is_available():
            return None
        with profile(activities=[ProfilerActivity.CUDA]) as seen:
            self.together(work)
        with tempfile.TemporaryDirectory() as folder:
            trace = Path(folder) / "trace.json"
            seen.export_chrome_trace(str(trace))
            return idle_share(kernel_spans(trace))


class _Clock:
    """A streamer of `generate`: hears the prompt, then each token."""

    def __init__(self) -> None:
        self.tokens: list[float] = []
        self._is_prompt = True

    def put(self, _: Any) -> None:
        if self._is_prompt:
            self._is_prompt = False
        else:
            self.tokens.append(time.perf_counter())

    def end(self) -> None:
        """Nothing is held."""


def naive(loaded: Any, work: Sequence[Question]) -> list[Heard]:
    """`generate`, one question after the other."""
    loaded.model.set_attn_implementation("sdpa")
    heard = []
    for question in work:
        clock, asked = _Clock(), time.perf_counter()
        tokens = torch.tensor([question.prompt], device=loaded.model.device)
        _generate(loaded.model, tokens, question.answer_tokens, streamer=clock)
        heard.append(Heard(asked, tuple(clock.tokens)))
    return heard


def in_batches(loaded: Any, batches: Sequence[Sequence[Question]]) -> float:
    """`generate` with several questions of one length at a time, each to its longest answer: seconds."""
    loaded.model.set_attn_implementation("sdpa")
    began = time.perf_counter()
    for batch in batches:
        tokens = torch.tensor([question.prompt for question in batch], device=loaded.model.device)
        _generate(loaded.model, tokens, max(question.answer_tokens for question in batch))
    return time.perf_counter() - began


def _generate(model: Any, tokens: Any, count: int, **more: Any) -> None:
    said = model.generate(
        tokens,
        attention_mask=torch.ones_like(tokens),
        do_sample=False,
        min_new_tokens=count,
        max_new_tokens=count,
        eos_token_id=None,
        **more,
    )
    assert said.shape[1] == tokens.shape[1] + count
