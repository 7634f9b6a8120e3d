"""Counts of the model server, for Prometheus. Refuses to know what was asked and answered.

Tokens per second are `rate(completion_tokens_total)`; one answer's own pace is `answer_tokens_per_second`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

from inference_container.engines import Piece

Outcome = Literal["answered", "refused", "overloaded", "late", "cancelled", "failed"]
OUTCOMES: tuple[Outcome, ...] = ("answered", "refused", "overloaded", "late", "cancelled", "failed")

_PREFIX = "attendant_model"
_SECONDS = (0.1, 0.25, 0.5, 1, 2, 3, 5, 7.5, 10, 15, 20, 30, 60, 120)
_EMBEDDING_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 120)
_TOKENS_PER_SECOND = (1, 2, 5, 10, 15, 20, 30, 40, 60, 80, 120, 200)


class Metrics:
    """Seconds count from a request's arrival, waiting included."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(
            registry=self.registry
        )  # memory, open files and processor seconds, where there is /proc
        self._requests = Counter(
            f"{_PREFIX}_requests", "Requests by how they ended", ["outcome"], registry=self.registry
        )
        for outcome in OUTCOMES:
            self._requests.labels(outcome)
        self._first_token = self._histogram("time_to_first_token_seconds", "To the first token", _SECONDS)
        self._answer = self._histogram("answer_seconds", "To the last token", _SECONDS)
        self._pace = self._histogram(
            "answer_tokens_per_second", "Of one answer, after its first token", _TOKENS_PER_SECOND
        )
        self._prompt = self._counter("prompt_tokens", "Tokens of prompts")
        self._cached = self._counter("cached_prompt_tokens", "Tokens of prompts that were computed before")
        self._completion = self._counter("completion_tokens", "Tokens of answers")

    def gauge(self, name: str, meaning: str, value: Callable[[], float]) -> None:
        """`value` is asked for at each scrape."""
        Gauge(f"{_PREFIX}_{name}", meaning, registry=self.registry).set_function(value)

    def count(self, outcome: Outcome) -> None:
        self._requests.labels(outcome).inc()

    def first_token(self, seconds: float) -> None:
        self._first_token.observe(seconds)

    def finished(self, last: Piece, *, seconds: float, after_first_token: float) -> None:
        self.count("answered")
        self._answer.observe(seconds)
        if last.completion_tokens > 1 and after_first_token > 0:
            self._pace.observe((last.completion_tokens - 1) / after_first_token)
        self._prompt.inc(last.prompt_tokens)
        self._cached.inc(last.cached_tokens)
        self._completion.inc(last.completion_tokens)

    def render(self) -> bytes:
        """The exposition format, version 0.0.4."""
        return generate_latest(self.registry)

    def _histogram(self, name: str, meaning: str, buckets: tuple[float, ...]) -> Histogram:
        return Histogram(f"{_PREFIX}_{name}", meaning, buckets=buckets, registry=self.registry)

    def _counter(self, name: str, meaning: str) -> Counter:
        return Counter(f"{_PREFIX}_{name}", meaning, registry=self.registry)


class EmbeddingMetrics:
    """Of `/v1/embeddings`, on the same page."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics, prefix = metrics, f"{_PREFIX}_embedding"
        self._requests = Counter(
            f"{prefix}_requests",
            "Embedding requests by how they ended",
            ["outcome"],
            registry=metrics.registry,
        )
        for outcome in OUTCOMES:
            self._requests.labels(outcome)
        self._texts = Counter(f"{prefix}_texts", "Texts embedded", registry=metrics.registry)
        self._tokens = Counter(f"{prefix}_tokens", "Tokens of embedded texts", registry=metrics.registry)
        self._seconds = Histogram(
            f"{prefix}_seconds", "To the vectors", buckets=_EMBEDDING_SECONDS, registry=metrics.registry
        )

    def line(self, *, running: Callable[[], float], waiting: Callable[[], float]) -> None:
        self._metrics.gauge("embedding_running", "Embedding requests being computed", running)
        self._metrics.gauge("embedding_waiting", "Embedding requests in line", waiting)

    def count(self, outcome: Outcome) -> None:
        self._requests.labels(outcome).inc()

    def finished(self, *, texts: int, tokens: int, seconds: float) -> None:
        self.count("answered")
        self._texts.inc(texts)
        self._tokens.inc(tokens)
        self._seconds.observe(seconds)
