"""OpenVINO GenAI's continuous batching, bare: no HTTP; prompts as lines of JSON in, times as such lines out.

`python -m bench.serving.peers.openvino --weights FILE`. A line is one run: `{"in_flight": 4, "max_tokens":
48, "prompts": [[key, text], ...]}`; the next prompt joins the batch when one of them has its answer.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import dataclass, field
from typing import Any

from bench.serving.asking import Answer

CACHE_GB = 2
"""Keys and values of 50 dialogues of 800 tokens are half a gigabyte; the rest keeps prefixes."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.serving.peers.openvino", description=__doc__)
    parser.add_argument("--weights", required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--batched-tokens", type=int, default=256, help="of prompts in one step")
    given = parser.parse_args()
    import openvino_genai  # noqa: PLC0415  only for who runs this

    scheduler = openvino_genai.SchedulerConfig()
    scheduler.cache_size, scheduler.enable_prefix_caching = CACHE_GB, True
    scheduler.max_num_batched_tokens, scheduler.dynamic_split_fuse = given.batched_tokens, True
    pipeline = openvino_genai.ContinuousBatchingPipeline(
        given.weights, scheduler, "CPU", {"INFERENCE_NUM_THREADS": given.threads}
    )
    print(json.dumps({"ready": True}), flush=True)
    for row in sys.stdin:
        run = _Run(openvino_genai, pipeline, json.loads(row))
        print(json.dumps({"answers": [each.told() for each in run.answers()]}), flush=True)
    return 0


@dataclass
class _Open:
    """One request that is in the batch."""

    handle: Any
    key: str
    prompt_tokens: int
    began: float
    first: float = 0.0
    tokens: list[int] = field(default_factory=list)


class _Run:
    def __init__(self, genai: Any, pipeline: Any, asked: dict[str, Any]) -> None:
        self._pipeline, self._tokenizer = pipeline, pipeline.get_tokenizer()
        self._waiting, self._in_flight = list(reversed(asked["prompts"])), asked["in_flight"]
        self._config = genai.GenerationConfig()
        self._config.max_new_tokens, self._config.apply_chat_template = asked["max_tokens"], False
        self._finished = genai.GenerationStatus.RUNNING
        self._open: list[_Open] = []

    def answers(self) -> list[Answer]:
        done: list[Answer] = []
        self._fill()
        while self._open:
            self._pipeline.step()
            now = time.monotonic()
            for one in list(self._open):
                self._read(one, now)
                if one.handle.get_status() != self._finished:
                    self._open.remove(one)
                    done.append(self._answer(one, now))
            self._fill()
        return done

    def _fill(self) -> None:
        while self._waiting and len(self._open) < self._in_flight:
            key, text = self._waiting.pop()
            began = time.monotonic()
            ids = self._tokenizer.encode(text, add_special_tokens=False).input_ids
            handle = self._pipeline.add_request(hash(key) & (2**63 - 1), ids, self._config)
            self._open.append(_Open(handle, key, ids.shape[1], began))

    def _read(self, one: _Open, now: float) -> None:
        while one.handle.can_read():
            for output in one.handle.read().values():
                one.tokens += output.generated_ids
                one.first = one.first or now - one.began

    def _answer(self, one: _Open, now: float) -> Answer:
        return Answer(
            key=one.key,
            seconds=now - one.began,
            first_token_seconds=one.first,
            prompt_tokens=one.prompt_tokens,
            completion_tokens=len(one.tokens),
            text=self._tokenizer.decode(one.tokens),
            error="" if one.tokens else "no token",
        )


if __name__ == "__main__":
    sys.exit(main())
