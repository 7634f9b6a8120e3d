"""The bucket of analytics: one object a partition, replaced whole or not at all.

Names follow `core.analytics.rows`. An upload that breaks off leaves what was there: S3 shows an object when
all of it has come. Refuses to know what is in a file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from core.analytics.rows import partition_key, partition_prefix
from lambdas.adapters.outages import told_as_store_away


@dataclass(frozen=True)
class StoredPartition:
    table: str
    assistant: str
    day: date
    etag: str
    written_at: datetime


class Partitions:
    """Every method raises StoreAway."""

    def __init__(self, s3: Any, bucket: str) -> None:
        self._s3 = s3
        self._bucket = bucket

    def of(self, table: str, assistant: str) -> Iterator[StoredPartition]:
        """In the order of their days."""
        prefix = partition_prefix(table, assistant)
        pages = self._s3.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=prefix)
        with told_as_store_away():
            for page in pages:
                for found in page.get("Contents", ()):
                    day = date.fromisoformat(found["Key"].removeprefix(f"{prefix}day=")[:10])
                    yield StoredPartition(
                        table, assistant, day, found["ETag"].strip('"'), found["LastModified"]
                    )

    def replace(self, table: str, assistant: str, day: date, path: Path) -> None:
        with path.open("rb") as body, told_as_store_away():
            self._s3.put_object(
                Bucket=self._bucket,
                Key=partition_key(table, assistant, day),
                Body=body,
                ContentType="application/vnd.apache.parquet",
            )

    def remove(self, table: str, assistant: str, day: date) -> None:
        """Also where there is none."""
        with told_as_store_away():
            self._s3.delete_object(Bucket=self._bucket, Key=partition_key(table, assistant, day))

    def fetch(self, partition: StoredPartition, path: Path) -> bool:
        """Whether this very version was still there."""
        key = partition_key(partition.table, partition.assistant, partition.day)
        with told_as_store_away():
            try:
                answer = self._s3.get_object(Bucket=self._bucket, Key=key, IfMatch=partition.etag)
            except self._s3.exceptions.ClientError as error:
                if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") in (404, 412):
                    return False
                raise
            unfinished = path.with_suffix(".part")
            with unfinished.open("wb") as file:
                for chunk in answer["Body"].iter_chunks(1 << 16):
                    file.write(chunk)
        unfinished.replace(path)
        return True
