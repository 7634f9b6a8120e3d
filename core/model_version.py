"""A version of the model: a prefix of the bucket of models, and the manifest that says what lies there.

    {version}/{model}/{file}                   the weights, under the names of the container's catalogue
    {version}/{model}/adapters/{name}/{file}   LoRA adapters, those that assistants name
    {version}/{model}/manifest.json            this manifest, written last: a version without one is none

Refuses to know S3 and how a version is rolled out.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

VERSION_PATTERN = r"^[a-z0-9][a-z0-9._-]{0,40}(/[a-z0-9][a-z0-9._-]{0,40})?$"
MANIFEST = "manifest.json"
NO_VERSION = "none"
"""What a parameter says that names no version: CloudFormation shows no empty outputs."""


class VersionFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^(adapters/[a-z0-9][a-z0-9._-]*/)?[A-Za-z0-9][A-Za-z0-9._-]*$")
    bytes: int = Field(gt=0)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class VersionManifest(BaseModel):
    """`model` is the id of the container's catalogue whose place the version takes.

    `evaluation` is the report that the version was published with, whatever its figures are called.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str = Field(pattern=VERSION_PATTERN)
    model: str = Field(min_length=1)
    base_model: str = Field(min_length=1)
    files: tuple[VersionFile, ...] = Field(min_length=1)
    evaluation: dict[str, Any] | None = None
    author: str = Field(min_length=1)
    created_at: datetime


def manifest_key(version: str, model: str) -> str:
    return f"{version}/{model}/{MANIFEST}"


def file_key(version: str, model: str, name: str) -> str:
    return f"{version}/{model}/{name}"
