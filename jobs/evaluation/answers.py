"""What was answered, kept line by line: a dialogue a line, so that a run that was killed goes on from there.

The file is append-only. Its first line says what was asked of whom (`Asked`); a file of another run is never
gone on with. Half a line at the end, the mark of a killed process, is dropped. Refuses to judge.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from core.dialogue import Fact, Reply, Source, TurnState, Versions
from core.errors import EvaluationRefused

FILE = "answers.jsonl"


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Asked(_Value):
    """What a run depends on: another value of any of these is another run.

    `set_sha256` is of the questions and their marks, `stocks` of each stock by the name that rows use,
    `folder_sha256` of the assistant's published documents, `code_sha256` of the code that answers. `model` is
    its name, `none` without one; `model_limit` how many questions it may be asked for.
    """

    assistant: str
    split: str
    kinds: tuple[str, ...]
    set_sha256: str
    stocks: dict[str, str]
    folder_sha256: str
    code_sha256: str
    model: str
    model_limit: int | None = None


class Answer(_Value):
    """One reply as it was given. `model_calls` and `tokens` are those of this question."""

    id: str
    state: TurnState
    text: str
    reason: str | None = None
    sources: tuple[Source, ...] = ()
    facts: tuple[Fact, ...] = ()
    versions: Versions = Versions()
    seconds: float
    model_calls: int = 0
    tokens: int = 0
    guard_rejected: int = 0

    @classmethod
    def of(cls, row_id: str, reply: Reply, seconds: float, model_calls: int, tokens: int) -> Self:
        return cls(
            id=row_id,
            state=reply.state,
            text=reply.text,
            reason=reply.reason,
            sources=reply.sources,
            facts=reply.facts,
            versions=reply.versions,
            seconds=round(seconds, 4),
            model_calls=model_calls,
            tokens=tokens,
            guard_rejected=reply.guard_rejected,
        )


class _Line(_Value):
    dialogue: str
    answers: tuple[Answer, ...] = Field(min_length=1)


class AnswerBook:
    """The file of one run. `open` begins it anew, or goes on with it."""

    def __init__(self, path: Path, asked: Asked, kept: dict[str, tuple[Answer, ...]]) -> None:
        self._path = path
        self.asked = asked
        self._kept = kept

    @classmethod
    def open(cls, folder: Path, asked: Asked, *, resume: bool) -> Self:
        """Raises EvaluationRefused where what is there is of another run."""
        path = folder / FILE
        folder.mkdir(parents=True, exist_ok=True)
        if resume and path.exists() and path.stat().st_size:
            began, kept, whole = _read(path)
            if began is not None:
                if began != asked:
                    changed = ", ".join(_differences(began, asked))
                    raise EvaluationRefused(
                        f"{path}: of another run ({changed} changed since); leave out --resume to begin anew"
                    )
                with path.open("r+b") as file:
                    file.truncate(whole)
                return cls(path, asked, kept)
        path.write_text(_json_line(asked), encoding="utf-8")
        return cls(path, asked, {})

    @classmethod
    def read(cls, folder: Path) -> Self:
        """A run that was made. Raises EvaluationRefused."""
        path = folder / FILE
        if not path.exists():
            raise EvaluationRefused(f"{path}: no answers there")
        asked, kept, _ = _read(path)
        if asked is None:
            raise EvaluationRefused(f"{path}: no whole line in it")
        return cls(path, asked, kept)

    def has(self, dialogue: str) -> bool:
        return dialogue in self._kept

    def keep(self, dialogue: str, answers: list[Answer]) -> None:
        line = _Line(dialogue=dialogue, answers=tuple(answers))
        with self._path.open("a", encoding="utf-8") as file:
            file.write(_json_line(line))
        self._kept[dialogue] = line.answers

    def __iter__(self) -> Iterator[Answer]:
        for answers in self._kept.values():
            yield from answers


def _json_line(value: BaseModel) -> str:
    return json.dumps(value.model_dump(mode="json"), ensure_ascii=False) + "\n"


def _read(path: Path) -> tuple[Asked | None, dict[str, tuple[Answer, ...]], int]:
    """What the file holds and how many of its bytes are whole lines."""
    asked: Asked | None = None
    kept: dict[str, tuple[Answer, ...]] = {}
    whole = 0
    with path.open("rb") as file:
        for number, data in enumerate(file, 1):
            if not data.endswith(b"\n"):
                break
            try:
                value: Any = json.loads(data)
                if asked is None:
                    asked = Asked.model_validate(value)
                else:
                    line = _Line.model_validate(value)
                    kept[line.dialogue] = line.answers
            except (ValueError, ValidationError) as error:
                raise EvaluationRefused(f"{path}, line {number}: not a line of a run") from error
            whole += len(data)
    return asked, kept, whole


def _differences(before: Asked, now: Asked) -> Iterator[str]:
    for name in Asked.model_fields:
        if getattr(before, name) != getattr(now, name):
            yield name
