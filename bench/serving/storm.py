"""The cancel storm: so many callers leave, and how soon is the server where it was?

Three ways of leaving: in mid-answer, wave after wave, as many as there are places; all at once, a few of
them in mid-answer and the others in the line; and before the first piece. Memory is weighed before, when the
server has its full weight, at its most and after each storm. Refuses to judge: `faults` names what breaks the
promise.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import httpx

from bench.serving.asking import ask, client
from bench.serving.candidates import CONTEXT_TOKENS
from bench.serving.filling import fill
from bench.serving.leavers import Leaver, asking, hang_up
from bench.serving.our_server import OurServer
from bench.serving.workload import brief

FREE_WITHIN_SECONDS = 1.0
PATIENCE_SECONDS = 60.0
BACK_WITHIN_BYTES = 16 << 20
"""What the allocator may keep of a storm: its own slack, not that of 200 answers (a leak grows with each)."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    model: str
    engine: Sequence[str]
    clients: int
    parallel: int
    rounds: int


async def storm(plan: Plan) -> dict[str, Any]:
    options = ["--model", plan.model, "--parallel", str(plan.parallel), "--context", str(CONTEXT_TOKENS)]
    options += ["--queue-limit", str(plan.clients + 9)]
    server = OurServer("storm", [*options, *plan.engine])
    try:
        async with client(server.url) as line:
            return await _Storm(plan, server, line).run()
    finally:
        server.end()


class _Storm:
    def __init__(self, plan: Plan, server: OurServer, line: httpx.AsyncClient) -> None:
        self._plan, self._server, self._line = plan, server, line
        self._asked = 0

    async def run(self) -> dict[str, Any]:
        await self._whole_answers("before", self._plan.parallel)
        began = (await self._state())["resident_bytes"]
        await fill(self._line, parallel=self._plan.parallel)
        await self._whole_answers("all", self._plan.clients)  # what so many callers weigh who stay
        before = await self._state()
        storms = []
        for number in range(self._plan.rounds):
            for way in (self._in_mid_answer, self._all_at_once, self._before_the_first_piece):
                waits = await way()
                storms.append(
                    {"way": way.__name__.strip("_"), "round": number, **_told(waits), **await self._state()}
                )
        lost = await self._whole_answers("after", self._plan.parallel)
        after = await self._state()
        return {
            "kind": "storm",
            "model": self._plan.model,
            "clients": self._plan.clients,
            "parallel": self._plan.parallel,
            "resident_bytes_before_filling": began,
            "before": before,
            "storms": storms,
            "after": after,
            "lost_afterwards": lost,
            "faults": _faults(before, storms, after, lost),
        }

    def _body(self) -> dict[str, Any]:
        self._asked += 1
        return {"messages": list(brief(f"storm {self._asked}").messages)}

    async def _whole_answers(self, name: str, count: int) -> int:
        """Callers who stay, all at once. How many answers did not come."""
        asked = ({**self._body(), "max_tokens": 16} for _ in range(count))
        answers = await asyncio.gather(*(ask(self._line, name, body) for body in asked))
        return sum(bool(answer.error) for answer in answers)

    async def _in_mid_answer(self) -> list[float]:
        """Seconds from each wave's leaving until all places were free."""
        waits, left = [], 0
        while left < self._plan.clients:
            callers = await self._callers(self._plan.parallel, stream=True)
            async with asyncio.timeout(PATIENCE_SECONDS):
                await asyncio.gather(*(each.heard.wait() for each in callers))
            waits.append(await self._leave(callers))
            left += len(callers)
        return waits

    async def _all_at_once(self) -> list[float]:
        callers = await self._callers(self._plan.clients, stream=True)
        await self._until(self._all_are_in)
        await _one_of([each.heard for each in callers])
        return [await self._leave(callers)]

    async def _before_the_first_piece(self) -> list[float]:
        callers = await self._callers(self._plan.clients, stream=False)
        await self._until(self._all_are_in)
        return [await self._leave(callers)]

    async def _callers(self, count: int, *, stream: bool) -> list[Leaver]:
        return await asking(self._server.url, [self._body() for _ in range(count)], stream=stream)

    async def _leave(self, callers: Sequence[Leaver]) -> float:
        began = time.monotonic()
        await hang_up(callers)
        await self._until(lambda counts: counts["running"] + counts["waiting"] == 0)
        return time.monotonic() - began

    def _all_are_in(self, counts: Mapping[str, float]) -> bool:
        return counts["running"] + counts["waiting"] == self._plan.clients

    async def _until(self, true: Callable[[Mapping[str, float]], bool]) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not true(await self._server.counts(self._line)):  # noqa: ASYNC110  it is another process
                await asyncio.sleep(0.01)

    async def _state(self) -> dict[str, float]:
        await asyncio.sleep(1)  # what hung up has closed its connection
        weight, counts = self._server.process.weigh(), await self._server.counts(self._line)
        return {
            "resident_bytes": weight.resident,
            "peak_bytes": weight.peak,
            "threads": weight.threads,
            "files": weight.files,
            "tasks": counts["tasks"],
            "cancelled": counts["requests:cancelled"],
            "failed": counts["requests:failed"],
        }


async def _one_of(heard: Sequence[asyncio.Event]) -> None:
    hearing = [asyncio.create_task(each.wait()) for each in heard]
    async with asyncio.timeout(PATIENCE_SECONDS):
        await asyncio.wait(hearing, return_when=asyncio.FIRST_COMPLETED)
    for each in hearing:
        each.cancel()


def _told(waits: Sequence[float]) -> dict[str, float]:
    return {"waves": len(waits), "free_median_seconds": median(waits), "free_slowest_seconds": max(waits)}


def _faults(
    before: dict[str, float], storms: Sequence[dict[str, Any]], after: dict[str, float], lost: int
) -> list[str]:
    found = [
        f"{each['way']}: places were free after {each['free_slowest_seconds']:.2f} s"
        for each in storms
        if each["free_slowest_seconds"] > FREE_WITHIN_SECONDS
    ]
    if (grown := after["resident_bytes"] - before["resident_bytes"]) > BACK_WITHIN_BYTES:
        found.append(f"memory is {grown / 2**20:.0f} MiB above what it was")
    found += [
        f"{name} went from {before[name]:.0f} to {after[name]:.0f}"
        for name in ("tasks", "files")
        if after[name] > before[name] + 2
    ]
    if lost:
        found.append(f"{lost} answers did not come afterwards")
    if after["failed"]:
        found.append(f"{after['failed']:.0f} generations failed")
    return found
