"""The chat wire types (the OpenAI-compatible subset that every engine speaks) and who may be asked.

Knows messages, limits and usage. Refuses to know transports, slots and the breaker: those wrap a ModelClient.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field


class ChatMessage(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    role: Literal["system", "user", "assistant"]
    content: str


class ChatRequest(BaseModel):
    """One request for text. `timeout_seconds` bounds the whole generation.

    `user` is OpenAI's: stands for one visitor without saying who it is, and stays the same for all of theirs.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    messages: tuple[ChatMessage, ...] = Field(min_length=1)
    max_tokens: int = Field(ge=1)
    temperature: float = Field(default=0.0, ge=0, le=2)
    stop: tuple[str, ...] = ()
    timeout_seconds: float = Field(default=30.0, gt=0)
    user: str | None = Field(default=None, min_length=1, max_length=64)


class ChatDelta(BaseModel):
    """A piece of text as it comes. The last one has no text and carries the token counts.

    `model` is who generated it, as the server says: with its version, where the server tells one.
    """

    model_config = ConfigDict(frozen=True)

    text: str = ""
    prompt_tokens: int = 0
    completion_tokens: int = 0
    model: str | None = None


class ModelClient(Protocol):
    """Streams text. Closing the iterator early ends the generation and frees the slot.

    Raises ModelUnavailable (down, timed out; ModelResting and ModelWarming are kinds of it) and NoModelSlot
    (all slots taken), before the first delta or between two.
    """

    @property
    def name(self) -> str: ...

    def stream(self, request: ChatRequest) -> Iterator[ChatDelta]: ...
