"""The one protocol that every engine speaks, and the engines by name; none is imported before it is chosen.

Knows messages in, pieces of text out. Refuses to know HTTP, queues and metrics: the service has those.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Literal, Protocol

FinishReason = Literal["stop", "length"]


@dataclass(frozen=True)
class Message:
    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True)
class GenerationRequest:
    """One validated request. `json_schema` constrains the answer; `{}` asks for any JSON object.

    `adapter` is one of the engine's LoRA adapters, None the base model alone.
    """

    messages: tuple[Message, ...]
    max_tokens: int
    temperature: float = 0.0
    top_p: float = 1.0
    seed: int | None = None
    stop: tuple[str, ...] = ()
    json_schema: dict[str, Any] | None = None
    adapter: str | None = None


@dataclass(frozen=True)
class Piece:
    """A piece of text as it comes. The last one carries `finish_reason` and the token counts."""

    text: str = ""
    finish_reason: FinishReason | None = None
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0


class EngineFailed(Exception):
    """The engine could not load, or broke off. The text is for engineers and carries nothing of a request."""


class Engine(Protocol):
    """An engine serves `parallel` streams at a time; the caller sees to it that there are no more.

    `load` blocks until the model has answered once (the warm-up) and raises EngineFailed.
    `stream` ends after the piece with a finish reason. It raises BadRequest or PromptTooLong before the first
    piece, EngineFailed at any time. Closing it ends the generation; when `aclose` returns, the slot is free.
    `close` frees the memory; no stream is open then.
    """

    @property
    def model(self) -> str: ...

    @property
    def context_tokens(self) -> int: ...

    def load(self) -> None: ...

    def stream(self, request: GenerationRequest) -> AsyncIterator[Piece]: ...

    def close(self) -> None: ...
