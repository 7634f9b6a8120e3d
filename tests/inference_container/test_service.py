"""What becomes of requests whose time is up, and of a server whose engine breaks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from inference_container.engines import EngineFailed, GenerationRequest, Message, Piece
from inference_container.engines.scripted import Script, ScriptedEngine
from inference_container.errors import NotServing, TooLate
from inference_container.service import NOBODY, Caller, ChatService

ASKED = GenerationRequest(messages=(Message("user", "Есть ли C 180?"),), max_tokens=9)


async def served(engine: Any, **options: Any) -> tuple[ChatService, list[EngineFailed]]:
    failures: list[EngineFailed] = []
    service = ChatService(
        engine, parallel=1, queue_limit=5, on_failure=failures.append, probe_pause_seconds=0, **options
    )
    await service.start()
    return service, failures


async def answer(service: ChatService, caller: Caller = NOBODY) -> str:
    return "".join([piece.text async for piece in service.generate(ASKED, caller)])


async def eventually(true: Any) -> None:
    async with asyncio.timeout(5):
        while not true():  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0.01)


def test_a_deadline_ends_the_answer_and_frees_the_place() -> None:
    async def scene() -> None:
        engine = ScriptedEngine(model="tiny", script=Script(answer="раз два три", token_seconds=0.1))
        service, failures = await served(engine)
        late = aiter(service.generate(ASKED, Caller(seconds=0.25)))
        assert (await anext(late)).text == "раз"
        with pytest.raises(TooLate):
            _ = [piece async for piece in late]
        await eventually(lambda: service.admission.running == 0)
        assert (engine.running, service.state, failures) == (0, "ready", [])
        assert b'requests_total{outcome="late"} 1.0' in service.metrics.render()
        assert await answer(service) == "раз два три"

    asyncio.run(scene())


@pytest.mark.parametrize("seconds", [0, 0.05])
def test_a_deadline_that_passes_in_the_line_leaves_it(seconds: float) -> None:
    async def scene() -> None:
        engine = ScriptedEngine(model="tiny", script=Script(answer="раз два", failure="hang"))
        service, _ = await served(engine)
        first = service.generate(ASKED)
        await asyncio.sleep(0.02)
        with pytest.raises(TooLate):
            await answer(service, Caller(seconds=seconds))
        assert (service.admission.running, service.admission.waiting) == (1, 0)
        first.cancel()

    asyncio.run(scene())


class Moody:
    """An engine that breaks off as often as told, and then answers."""

    model, context_tokens = "moody", 100

    def __init__(self, breaks: int) -> None:
        self.breaks = breaks

    def load(self) -> None: ...

    def close(self) -> None: ...

    async def stream(self, _: GenerationRequest) -> AsyncIterator[Piece]:
        self.breaks -= 1
        if self.breaks >= 0:
            raise EngineFailed("moody")
        yield Piece(text="да")
        yield Piece(finish_reason="stop", completion_tokens=1)


@pytest.mark.parametrize(("breaks", "state"), [(1, "ready"), (3, "ready"), (4, "failed"), (99, "failed")])
def test_an_engine_that_broke_off_is_tried_before_it_is_given_up(breaks: int, state: str) -> None:
    async def scene() -> None:
        service, failures = await served(Moody(breaks))
        with pytest.raises(NotServing):
            await answer(service)
        assert service._probe is not None
        await service._probe
        assert (service.state, len(failures)) == (state, int(state == "failed"))
        assert (service.refusal() is None) is (state == "ready")
        if state == "ready":
            assert await answer(service) == "да"

    asyncio.run(scene())


class Deaf(Moody):
    """It never notices that a stream was closed."""

    async def stream(self, _: GenerationRequest) -> AsyncIterator[Piece]:
        try:
            yield Piece(text="да")
            await asyncio.Event().wait()
        finally:
            while True:
                try:
                    await asyncio.Event().wait()
                except asyncio.CancelledError:
                    """Deaf."""


def test_a_generation_that_cannot_be_ended_is_the_servers_end() -> None:
    async def scene() -> None:
        service, failures = await served(Deaf(0), stuck_seconds=0.05)
        running = service.generate(ASKED)
        async for _ in running:
            break
        running.cancel()
        await eventually(lambda: service.state == "failed")
        assert [str(error) for error in failures] == ["a generation could not be ended"]
        with pytest.raises(NotServing):
            service.generate(ASKED)

    loop = asyncio.new_event_loop()  # not asyncio.run: it would wait for what is deaf
    loop.run_until_complete(scene())
