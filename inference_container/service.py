"""The service behind every HTTP contract: readiness, the waiting line, the engine and the counts.

A generation runs in a task of its own, so that whoever listens may vanish at any point: the task is cancelled
once, ends the generation, frees the slot, and only then gives its turn to the next.
Refuses to know HTTP.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator
from typing import Literal

from inference_container.admission import Admission
from inference_container.engines import Engine, EngineFailed, GenerationRequest, Piece
from inference_container.errors import NotServing, Overloaded, Refused, SwitchedOff
from inference_container.metrics import Metrics

_log = logging.getLogger("inference_container")

State = Literal["loading", "ready", "failed", "draining"]


class Running:
    """One generation under way. Iterate it once; `cancel` ends it at any time and may be called again."""

    def __init__(self, task: asyncio.Task[None], pieces: asyncio.Queue[Piece | Exception]) -> None:
        self._task, self._pieces = task, pieces
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
            self._task.cancel()


class ChatService:
    """`engine` is loaded by `start`; until its warm-up is answered every request gets NotServing.

    `answers_as` is the model's name in answers: with its version, where it has one.
    """

    def __init__(self, engine: Engine, *, parallel: int, queue_limit: int, version: str = "") -> None:
        self.engine = engine
        self.answers_as = f"{engine.model}@{version}" if version else engine.model
        self.state: State = "loading"
        self.copies = 1
        self.admission = Admission(parallel=parallel, queue_limit=queue_limit)
        self.metrics = Metrics()
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Load the engine without blocking the loop. Raises EngineFailed; the state is `failed` then."""
        try:
            await asyncio.to_thread(self.engine.load)
        except EngineFailed:
            self.state = "failed"
            raise
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

    def generate(self, request: GenerationRequest) -> Running:
        """Begin at once or wait in line. Raises NotServing; the rest comes while iterating."""
        if (refusal := self.refusal()) is not None:
            raise refusal
        pieces: asyncio.Queue[Piece | Exception] = asyncio.Queue()
        task = asyncio.create_task(self._run(request, pieces))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return Running(task, pieces)

    async def stop(self) -> None:
        """End what still runs and free the engine."""
        self.state = "draining"
        self._cancel_all()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.engine.close()

    def _cancel_all(self) -> None:
        for task in tuple(self._tasks):
            task.cancel()

    async def _run(self, request: GenerationRequest, pieces: asyncio.Queue[Piece | Exception]) -> None:
        arrived = time.monotonic()
        try:
            async with self.admission.turn():
                await self._stream(request, pieces, arrived)
        except asyncio.CancelledError:
            self.metrics.count("cancelled")
            # The listener is gone, or (when the server stops or is switched off) waits and is told.
            pieces.put_nowait(self.refusal() or NotServing("The generation was ended."))
            raise
        except Refused as refusal:
            self.metrics.count("overloaded" if isinstance(refusal, Overloaded) else "refused")
            pieces.put_nowait(refusal)
        except EngineFailed as error:
            self.metrics.count("failed")
            broken = NotServing("The engine broke off; the request may be repeated.")
            broken.__cause__ = error
            pieces.put_nowait(broken)
        except Exception as error:  # noqa: BLE001  see below
            # Whoever listens must hear of it, or would wait for ever.
            self.metrics.count("failed")
            _log.error("a generation ended with an unexpected %s", type(error).__name__)
            unexpected = Refused("Something went wrong inside the model server.")
            unexpected.__cause__ = error
            pieces.put_nowait(unexpected)

    async def _stream(
        self, request: GenerationRequest, pieces: asyncio.Queue[Piece | Exception], arrived: float
    ) -> None:
        first = True
        async with contextlib.aclosing(self.engine.stream(request)) as stream:  # type: ignore[type-var]
            async for piece in stream:
                if first:
                    self.metrics.first_token(time.monotonic() - arrived)
                    first = False
                if piece.finish_reason:
                    self.metrics.finished(piece, seconds=time.monotonic() - arrived)
                pieces.put_nowait(piece)
