"""OpenVINO's pipeline in a process of its own: one loop that reads orders, steps and tells what came.

`python -m inference_container.engines.openvino_worker '{"weights": …}'`. Orders come as lines of JSON on the
standard input and end with it; lines go out on what was the standard output. A process, because a step holds
Python's lock for up to a second (it would silence the server's loop) and because a file that it cannot read
may end it with a signal. Prompts that begin alike are computed one after the other: the next one finds the
shared beginning ready.
Knows the pipeline and tokens. Refuses to know asyncio and the server; no message text goes to a log.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import select
import sys
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from typing import IO, Any

from pydantic import BaseModel, ConfigDict

from inference_container.engines.openvino_tokens import Vocabulary
from inference_container.engines.prefix_blocks import PrefixBlocks
from inference_container.engines.schema_words import NotFollowed, followed
from inference_container.engines.spoken_text import SpokenText

BLOCK_TOKENS = 32
"""Tokens in a block of the cache on a CPU."""

STEP_TOKENS = 256
"""The most that a step computes, answers first, the rest of it prompts. An answer can be ended and a new one
begun between two steps alone: half of this took a 1.5B model a good half of a second on two idle cores, but
prompts then waited longer. It also bounds what this process grows by: OpenVINO keeps kernels for each size of
a step that it has met (0049)."""

PROMPTS_A_STEP = 2
"""What the end of one prompt leaves of a step goes to the next one. More would only make the first wait."""

RECOVERY_STEPS = 8
_READ_BYTES = 1 << 16


class WorkerSettings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    weights: Path
    context_tokens: int
    parallel: int
    kept_prompts: int
    """How many contexts the cache holds, those under way included."""

    threads: int

    @property
    def blocks(self) -> int:
        """And one context more, for an answer that was ended and is there for one step yet."""
        return (self.kept_prompts + 1) * -(-self.context_tokens // BLOCK_TOKENS)


@dataclass(eq=False)
class Generation:
    """One answer, from the order to its end."""

    number: int
    prompt: list[int]
    config: Any
    text: SpokenText
    cached_tokens: int = 0
    answer: list[int] = field(default_factory=list)
    handle: Any = None


class Worker:
    """Takes orders, gives lines. `out` gets one JSON object a line."""

    def __init__(self, settings: WorkerSettings, out: IO[str]) -> None:
        self._settings, self._out = settings, out
        self._waiting: deque[Generation] = deque()
        self._running: dict[int, Generation] = {}
        self._prompting: list[Generation] = []
        self._known = PrefixBlocks(capacity=settings.blocks, block_tokens=BLOCK_TOKENS)

    def load(self) -> None:
        # A package that sends statistics comes along; it is not needed, and this is how it is missed.
        sys.modules["openvino_telemetry"] = None  # type: ignore[assignment]
        import openvino_genai  # noqa: PLC0415  100 MB of native code, in this process only

        self._package = openvino_genai
        scheduler = openvino_genai.SchedulerConfig()
        scheduler.num_kv_blocks = self._settings.blocks
        scheduler.max_num_batched_tokens = STEP_TOKENS
        scheduler.max_num_seqs = 2 * self._settings.parallel  # those that were ended are there for a step yet
        scheduler.dynamic_split_fuse = scheduler.enable_prefix_caching = True
        # Nothing is written beside the weights, or anywhere.
        properties = {"INFERENCE_NUM_THREADS": self._settings.threads, "enable_save_ov_model": False}
        self._pipeline = openvino_genai.ContinuousBatchingPipeline(
            str(self._settings.weights), scheduler, "CPU", properties
        )
        self._vocabulary = Vocabulary(self._pipeline.get_tokenizer())
        config = openvino_genai.GenerationConfig(max_new_tokens=1, apply_chat_template=False)
        self._pipeline.generate("1", config)  # the warm-up

    def tell(self, **line: Any) -> None:
        """It goes out with the next `flush`: a step has a line for everybody under way."""
        self._out.write(json.dumps(line) + "\n")

    def flush(self) -> None:
        self._out.flush()

    @property
    def is_busy(self) -> bool:
        return bool(self._running or self._waiting)

    def order(self, order: dict[str, Any]) -> None:
        if "leave" in order:
            self._leave(order["leave"])
            return
        try:
            self._accept(order)
        except NotFollowed as refusal:
            self.tell(number=order["number"], unfollowed=str(refusal))
        except Exception as error:  # noqa: BLE001  whatever native code throws ends this one request
            self.tell(number=order["number"], broke=type(error).__name__)

    def _accept(self, order: dict[str, Any]) -> None:
        prompt = self._vocabulary.prompt(order["messages"])
        room = self._settings.context_tokens - len(prompt)
        if room < 1:
            self.tell(number=order["number"], too_long=len(prompt))
            return
        config = self._config(order, max_tokens=min(order["max_tokens"], room))
        text = SpokenText(tuple(order["stop"]))
        self._waiting.append(Generation(order["number"], prompt, config, text))

    def _config(self, order: dict[str, Any], *, max_tokens: int) -> Any:
        config = self._package.GenerationConfig(max_new_tokens=max_tokens, apply_chat_template=False)
        config.stop_token_ids = self._vocabulary.ends
        if order["temperature"] > 0:
            config.do_sample, config.temperature, config.top_p = True, order["temperature"], order["top_p"]
            # Its own default is the same seed for everybody.
            config.rng_seed = secrets.randbits(32) if order["seed"] is None else order["seed"] % 2**32
        if order["json_schema"] is not None:
            shape = self._package.StructuredOutputConfig()
            shape.json_schema = json.dumps(followed(order["json_schema"] or {"type": "object"}))
            config.structured_output_config = shape
        return config

    def step(self) -> None:
        """Compute for everybody under way, and tell what came of it."""
        while self._waiting and self._may_begin(self._waiting[0]):
            self._begin(self._waiting.popleft())
        try:
            self._pipeline.step()
        except Exception as error:  # noqa: BLE001  see _break_off
            self._break_off(error)
            return
        for generation in tuple(self._running.values()):
            self._hear(generation)

    def _may_begin(self, generation: Generation) -> bool:
        """Whether no prompt that is being computed begins in a way that this one could find ready later."""
        known = self._known.known_tokens(generation.prompt)
        return len(self._prompting) < PROMPTS_A_STEP and all(
            _begin_alike(generation.prompt, other.prompt) < known + BLOCK_TOKENS for other in self._prompting
        )

    def _begin(self, generation: Generation) -> None:
        import numpy as np  # noqa: PLC0415  comes with it
        import openvino  # noqa: PLC0415  as in `load`

        generation.cached_tokens = self._known.known_tokens(generation.prompt)
        tokens = openvino.Tensor(np.array([generation.prompt], dtype=np.int64))
        self._running[generation.number] = generation
        self._prompting.append(generation)
        generation.handle = self._pipeline.add_request(generation.number, tokens, generation.config)

    def _hear(self, generation: Generation) -> None:
        finish, said, handle = None, "", generation.handle
        while handle.can_read():
            for output in handle.read().values():
                for token in output.generated_ids:
                    generation.answer.append(token)
                    said += generation.text.hear(self._vocabulary.bytes_of(token))
                finish = output.finish_reason
        if generation.answer and generation in self._prompting:
            self._known.remember(generation.prompt)
            self._prompting.remove(generation)
        reasons = self._package.GenerationFinishReason
        if generation.text.stopped:
            handle.stop()
            self._end(generation, said, "stop")
        elif finish in (reasons.STOP, reasons.LENGTH):
            said += generation.text.rest()
            self._end(generation, said, "stop" if finish == reasons.STOP else "length")
        elif handle.get_status() != self._package.GenerationStatus.RUNNING:
            self._forget(generation)
            self.tell(number=generation.number, broke=handle.get_status().name)
        elif said:
            self.tell(number=generation.number, text=said)

    def _end(self, generation: Generation, said: str, finish: str) -> None:
        self._known.remember([*generation.prompt, *generation.answer[:-1]])
        self._forget(generation)
        self.tell(
            number=generation.number,
            text=said,
            finish=finish,
            prompt_tokens=len(generation.prompt),
            cached_tokens=generation.cached_tokens,
            completion_tokens=len(generation.answer),
        )

    def _leave(self, number: int) -> None:
        """Nobody listens any more. The pipeline drops it within its next step, and has room for that."""
        self._waiting = deque(waiting for waiting in self._waiting if waiting.number != number)
        if generation := self._running.get(number):
            generation.handle.cancel()
            self._forget(generation)
        self.tell(number=number, left=True)

    def _forget(self, generation: Generation) -> None:
        self._running.pop(generation.number, None)
        if generation in self._prompting:
            self._prompting.remove(generation)

    def rest(self) -> None:
        """Let the pipeline drop what was ended, when nobody is under way."""
        while self._pipeline.has_non_finished_requests():
            self._pipeline.step()

    def _break_off(self, error: Exception) -> None:
        """A step that fails leaves everybody's cache half written: all that was under way ends.

        Raises what it raises again: then this process is of no use.
        """
        for generation in tuple(self._running.values()):
            generation.handle.cancel()
            self._forget(generation)
            self.tell(number=generation.number, broke=type(error).__name__)
        for _ in range(RECOVERY_STEPS):
            if not self._pipeline.has_non_finished_requests():
                return
            self._pipeline.step()
        raise RuntimeError("the pipeline keeps what was ended") from error


def _begin_alike(one: Sequence[int], other: Sequence[int]) -> int:
    """How many tokens are the same."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def serve(worker: Worker, orders: int) -> None:
    """Until the file descriptor `orders` ends."""
    unread = b""
    while True:
        if select.select([orders], [], [], 0 if worker.is_busy else None)[0]:
            data = os.read(orders, _READ_BYTES)
            if not data:
                return
            *lines, unread = (unread + data).split(b"\n")
            for line in lines:
                worker.order(json.loads(line))
        elif worker.is_busy:
            worker.step()
        worker.flush()
        if not worker.is_busy:
            worker.rest()


def main() -> int:
    settings = WorkerSettings.model_validate_json(sys.argv[1])
    # Native code may print: what it prints must not stand among the lines.
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    worker = Worker(settings, out)
    try:
        worker.load()
    except Exception as error:  # noqa: BLE001  told to who has started this process
        worker.tell(failed=str(error))
        worker.flush()
        return 1
    with contextlib.suppress(BrokenPipeError):  # nobody is there any more
        worker.tell(ready=True)
        worker.flush()
        serve(worker, 0)
    os._exit(0)  # what native code does at an orderly end helps nobody and takes its time


if __name__ == "__main__":
    sys.exit(main())
