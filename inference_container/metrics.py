"""Counts of the model server and their Prometheus text. Refuses to know what was asked and answered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from inference_container.engines import Piece

Outcome = Literal["answered", "refused", "overloaded", "cancelled", "failed"]
OUTCOMES: tuple[Outcome, ...] = ("answered", "refused", "overloaded", "cancelled", "failed")

_PREFIX = "attendant_model"


@dataclass
class Metrics:
    """Sums since the start; whoever scrapes takes differences. Seconds count from a request's arrival."""

    outcomes: Counter[str] = field(default_factory=Counter)
    first_token_seconds: float = 0.0
    first_tokens: int = 0
    answer_seconds: float = 0.0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0

    def count(self, outcome: Outcome) -> None:
        self.outcomes[outcome] += 1

    def first_token(self, seconds: float) -> None:
        self.first_tokens += 1
        self.first_token_seconds += seconds

    def finished(self, last: Piece, *, seconds: float) -> None:
        self.count("answered")
        self.answer_seconds += seconds
        self.prompt_tokens += last.prompt_tokens
        self.cached_tokens += last.cached_tokens
        self.completion_tokens += last.completion_tokens

    def render(self, *, running: int, waiting: int, ready: bool) -> str:
        """The exposition format, version 0.0.4."""
        lines = [f"# TYPE {_PREFIX}_requests_total counter"]
        lines += [f'{_PREFIX}_requests_total{{outcome="{name}"}} {self.outcomes[name]}' for name in OUTCOMES]
        for name, kind, value in (
            ("ready", "gauge", int(ready)),
            ("running", "gauge", running),
            ("waiting", "gauge", waiting),
            ("prompt_tokens_total", "counter", self.prompt_tokens),
            ("cached_prompt_tokens_total", "counter", self.cached_tokens),
            ("completion_tokens_total", "counter", self.completion_tokens),
        ):
            lines += [f"# TYPE {_PREFIX}_{name} {kind}", f"{_PREFIX}_{name} {value}"]
        for name, total, count in (
            ("time_to_first_token_seconds", self.first_token_seconds, self.first_tokens),
            ("answer_seconds", self.answer_seconds, self.outcomes["answered"]),
        ):
            lines += [f"# TYPE {_PREFIX}_{name} summary"]
            lines += [f"{_PREFIX}_{name}_sum {total:.6f}", f"{_PREFIX}_{name}_count {count}"]
        return "\n".join(lines) + "\n"
