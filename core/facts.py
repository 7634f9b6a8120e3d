"""Published facts: a document, the manifest that points at its current version, and how old it is.

Knows what a snapshot of stock is and when it may still be called current. Refuses to know where it is kept
and how it got there.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from core.errors import DocumentDamaged


class DocumentKind(StrEnum):
    SNAPSHOT = "snapshot"
    KNOWLEDGE = "knowledge"
    POLICY = "policy"
    SETTINGS = "settings"
    BROCHURES = "brochures"


class Manifest(BaseModel):
    """Which version of a document is current. Swapped by one conditional write, so a reader sees all of the
    old version or all of the new one. `sha256` is of the data's bytes; `source` tells two databases apart.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    version: str
    sha256: str
    rows: int = Field(ge=0)
    exported_at: datetime
    schema_name: str = Field(alias="schema")
    author: str
    source: str | None = None
    previous: str | None = None


class Document(BaseModel):
    """A manifest together with the data that it vouches for."""

    model_config = ConfigDict(frozen=True)

    manifest: Manifest
    data: bytes

    def json_value(self) -> Any:
        """The data as JSON. Raises DocumentDamaged when the bytes are not what the manifest says."""
        if hashlib.sha256(self.data).hexdigest() != self.manifest.sha256:
            raise DocumentDamaged(f"{self.manifest.version}: sha256 differs from its manifest")
        try:
            return json.loads(self.data)
        except ValueError as error:
            raise DocumentDamaged(f"{self.manifest.version}: not JSON") from error


class DocumentReader(Protocol):
    """Reads what is current for one assistant. Raises DocumentMissing, DocumentDamaged."""

    def current(self, kind: DocumentKind) -> Document: ...


class Car(BaseModel):
    """One row of the view `available_product`; the price in whole roubles, the mileage in kilometres."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    vin: str
    model: str
    class_name: str
    body: str
    year: int
    fuel: str
    color: str
    mileage_km: int
    price_rub: int
    updated_at: str


class TrimOption(BaseModel):
    """One row of the optional view `trim_option`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    model: str
    option: str
    price_rub: int


SNAPSHOT_SCHEMA = "available_product/1"


class Snapshot(BaseModel):
    """The whole stock as it was at `manifest.exported_at`."""

    model_config = ConfigDict(frozen=True)

    manifest: Manifest
    cars: tuple[Car, ...]
    options: tuple[TrimOption, ...] = ()

    @classmethod
    def of(cls, document: Document) -> Snapshot:
        """Raises DocumentDamaged when the data is not a snapshot."""
        value = document.json_value()
        if not isinstance(value, dict):
            raise DocumentDamaged(f"{document.manifest.version}: not a JSON object")
        try:
            return cls.model_validate({**value, "manifest": document.manifest})
        except ValidationError as error:
            raise DocumentDamaged(
                f"{document.manifest.version}: {error.error_count()} wrong fields"
            ) from error

    def age(self, now: datetime) -> timedelta:
        return now - self.manifest.exported_at

    def is_current(self, now: datetime, max_age: timedelta) -> bool:
        return self.age(now) <= max_age
