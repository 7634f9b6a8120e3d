"""One export: read the stock, judge it, publish it whole or not at all.

Knows the order of things and the four refusals (empty, shrunk, drifted, unreadable). Refuses to know where
documents are kept and how a database is spoken to. Rows are turned into JSON as they stream, so the export
holds the text of the snapshot and the numbers of the cars, never a million objects.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from core.errors import DocumentMissing, ExportRefused
from core.facts import SNAPSHOT_SCHEMA, Car, DocumentKind, Manifest, TrimOption
from core.spec import Inventory
from lambdas.inventory_export import rows as row_rules
from lambdas.inventory_export.source import (
    Source,
    Timeouts,
    open_source,
    reading,
    source_identity,
    source_url,
)

AUTHOR = "inventory_export"
# how far back the last export of a source is looked for when another source was current meanwhile
HISTORY_DEPTH = 200


class Publisher(Protocol):
    """Where snapshots go. Reading raises DocumentMissing; `publish` raises PublicationConflict.

    `history` begins with the current manifest, newest first.
    """

    def manifest(self, assistant: str, kind: DocumentKind) -> Manifest: ...

    def history(self, assistant: str, kind: DocumentKind, limit: int = ...) -> Iterator[Manifest]: ...

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
    ) -> Manifest: ...


@dataclass(frozen=True)
class Export:
    """What one assistant's export needs. `accept_shrink` is the operator's word that less is right."""

    assistant: str
    inventory: Inventory
    url: str
    now: datetime
    accept_shrink: bool = False
    timeouts: Timeouts = field(default_factory=Timeouts)


def run_export(export: Export, publisher: Publisher) -> Manifest:
    """Publishes the stock as it is now and returns its manifest.

    Raises ExportRefused and PublicationConflict; in both cases what was published before stays as it is.
    """
    url = source_url(export.url)
    identity = source_identity(url)
    before = published(export.assistant, publisher)
    with reading(open_source(url, export.timeouts)) as source:
        data, count = snapshot_json(source, export.inventory, export.now)
    if count == 0:
        raise ExportRefused("empty", f"{export.inventory.view} has no rows")
    if not export.accept_shrink:
        last = last_of_source(export.assistant, publisher, before, identity)
        refuse_shrunk(last.rows if last else 0, count, export.inventory.shrink_limit)
    return publisher.publish(
        export.assistant,
        DocumentKind.SNAPSHOT,
        data,
        rows=count,
        schema=SNAPSHOT_SCHEMA,
        author=AUTHOR,
        source=identity,
        expected=before,
        exported_at=export.now,
    )


def published(assistant: str, publisher: Publisher) -> Manifest | None:
    """What is current, or None before the first export. Raises DocumentDamaged."""
    try:
        return publisher.manifest(assistant, DocumentKind.SNAPSHOT)
    except DocumentMissing:
        return None


def last_of_source(
    assistant: str, publisher: Publisher, current: Manifest | None, identity: str
) -> Manifest | None:
    """The last export of the same source, also when another one is current. Raises DocumentDamaged."""
    if current is None or current.source == identity:
        return current
    history = publisher.history(assistant, DocumentKind.SNAPSHOT, limit=HISTORY_DEPTH)
    return next((manifest for manifest in history if manifest.source == identity), None)


def refuse_shrunk(before: int, now: int, limit: float) -> None:
    """Raises ExportRefused(shrunk) when more than the share `limit` of the rows is gone."""
    if before - now > limit * before + 1e-9:
        raise ExportRefused(
            "shrunk", f"{now} rows after {before}: over {limit:.0%} fewer (--accept-shrink if that is right)"
        )


def snapshot_json(source: Source, inventory: Inventory, now: datetime) -> tuple[bytes, int]:
    """The snapshot's JSON and its number of cars. Raises ExportRefused(drifted | unreadable)."""
    text = io.BytesIO()
    text.write(b'{"cars":[')
    count = _write(text, _unique(_cars(source, inventory.view, now.year)))
    text.write(b'],"options":[')
    if source.has(inventory.options_view):
        _write(text, _options(source, inventory.options_view))
    text.write(b"]}")
    return text.getvalue(), count


def _cars(source: Source, view: str, year_now: int) -> Iterable[Car]:
    for number, values in enumerate(source.rows(view, row_rules.CAR_COLUMNS), start=1):
        yield row_rules.car(values, row=number, year_now=year_now)


def _options(source: Source, view: str) -> Iterable[TrimOption]:
    for number, values in enumerate(source.rows(view, row_rules.OPTION_COLUMNS), start=1):
        yield row_rules.trim_option(values, row=number)


def _unique(cars: Iterable[Car]) -> Iterable[Car]:
    seen: set[str] = set()
    for number, car in enumerate(cars, start=1):
        if car.vin in seen:
            raise ExportRefused("drifted", f"row {number}: its vin stands there twice")
        seen.add(car.vin)
        yield car


def _write(text: io.BytesIO, facts: Iterable[Car | TrimOption]) -> int:
    count = 0
    for count, fact in enumerate(facts, start=1):
        text.write(b"," if count > 1 else b"")
        text.write(json.dumps(fact.__dict__, ensure_ascii=False, separators=(",", ":")).encode())
    return count
