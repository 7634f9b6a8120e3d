"""A document is what its manifest vouches for, or it is damaged."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta

import pytest

from core.errors import DocumentDamaged
from core.facts import SNAPSHOT_SCHEMA, Document, Manifest, Snapshot

CAR = {
    "vin": "W1N2539461F000001",
    "model": "X 1",
    "class_name": "X",
    "body": "suv",
    "year": 2024,
    "fuel": "diesel",
    "color": "black",
    "mileage_km": 0,
    "price_rub": 1,
    "updated_at": "2026-01-01",
}
EXPORTED_AT = datetime(2026, 1, 1, 12, tzinfo=UTC)


def document(value: object, *, sha256: str | None = None) -> Document:
    data = json.dumps(value).encode()
    manifest = Manifest(
        version="v1",
        sha256=sha256 or hashlib.sha256(data).hexdigest(),
        rows=1,
        exported_at=EXPORTED_AT,
        schema=SNAPSHOT_SCHEMA,
        author="test",
    )
    return Document(manifest=manifest, data=data)


def test_a_snapshot_knows_its_age() -> None:
    snapshot = Snapshot.of(document({"cars": [CAR]}))
    assert snapshot.cars[0].vin == CAR["vin"]
    assert snapshot.is_current(EXPORTED_AT + timedelta(hours=1), timedelta(hours=1))
    assert not snapshot.is_current(EXPORTED_AT + timedelta(hours=1, seconds=1), timedelta(hours=1))


@pytest.mark.parametrize(
    "broken",
    [
        document({"cars": [CAR]}, sha256="0" * 64),
        document({"cars": [{**CAR, "year": "soon"}]}),
        document({"cars": [{**CAR, "surprise": 1}]}),
        document({"cars": "none"}),
        document([]),
    ],
)
def test_damage_is_told(broken: Document) -> None:
    with pytest.raises(DocumentDamaged):
        Snapshot.of(broken)


def test_the_manifest_writes_schema_under_its_own_name() -> None:
    text = document({"cars": []}).manifest.model_dump_json(by_alias=True)
    assert json.loads(text)["schema"] == SNAPSHOT_SCHEMA
