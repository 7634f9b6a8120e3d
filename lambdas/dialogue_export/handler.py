"""Entry point of the dialogue export. Only wires."""

from __future__ import annotations

import os
from typing import Any

from core.spec import all_specs
from lambdas.adapters.clients import aws_client
from lambdas.adapters.clock import utc_now
from lambdas.adapters.dialogue_table import DialogueTable
from lambdas.adapters.documents import Documents
from lambdas.adapters.erasures import Erasures
from lambdas.adapters.opened_dialogues import OpenedDialogues
from lambdas.adapters.owner_settings import OwnerSettingsReader
from lambdas.adapters.partitions import Partitions
from lambdas.adapters.published_words import PublishedWords
from lambdas.adapters.telemetry import telemetry_of
from lambdas.dialogue_export.export import DialogueExport
from lambdas.dialogue_export.settings import Settings

settings = Settings.from_environment(os.environ)
dynamodb = aws_client("dynamodb", read_seconds=10)
s3 = aws_client("s3", read_seconds=30)
documents = Documents(s3, settings.published_bucket)
export = DialogueExport(
    specs=tuple(all_specs()),
    dialogues=OpenedDialogues(DialogueTable(dynamodb, settings.dialogues_table)),
    erasures=Erasures(dynamodb, settings.audit_table),
    partitions=Partitions(s3, settings.analytics_bucket),
    settings=OwnerSettingsReader(documents),
    words=PublishedWords(documents),
    telemetry=telemetry_of(settings),
    clock=utc_now,
)


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return export.run(event, lambda: context.get_remaining_time_in_millis() / 1_000)
