"""The service behind every HTTP contract: readiness, the waiting line, the engine and the counts.

A generation runs in a task of its own, so that whoever listens may vanish at any point: the task is cancelled
once, ends the generation, frees the slot, and only then gives its turn to the next. The same happens when the
caller's time is up. An engine that broke off is asked for a token: one that cannot answer, or a generation
that cannot be ended, is the end of this server, and whoever started it starts another.
Refuses to know HTTP and processes.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import logging
import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from inference_container.admission import Admission
from inference_container.engines import Engine, EngineFailed, GenerationRequest, Message, Piece
from inference_container.errors import NotServing, Overloaded, Refused, SwitchedOff, TooLate
from inference_container.metrics import Metrics, Outcome

_log = logging.getLogger("inference_container")

State = Literal["loading", "ready", "failed", "draining"]

PROBE = GenerationRequest(messages=(Message("user", "1"),), max_tokens=1)
PROBES, PROBE_PAUSE_SECONDS = 3, 2.0
STUCK_SECONDS = 30.0
"""An engine looks up between two batches and two tokens, which are seconds at the most."""


@dataclass(frozen=True)
class Caller:
    """`name` stands for one visitor, `seconds` is how long they wait for the whole answer."""

    name: str | None = None
    seconds: float | None = None


NOBODY = Caller()


class Running:
    """One generation under way. Iterate it once; `cancel` ends it at any time and may be called again."""

    def __init__(self, pieces: asyncio.Queue[Piece | Exception], end: Callable[[], None]) -> None:
        self._pieces, self._end = pieces, end
        self._over = False

    async def __aiter__(self) -> AsyncIterator[Piece]:
        """Pieces up to the one with a finish reason. Raises Refused leaves."""
        while True:
            piece = await self._pieces.get()
            if isinstance(piece, Exception):
                self._over = True
                raise piece
            self._over = piece.finish_reason is not None
            yield piece
            if self._over:
                return

    def cancel(self) -> None:
        if not self._over:
            self._over = True
            self._end()


class ChatService:
    """`engine` is loaded by `start`; until its warm-up is answered every request gets NotServing.

    `adapters` are asked for like models. `on_failure` is told once when the engine cannot load or go on;
    nothing is served from then on.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        parallel: int,
        queue_limit: int,
        version: str = "",
        adapters: Sequence[str] = (),
        on_failure: Callable[[EngineFailed], None] = lambda _: None,
        stuck_seconds: float = STUCK_SECONDS,
        probe_pause_seconds: float = PROBE_PAUSE_SECONDS,
    ) -> None:
        self.engine = engine
        self.adapters = tuple(adapters)
        self._version = version
        self.state: State = "loading"
        self.copies = 1
        self.admission = Admission(parallel=parallel, queue_limit=queue_limit)
        self.metrics = Metrics()
        self.metrics.gauge("ready", "Whether a request would be taken", lambda: self.refusal() is None)
        self.metrics.gauge("running", "Generations under way", lambda: self.admission.running)
        self.metrics.gauge("waiting", "Requests in line", lambda: self.admission.waiting)
        self.metrics.gauge(
            "tasks", "Tasks of the event loop: those of connections and of generations", _tasks
        )
        self._on_failure = on_failure
        self._stuck_seconds, self._probe_pause_seconds = stuck_seconds, probe_pause_seconds
        self._tasks: set[asyncio.Task[None]] = set()
        self._probe: asyncio.Task[None] | None = None

    @property
    def models(self) -> tuple[str, ...]:
        """What may be asked for, the base model first."""
        return (self.engine.model, *self.adapters) if self.engine.model else ()

    def answers_as(self, adapter: str | None) -> str:
        """The model's name in answers: with its version, where it has one."""
        name = adapter or self.engine.model
        return f"{name}@{self._version}" if self._version else name

    async def start(self) -> None:
        """Load the engine without blocking the loop."""
        try:
            await asyncio.to_thread(self.engine.load)
        except EngineFailed as error:
            self._give_up(error)
        else:
            self.state = "ready"

    def refusal(self) -> NotServing | None:
        """Why no generation may begin now, None when one may."""
        if self.state != "ready":
            return NotServing(f"The model server is {self.state}.")
        return SwitchedOff() if self.copies == 0 else None

    def set_copies(self, copies: int) -> None:
        """1 serves, 0 refuses and ends what runs and what waits. Forgotten when the process ends."""
        self.copies = copies
        if copies == 0:
            self._cancel_all()

    def generate(self, request: GenerationRequest, caller: Caller = NOBODY) -> Running:
        """Begin at once or wait in line. Raises NotServing; the rest comes while iterating."""
        if (refusal := self.refusal()) is not None:
            raise refusal
        pieces: asyncio.Queue[Piece | Exception] = asyncio.Queue()
        task = asyncio.create_task(self._run(request, caller, pieces))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        if caller.seconds is not None:
            self._must_have_ended(task, after_seconds=caller.seconds + self._stuck_seconds)
        return Running(pieces, functools.partial(self._end, task))

    async def stop(self) -> None:
        """End what still runs and free the engine."""
        self.state = "draining"
        if self._probe is not None:
            self._probe.cancel()
        self._cancel_all()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.engine.close()

    def _cancel_all(self) -> None:
        for task in tuple(self._tasks):
            self._end(task)

    def _end(self, task: asyncio.Task[None]) -> None:
        task.cancel()
        self._must_have_ended(task, after_seconds=self._stuck_seconds)

    def _must_have_ended(self, task: asyncio.Task[None], *, after_seconds: float) -> None:
        def look() -> None:
            if not task.done():
                self._give_up(EngineFailed("a generation could not be ended"))

        looking = asyncio.get_running_loop().call_later(after_seconds, look)
        task.add_done_callback(lambda _: looking.cancel())

    def _give_up(self, error: EngineFailed) -> None:
        if self.state != "failed":
            self.state = "failed"
            self._on_failure(error)

    async def _run(
        self, request: GenerationRequest, caller: Caller, pieces: asyncio.Queue[Piece | Exception]
    ) -> None:
        arrived = time.monotonic()
        patience = asyncio.timeout(caller.seconds)
        try:
            async with patience, self.admission.turn(caller.name):
                await self._stream(request, pieces, arrived)
        except asyncio.CancelledError:
            self.metrics.count("cancelled")
            # The listener is gone, or (when the server stops or is switched off) waits and is told.
            pieces.put_nowait(self.refusal() or NotServing("The generation was ended."))
            raise
        except Exception as error:  # noqa: BLE001  whoever listens must hear of it, or would wait for ever
            outcome, refusal = _told(TooLate() if patience.expired() else error)
            self.metrics.count(outcome)
            if isinstance(error, EngineFailed):
                self._look_after()
            refusal.__cause__ = None if refusal is error else error
            pieces.put_nowait(refusal)

    async def _stream(
        self, request: GenerationRequest, pieces: asyncio.Queue[Piece | Exception], arrived: float
    ) -> None:
        first: float | None = None
        async with contextlib.aclosing(self.engine.stream(request)) as stream:  # type: ignore[type-var]
            async for piece in stream:
                now = time.monotonic()
                if first is None:
                    first = now
                    self.metrics.first_token(now - arrived)
                if piece.finish_reason:
                    self.metrics.finished(piece, seconds=now - arrived, after_first_token=now - first)
                pieces.put_nowait(piece)

    def _look_after(self) -> None:
        if self.state == "ready" and (self._probe is None or self._probe.done()):
            self._probe = asyncio.create_task(self._ask_for_a_token())

    async def _ask_for_a_token(self) -> None:
        """One request that broke off is its own misfortune; an engine that never answers again is ours."""
        for _ in range(PROBES):
            await asyncio.sleep(self._probe_pause_seconds)
            try:
                async with asyncio.timeout(self._stuck_seconds), self.admission.turn():
                    await self._stream(PROBE, asyncio.Queue(), time.monotonic())
            except Overloaded:  # others are being answered, or break off in their turn
                return
            except (EngineFailed, TimeoutError):
                continue
            return
        self._give_up(EngineFailed(f"the engine broke off and {PROBES} times did not answer"))


def _tasks() -> int:
    """A scrape runs in the loop; whoever renders the counts from elsewhere sees none."""
    try:
        return len(asyncio.all_tasks())
    except RuntimeError:
        return 0


def _told(error: Exception) -> tuple[Outcome, Refused]:
    """How a request ended, and what its caller hears."""
    match error:
        case TooLate():
            return "late", error
        case Overloaded():
            return "overloaded", error
        case Refused():
            return "refused", error
        case EngineFailed():
            return "failed", NotServing("The engine broke off; the request may be repeated.")
    _log.error("a generation ended with an unexpected %s", type(error).__name__)
    return "failed", Refused("Something went wrong inside the model server.")
