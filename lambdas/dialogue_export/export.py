"""One run: the days that are due, each read whole, masked, and put in the place of what was there.

A day whose dialogues have all expired loses its files; inside the time of retention it keeps an empty one of
`sessions`, which says that it was looked at. The file of `sessions` is written last: a day that broke off
half-way is due again. Refuses to know Parquet, S3 and DynamoDB.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Protocol

from pydantic import BaseModel, ConfigDict

from core.analytics.leaving import Door, Piece
from core.analytics.rows import CallbackRow, SessionRow, TurnRow
from core.errors import DocumentError, StoreAway
from core.spec import AssistantSpec
from lambdas.adapters.clock import Clock
from lambdas.adapters.erasures import Erasure
from lambdas.adapters.owner_settings import OwnerSettingsReader
from lambdas.adapters.parquet_files import write_parquet
from lambdas.adapters.partitions import StoredPartition
from lambdas.adapters.published_words import PublishedWords
from lambdas.adapters.telemetry import Telemetry
from lambdas.dialogue_export.due import due_days

STOP_SECONDS = 240.0
"""A large day takes that long; the rest is for the next run."""
SESSIONS_LAST = (TurnRow.TABLE, CallbackRow.TABLE, SessionRow.TABLE)


class Dialogues(Protocol):
    def of(self, assistant: str, day: date) -> Iterator[Piece]: ...


class ErasureLog(Protocol):
    def told(self) -> Iterator[Erasure]: ...


class Files(Protocol):
    def of(self, table: str, assistant: str) -> Iterator[StoredPartition]: ...

    def replace(self, table: str, assistant: str, day: date, path: Path) -> None: ...

    def remove(self, table: str, assistant: str, day: date) -> None: ...


class ExportRequest(BaseModel):
    """The event of the clock or of the operator; `everything` writes all days again, whatever their age."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    everything: bool = False


@dataclass
class Exported:
    """`left` days wait for the next run."""

    days: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    left: int = 0


@dataclass(frozen=True, kw_only=True)
class DialogueExport:
    specs: Sequence[AssistantSpec]
    dialogues: Dialogues
    erasures: ErasureLog
    partitions: Files
    settings: OwnerSettingsReader
    words: PublishedWords
    telemetry: Telemetry
    clock: Clock

    def run(self, event: Mapping[str, Any], seconds_left: Callable[[], float]) -> dict[str, Any]:
        """All assistants, as far as the time goes.

        Raises pydantic.ValidationError for another event, and what kept an assistant's days from being
        written, when the other assistants are done.
        """
        request, done = ExportRequest.model_validate(dict(event)), Exported()
        erasures, failure = tuple(self.erasures.told()), None
        for spec in self.specs:
            try:
                self._export(spec, request, erasures, done, seconds_left)
            except (DocumentError, StoreAway) as error:
                self.telemetry.alarm("dialogues_not_exported", error, assistant=spec.id)
                failure = error
        self.telemetry.tell("dialogues_exported", days=done.days, rows=done.rows, left=done.left)
        if failure is not None:
            raise failure
        return {"days": done.days, "rows": done.rows, "left": done.left}

    def _export(
        self,
        spec: AssistantSpec,
        request: ExportRequest,
        erasures: Sequence[Erasure],
        done: Exported,
        seconds_left: Callable[[], float],
    ) -> None:
        settings, now = self.settings.of(spec), self.clock()
        door = Door(settings.hours, self.words.of(spec.id))
        ours = [each for each in erasures if each.assistant == spec.id]
        written = {each.day: each.written_at for each in self.partitions.of(SessionRow.TABLE, spec.id)}
        due = list(
            due_days(written, ours, now=now, retention=settings.retention, everything=request.everything)
        )
        for place, day in enumerate(due):
            if seconds_left() < STOP_SECONDS:
                done.left += len(due) - place
                return
            erased = {each.session_id for each in ours if each.opened_on == day}
            kept = now.date() - day <= settings.retention + timedelta(days=1)
            self._write(spec.id, day, door, erased, done, keep_empty=kept)

    def _write(
        self, assistant: str, day: date, door: Door, erased: set[str], done: Exported, *, keep_empty: bool
    ) -> None:
        with tempfile.TemporaryDirectory(prefix="export-") as folder:
            pieces = self.dialogues.of(assistant, day)
            files = write_parquet(door.rows(pieces, erased=erased), Path(folder))
            for table in SESSIONS_LAST:
                file = files[table]
                if file.rows or (keep_empty and table == SessionRow.TABLE):
                    self.partitions.replace(table, assistant, day, file.path)
                else:
                    self.partitions.remove(table, assistant, day)
                done.rows[table] = done.rows.get(table, 0) + file.rows
        done.days += 1
