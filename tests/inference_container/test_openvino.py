"""OpenVINO's own: its process, what happens in a step, and that the cache is accounted for as it is used."""

from __future__ import annotations

import asyncio
import io
import json
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from inference_container.engines import EngineFailed, GenerationRequest, Message
from inference_container.engines import openvino_worker as module
from inference_container.engines.openvino import OpenVinoEngine
from inference_container.engines.openvino_tokens import portions
from inference_container.engines.openvino_worker import STEP_TOKENS, Worker, WorkerSettings

pytestmark = pytest.mark.model

STORY = "There was a dealer who sold cars to everybody in the town and was kind to them. "


KEPT = 4


def resident_bytes() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


class Desk:
    """A worker in this process, spoken to as by its pipes."""

    def __init__(self, worker: Worker, out: io.StringIO) -> None:
        self.worker, self._out = worker, out

    def ask(self, number: int, text: str, *, max_tokens: int = 8, schema: Any = None) -> None:
        self.worker.order(
            {
                "number": number,
                "messages": [{"role": "user", "content": text}],
                "max_tokens": max_tokens,
                "temperature": 0,
                "top_p": 1,
                "seed": None,
                "stop": [],
                "json_schema": schema,
            }
        )

    def lines(self) -> list[dict[str, Any]]:
        """What was told since this was asked last."""
        told = [json.loads(line) for line in self._out.getvalue().splitlines()]
        self._out.seek(0)
        self._out.truncate()
        return told

    def finish(self) -> tuple[list[dict[str, Any]], int]:
        """Work until all is done: what was told, and the steps before the first of it."""
        told: list[dict[str, Any]] = []
        steps = before_first = 0
        while self.worker.is_busy:
            self.worker.step()
            steps += 1
            told += self.lines()
            before_first = before_first or (steps if told else 0)
        self.worker.rest()
        return told, before_first

    def text(self, number: int, told: list[dict[str, Any]]) -> str:
        return "".join(line["text"] for line in told if line["number"] == number)


@pytest.fixture(scope="module")
def desk(smollm2: Path) -> Desk:
    out = io.StringIO()
    settings = WorkerSettings(weights=smollm2, context_tokens=1024, parallel=4, kept_prompts=KEPT, threads=1)
    worker = Worker(settings, out)
    worker.load()
    return Desk(worker, out)


def test_it_has_nobody_to_tell_about_its_use(desk: Desk) -> None:
    assert sys.modules["openvino_telemetry"] is None


def test_what_is_counted_as_cached_was_not_computed(desk: Desk) -> None:
    """A step computes STEP_TOKENS of a prompt: how many steps it took tells how much of it was new."""
    for number, text in enumerate([STORY * 25, STORY * 25, STORY * 20 + "And then?", "No. " + STORY * 25]):
        desk.ask(number, text, max_tokens=1)
        told, steps = desk.finish()
        fresh = told[-1]["prompt_tokens"] - told[-1]["cached_tokens"]
        assert steps == -(-fresh // STEP_TOKENS), number
        assert (told[-1]["cached_tokens"] > 300) is (number in {1, 2})


def test_who_comes_together_pays_the_shared_beginning_once(desk: Desk) -> None:
    for number in (1, 2, 3):
        desk.ask(number, "Hear. " + STORY * 25 + f"Question {number}?")
    told, _ = desk.finish()
    cached = sorted(line["cached_tokens"] for line in told if "finish" in line)
    assert cached[0] < 64
    assert cached[1] > 400


def test_answers_in_a_batch_are_those_given_alone(desk: Desk) -> None:
    questions = ["Tell a story about a dog.", "What is Paris?", "Name three colours.", "Who are you?"]
    alone = []
    for number, question in enumerate(questions):
        desk.ask(number, question, max_tokens=32)
        alone.append(desk.text(number, desk.finish()[0]))
    for number, question in enumerate(questions):
        desk.ask(number, question, max_tokens=32)
    told, _ = desk.finish()
    assert [desk.text(number, told) for number in range(len(questions))] == alone


def test_all_are_spoken_to_in_turn(desk: Desk) -> None:
    for number in (1, 2):
        desk.ask(number, f"Tell story {number}.", max_tokens=20)
    told, _ = desk.finish()
    ends = [at for at, line in enumerate(told) if "finish" in line]
    assert {line["number"] for line in told[: ends[0]]} == {1, 2}


def test_who_leaves_frees_the_cache(desk: Desk) -> None:
    """More leave than there is room for, while waiting, in their prompts and in their answers."""
    for number in range(40):
        desk.ask(number, f"{number} " + STORY * 30, max_tokens=100)
        for _ in range(number % 7):
            desk.worker.step()
        desk.worker.order({"leave": number})
        assert desk.lines()[-1] == {"number": number, "left": True}
        assert not desk.worker.is_busy
    desk.worker.order({"leave": 4711})
    assert desk.lines() == [{"number": 4711, "left": True}]
    desk.ask(50, STORY * 30, max_tokens=20)
    assert desk.finish()[0][-1]["finish"] == "length"


def test_only_a_step_of_a_new_size_adds_memory(desk: Desk) -> None:
    """What is kept of a size is kept once; of answers, nothing is."""
    for number in range(KEPT + 2):  # the cache of keys and values has been written to its end
        desk.ask(number, f"{number} " + STORY * 45, max_tokens=1)
    desk.finish()
    weights = []
    for turn in range(3):
        for words in range(24):
            desk.ask(words, f"{turn}-{words:02} " + "car " * words, max_tokens=1)
            desk.finish()
        weights.append(resident_bytes())
    assert weights[-1] - weights[0] < 2 << 20  # 48 answers


def test_a_step_that_fails_ends_who_is_under_way_and_nothing_else(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.ask(1, "Tell a story.", max_tokens=100)
    for _ in range(5):
        desk.worker.step()
    monkeypatch.setattr(module, "followed", lambda schema: schema)  # what it would refuse gets through
    desk.ask(2, "x", schema={"type": "nonsense"})
    told, _ = desk.finish()
    assert [line for line in told if "text" not in line] == [
        {"number": 1, "broke": "RuntimeError"},
        {"number": 2, "broke": "RuntimeError"},
    ]
    desk.ask(3, "Say hello.")
    assert desk.finish()[0][-1]["finish"] == "length"


def test_a_long_text_becomes_the_same_tokens_in_portions(desk: Desk) -> None:
    vocabulary = desk.worker._vocabulary
    text = "Есть ли у вас C 180?\n\nДа, есть: 3 штуки.  Цена — 4 200 000 руб.\n" * 90
    assert len(portions(text)) > 1
    whole = vocabulary._tokenizer.encode(text, add_special_tokens=False).input_ids.data[0].tolist()
    assert len(whole) < 8000  # else this would compare what was cut off
    assert vocabulary._encoded(text) == whole


@pytest.mark.parametrize("text", ["", "слово " * 5000, "ы" * 9000, "🚗" * 9000, "a\n" * 9000])
def test_portions_are_the_text(text: str) -> None:
    parts = portions(text)
    assert "".join(parts) == text
    assert all(len(part.encode()) <= 8000 for part in parts)


# The process


@pytest.fixture
def engine(smollm2: Path) -> Iterator[OpenVinoEngine]:
    engine = OpenVinoEngine(
        model="m", weights=smollm2, context_tokens=512, parallel=2, prefix_homes=1, threads=1
    )
    yield engine
    engine.close()


def request(**more: Any) -> GenerationRequest:
    return GenerationRequest(messages=(Message("user", "Tell a story."),), **{"max_tokens": 300, **more})


def test_a_process_that_dies_ends_answers_and_not_the_server(engine: OpenVinoEngine) -> None:
    async def scene() -> None:
        with pytest.raises(EngineFailed, match="not loaded"):
            await anext(engine.stream(request()))
        await asyncio.to_thread(engine.load)
        stream, left = engine.stream(request()), engine.stream(request())
        await asyncio.gather(anext(stream), anext(left))
        assert engine._worker is not None
        os.kill(engine._worker._process.pid, signal.SIGKILL)
        with pytest.raises(EngineFailed, match="process has ended"):
            _ = [piece async for piece in stream]
        await left.aclose()
        with pytest.raises(EngineFailed, match="process has ended"):
            await anext(engine.stream(request()))

    asyncio.run(scene())
