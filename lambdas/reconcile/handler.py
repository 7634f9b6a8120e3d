"""Entry point of the reconciler. Only wires."""

from __future__ import annotations

import os
from dataclasses import asdict
from typing import Any

from core.spec import all_specs
from lambdas.adapters.breaker import Breaker
from lambdas.adapters.clients import aws_client
from lambdas.adapters.clock import utc_now
from lambdas.adapters.dialogue_table import DialogueTable
from lambdas.adapters.documents import Documents
from lambdas.adapters.owner_settings import OwnerSettingsReader
from lambdas.adapters.telemetry import telemetry_of
from lambdas.adapters.turn_queue import TurnQueue
from lambdas.adapters.unfinished_turns import UnfinishedTurns
from lambdas.reconcile.reconciler import Reconciler
from lambdas.reconcile.settings import Settings

settings = Settings.from_environment(os.environ)
dynamodb = aws_client("dynamodb")
reconciler = Reconciler(
    specs={spec.id: spec for spec in all_specs() if spec.id in settings.queue_urls},
    turns=UnfinishedTurns(DialogueTable(dynamodb, settings.dialogues_table)),
    queue=TurnQueue(aws_client("sqs"), settings.queue_urls, settings.dead_letter_queue_urls),
    endpoint=Breaker(dynamodb, settings.control_table),
    settings=OwnerSettingsReader(Documents(aws_client("s3"), settings.published_bucket)),
    telemetry=telemetry_of(settings),
    clock=utc_now,
)


def handler(_event: dict[str, Any], context: Any) -> dict[str, Any]:
    return asdict(reconciler.run(lambda: context.get_remaining_time_in_millis() / 1_000))
