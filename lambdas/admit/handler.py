"""Entry point of the API's authorizer. Only wires."""

from __future__ import annotations

import os
import time
from typing import Any

from lambdas.adapters.clients import aws_client
from lambdas.adapters.origin_token import OriginTokens
from lambdas.adapters.telemetry import telemetry_of
from lambdas.admit.doorkeeper import Doorkeeper
from lambdas.admit.settings import Settings

settings = Settings.from_environment(os.environ)
doorkeeper = Doorkeeper(
    OriginTokens(aws_client("secretsmanager"), settings.origin_token_secret),
    telemetry=telemetry_of(settings),
    clock=time.monotonic,
)


def handler(event: dict[str, Any], _context: Any) -> dict[str, bool]:
    """The event is an HTTP API's for a Lambda authorizer, version 2.0; so is the simple answer."""
    (token,) = event["identitySource"]  # the gateway refuses a request without it by itself
    return {"isAuthorized": doorkeeper.admits(token)}
