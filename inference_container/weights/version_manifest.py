"""A published version of a model: its files may differ from the catalogue's, its manifest says how.

Knows the manifest beside the weights, and that it counts only with the sha256 which the deploy named:
a version that was changed after it was deployed is not loaded. Refuses to know who wrote it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from inference_container.weights.catalogue import ModelEntry, ModelFile
from inference_container.weights.errors import WeightsMissing, WrongHash

MANIFEST = "manifest.json"


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    name: str
    bytes: int = Field(gt=0)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class _Manifest(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    model: str
    files: tuple[_File, ...] = Field(min_length=1)


def entry_of_version(
    entry: ModelEntry, models_dir: Path, manifest_sha256: str, *, adapter_files: Sequence[str] = ()
) -> ModelEntry:
    """The catalogue's entry with the sizes and hashes of the version in `models_dir/{id}`.

    `adapter_files` (`adapters/{name}/{file}`) follow the catalogue's own files.
    Raises WeightsMissing without a manifest, WrongHash when it is another one, or of another model.
    """
    path = models_dir / entry.id / MANIFEST
    try:
        data = path.read_bytes()
    except OSError as error:
        raise WeightsMissing(f"{path} is not there, but a version was asked for by its hash.") from error
    if hashlib.sha256(data).hexdigest() != manifest_sha256:
        raise WrongHash(f"{path} is not the manifest that was deployed (sha256 differs).")
    try:
        manifest = _Manifest.model_validate_json(data)
    except ValidationError as error:
        raise WrongHash(f"{path} cannot be read: {error.error_count()} wrong fields.") from error
    listed = {file.name: file for file in manifest.files}
    wanted = [*(file.name for file in entry.files), *adapter_files]
    missing = [name for name in wanted if name not in listed]
    if manifest.model != entry.id or missing:
        raise WrongHash(f"{path} is of {manifest.model}; {entry.id} needs {', '.join(missing) or 'its own'}.")
    files = tuple(
        ModelFile.model_construct(name=name, bytes=listed[name].bytes, sha256=listed[name].sha256)
        for name in wanted  # names of ours, some with folders before them
    )
    return entry.model_copy(update={"files": files})
