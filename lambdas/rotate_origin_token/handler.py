"""Entry point of the rotation of the origin's token. Only wires."""

from __future__ import annotations

import os
import time
from secrets import token_urlsafe
from typing import Any

from lambdas.adapters.clients import aws_client
from lambdas.adapters.edge_distribution import EdgeDistribution
from lambdas.adapters.origin_token import OriginTokens
from lambdas.adapters.telemetry import telemetry_of
from lambdas.rotate_origin_token.api_door import ApiDoor
from lambdas.rotate_origin_token.rotation import Rotation, Step
from lambdas.rotate_origin_token.settings import Settings

TOKEN_BYTES = 48
CLOUDFRONT_SECONDS = 30.0  # nobody waits for a rotation, and CloudFront takes its time

settings = Settings.from_environment(os.environ)
secrets_manager = aws_client("secretsmanager")
edge = EdgeDistribution(aws_client("cloudfront", read_seconds=CLOUDFRONT_SECONDS), settings.distribution_id)
door = ApiDoor(settings.api_health_url)
telemetry = telemetry_of(settings)


def handler(event: dict[str, Any], context: Any) -> None:
    """The event is Secrets Manager's: the step, the secret's ARN and the id of the version in the making."""
    rotation = Rotation(
        OriginTokens(secrets_manager, event["SecretId"]),
        edge,
        door,
        telemetry=telemetry,
        fresh=lambda: token_urlsafe(TOKEN_BYTES),
        pause=time.sleep,
    )
    rotation.take(
        Step(event["Step"]),
        event["ClientRequestToken"],
        lambda: context.get_remaining_time_in_millis() / 1_000,
    )
