"""A real SQLite source per test, and a document store in memory with the rules of the real one."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from core.errors import DocumentMissing, PublicationConflict
from core.facts import DocumentKind, Manifest

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
COLUMNS = "vin, model, class_name, body, year, fuel, color, mileage_km, price_rub, updated_at"


class MemoryDocuments:
    """Publishes like the real store: only when what is current is still what was expected."""

    def __init__(self) -> None:
        self.manifests: dict[tuple[str, DocumentKind], Manifest] = {}
        self.versions: list[Manifest] = []
        self.data: dict[tuple[str, DocumentKind], bytes] = {}
        self.before_publish: Callable[[], None] = lambda: None

    def manifest(self, assistant: str, kind: DocumentKind) -> Manifest:
        try:
            return self.manifests[assistant, kind]
        except KeyError as error:
            raise DocumentMissing("nothing published") from error

    def history(self, assistant: str, kind: DocumentKind, limit: int = 20) -> Iterator[Manifest]:
        self.manifest(assistant, kind)
        yield from self.versions[::-1][:limit]

    def publish(
        self,
        assistant: str,
        kind: DocumentKind,
        data: bytes,
        *,
        rows: int,
        schema: str,
        author: str,
        source: str | None = None,
        expected: Manifest | None = None,
        exported_at: datetime | None = None,
    ) -> Manifest:
        self.before_publish()
        if self.manifests.get((assistant, kind)) != expected:
            raise PublicationConflict("somebody else was quicker")
        version = f"v{len(self.versions)}-{hashlib.sha256(data).hexdigest()[:8]}"
        manifest = Manifest(
            version=version,
            sha256=hashlib.sha256(data).hexdigest(),
            rows=rows,
            exported_at=exported_at or NOW,
            schema=schema,
            author=author,
            source=source,
        )
        self.manifests[assistant, kind] = manifest
        self.versions.append(manifest)
        self.data[assistant, kind] = data
        return manifest


def a_car(number: int, **changes: Any) -> tuple[Any, ...]:
    values = {
        "vin": f"WDD{number:014d}",
        "model": "C 180",
        "class_name": "C-класс",
        "body": "седан",
        "year": 2025,
        "fuel": "бензин",
        "color": "чёрный",
        "mileage_km": 0,
        "price_rub": 5_990_000 + number,
        "updated_at": "2026-11-20T10:00:00",
    }
    return tuple({**values, **changes}.values())


@pytest.fixture
def documents() -> MemoryDocuments:
    return MemoryDocuments()


@pytest.fixture
def make_source(tmp_path: Path) -> Callable[..., Path]:
    """Writes a database with a table `stock` and the view over it; returns its path."""

    def make(cars: Sequence[Sequence[Any]], *, view: str | None = None, name: str = "source.db") -> Path:
        path = tmp_path / name
        path.unlink(missing_ok=True)
        connection = sqlite3.connect(path)
        connection.execute(f"CREATE TABLE stock ({COLUMNS})")
        connection.executemany(f"INSERT INTO stock VALUES ({','.join('?' * 10)})", cars)
        connection.execute(view or f"CREATE VIEW available_product AS SELECT {COLUMNS} FROM stock")
        connection.commit()
        connection.close()
        return path

    return make
