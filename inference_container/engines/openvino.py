"""OpenVINO GenAI behind the protocol: continuous batching on a CPU, from the same GGUF file as llama.cpp.

The pipeline runs in a process of its own (`openvino_worker.py`, which says why); here are its start, the
orders to it and its lines. Knows that process. Refuses to know the pipeline, tokens and the queue in front.
Nothing is cached on the disk: docs/decisions/0049 has why.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import queue
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path
from typing import Any

from inference_container.engines import EngineFailed, GenerationRequest, Piece
from inference_container.errors import BadRequest, PromptTooLong

LOAD_SECONDS = 300
CLOSE_SECONDS = 10
READS = "Q4_0, Q4_1, Q4_K, Q6_K, Q8_0 and 16-bit tensors of llama, qwen2 and qwen3"


class OpenVinoEngine:
    """One GGUF file; a cache of `max(parallel, prefix_homes)` contexts, shared by all answers."""

    def __init__(
        self,
        *,
        model: str,
        weights: Path,
        context_tokens: int,
        parallel: int,
        prefix_homes: int,
        threads: int,
    ) -> None:
        self.model, self._weights, self.context_tokens = model, weights, context_tokens
        settings = {
            "weights": str(weights.absolute()),
            "context_tokens": context_tokens,
            "parallel": parallel,
            "kept_prompts": max(parallel, prefix_homes),
            "threads": threads,
        }
        self._command = [
            *(sys.executable, "-m", "inference_container.engines.openvino_worker", json.dumps(settings))
        ]
        self._numbers = count(1)
        self._worker: _Worker | None = None

    def load(self) -> None:
        self._worker = _Worker(self._command)
        first = self._worker.first_line(seconds=LOAD_SECONDS)
        if first is None or "ready" not in first:
            self.close()
            reason = (first or {}).get("failed", "its process ended or said nothing").strip()
            raise EngineFailed(
                f"OpenVINO could not load {self._weights.name}: {reason} "
                f"It reads {READS}; --engine llama_cpp reads every GGUF."
            )

    async def stream(self, request: GenerationRequest) -> AsyncIterator[Piece]:
        worker, number = self._worker, next(self._numbers)
        if worker is None:
            raise EngineFailed("OpenVINO is not loaded")
        lines = worker.ask(number, _order(number, request))
        is_over = False
        try:
            while not is_over:
                line = await lines.get()
                is_over = "text" not in line or "finish" in line
                yield _piece(line, context_tokens=self.context_tokens)
        finally:
            if not is_over:
                worker.tell({"leave": number})
                while not _is_last(await lines.get()):
                    """What was said before it heard that nobody listens."""
            worker.forget(number)

    def close(self) -> None:
        if self._worker is not None:
            self._worker.end()
            self._worker = None


class _Worker:
    """The process, and a thread each for what goes in and what comes out."""

    def __init__(self, command: list[str]) -> None:
        # A session of its own: Ctrl-C is for the server, which ends this in order.
        self._process = subprocess.Popen(  # noqa: S603  our own interpreter and module
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
        )
        self._first: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self._orders: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._listeners: dict[int, tuple[asyncio.AbstractEventLoop, asyncio.Queue[dict[str, Any]]]] = {}
        self._is_dead = False
        for work in (self._read, self._write):
            threading.Thread(target=work, daemon=True, name="openvino").start()

    def first_line(self, *, seconds: float) -> dict[str, Any] | None:
        """What it says of its start; None when it has ended, or after so many seconds."""
        try:
            return self._first.get(timeout=seconds)
        except queue.Empty:
            return None

    def ask(self, number: int, order: dict[str, Any]) -> asyncio.Queue[dict[str, Any]]:
        """Gives an order; its lines come to the queue. The last one may say that the process is dead."""
        lines: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        with self._lock:
            if self._is_dead:
                raise EngineFailed("OpenVINO's process has ended")
            self._listeners[number] = (asyncio.get_running_loop(), lines)
        self.tell(order)
        return lines

    def tell(self, order: dict[str, Any]) -> None:
        self._orders.put(json.dumps(order).encode() + b"\n")

    def forget(self, number: int) -> None:
        with self._lock:
            self._listeners.pop(number, None)

    def end(self) -> None:
        self._orders.put(None)
        try:
            self._process.wait(CLOSE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _read(self) -> None:
        assert self._process.stdout is not None  # a pipe was asked for
        with self._process.stdout as out:
            for number, raw in enumerate(out):
                line = json.loads(raw)
                if number == 0:
                    self._first.put(line)
                else:
                    self._hand_on(line["number"], line)
        self._first.put(None)
        with self._lock:
            self._is_dead = True
            listening = tuple(self._listeners)
        for number in listening:
            self._hand_on(number, {"dead": True})

    def _hand_on(self, number: int, line: dict[str, Any]) -> None:
        with self._lock:
            loop, lines = self._listeners.get(number, (None, None))
        if loop is not None and lines is not None:
            with contextlib.suppress(RuntimeError):  # the loop was closed: nobody listens
                loop.call_soon_threadsafe(lines.put_nowait, line)

    def _write(self) -> None:
        assert self._process.stdin is not None  # a pipe was asked for
        with contextlib.suppress(BrokenPipeError), self._process.stdin as orders:
            while (order := self._orders.get()) is not None:
                orders.write(order)
                orders.flush()


def _order(number: int, request: GenerationRequest) -> dict[str, Any]:
    return {
        "number": number,
        "messages": [{"role": message.role, "content": message.content} for message in request.messages],
        "max_tokens": request.max_tokens,
        "temperature": request.temperature,
        "top_p": request.top_p,
        "seed": request.seed,
        "stop": list(request.stop),
        "json_schema": request.json_schema,
    }


def _is_last(line: dict[str, Any]) -> bool:
    return "left" in line or "dead" in line


def _piece(line: dict[str, Any], *, context_tokens: int) -> Piece:
    """Raises what the line says went wrong."""
    if "too_long" in line:
        raise PromptTooLong(prompt_tokens=line["too_long"], context_tokens=context_tokens)
    if "unfollowed" in line:
        raise BadRequest(
            f"The engine cannot follow response_format: {line['unfollowed']}.", parameter="response_format"
        )
    if "text" not in line:
        raise EngineFailed(f"OpenVINO broke off: {line.get('broke', 'its process has ended')}")
    return Piece(
        text=line["text"],
        finish_reason=line.get("finish"),
        prompt_tokens=line.get("prompt_tokens", 0),
        cached_tokens=line.get("cached_tokens", 0),
        completion_tokens=line.get("completion_tokens", 0),
    )
