"""The bucket of models: what a version is there, and that it is whole.

Knows prefixes, manifests and checksums. Refuses to know which version runs (`model_versions.py`).
"""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from cli.deployment import Deployment
from cli.endpoint import caller
from cli.failures import CommandFailed
from core.model_version import VERSION_PATTERN, VersionFile, VersionManifest, file_key, manifest_key
from inference_container.settings import ADAPTER_FILES
from inference_container.weights import Catalogue, WeightsError

MISSING = {"404", "NoSuchKey", "NotFound"}


def owned_output(deployment: Deployment, output: str) -> str:
    """An output that stages with a model of their own have. Raises CommandFailed on another."""
    if output not in deployment.outputs:
        raise CommandFailed("this stage has no model of its own: somebody else runs it", exit_code=2)
    return deployment.outputs[output]


@dataclass(frozen=True)
class VersionStore:
    """Raises CommandFailed on a stage whose model somebody else runs."""

    deployment: Deployment

    @property
    def bucket(self) -> str:
        return owned_output(self.deployment, "ModelsBucket")

    @property
    def model(self) -> str:
        return owned_output(self.deployment, "ModelName")

    def upload(
        self,
        version: str,
        folder: Path,
        *,
        base_model: str,
        evaluation: Path | None,
        adapters: Collection[str] = (),
    ) -> VersionManifest:
        """The files that the container reads, `adapters/{name}/` among them, and the manifest last.

        What else lies in `folder` stays there: whoever loads the version may read nothing more. Raises
        CommandFailed when the version is there, or a file is not.
        """
        if not re.fullmatch(VERSION_PATTERN, version):
            raise CommandFailed(f"{version!r} cannot be a version", "call it like attendant/2", exit_code=2)
        s3, written = self.deployment.client("s3"), []
        names = self._names(adapters)
        missing = [name for name in names if not (folder / name).is_file()]
        if missing:
            raise CommandFailed(
                f"{folder} has no {', '.join(missing)}", "name the folder that holds the model's files"
            )
        if self._exists(manifest_key(version, self.model)):
            raise CommandFailed(
                f"version {version} is there already", "a version is never overwritten: take another name"
            )
        for name in names:
            path = folder / name
            digest = _sha256(path)
            with path.open("rb") as data:
                s3.put_object(
                    Bucket=self.bucket,
                    Key=file_key(version, self.model, name),
                    Body=data,
                    ChecksumAlgorithm="SHA256",
                    ChecksumSHA256=b64encode(digest).decode(),
                )
            written.append(VersionFile(name=name, bytes=path.stat().st_size, sha256=digest.hex()))
        manifest = self._manifest_of(version, written, base_model=base_model, evaluation=evaluation)
        s3.put_object(
            Bucket=self.bucket,
            Key=manifest_key(version, self.model),
            Body=manifest.model_dump_json(indent=1).encode(),
            ContentType="application/json",
            IfNoneMatch="*",
        )
        return manifest

    def _names(self, adapters: Collection[str]) -> list[str]:
        """Of the container's catalogue, and of the adapters as its vLLM reads them. Raises CommandFailed."""
        try:
            entry = Catalogue.read().get(self.model)
        except WeightsError as unknown:
            raise CommandFailed(str(unknown)) from unknown
        of_adapters = (
            f"adapters/{name}/{file}" for name in sorted(adapters) for file in ADAPTER_FILES["vllm"]
        )
        return [*(file.name for file in entry.files), *of_adapters]

    def all(self) -> Iterator[VersionManifest]:
        pages = self.deployment.client("s3").get_paginator("list_objects_v2").paginate(Bucket=self.bucket)
        ending = f"/{manifest_key('', self.model).lstrip('/')}"
        for page in pages:
            for found in page.get("Contents", ()):
                if found["Key"].endswith(ending):
                    yield self.read(found["Key"].removesuffix(ending))[0]

    def read(self, version: str) -> tuple[VersionManifest, str]:
        """The manifest and its sha256. Raises CommandFailed."""
        from botocore.exceptions import ClientError  # noqa: PLC0415  comes with the first client

        key = manifest_key(version, self.model)
        try:
            data = self.deployment.client("s3").get_object(Bucket=self.bucket, Key=key)["Body"].read()
        except ClientError as error:
            if error.response["Error"]["Code"] not in MISSING:
                raise
            raise CommandFailed(f"there is no version {version}", "attendant model versions") from error
        try:
            manifest = VersionManifest.model_validate_json(data)
        except ValidationError as error:
            raise CommandFailed(f"{key} is damaged ({error.error_count()} wrong fields)") from error
        if (manifest.version, manifest.model) != (version, self.model):
            raise CommandFailed(f"{key} is of {manifest.version}, {manifest.model}")
        return manifest, hashlib.sha256(data).hexdigest()

    def _exists(self, key: str) -> bool:
        return self._head(key) is not None

    def _head(self, key: str) -> dict[str, Any] | None:
        from botocore.exceptions import ClientError  # noqa: PLC0415  comes with the first client

        try:
            found: dict[str, Any] = self.deployment.client("s3").head_object(
                Bucket=self.bucket, Key=key, ChecksumMode="ENABLED"
            )
        except ClientError as error:
            if error.response["Error"]["Code"] not in MISSING:
                raise
            return None
        return found

    def check(self, manifest: VersionManifest) -> None:
        """Raises CommandFailed when a file is missing or is not the one that the manifest names."""
        for file in manifest.files:
            key = file_key(manifest.version, manifest.model, file.name)
            found = self._head(key)
            if found is None:
                raise CommandFailed(f"{key} is missing: the version is not whole")
            expected = b64encode(bytes.fromhex(file.sha256)).decode()
            if (found["ContentLength"], found.get("ChecksumSHA256")) != (file.bytes, expected):
                raise CommandFailed(f"{key} is not the file that the manifest names")

    def _manifest_of(
        self, version: str, files: list[VersionFile], *, base_model: str, evaluation: Path | None
    ) -> VersionManifest:
        try:
            return VersionManifest(
                version=version,
                model=self.model,
                base_model=base_model,
                files=tuple(files),
                evaluation=json.loads(evaluation.read_text(encoding="utf-8")) if evaluation else None,
                author=caller(self.deployment),
                created_at=datetime.now(UTC),
            )
        except (OSError, ValueError) as error:
            raise CommandFailed(f"the manifest cannot be written: {error}", exit_code=2) from error


def _sha256(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()
