"""Stands in for the package `transformers`: as much of its continuous batching as the engine calls, under
the names that `tests/inference_container/transformers_names.json` has from the real one. What that does not
know, it refuses. No torch: the modules that load weights and choose tokens are replaced whole.
"""

from __future__ import annotations

import asyncio
import queue
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

from tests.fakes.named_package import PackageNames, WordTokenizer

NAMES = PackageNames("transformers_names.json")
END = 0


class TemplateError(Exception):
    """As jinja2's."""


class Tokenizer(WordTokenizer):
    """Its template wants a user's message first."""

    backend_tokenizer = "the backend"

    def apply_chat_template(self, spoken: list[dict[str, str]], **given: Any) -> list[int]:
        if spoken[0]["role"] == "assistant":
            raise TemplateError("an assistant must not begin")
        return super().apply_chat_template(spoken, **given)


@dataclass
class Matcher:
    """Follows every schema but `nonsense`."""

    schema: dict[str, Any]
    lost: bool = False

    def is_error(self) -> bool:
        return self.lost


@dataclass
class FakeTransformers:
    """Says `words` (a token each, and the one that ends) to whoever asks, one a tick of the loop.

    `ends` without the ending token; `fails_at` reports an error in the place of that word, `dies_at` ends the
    thread there without a word to anybody; `holds` are the names that do not go when they are cancelled.
    """

    words: tuple[str, ...] = ("раз", " два", " три")
    fails_at: int | None = None
    dies_at: int | None = None
    load_failure: Exception | None = None
    pages: int = 100
    is_alive: bool = True
    asked: list[SimpleNamespace] = field(default_factory=list)
    batching: SimpleNamespace | None = None
    matchers: list[Matcher] = field(default_factory=list)
    active: dict[str, Any] = field(default_factory=dict)
    handlers: dict[str, Callable[[Any], None]] = field(default_factory=dict)
    cancelled: list[str] = field(default_factory=list)
    logit_processor: Any = None
    stopped: SimpleNamespace | None = None

    # What the real manager has

    @property
    def input_queue(self) -> queue.Queue[Any]:
        return queue.Queue()

    cancel_queue = input_queue

    @property
    def output_router(self) -> SimpleNamespace:
        return SimpleNamespace(result_handlers=self.handlers)

    @property
    def batch_processor(self) -> SimpleNamespace:
        scheduler = SimpleNamespace(active_requests=self.active, waiting_requests={})
        return SimpleNamespace(cache=SimpleNamespace(num_blocks=self.pages), scheduler=scheduler)

    def warmup(self) -> None:
        assert self.logit_processor is not None

    def start(self) -> None:
        assert self.logit_processor is not None

    def is_running(self) -> bool:
        return self.is_alive

    def stop(self, **given: Any) -> None:
        self.stopped = NAMES.known("stop", given)
        self.is_alive = False

    def register_result_handler(self, request_id: str, callback: Callable[[Any], None]) -> None:
        self.handlers[request_id] = callback

    def add_request(self, input_ids: list[int], **given: Any) -> str | None:
        wish = given.pop("wish")
        asked = NAMES.known("add_request", given)
        if not self.is_alive:
            return None
        asked.input_ids, asked.wish = input_ids, wish
        self.asked.append(asked)
        name = given.get("request_id", "warm-up")
        if name in self.handlers:
            self.active[name] = asyncio.get_running_loop().create_task(self._answer(name, asked))
        return name

    def get_result(self, request_id: str, *, timeout: float) -> Any:
        return self._output([END], None)

    def cancel_request(self, request_id: str) -> None:
        self.cancelled.append(request_id)
        if request_id in self.active:
            self.active[request_id].cancel()
            asyncio.get_running_loop().call_later(0.01, self.active.pop, request_id, None)

    # How it answers

    async def _answer(self, name: str, asked: SimpleNamespace) -> None:
        asked.wish.cached_tokens = len(asked.input_ids) // 2
        for number in range(len(self.words) + 1):
            await asyncio.sleep(0)
            if number == self.dies_at:
                self.is_alive = False
                return
            said = list(range(1, number + 2)) if number < len(self.words) else [*range(1, number + 1), END]
            is_last = number == len(self.words) or len(said) == asked.max_new_tokens
            error = "CUDA: Есть ли" if number == self.fails_at else None
            if is_last or error:
                del self.active[name]
            handler = self.handlers[name]
            if is_last or error:
                del self.handlers[name]
            handler(self._output(said, error, is_last=is_last or error is not None))
            if is_last or error:
                return

    @staticmethod
    def _output(tokens: list[int], error: str | None, *, is_last: bool = True) -> SimpleNamespace:
        output = NAMES.known("output", {"generated_tokens": tokens, "error": error})
        output.is_finished = lambda: is_last
        return output

    # How it is found

    def _load(self, folder: Path, *, threads: int) -> SimpleNamespace:
        if self.load_failure:
            raise self.load_failure
        config = SimpleNamespace(get_text_config=lambda: SimpleNamespace(vocab_size=64))
        model = SimpleNamespace(
            device=SimpleNamespace(type="cpu"),
            config=config,
            init_continuous_batching=self._init,
            set_attn_implementation=lambda name: None,
        )
        return SimpleNamespace(model=model, tokenizer=Tokenizer(), grammars=self, ends={END})

    def _init(self, **given: Any) -> FakeTransformers:
        self.batching = NAMES.known("init", given).continuous_batching_config
        return self

    def matcher(self, schema: dict[str, Any]) -> Matcher | None:
        if schema.get("type") == "nonsense":
            return None
        self.matchers.append(Matcher(schema))
        return self.matchers[-1]

    def _decoder(self, *, skip_special_tokens: bool) -> SimpleNamespace:
        assert skip_special_tokens
        said = {END: None} | {number + 1: word for number, word in enumerate(self.words)}
        return SimpleNamespace(step=lambda _backend, token: said[token])

    def install(self, monkeypatch: Any) -> FakeTransformers:
        """As if it had been installed."""
        modules: dict[str, dict[str, Any]] = {
            "transformers": {
                "ContinuousBatchingConfig": lambda **given: NAMES.known("batching", given),
                "GenerationConfig": SimpleNamespace,
            },
            "tokenizers": {},
            "tokenizers.decoders": {"DecodeStream": self._decoder},
            "jinja2": {"TemplateError": TemplateError},
            "inference_container.engines.transformers_weights": {"load": self._load},
            "inference_container.engines.transformers_choice": {"Chooser": SimpleNamespace},
        }
        for name, members in modules.items():
            module = ModuleType(name)
            vars(module).update(members)
            monkeypatch.setitem(sys.modules, name, module)
        return self
