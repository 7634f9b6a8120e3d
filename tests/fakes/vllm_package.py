"""Stands in for the package `vllm`: as much of its engine as this project calls, under the names that
`tests/inference_container/vllm_names.json` has from the real one. What that does not know, it refuses.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from types import ModuleType, SimpleNamespace
from typing import Any

from tests.fakes.named_package import PackageNames, WordTokenizer

NAMES = PackageNames("vllm_names.json")


class VLLMClientError(Exception):
    """As the real one: the caller's fault."""


class EngineDeadError(Exception):
    """As the real one: the engine's process has ended."""


@dataclass
class FakeVllm:
    """Says `words`, a word an output. `failure` is raised before the word `fails_at`."""

    words: tuple[str, ...] = ("раз", " два", " три")
    finish: str = "stop"
    failure: Exception | None = None
    fails_at: int = 0
    load_failure: Exception | None = None
    running: set[str] = field(default_factory=set)
    sampled: list[SimpleNamespace] = field(default_factory=list)
    adapters: list[Any] = field(default_factory=list)
    arguments: SimpleNamespace | None = None
    is_shut: bool = False

    def from_engine_args(self, arguments: SimpleNamespace) -> FakeVllm:
        if self.load_failure:
            raise self.load_failure
        self.arguments = arguments
        return self

    def get_tokenizer(self) -> WordTokenizer:
        return WordTokenizer()

    def shutdown(self) -> None:
        self.is_shut = True

    async def generate(
        self, prompt: dict[str, Any], sampling: Any, request_id: str, lora_request: Any = None
    ) -> AsyncIterator[Any]:
        assert "lora_request" in NAMES["generate"]
        self.adapters.append(lora_request)
        assert request_id not in self.running
        assert set(prompt) <= set(NAMES["token_prompt"])
        assert prompt["type"] == "token"  # without it the real one takes a way that it is about to drop
        self.running.add(request_id)
        self.sampled.append(sampling)
        try:
            for number, word in enumerate(self.words):
                if self.failure and number == self.fails_at:
                    raise self.failure
                await asyncio.sleep(0)
                is_last = number == len(self.words) - 1
                said = SimpleNamespace(
                    text=word, token_ids=[7], finish_reason=self.finish if is_last else None
                )
                yield SimpleNamespace(outputs=[said], num_cached_tokens=len(prompt["prompt_token_ids"]) // 2)
        finally:
            self.running.discard(request_id)

    def install(self, monkeypatch: Any) -> FakeVllm:
        """As if it had been installed."""
        package = ModuleType("vllm")
        package.AsyncEngineArgs = lambda **given: NAMES.known("engine_arguments", given)  # type: ignore[attr-defined]
        package.AsyncLLMEngine = self  # type: ignore[attr-defined]
        sampling = ModuleType("vllm.sampling_params")
        sampling.SamplingParams = lambda **given: NAMES.known("sampling", given)  # type: ignore[attr-defined]
        sampling.StructuredOutputsParams = lambda **given: NAMES.known("structured", given)  # type: ignore[attr-defined]
        sampling.RequestOutputKind = SimpleNamespace(**{kind: kind for kind in NAMES["kinds"]})  # type: ignore[attr-defined]
        lora = ModuleType("vllm.lora.request")
        lora.LoRARequest = lambda **given: NAMES.known("lora_request", given)  # type: ignore[attr-defined]
        exceptions = ModuleType("vllm.exceptions")
        exceptions.VLLMClientError = VLLMClientError  # type: ignore[attr-defined]
        for module in (package, sampling, lora, exceptions):
            monkeypatch.setitem(sys.modules, module.__name__, module)
        return self
