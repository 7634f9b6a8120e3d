"""The questions that must be answered well before visitors are let at the model again (`golden.toml`):

    [[questions]]
    id = "stock"                 # latin, unique: reports name it
    text = "Что есть в наличии?"
    expects = "facts"            # rows of the current snapshot | sources: passages of the current knowledge
                                 # | refused: by the policy of forbidden topics
    needs_model = true           # optional: the model has to generate something for it

Knows the schema. Holds no answers: what is right is judged by what is published now (`lambdas/answer`).
"""

from __future__ import annotations

import tomllib
from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from core.errors import ManifestError

FILE = "golden.toml"


class Expectation(StrEnum):
    FACTS = "facts"
    SOURCES = "sources"
    REFUSED = "refused"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class GoldenQuestion(_Strict):
    id: str = Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")
    text: str = Field(min_length=1)
    expects: Expectation
    needs_model: bool = False

    @model_validator(mode="after")
    def _a_refusal_needs_no_model(self) -> Self:
        if self.needs_model and self.expects is Expectation.REFUSED:
            raise ValueError(f"{self.id}: what the policy refuses never reaches the model")
        return self


class _File(_Strict):
    questions: tuple[GoldenQuestion, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _one_proves_the_model(self) -> Self:
        twice = [name for name, count in Counter(each.id for each in self.questions).items() if count > 1]
        if twice:
            raise ValueError(f"ids used twice: {', '.join(twice)}")
        if not any(each.needs_model for each in self.questions):
            raise ValueError("no question needs the model: they would pass without one")
        return self


def read_golden(folder: Path) -> tuple[GoldenQuestion, ...]:
    """Reads `folder/golden.toml`. Raises ManifestError that names the file and what is wrong in it."""
    path = folder / FILE
    try:
        return _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))).questions
    except FileNotFoundError as error:
        raise ManifestError(
            f"{path} is missing: without golden questions the endpoint cannot be tried before a restart"
        ) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise ManifestError(f"{path}: {error}") from error
