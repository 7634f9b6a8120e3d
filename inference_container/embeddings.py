"""The service behind `/v1/embeddings`: a line of its own, one thread of its own, and counts of its own.

It asks nothing of the chat engine, so it goes on while that one loads or is absent. Texts are embedded in
small batches: between two of them a caller who has gone away, or whose time is up, is noticed.
Refuses to know HTTP, and which library makes the vectors.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal, Protocol

from inference_container.admission import Admission
from inference_container.embedder import InputType
from inference_container.engines import EngineFailed
from inference_container.errors import NotServing, Overloaded, TooLate
from inference_container.metrics import EmbeddingMetrics
from inference_container.service import NOBODY, Caller

# A call of the engine cannot be ended. It takes about a millisecond a token, which is at worst a character.
BATCH_TEXTS, BATCH_CHARACTERS = 16, 4000


class Embedder(Protocol):
    """`load` and `embed` block and raise EngineFailed; vectors are little-endian float32."""

    model: str

    def load(self) -> None: ...

    def embed(self, texts: Sequence[str], kind: InputType) -> tuple[list[bytes], int]: ...

    def close(self) -> None: ...


@dataclass(frozen=True)
class Embedded:
    """One vector a text, in their order, and the tokens of all texts with their prefixes."""

    vectors: tuple[bytes, ...]
    tokens: int


class EmbeddingService:
    """`queue_limit` requests wait while one is computed; the next gets Overloaded."""

    def __init__(
        self,
        embedder: Embedder,
        *,
        queue_limit: int,
        metrics: EmbeddingMetrics,
        on_failure: Callable[[EngineFailed], None] = lambda _: None,
    ) -> None:
        self.model = embedder.model
        self.state: Literal["loading", "ready", "failed", "draining"] = "loading"
        self._embedder, self._metrics, self._on_failure = embedder, metrics, on_failure
        self._admission = Admission(parallel=1, queue_limit=queue_limit)
        metrics.line(running=lambda: self._admission.running, waiting=lambda: self._admission.waiting)
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="embedding")

    async def start(self) -> None:
        """Load the embedder without blocking the loop."""
        try:
            await asyncio.get_running_loop().run_in_executor(self._worker, self._embedder.load)
        except EngineFailed as error:
            self.state = "failed"
            self._on_failure(error)
        else:
            self.state = "ready"

    def refusal(self) -> NotServing | None:
        """Why nothing is embedded now, None when it is."""
        return None if self.state == "ready" else NotServing(f"The embedding model is {self.state}.")

    async def embed(self, texts: Sequence[str], kind: InputType, caller: Caller = NOBODY) -> Embedded:
        """Raises NotServing, Overloaded, TooLate."""
        if (refusal := self.refusal()) is not None:
            raise refusal
        arrived, patience = time.monotonic(), asyncio.timeout(caller.seconds)
        try:
            async with patience, self._admission.turn(caller.name):
                done = await self._computed(texts, kind)
        except TimeoutError as error:
            self._metrics.count("late")
            raise TooLate from error
        except Overloaded:
            self._metrics.count("overloaded")
            raise
        except asyncio.CancelledError:
            self._metrics.count("cancelled")
            raise
        except EngineFailed as error:
            self._metrics.count("failed")
            raise NotServing("The embedding model broke off; the request may be repeated.") from error
        self._metrics.finished(
            texts=len(done.vectors), tokens=done.tokens, seconds=time.monotonic() - arrived
        )
        return done

    async def stop(self) -> None:
        """End what still runs after its batch, and free the memory."""
        self.state = "draining"
        await asyncio.to_thread(self._worker.shutdown)
        self._embedder.close()

    async def _computed(self, texts: Sequence[str], kind: InputType) -> Embedded:
        gone = threading.Event()
        working = asyncio.get_running_loop().run_in_executor(self._worker, self._work, texts, kind, gone)
        try:
            return await asyncio.shield(working)
        finally:
            # The turn is over when the thread is free, whoever went away meanwhile.
            gone.set()
            await asyncio.wait({working})

    def _work(self, texts: Sequence[str], kind: InputType, gone: threading.Event) -> Embedded:
        vectors: list[bytes] = []
        tokens = 0
        for batch in _batches(texts):
            if gone.is_set():
                break
            if self.state == "draining":
                raise EngineFailed("the server stops")
            of_batch, tokens_of_batch = self._embedder.embed(batch, kind)
            vectors += of_batch
            tokens += tokens_of_batch
        return Embedded(tuple(vectors), tokens)


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    characters = 0
    for text in texts:
        characters += len(text)
        if batch and (len(batch) == BATCH_TEXTS or characters > BATCH_CHARACTERS):
            yield batch
            batch, characters = [], len(text)
        batch.append(text)
    if batch:
        yield batch
