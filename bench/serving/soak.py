"""The soak: minutes of everything that callers do, and does anything of the server grow meanwhile?

Whole answers and streams, callers who hang up in the answer or before it, deadlines that pass, prompts that
are too long, bodies that are no request, schemas. Every few seconds resident memory, open files, threads and
tasks of the event loop are noted. Growth is the slope of a straight line through the notes of the second
half: in the first one the allocator's arenas fill. The server has its full weight before. Refuses to measure
speed.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import Any

import httpx

from bench.serving.asking import ask, client
from bench.serving.candidates import CONTEXT_TOKENS
from bench.serving.filling import fill
from bench.serving.leavers import asking, hang_up
from bench.serving.our_server import OurServer
from bench.serving.workload import brief, question

NOTE_EVERY_SECONDS = 5.0
GROWTH_BYTES_AN_HOUR = 32 << 20
"""What a server that is never restarted could bear for a night; the answers of an hour are some megabytes."""
FLAT = ("files", "threads", "tasks")
SCHEMA = {"type": "object", "properties": {"price": {"type": "integer"}}, "required": ["price"]}


@dataclass(frozen=True, kw_only=True)
class Plan:
    model: str
    engine: Sequence[str]
    callers: int
    parallel: int
    minutes: float


@dataclass(frozen=True)
class Note:
    seconds: float
    resident: int
    files: int
    threads: int
    tasks: int


async def soak(plan: Plan) -> dict[str, Any]:
    options = ["--model", plan.model, "--parallel", str(plan.parallel), "--context", str(CONTEXT_TOKENS)]
    server = OurServer("soak", [*options, *plan.engine])
    try:
        async with client(server.url) as line:
            await fill(line, parallel=plan.parallel)
            return await _Soak(plan, server, line).run()
    finally:
        server.end()


class _Soak:
    def __init__(self, plan: Plan, server: OurServer, line: httpx.AsyncClient) -> None:
        self._plan, self._server, self._line = plan, server, line
        self._outcomes: Counter[str] = Counter()
        self._notes: list[Note] = []

    async def run(self) -> dict[str, Any]:
        began = time.monotonic()
        end = began + self._plan.minutes * 60
        callers = [asyncio.create_task(self._caller(number, end)) for number in range(self._plan.callers)]
        while time.monotonic() < end:
            await asyncio.sleep(min(NOTE_EVERY_SECONDS, max(0.0, end - time.monotonic())))
            await self._note(began)
        await asyncio.gather(*callers)
        await asyncio.sleep(1)
        await self._note(began)
        return self._told(await self._server.counts(self._line))

    async def _note(self, began: float) -> None:
        weight, counts = self._server.process.weigh(), await self._server.counts(self._line)
        passed = time.monotonic() - began
        note = Note(passed, weight.resident, weight.files, weight.threads, int(counts["tasks"]))
        self._notes.append(note)

    async def _caller(self, number: int, end: float) -> None:
        dice, asked = random.Random(number), 0
        while time.monotonic() < end:
            asked += 1
            way = dice.choices(list(WAYS), weights=[weight for weight, _ in WAYS.values()])[0]
            try:
                await asyncio.wait_for(WAYS[way][1](self._line, f"{number}-{asked}", dice), 120)
                self._outcomes[way] += 1
            except (httpx.HTTPError, TimeoutError) as error:
                self._outcomes[f"{way}: {type(error).__name__}"] += 1

    def _told(self, counts: Any) -> dict[str, Any]:
        later = self._notes[len(self._notes) // 2 :]
        slope = _slope([(note.seconds, note.resident) for note in later]) * 3600
        names = {name: sorted(getattr(note, name) for note in self._notes) for name in FLAT}
        told = {
            "kind": "soak",
            "model": self._plan.model,
            "minutes": self._plan.minutes,
            "callers": self._plan.callers,
            "parallel": self._plan.parallel,
            "asked": dict(self._outcomes),
            "requests": {
                name.partition(":")[2]: n for name, n in counts.items() if name.startswith("requests:")
            },
            "resident_bytes": [self._notes[0].resident, later[0].resident, later[-1].resident],
            "resident_slope_bytes_an_hour": slope,
            **{name: [found[0], median(found), found[-1]] for name, found in names.items()},
            "at_rest": {name: getattr(self._notes[-1], name) for name in FLAT},
            "notes": [vars(note) for note in self._notes],
        }
        return {**told, "faults": self._faults(slope, later, counts)}

    def _faults(self, slope: float, later: Sequence[Note], counts: Any) -> list[str]:
        found = [f"{way}: {number}" for way, number in self._outcomes.items() if ":" in way]
        if slope > GROWTH_BYTES_AN_HOUR:
            found.append(f"resident memory grows by {slope / 2**20:.0f} MiB an hour")
        half = len(later) // 2
        for name in FLAT:
            early, late = (
                fmean(getattr(note, name) for note in part) for part in (later[:half], later[half:])
            )
            if late > early + self._plan.callers / 2:
                found.append(f"{name} grow: {early:.1f}, then {late:.1f}")
        if counts["requests:failed"]:
            found.append(f"{counts['requests:failed']:.0f} generations failed")
        if counts["running"] + counts["waiting"]:
            found.append("a place is still taken")
        return found


def _slope(points: Sequence[tuple[float, float]]) -> float:
    """Of the straight line with the least squares."""
    x, y = fmean(point[0] for point in points), fmean(point[1] for point in points)
    spread = sum((point[0] - x) ** 2 for point in points)
    return sum((point[0] - x) * (point[1] - y) for point in points) / spread if spread else 0.0


def _asked(key: str) -> dict[str, Any]:
    return {"messages": list(brief(key).messages), "temperature": 0}


async def _whole(line: httpx.AsyncClient, key: str, dice: random.Random) -> None:
    await _post(line, {**_asked(key), "max_tokens": dice.randrange(1, 32), "user": str(dice.randrange(9))})


async def _long_prompt(line: httpx.AsyncClient, key: str, _: random.Random) -> None:
    await _post(line, {"messages": list(question(key).messages), "max_tokens": 4})


async def _json(line: httpx.AsyncClient, key: str, _: random.Random) -> None:
    form = {"type": "json_schema", "json_schema": {"schema": SCHEMA}}
    await _post(line, {**_asked(key), "max_tokens": 24, "response_format": form})


async def _stays(line: httpx.AsyncClient, key: str, dice: random.Random) -> None:
    answer = await ask(line, key, {**_asked(key), "max_tokens": dice.randrange(1, 32)})
    if answer.error:
        raise httpx.HTTPError(answer.error)


async def _leaves_in_the_answer(line: httpx.AsyncClient, key: str, _: random.Random) -> None:
    (caller,) = await asking(str(line.base_url), [_asked(key)], stream=True)
    await caller.heard.wait()
    await hang_up([caller])


async def _leaves_before_it(line: httpx.AsyncClient, key: str, dice: random.Random) -> None:
    (caller,) = await asking(str(line.base_url), [_asked(key)], stream=False)
    await asyncio.sleep(dice.random())
    await hang_up([caller])


async def _has_no_time(line: httpx.AsyncClient, key: str, dice: random.Random) -> None:
    await _post(line, {**_asked(key), "max_tokens": 200}, {"X-Timeout-Seconds": f"{dice.random():.3f}"})


async def _too_long(line: httpx.AsyncClient, key: str, _: random.Random) -> None:
    await _post(line, {"messages": [{"role": "user", "content": f"{key} " + "many words " * 5_000}]})


async def _no_request(line: httpx.AsyncClient, _: str, dice: random.Random) -> None:
    with contextlib.suppress(httpx.WriteError):  # a body that is too large is refused before it is read
        await line.post(
            "/v1/chat/completions", content=dice.choice([b"{", b"\xff", b"[" * 5_000, b" " * (2 << 20)])
        )


async def _post(line: httpx.AsyncClient, body: dict[str, Any], headers: dict[str, str] | None = None) -> None:
    await line.post("/v1/chat/completions", json=body, headers=headers)


WAYS = {
    "whole": (6, _whole),
    "streamed": (6, _stays),
    "left in the answer": (3, _leaves_in_the_answer),
    "left before it": (3, _leaves_before_it),
    "had no time": (2, _has_no_time),
    "long prompt": (1, _long_prompt),
    "json": (1, _json),
    "too long": (1, _too_long),
    "no request": (2, _no_request),
}
