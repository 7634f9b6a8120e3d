"""The way of the numbers on one machine: a table in moto, the export, files in memory, DuckDB."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from core.analytics.rows import TABLES
from core.dialogue import Callback, Rating, Session, Turn
from core.spec import AssistantSpec
from lambdas.adapters import items
from lambdas.adapters.analytics import DuckDbMetrics
from lambdas.adapters.clock import to_iso
from lambdas.adapters.dialogue_table import DialogueTable
from lambdas.adapters.dialogues import Dialogues
from lambdas.adapters.erasures import Erasures
from lambdas.adapters.opened_dialogues import OpenedDialogues
from lambdas.adapters.owner_settings import OwnerSettingsReader
from lambdas.adapters.published_words import Doors, PublishedWords
from lambdas.dialogue_export.export import DialogueExport
from tests.fakes import specs
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.documents import FakeDocuments
from tests.fakes.partitions import FakePartitions
from tests.fakes.telemetry import FakeTelemetry

RETENTION = timedelta(days=3)
TODAY = NOON.date()


class FakeAnalytics:
    def __init__(self, dynamodb: Any, folder: Path) -> None:
        self.dynamodb, self.clock = dynamodb, FakeClock()
        self.spec: AssistantSpec = specs.spec(retention=RETENTION)
        self.documents, self.telemetry = FakeDocuments(), FakeTelemetry()
        self.partitions = FakePartitions(self.clock)
        table = DialogueTable(dynamodb, "dialogues", self.clock)
        self.dialogues, self.opened = Dialogues(table), OpenedDialogues(table)
        self.erasures = Erasures(dynamodb, "audit", self.clock)
        settings, words = OwnerSettingsReader(self.documents), PublishedWords(self.documents)
        doors = Doors(settings, words)
        self.export = DialogueExport(
            specs=(self.spec,),
            dialogues=self.opened,
            erasures=self.erasures,
            partitions=self.partitions,
            settings=settings,
            words=words,
            telemetry=self.telemetry,
            clock=self.clock,
        )
        self.metrics = DuckDbMetrics(
            files=self.partitions,
            dialogues=self.opened,
            door=lambda _assistant: doors.of(self.spec),
            folder=folder,
            clock=self.clock,
            monotonic=self.clock.monotonic,
        )

    def keep(self, session: Session, *parts: Turn | Rating | Callback) -> None:
        """As the stores do, at any moment."""
        item = items.session_item(session)
        made = []
        for part in parts:
            match part:
                case Turn():
                    made.append(items.turn_item(part))
                case Rating():
                    made.append(items.rating_item(session, part))
                    item["rated_at"] = made[-1]["created_at"]
                case Callback():
                    worked_on = {"changed_at": to_iso(part.changed_at)} if part.changed_at else {}
                    made.append(items.callback_item(part) | worked_on)
                    item["callback_at"] = max(item.get("callback_at", ""), made[-1]["created_at"])
        for each in (item, *made):
            self.dynamodb.put_item(TableName="dialogues", Item=items.to_wire(each))

    def run(self, **event: Any) -> dict[str, Any]:
        return self.export.run(event, lambda: 900.0)

    def erase(self, session: Session) -> None:
        """As the API does."""
        self.erasures.note(session)
        self.dialogues.erase(session.session_id)

    def raw(self) -> list[items.Item]:
        """Every item of the table."""
        pages = self.dynamodb.get_paginator("scan").paginate(TableName="dialogues")
        return [items.from_wire(wire) for page in pages for wire in page["Items"]]

    def rows(self, table: str, day: date = TODAY) -> list[dict[str, Any]]:
        """Of one partition."""
        kept = self.partitions.kept.get((table, self.spec.id, day))
        if kept is None:
            return []
        path = Path(self.metrics._folder) / "looked_at.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(kept[0])
        return _dicts(path)

    def everything(self) -> bytes:
        """What all files say, with what Parquet packs unpacked."""
        said = [repr(self.rows(table, day)) for table in TABLES for day in self.partitions.days(table)]
        return "\n".join(said).encode()


def _dicts(path: Path) -> list[dict[str, Any]]:
    with duckdb.connect() as duck:
        found = duck.execute(f"SELECT * FROM read_parquet('{path}')")
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def evening(days_ago: int = 0, hour: int = 18) -> datetime:
    return NOON.replace(hour=hour) - timedelta(days=days_ago)
