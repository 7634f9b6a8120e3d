"""transformers' continuous batching behind this server's protocol, for GPUs where vLLM is not wanted and for
evaluations that shall see what `generate` sees.

One thread of the library steps through all requests together: paged keys and values, whole pages of a prefix
shared, a finished or cancelled request leaves its place to the next within a step. Knows the library's calls
(its version stands in `requirements-transformers.txt`). Refuses to know how a token is chosen
(`transformers_choice.py`), how its steps are set (`transformers_batching.py`) and which files are weights
(`transformers_weights.py`).
It has not run on a GPU yet: tests run it on the processor, `bench/gpu_serving` is for a GPU.
"""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from itertools import count
from pathlib import Path
from typing import Any, Literal

from inference_container.engines import EngineFailed, GenerationRequest, Message, Piece, transformers_batching
from inference_container.engines.chat_templates import prompt_tokens
from inference_container.engines.stop_strings import StopStrings
from inference_container.engines.transformers_wish import Wish
from inference_container.errors import BadRequest, PromptTooLong

# The library asks the model hub for news of local weights; above errors it logs tokens of prompts.
QUIET = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_VERBOSITY": "error", "TQDM_DISABLE": "1"}
STEPS_LOG = "ContinuousBatchingLogger"
"""The log of the library's steps has a level of its own."""

ALIVE_SECONDS, GONE_SECONDS = 5.0, 0.002
"""How often the library's thread is looked after while a token is awaited and while a request leaves."""


class _Outputs:
    """What the library has told of one request. `is_over`: it has left its place before it told the last."""

    def __init__(self) -> None:
        self.queue: asyncio.Queue[Any] = asyncio.Queue()
        self.is_over = False

    def take(self, output: Any) -> None:
        self.is_over = output.is_finished()
        self.queue.put_nowait(output)


class TransformersEngine:
    """One folder of weights. `batching` goes over the options of the library's ContinuousBatchingConfig.

    `attention` is the library's own, over a mask, or torch's flash attention (`transformers_attention.py`).
    There are no adapters: the library's steps know one set of weights for all requests.
    """

    def __init__(
        self,
        *,
        model: str,
        folder: Path,
        context_tokens: int,
        parallel: int,
        prefix_homes: int = 1,
        threads: int = 2,
        attention: Literal["sdpa", "torch_flash"] = "sdpa",
        batching: Mapping[str, Any] | None = None,
    ) -> None:
        self.model, self._folder, self.context_tokens = model, folder, context_tokens
        self._parallel, self._prefix_homes, self._threads = parallel, prefix_homes, threads
        self._attention, self._batching = attention, dict(batching or {})
        self._numbers = count()
        self._leaving: set[asyncio.Task[None]] = set()
        self._manager: Any = None
        self._tokenizer: Any = None
        self._grammars: Any = None
        self._ends: list[int] = []

    def load(self) -> None:
        def read() -> Any:
            from inference_container.engines import transformers_weights  # noqa: PLC0415  torch: gigabytes

            return transformers_weights.load(self._folder, threads=self._threads)

        self._begin(read)

    def serve(self, loaded: Any) -> None:
        """In the place of `load`, for weights that are in memory already (`transformers_weights.Loaded`)."""
        self._begin(lambda: loaded)

    def _begin(self, read: Callable[[], Any]) -> None:
        for name, value in QUIET.items():
            os.environ.setdefault(name, value)  # read when the package is imported
        logging.getLogger(STEPS_LOG).setLevel(logging.ERROR)
        try:
            loaded = read()
            self._tokenizer, self._ends = loaded.tokenizer, sorted(loaded.ends)
            self._manager = self._manager_of(loaded)
            self._manager.warmup()
            self._check_room()
            self._manager.start()
            self._warm_up()
        except EngineFailed:
            self.close()
            raise
        except Exception as error:
            self.close()
            raise EngineFailed(f"transformers could not load {self.model}: {type(error).__name__}") from error

    def _manager_of(self, loaded: Any) -> Any:
        from transformers import ContinuousBatchingConfig, GenerationConfig  # noqa: PLC0415  as in `load`

        from inference_container.engines.transformers_choice import Chooser  # noqa: PLC0415  as in `load`

        device = loaded.model.device
        options = transformers_batching.options(
            context_tokens=self.context_tokens,
            parallel=self._parallel,
            prefix_homes=self._prefix_homes,
            on_gpu=device.type == "cuda",
        )
        self._batching = options | self._batching
        if self._attention == "sdpa":
            loaded.model.set_attn_implementation("sdpa")
        else:
            from inference_container.engines import transformers_attention  # noqa: PLC0415  as in `load`

            transformers_attention.use(loaded.model)
        manager = loaded.model.init_continuous_batching(
            # What callers ask for counts, not the sampling that a repository of weights suggests.
            generation_config=GenerationConfig(do_sample=False, eos_token_id=self._ends),
            continuous_batching_config=ContinuousBatchingConfig(**self._batching),
        )
        width = loaded.model.config.get_text_config().vocab_size
        manager.logit_processor = Chooser(vocabulary=width, requests=self._parallel, device=device)
        self._grammars = loaded.grammars
        return manager

    def _check_room(self) -> None:
        """A request that alone fills the cache would end the library's thread, and every answer with it."""
        cache = self._manager.batch_processor.cache
        room = cache.num_blocks * self._batching["page_size"]
        if not transformers_batching.holds(room, context_tokens=self.context_tokens):
            raise EngineFailed(
                f"{room} tokens of keys and values have memory, the context is {self.context_tokens}"
            )

    def _warm_up(self) -> None:
        request = GenerationRequest(messages=(Message("user", "1"),), max_tokens=1)
        tokens = self._tokens(request.messages)
        name = self._manager.add_request(tokens, max_new_tokens=1, wish=_wish(request, tokens, None))
        while (result := self._manager.get_result(name, timeout=ALIVE_SECONDS)) is None:
            if not self._manager.is_running():
                break
        if result is None or result.error is not None:
            raise EngineFailed("the warm-up was not answered")

    async def stream(self, request: GenerationRequest) -> AsyncIterator[Piece]:
        tokens = self._tokens(request.messages)
        room = self.context_tokens - len(tokens)
        if room <= 0:
            raise PromptTooLong(prompt_tokens=len(tokens), context_tokens=self.context_tokens)
        matcher = None
        if request.json_schema is not None:  # a large one takes as long as some steps do
            matcher = await asyncio.to_thread(self._matcher, request.json_schema)
        wish, name = _wish(request, tokens, matcher), str(next(self._numbers))
        outputs = _Outputs()
        self._manager.register_result_handler(name, outputs.take)
        try:
            taken = self._manager.add_request(
                tokens,
                request_id=name,
                max_new_tokens=min(request.max_tokens, room),
                streaming=True,
                eos_token_id=self._ends,
                wish=wish,
            )
            if taken is None:
                raise EngineFailed("transformers' thread has ended")
            async for piece in self._pieces(outputs, request, wish):
                yield piece
        finally:
            if not outputs.is_over:
                # In a task of its own: who is cancelled once more while leaving has left all the same.
                leaving = asyncio.create_task(self._leave(name))
                self._leaving.add(leaving)
                leaving.add_done_callback(self._leaving.discard)
                await asyncio.shield(leaving)

    def close(self) -> None:
        if self._manager is not None and self._manager.is_running():
            self._manager.stop(block=True, hard_stop=True)
        self._manager = self._tokenizer = self._grammars = None

    def _tokens(self, messages: tuple[Message, ...]) -> list[int]:
        """The prompt, in the words of the model's own chat template. Raises BadRequest where that refuses."""
        from jinja2 import TemplateError  # noqa: PLC0415  as in `load`

        try:
            return prompt_tokens(self._tokenizer, messages)
        except TemplateError as error:
            raise BadRequest(
                "The model does not take these roles in this order.", parameter="messages"
            ) from error

    def _matcher(self, schema: dict[str, Any]) -> Any:
        """Raises BadRequest for a schema that cannot be followed. `{}` asks for any JSON object."""
        if self._batching["use_async_batching"]:
            raise BadRequest("The engine runs ahead of its tokens.", parameter="response_format")
        matcher = self._grammars.matcher(schema or {"type": "object"})
        if matcher is None:
            raise BadRequest("The engine cannot follow response_format.", parameter="response_format")
        return matcher

    async def _pieces(
        self, outputs: _Outputs, request: GenerationRequest, wish: Wish
    ) -> AsyncIterator[Piece]:
        """The library's outputs, each with all tokens so far, as pieces of text."""
        from tokenizers.decoders import DecodeStream  # noqa: PLC0415  as in `load`

        decoder, stops, told = DecodeStream(skip_special_tokens=True), StopStrings(request.stop), 0
        while True:
            output = await self._next(outputs)
            if output.error is not None:
                raise EngineFailed("transformers broke off")
            text = ""
            for token in output.generated_tokens[told:]:
                told += 1
                text += stops.feed(decoder.step(self._tokenizer.backend_tokenizer, token) or "")
                if stops.found:
                    break
            is_last = stops.found or output.is_finished()
            if not is_last:
                if text:
                    yield Piece(text=text)
                continue
            if wish.is_lost:
                raise EngineFailed("an answer has left its schema")
            ended = stops.found or output.generated_tokens[-1] in self._ends
            yield Piece(
                text=text + stops.rest(),
                finish_reason="stop" if ended else "length",
                prompt_tokens=wish.prompt_tokens,
                cached_tokens=wish.cached_tokens or 0,
                completion_tokens=told,
            )
            return

    async def _next(self, outputs: _Outputs) -> Any:
        """Raises EngineFailed when the library's thread has ended without a word."""
        while True:
            try:
                return await asyncio.wait_for(outputs.queue.get(), ALIVE_SECONDS)
            except TimeoutError:
                if not self._manager.is_running():
                    raise EngineFailed("transformers' thread has ended") from None

    async def _leave(self, name: str) -> None:
        """End the request; returns when the library has forgotten it and its place is free."""
        self._manager.cancel_request(name)
        while self._manager.is_running() and not self._is_gone(name):  # noqa: ASYNC110  it tells nobody
            await asyncio.sleep(GONE_SECONDS)
        # A cancelled request says nothing more; what ends in order is taken out by the library.
        self._manager.output_router.result_handlers.pop(name, None)

    def _is_gone(self, name: str) -> bool:
        manager = self._manager
        scheduler = manager.batch_processor.scheduler
        is_looked_at = manager.input_queue.empty() and manager.cancel_queue.empty()
        return (
            is_looked_at and name not in scheduler.active_requests and name not in scheduler.waiting_requests
        )


def _wish(request: GenerationRequest, tokens: list[int], matcher: Any) -> Wish:
    return Wish(
        prompt_tokens=len(tokens),
        temperature=request.temperature,
        top_p=request.top_p,
        seed=secrets.randbits(63) if request.seed is None else request.seed,
        matcher=matcher,
    )
