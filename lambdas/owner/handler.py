"""Entry point of the owner's API. Only wires."""

from __future__ import annotations

import os
from typing import Any

from aws_lambda_powertools import Logger
from mangum import Mangum

from core.spec import all_specs
from lambdas.adapters.clients import aws_client
from lambdas.adapters.clock import utc_now
from lambdas.adapters.dialogue_table import DialogueTable
from lambdas.adapters.owner_pool import OwnerPool
from lambdas.adapters.sign_in_tries import SignInTries
from lambdas.adapters.telemetry import PowertoolsTelemetry
from lambdas.http_boundary.boundary import readable_event
from lambdas.owner.app import create_app
from lambdas.owner.services import Services
from lambdas.owner.settings import Settings

settings = Settings.from_environment(os.environ)
dynamodb = aws_client("dynamodb")
telemetry = PowertoolsTelemetry(
    Logger(service=settings.service, level=settings.log_level), namespace=settings.namespace
)
app = create_app(
    Services(
        specs={spec.id: spec for spec in all_specs()},
        owners=OwnerPool(
            aws_client("cognito-idp"), pool_id=settings.owner_pool, client_id=settings.owner_client
        ),
        tries=SignInTries(DialogueTable(dynamodb, settings.control_table)),
        telemetry=telemetry,
        clock=utc_now,
    )
)
asgi = Mangum(app, lifespan="off")


def handler(event: dict[str, Any], context: Any) -> Any:
    return asgi(readable_event(event), context)
