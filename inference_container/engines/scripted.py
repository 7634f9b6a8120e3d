"""An engine that says what a script tells it, as slowly and as brokenly as the script wants.

For tests and for rehearsals of load and failure: it speaks the whole protocol, computes nothing and is
deterministic. The script is a JSON file (`--script`) and is read again for each request, so a test may change
the weather while the server runs. Refuses to know language: one word counts as one token.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from inference_container.engines import EngineFailed, FinishReason, GenerationRequest, Piece
from inference_container.errors import PromptTooLong


class Rule(BaseModel):
    """`answer` is said when `pattern` (a regular expression) is found in the last message."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pattern: str
    answer: str


class Script(BaseModel):
    """Without rules and answer the last line of the last message is repeated."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rules: tuple[Rule, ...] = ()
    answer: str | None = None
    load_seconds: float = Field(default=0.0, ge=0)
    first_token_seconds: float = Field(default=0.0, ge=0)
    token_seconds: float = Field(default=0.0, ge=0)
    failure: Literal["none", "load", "before_first", "halfway", "hang"] = "none"
    """`hang` says half of the answer and then nothing more until the caller goes away."""


class ScriptedEngine:
    """`script` is a script or the file that holds one."""

    def __init__(
        self, *, model: str, script: Script | Path | None = None, context_tokens: int = 4096
    ) -> None:
        self.model, self.context_tokens = model, context_tokens
        self._source = script or Script()
        self.running = 0
        """Streams that are open now: tests look at it to see that a slot was freed."""

    def load(self) -> None:
        script = self._script()
        time.sleep(script.load_seconds)
        if script.failure == "load":
            raise EngineFailed("the script fails to load")

    async def stream(self, request: GenerationRequest) -> AsyncIterator[Piece]:
        script = self._script()
        prompt_tokens = sum(len(message.content.split()) for message in request.messages)
        if prompt_tokens > self.context_tokens:
            raise PromptTooLong(prompt_tokens=prompt_tokens, context_tokens=self.context_tokens)
        if script.failure == "before_first":
            raise EngineFailed("the script fails before the first token")
        self.running += 1
        try:
            await asyncio.sleep(script.first_token_seconds)
            tokens, finish = _limited(_answer(script, request), request)
            for number, token in enumerate(tokens):
                if 2 * number >= len(tokens):
                    await _break_off(script)
                yield Piece(text=token)
                await asyncio.sleep(script.token_seconds)
            yield Piece(finish_reason=finish, prompt_tokens=prompt_tokens, completion_tokens=len(tokens))
        finally:
            self.running -= 1

    def close(self) -> None:
        """Nothing is held."""

    def _script(self) -> Script:
        if isinstance(self._source, Script):
            return self._source
        try:
            return Script.model_validate_json(self._source.read_bytes())
        except (OSError, ValidationError) as error:
            raise EngineFailed(f"the script {self._source} cannot be read") from error


async def _break_off(script: Script) -> None:
    if script.failure == "halfway":
        raise EngineFailed("the script breaks off halfway")
    if script.failure == "hang":
        await asyncio.Event().wait()


def _answer(script: Script, request: GenerationRequest) -> str:
    last = request.messages[-1].content
    for rule in script.rules:
        if re.search(rule.pattern, last):
            return rule.answer
    if script.answer is not None:
        return script.answer
    lines = [line for line in last.splitlines() if line.strip()]
    return lines[-1].strip() if lines else "…"


def _limited(answer: str, request: GenerationRequest) -> tuple[list[str], FinishReason]:
    """The answer as tokens (words with the space before them), cut by `stop` and `max_tokens`."""
    for stop in request.stop:
        answer = answer.partition(stop)[0]
    tokens = re.findall(r"\s*\S+\s*$|\s*\S+", answer)
    if len(tokens) > request.max_tokens:
        return tokens[: request.max_tokens], "length"
    return tokens, "stop"
