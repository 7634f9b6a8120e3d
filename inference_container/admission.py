"""Who may generate now, who waits in line and who is sent away.

Knows counts, callers and the pace of the last generations. Refuses to know what is generated.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections import Counter, deque
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager

from inference_container.errors import Overloaded

_LONGEST_RETRY_SECONDS = 60
_PACE = 0.3  # weight of the newest generation in the moving average

Turn = asyncio.Future[None]


class Admission:
    """`parallel` run, `queue_limit` wait, the others get Overloaded. Fair between callers.

    The next turn is of the caller who has the fewest running, among those of who has waited longest since
    their last one: whoever asks much waits for their own questions, not for the others'. A full line has room
    for a caller who stands in it less often than another: the newest question of the most frequent one goes.
    """

    def __init__(self, *, parallel: int, queue_limit: int) -> None:
        self._parallel, self._queue_limit = parallel, queue_limit
        self._lines: dict[Hashable, deque[Turn]] = {}
        self._busy: Counter[Hashable] = Counter()
        self._seconds_each = 1.0

    @property
    def running(self) -> int:
        return self._busy.total()

    @property
    def waiting(self) -> int:
        return sum(map(len, self._lines.values()))

    @asynccontextmanager
    async def turn(self, caller: str | None = None) -> AsyncIterator[None]:
        """Hold one of the `parallel` places; callers without a name are each their own.

        Raises Overloaded, at once or when somebody else's turn is the fairer one.
        """
        key: Hashable = caller if caller is not None else object()
        await self._enter(key)
        started = time.monotonic()
        try:
            yield
        finally:
            self._leave(key)
            self._seconds_each += _PACE * (time.monotonic() - started - self._seconds_each)

    async def _enter(self, key: Hashable) -> None:
        if self.running + self.waiting >= self._parallel + self._queue_limit:
            self._make_room(key)
        turn: Turn = asyncio.get_running_loop().create_future()
        self._lines.setdefault(key, deque()).append(turn)
        self._call()
        try:
            await turn
        except asyncio.CancelledError:
            if turn.cancelled():
                self._step_out(key, turn)
            elif turn.exception() is None:  # it was called and given up in the same moment
                self._leave(key)
            raise

    def _leave(self, key: Hashable) -> None:
        self._busy -= Counter([key])
        self._call()

    def _call(self) -> None:
        while self._lines and self.running < self._parallel:
            key = min(self._lines, key=self._busy.__getitem__)  # of several the first: a dict keeps its order
            turn = self._lines[key].popleft()
            line = self._lines.pop(key)
            if line:
                self._lines[key] = line  # behind all others
            if not turn.cancelled():
                self._busy[key] += 1
                turn.set_result(None)

    def _make_room(self, key: Hashable) -> None:
        refusal = Overloaded(retry_after_seconds=self._retry_after_seconds())
        most = max(self._lines, key=lambda each: len(self._lines[each]), default=key)
        if len(self._lines.get(most, ())) <= len(self._lines.get(key, ())) + 1:
            raise refusal
        turn = self._lines[most].pop()
        if not turn.cancelled():
            turn.set_exception(refusal)

    def _step_out(self, key: Hashable, turn: Turn) -> None:
        line = self._lines.get(key, deque())
        if turn in line:  # else somebody came upon it first
            line.remove(turn)
            if not line:
                del self._lines[key]

    def _retry_after_seconds(self) -> int:
        line = (self.waiting + self.running) * self._seconds_each / self._parallel
        return min(_LONGEST_RETRY_SECONDS, max(1, math.ceil(line)))
