"""Entry point of the inventory export. Only wires."""

from __future__ import annotations

import os
from typing import Any

from core.spec import all_specs
from lambdas.adapters.clients import aws_client
from lambdas.adapters.clock import utc_now
from lambdas.adapters.documents import Documents
from lambdas.adapters.source_secret import SourceSecrets
from lambdas.adapters.telemetry import telemetry_of
from lambdas.inventory_export.service import InventoryExport
from lambdas.inventory_export.settings import Settings
from lambdas.inventory_export.source import Timeouts

settings = Settings.from_environment(os.environ)
export = InventoryExport(
    specs={spec.id: spec for spec in all_specs()},
    sources=SourceSecrets(aws_client("secretsmanager"), settings.source_secrets),
    documents=Documents(aws_client("s3", read_seconds=30), settings.published_bucket),
    telemetry=telemetry_of(settings),
    timeouts=Timeouts(),
    now=utc_now,
)


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    return export.run(event)
