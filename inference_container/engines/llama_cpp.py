"""llama.cpp inside this process, through the prebuilt package `xllamacpp`.

Knows slots, batches and threads of llama.cpp. Refuses to know the queue in front of it and where weights come
from. All figures below: 1.5B model at 4 bits, two cores without AVX-512 code, medians, November 2026.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import secrets
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from inference_container.engines import EngineFailed, FinishReason, GenerationRequest, Piece
from inference_container.engines.control_words import joined_by_nothing
from inference_container.engines.prefix_homes import PrefixHomes
from inference_container.errors import BadRequest, PromptTooLong

# OpenMP's threads wait for each other hundreds of times a token. Spinning long is best on an idle machine and
# ruin beside a busy neighbour, which is what the functions and the emulator are. Decode in tok/s, alone |
# beside one busy process: spin count 300000 (the default) 13.9 | 2.7, 3000 13.2 | 6.3, 500 11.3 | 7.3.
SPIN_COUNT = "2000"

# A generation can be ended between two batches: 128 tokens are 1.8 s of prompt on two cores. Smaller than the
# default 512 it costs no speed (71 against 70 tok/s).
BATCH_TOKENS = 128

# A generation is asked whether it shall go on when a batch held something of it. So no more prompts are given
# to it than a batch takes from; the others wait here, where they can be ended at once. When all prompts were
# given to it and 200 callers hung up, the eight places were free after 5.3 s.
PROMPTS_AT_ONCE = 2

# An answer repeats words of the passage in its prompt. After the same DRAFT_AFTER tokens as before, the next
# DRAFT_TOKENS are guessed from there and checked in one step: of 64 guesses 43 were right, and six short
# answers took 24.4 instead of 28.7 processor seconds, prompts included (6 and 8 tokens: 26.9). The text is
# the greedy one except where two tokens are equally likely and the batched arithmetic rounds the other way.
DRAFT_AFTER = 3
DRAFT_TOKENS = 4

# Flash attention on: decode 15.7 against 14.6 tok/s. Keys and values stay 16-bit: at 8 bits 13.5 tok/s, and
# the memory saved (14 KiB a token of context) is not short here.

Emit = Callable[[Any], bool]


class LlamaCppEngine:
    """One GGUF file, `max(parallel, prefix_homes)` slots of `context_tokens` each.

    `adapters` are folders with an `adapter.gguf` each, loaded with the model and added to it where a request
    asks for one. Requests of different adapters do not share a batch.
    """

    def __init__(
        self,
        *,
        model: str,
        weights: Path,
        context_tokens: int,
        parallel: int,
        prefix_homes: int,
        threads: int,
        adapters: Mapping[str, Path] | None = None,
    ) -> None:
        self.model, self._weights, self.context_tokens = model, weights, context_tokens
        self._slots = max(parallel, prefix_homes)
        self._threads, self._adapters = threads, dict(adapters or {})
        self._homes = PrefixHomes(self._slots)
        self._prompting = asyncio.Semaphore(PROMPTS_AT_ONCE)
        self._workers = ThreadPoolExecutor(max_workers=self._slots, thread_name_prefix="llama-cpp")
        self._server: Any = None

    def load(self) -> None:
        # OpenMP reads it once, when the package below brings it into the process.
        os.environ.setdefault("GOMP_SPINCOUNT", SPIN_COUNT)
        import xllamacpp  # noqa: PLC0415  100 MB of native code, only for who has chosen this engine

        try:
            self._server = xllamacpp.Server(self._parameters(xllamacpp))
            self._warm_up()
        except Exception as error:
            raise EngineFailed(f"llama.cpp could not load {self._weights.name}: {error}") from error

    def _parameters(self, xllamacpp: Any) -> Any:
        parameters = xllamacpp.CommonParams()
        parameters.model.path = str(self._weights)
        parameters.lora_adapters = [
            xllamacpp.CommonAdapterLoraInfo(str(folder / "adapter.gguf"), 1.0)
            for folder in self._adapters.values()
        ]
        parameters.n_parallel = self._slots
        parameters.n_ctx = self.context_tokens * self._slots
        parameters.n_batch = parameters.n_ubatch = BATCH_TOKENS
        parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = self._threads
        parameters.flash_attn_type = xllamacpp.llama_flash_attn_type.LLAMA_FLASH_ATTN_TYPE_ENABLED
        kind = xllamacpp.common_speculative_type.COMMON_SPECULATIVE_TYPE_NGRAM_SIMPLE
        parameters.speculative.types = [kind]
        parameters.speculative.ngram_simple.size_n = DRAFT_AFTER
        parameters.speculative.ngram_simple.size_m = DRAFT_TOKENS
        # Slots are chosen here (PrefixHomes), so llama.cpp's own swapping of idle prompts is off.
        parameters.cache_idle_slots, parameters.cache_ram_mib = False, 0
        # A truncated prompt would be answered as if it were whole: refuse instead.
        parameters.ctx_shift = False
        # The package opens llama.cpp's own HTTP server on a loopback port; a key that nobody has closes it.
        parameters.api_keys, parameters.ui, parameters.endpoint_slots = [secrets.token_hex(16)], False, False
        parameters.verbosity = 1  # errors only: at higher levels prompts stand in the log
        return parameters

    def _warm_up(self) -> None:
        answer = self._server.handle_chat_completions(
            {
                "messages": [{"role": "user", "content": "1"}],
                "max_tokens": 1,
                "id_slot": 0,
                "lora": self._scales(None),
            }
        )
        if "error" in answer:
            raise EngineFailed("the warm-up was not answered")

    async def stream(self, request: GenerationRequest) -> AsyncIterator[Piece]:
        async with AsyncExitStack() as prompting:
            await prompting.enter_async_context(self._prompting)
            async with contextlib.aclosing(self._answer(request)) as pieces:
                async for piece in pieces:
                    await prompting.aclose()  # its prompt has been read: the next one's turn
                    yield piece

    async def _answer(self, request: GenerationRequest) -> AsyncGenerator[Piece]:
        home = self._homes.take(_prefix_key(request))
        loop, chunks, gone = asyncio.get_running_loop(), asyncio.Queue[Any](), threading.Event()

        def emit(chunk: Any) -> bool:
            loop.call_soon_threadsafe(chunks.put_nowait, chunk)
            return gone.is_set()  # true stops llama.cpp before its next batch or token

        body = _body(request, home, self._scales(request.adapter))
        worker = loop.run_in_executor(self._workers, self._generate, body, emit)
        # However this stream ends, the home is free exactly when the thread has left it.
        worker.add_done_callback(lambda _: self._homes.give_back(home))
        try:
            async for piece in _pieces(chunks):
                if piece.finish_reason:
                    await asyncio.wait({worker})  # whoever has heard the end finds their home free
                yield piece
        finally:
            gone.set()
            await asyncio.wait({worker})  # unlike awaiting the worker itself, never cancels it

    def _generate(self, body: dict[str, Any], emit: Emit) -> None:
        """Runs in a thread: blocks until the generation ends; the last chunk is None or an exception."""
        try:
            self._server.handle_chat_completions(body, emit)
        except ValueError as error:
            # Raised before anything is computed: what the caller asked for cannot be turned into a grammar.
            refusal = BadRequest("The engine cannot follow response_format.", parameter="response_format")
            refusal.__cause__ = error
            emit(refusal)
        except Exception as error:  # noqa: BLE001  whatever native code throws ends this one request
            emit(EngineFailed(type(error).__name__))
        else:
            emit(None)

    def _scales(self, adapter: str | None) -> list[dict[str, Any]]:
        """Of every adapter: llama.cpp applies all of them to a request that names none."""
        return [{"id": n, "scale": float(name == adapter)} for n, name in enumerate(self._adapters)]

    def close(self) -> None:
        self._workers.shutdown()
        self._server = None


def _prefix_key(request: GenerationRequest) -> str:
    """Requests that begin with the same system messages share a prefix, if they are of one adapter.

    What another adapter computed is of no use: llama.cpp empties a slot whose adapter changes.
    """
    digest = hashlib.sha256((request.adapter or "").encode() + b"\0")
    for message in request.messages:
        if message.role != "system":
            break
        digest.update(message.content.encode())
    return digest.hexdigest()


def _body(request: GenerationRequest, home: int, scales: list[dict[str, Any]]) -> dict[str, Any]:
    """The request in the words of llama.cpp's own chat endpoint."""
    body: dict[str, Any] = {
        "messages": [
            # The template and the visitor's words become tokens in one go: see control_words.py.
            {"role": message.role, "content": joined_by_nothing(message.content)}
            for message in request.messages
        ],
        "max_tokens": request.max_tokens,
        "temperature": request.temperature,
        "top_p": request.top_p,
        "stream": True,
        "stream_options": {"include_usage": True},
        "cache_prompt": True,
        "id_slot": home,
        "lora": scales,
        "return_progress": True,  # a callback after each batch of the prompt: a chance to stop early
    }
    if request.seed is not None:
        body["seed"] = request.seed % 2**32
    if request.stop:
        body["stop"] = list(request.stop)
    if request.json_schema is not None:
        # An empty schema means any JSON object.
        body["response_format"] = {"type": "json_object", "schema": request.json_schema or {"type": "object"}}
    return body


async def _pieces(chunks: asyncio.Queue[Any]) -> AsyncIterator[Piece]:
    """llama.cpp's chunks as pieces; the last piece waits for the token counts, which come after the text."""
    finish: FinishReason = "stop"
    usage: dict[str, Any] = {}
    while (chunk := await chunks.get()) is not None:
        if isinstance(chunk, Exception):
            raise chunk
        if error := chunk.get("error"):
            raise _refusal(error)
        usage = chunk.get("usage") or usage
        for choice in chunk.get("choices") or ():
            if text := choice["delta"].get("content"):
                yield Piece(text=text)
            if choice.get("finish_reason") == "length":
                finish = "length"
    yield Piece(
        finish_reason=finish,
        prompt_tokens=usage.get("prompt_tokens", 0),
        cached_tokens=(usage.get("prompt_tokens_details") or {}).get("cached_tokens", 0),
        completion_tokens=usage.get("completion_tokens", 0),
    )


def _refusal(error: dict[str, Any]) -> Exception:
    if error.get("type") == "exceed_context_size_error":
        return PromptTooLong(
            prompt_tokens=error.get("n_prompt_tokens", 0), context_tokens=error.get("n_ctx", 0)
        )
    if error.get("code") == 400:
        return BadRequest("The engine does not accept this request.")
    return EngineFailed(f"llama.cpp answered {error.get('code')} {error.get('type')}")
