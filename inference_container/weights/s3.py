"""The `s3` source: a prefix of a bucket with a `manifest.json` that lists files, sizes and sha256.

The only AWS code of the model server. The manifest must agree with the catalogue, the bytes with both.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from inference_container.weights import disk
from inference_container.weights.catalogue import ModelEntry
from inference_container.weights.errors import DownloadFailed, WrongHash


class S3Source:
    """`location` is `s3://bucket/prefix`; `client` is a boto3 S3 client (made on demand)."""

    def __init__(self, location: str, *, client: Any = None) -> None:
        bucket, _, prefix = location.removeprefix("s3://").partition("/")
        if not location.startswith("s3://") or not bucket:
            raise DownloadFailed("--from for S3 is s3://BUCKET/PREFIX.")
        self._bucket, self._prefix = bucket, prefix.strip("/")
        self._client = client

    def fetch(self, entry: ModelEntry, folder: Path, progress: disk.Progress) -> None:
        """Leave every file of `entry` in `folder`, verified. Raises DownloadFailed, WrongHash, NoSpace."""
        disk.require_space(folder, entry.total_bytes)
        listed = {
            item["name"]: item["sha256"] for item in json.loads(b"".join(self._get("manifest.json")))["files"]
        }
        for file in entry.files:
            if listed.get(file.name) != file.sha256:
                raise WrongHash(
                    f"The manifest in s3://{self._bucket}/{self._prefix} does not list {file.name} with the "
                    "catalogue's sha256: the prefix holds another version of the model."
                )
            target = folder / file.name
            disk.write_verified(target, file, self._get(file.name), progress)
            target.chmod(0o444)

    def _get(self, name: str) -> Iterator[bytes]:
        import boto3  # noqa: PLC0415  only this source needs it
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415

        key = f"{self._prefix}/{name}" if self._prefix else name
        try:
            client = self._client or boto3.client("s3")
            yield from client.get_object(Bucket=self._bucket, Key=key)["Body"].iter_chunks(disk.CHUNK_BYTES)
        except (BotoCoreError, ClientError) as error:
            raise DownloadFailed(
                f"s3://{self._bucket}/{key} could not be read ({type(error).__name__}). "
                "Check the bucket, the prefix and the role's permission to read it."
            ) from error
