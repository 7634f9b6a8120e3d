"""Entry point of the API. Only wires."""

from __future__ import annotations

import os
from typing import Any

from mangum import Mangum

from core.spec import all_specs
from lambdas.adapters.breaker import Breaker
from lambdas.adapters.clients import aws_client
from lambdas.adapters.clock import utc_now
from lambdas.adapters.dialogue_table import DialogueTable
from lambdas.adapters.dialogues import Dialogues
from lambdas.adapters.documents import Documents
from lambdas.adapters.erasures import Erasures
from lambdas.adapters.gift_codes import GiftCodes
from lambdas.adapters.leases import Leases
from lambdas.adapters.letters import Letters
from lambdas.adapters.mail import SesMail
from lambdas.adapters.telemetry import telemetry_of
from lambdas.adapters.turn_queue import TurnQueue
from lambdas.adapters.turns import Turns
from lambdas.adapters.visits import Visits
from lambdas.adapters.wake_up import WakeUp
from lambdas.api.app import create_app
from lambdas.api.services import ApiLimits, Services
from lambdas.api.settings import Settings
from lambdas.http_boundary.boundary import readable_event

settings = Settings.from_environment(os.environ)
dynamodb = aws_client("dynamodb")
table = DialogueTable(dynamodb, settings.dialogues_table)
control = DialogueTable(dynamodb, settings.control_table)
wake_up = None
if settings.breaker_function:
    wake_up = WakeUp(
        dynamodb, aws_client("lambda"), table=settings.control_table, function=settings.breaker_function
    )
mail = None
if settings.verified_sender:
    mail = SesMail(aws_client("sesv2", attempts=1), settings.verified_sender)
app = create_app(
    Services(
        specs={spec.id: spec for spec in all_specs()},
        dialogues=Dialogues(table),
        erasures=Erasures(dynamodb, settings.audit_table),
        turns=Turns(table),
        queue=TurnQueue(aws_client("sqs"), settings.queue_urls),
        letters=Letters(table, control),
        gifts=GiftCodes(table, control),
        visits=Visits(control),
        leases=Leases(dynamodb, settings.control_table),
        endpoint=Breaker(dynamodb, settings.control_table),
        documents=Documents(aws_client("s3"), settings.published_bucket),
        telemetry=telemetry_of(settings),
        clock=utc_now,
        limits=ApiLimits(
            waiting_limit=settings.waiting_limit,
            backlog_limit=settings.backlog_limit,
            answer_deadline_seconds=settings.answer_deadline_seconds,
        ),
        site_origins=settings.site_origins,
        site_url=settings.site_url,
        wake_up=wake_up,
        mail=mail,
    )
)
asgi = Mangum(app, lifespan="off")


def handler(event: dict[str, Any], context: Any) -> Any:
    return asgi(readable_event(event), context)
