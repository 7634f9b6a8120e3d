"""Those who are compared: each is started for a number in flight, asked, weighed and ended.

Knows how each is started and spoken to. Refuses to know what comes of it.
"""

from __future__ import annotations

import asyncio
import json
import sys
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.serving.asking import Answer, ask, client
from bench.serving.our_server import MODELS, STATE, OurServer
from bench.serving.process import DidNotStart, ServerProcess, Weight
from bench.serving.workload import Question, chatml
from cli.deployment import HOMES, PROJECT
from inference_container.weights import Catalogue

TRANSFORMERS = HOMES / "envs" / "transformers" / "bin" / "python"
CONTEXT_TOKENS = 1024
"""Of one dialogue; the questions and their answers have about 850."""

_LIBRARIES = {"libtorch": "transformers", "libopenvino": "OpenVINO", "xllamacpp": "llama.cpp"}


class Candidate(ABC):
    """Started when built; raises DidNotStart."""

    name: str

    @abstractmethod
    def run(self, questions: Sequence[Question], *, in_flight: int, max_tokens: int) -> list[Answer]:
        """All of them, never more than `in_flight` at a time; an answer for each, in any order."""

    @property
    @abstractmethod
    def process(self) -> ServerProcess: ...

    def weigh(self) -> Weight:
        return self.process.weigh()

    def engine(self) -> str:
        """What computes in it: the library that its processes have mapped."""
        mapped = self.process.mapped()
        return next((name for mark, name in _LIBRARIES.items() if mark in mapped), "unknown")

    def end(self) -> None:
        self.process.end()


class _OverHttp(Candidate):
    url: str
    model: str

    def run(self, questions: Sequence[Question], *, in_flight: int, max_tokens: int) -> list[Answer]:
        return asyncio.run(self._run(questions, in_flight, max_tokens))

    async def _run(self, questions: Sequence[Question], in_flight: int, max_tokens: int) -> list[Answer]:
        waiting, answers = list(reversed(questions)), []

        async def caller() -> None:
            while waiting:
                one = waiting.pop()
                body = {"messages": list(one.messages), "max_tokens": max_tokens}
                answers.append(await ask(line, one.key, body))

        async with client(self.url) as line:
            await asyncio.gather(*(caller() for _ in range(in_flight)))
        return answers


class Ours(_OverHttp):
    """By its own rule: told how many at the same time, as a user would, and nothing of engines."""

    name = "ours"

    def __init__(self, model: str, in_flight: int, threads: int, options: Sequence[str] = ()) -> None:
        said = ["--model", model, "--parallel", str(in_flight), "--threads", str(threads)]
        said += ["--context", str(CONTEXT_TOKENS), "--queue-limit", "64", *options]
        self._server = OurServer(f"ours-{in_flight}", said)
        self.url = self._server.url

    @property
    def process(self) -> ServerProcess:
        return self._server.process


class Transformers(_OverHttp):
    """Our server with this engine, in the environment that has torch."""

    name = "transformers"

    def __init__(self, model: str, in_flight: int, threads: int) -> None:
        if not TRANSFORMERS.exists():
            raise DidNotStart("its environment is not installed")
        said = ["--engine", "transformers", "--model", model, "--parallel", str(in_flight)]
        said += ["--threads", str(threads), "--context", str(CONTEXT_TOKENS), "--queue-limit", "64"]
        self._server = OurServer(f"transformers-{in_flight}", said, python=TRANSFORMERS)
        self.url = self._server.url

    @property
    def process(self) -> ServerProcess:
        return self._server.process


class LlamaCpp(_OverHttp):
    name = "llama.cpp"

    def __init__(self, model: str, in_flight: int, threads: int, slots: int | None = None) -> None:
        said = ["--weights", str(weights(model)), "--slots", str(slots or in_flight)]
        said += ["--context", str(CONTEXT_TOKENS), "--threads", str(threads)]
        self._process = _peer("llama_cpp", said)
        assert self._process.process.stdout is not None
        self.url = self._process.process.stdout.readline().decode().strip()
        if not self.url:
            raise DidNotStart(self._process.last_words())
        self._process.wait_for(self.url, "/health")

    @property
    def process(self) -> ServerProcess:
        return self._process


class OpenVino(Candidate):
    name = "OpenVINO GenAI"

    def __init__(self, model: str, in_flight: int, threads: int) -> None:
        del in_flight  # one configuration for every number
        self._process = _peer("openvino", ["--weights", str(weights(model)), "--threads", str(threads)])
        self._hear()

    @property
    def process(self) -> ServerProcess:
        return self._process

    def run(self, questions: Sequence[Question], *, in_flight: int, max_tokens: int) -> list[Answer]:
        prompts = [[one.key, chatml(one.messages)] for one in questions]
        said = {"in_flight": in_flight, "max_tokens": max_tokens, "prompts": prompts}
        assert self._process.process.stdin is not None
        self._process.process.stdin.write(json.dumps(said).encode() + b"\n")
        self._process.process.stdin.flush()
        return [Answer(**each) for each in self._hear()["answers"]]

    def _hear(self) -> dict[str, Any]:
        assert self._process.process.stdout is not None
        while row := self._process.process.stdout.readline():
            if row.startswith(b"{"):  # native code says things in between
                heard: dict[str, Any] = json.loads(row)
                return heard
        raise DidNotStart(self._process.last_words())


def weights(model: str) -> Path:
    return MODELS / model / Catalogue.read().get(model).files[0].name


def _peer(module: str, options: Sequence[str]) -> ServerProcess:
    command = [sys.executable, "-m", f"bench.serving.peers.{module}", *options]
    return ServerProcess(command, STATE / f"{module}.log", {"PYTHONPATH": str(PROJECT)})
