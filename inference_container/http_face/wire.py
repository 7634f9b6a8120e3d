"""The chat completion's JSON, as a caller writes it and as it goes out.

The fields that are honoured are listed; a field that would be silently ignored is refused, except those that
change nothing here (`user`, `n` of 1). Refuses to know how bytes arrive.
"""

from __future__ import annotations

import json
import time
from typing import Annotated, Any, Literal

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, StringConstraints, field_validator

from inference_container.engines import FinishReason, GenerationRequest, Message, Piece

_MAX_SCHEMA_CHARACTERS = 32_768
_DEFAULT_MAX_TOKENS = 256

StopText = Annotated[str, StringConstraints(min_length=1, max_length=100)]


class _Wire(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class WireMessage(_Wire):
    role: Literal["system", "user", "assistant"]
    content: str

    @field_validator("content")
    @classmethod
    def _no_nul(cls, content: str) -> str:
        if "\0" in content:
            raise ValueError("must not contain NUL")
        return content


class JsonSchema(_Wire):
    name: str = "answer"
    description: str | None = None
    strict: bool | None = None
    json_schema: dict[str, Any] = Field(alias="schema")

    @field_validator("json_schema")
    @classmethod
    def _bounded(cls, schema: dict[str, Any]) -> dict[str, Any]:
        if len(json.dumps(schema)) > _MAX_SCHEMA_CHARACTERS:
            raise ValueError(f"must not be longer than {_MAX_SCHEMA_CHARACTERS} characters")
        return schema


class ResponseFormat(_Wire):
    type: Literal["text", "json_object", "json_schema"]
    json_schema: JsonSchema | None = None


class StreamOptions(_Wire):
    include_usage: bool = False


class ChatCompletionRequest(_Wire):
    """The body of `/v1/chat/completions` and `/invocations`."""

    model: str | None = None
    messages: list[WireMessage] = Field(min_length=1, max_length=500)
    max_tokens: int = Field(
        default=_DEFAULT_MAX_TOKENS,
        ge=1,
        le=1_000_000,
        validation_alias=AliasChoices("max_tokens", "max_completion_tokens"),
    )
    temperature: float = Field(default=0.0, ge=0, le=2, allow_inf_nan=False)
    top_p: float = Field(default=1.0, gt=0, le=1, allow_inf_nan=False)
    seed: int | None = Field(default=None, ge=-(2**63), lt=2**63)
    stop: StopText | Annotated[list[StopText], Field(max_length=8)] | None = None
    response_format: ResponseFormat | None = None
    stream: bool = False
    stream_options: StreamOptions | None = None
    n: int = Field(default=1, ge=1, le=1)
    user: str | None = None

    def generation(self, adapter: str | None) -> GenerationRequest:
        """The same in the engine's words, for one of its adapters."""
        stop = (self.stop,) if isinstance(self.stop, str) else tuple(self.stop or ())
        return GenerationRequest(
            messages=tuple(Message(message.role, message.content) for message in self.messages),
            max_tokens=self.max_tokens,
            temperature=self.temperature,
            top_p=self.top_p,
            seed=self.seed,
            stop=stop,
            json_schema=self._schema(),
            adapter=adapter,
        )

    def _schema(self) -> dict[str, Any] | None:
        form = self.response_format
        if form is None or form.type == "text":
            return None
        return form.json_schema.json_schema if form.json_schema else {}


class SaidMessage(BaseModel):
    role: Literal["assistant"]
    content: str


class Choice(BaseModel):
    index: int
    message: SaidMessage
    finish_reason: FinishReason


class Usage(BaseModel):
    """`prompt_tokens_details` says how many of the prompt were computed before."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int
    prompt_tokens_details: dict[str, int]


class Completion(BaseModel):
    """A whole answer, as `Answer` writes it."""

    id: str
    object: Literal["chat.completion"]
    created: int
    model: str
    choices: list[Choice]
    usage: Usage


class Answer:
    """Builds the JSON of one completion, whole or in chunks."""

    def __init__(self, *, request_id: str, model: str) -> None:
        self._head = {"id": request_id, "created": int(time.time()), "model": model}

    def whole(self, text: str, last: Piece) -> dict[str, Any]:
        message = {"role": "assistant", "content": text}
        return {
            **self._head,
            "object": "chat.completion",
            "choices": [{"index": 0, "message": message, "finish_reason": last.finish_reason}],
            "usage": _usage(last),
        }

    def chunk(self, delta: dict[str, Any], finish_reason: str | None = None) -> dict[str, Any]:
        choice = {"index": 0, "delta": delta, "finish_reason": finish_reason}
        return {**self._head, "object": "chat.completion.chunk", "choices": [choice]}

    def usage_chunk(self, last: Piece) -> dict[str, Any]:
        return {**self._head, "object": "chat.completion.chunk", "choices": [], "usage": _usage(last)}


def _usage(last: Piece) -> dict[str, Any]:
    return {
        "prompt_tokens": last.prompt_tokens,
        "completion_tokens": last.completion_tokens,
        "total_tokens": last.prompt_tokens + last.completion_tokens,
        "prompt_tokens_details": {"cached_tokens": last.cached_tokens},
    }
