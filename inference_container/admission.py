"""Who may generate now, who waits in line and who is sent away.

Knows counts and the pace of the last generations. Refuses to know what is generated.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from inference_container.errors import Overloaded

_LONGEST_RETRY_SECONDS = 60
_PACE = 0.3  # weight of the newest generation in the moving average


class Admission:
    """First come, first served: `parallel` run, `queue_limit` wait, the others get Overloaded."""

    def __init__(self, *, parallel: int, queue_limit: int) -> None:
        self._parallel, self._queue_limit = parallel, queue_limit
        self._turns = asyncio.Semaphore(parallel)
        self._seconds_each = 1.0
        self.running = 0
        self.waiting = 0

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Hold one of the `parallel` places. Raises Overloaded at once when the line is full."""
        # `running` can be below the limit while somebody is just being woken: the line goes first.
        if self.running + self.waiting >= self._parallel + self._queue_limit:
            raise Overloaded(retry_after_seconds=self._retry_after_seconds())
        self.waiting += 1
        try:
            await self._turns.acquire()
        finally:
            self.waiting -= 1
        self.running += 1
        started = time.monotonic()
        try:
            yield
        finally:
            self.running -= 1
            self._turns.release()
            self._seconds_each += _PACE * (time.monotonic() - started - self._seconds_each)

    def _retry_after_seconds(self) -> int:
        line = (self.waiting + self.running) * self._seconds_each / self._parallel
        return min(_LONGEST_RETRY_SECONDS, max(1, math.ceil(line)))
