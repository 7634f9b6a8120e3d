"""`attendant retention`: how long dialogues are kept, shown and changed.

Knows the settings document, and that functions go on stamping by the old one until they have looked again.
Refuses to know how items are re-stamped (`lambdas/adapters/restamping`).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

from cli import audit
from cli.deployment import Deployment
from cli.endpoint import caller
from cli.failures import CommandFailed
from core.errors import DocumentError, PublicationConflict
from core.facts import Document, DocumentKind
from core.knowledge_changes import settings_changes
from core.spec import OwnerSettings, iso_duration
from lambdas.adapters.dialogue_table import DialogueTable
from lambdas.adapters.dialogues import Dialogues
from lambdas.adapters.restamping import SETTLING_SECONDS, restamp


def show(deployment: Deployment, assistant: str) -> str:
    """The retention as an ISO duration. Raises CommandFailed."""
    return iso_duration(_settings(_current(deployment, assistant)).retention)


def change(
    deployment: Deployment, assistant: str, duration: str, *, pause: Callable[[float], None] = time.sleep
) -> int:
    """Publishes the settings with another retention and re-stamps what is stored; how many items that was.

    Raises CommandFailed.
    """
    current = _current(deployment, assistant)
    try:
        wanted = OwnerSettings.model_validate({**current.json_value(), "retention": duration})
    except ValueError as error:
        raise CommandFailed(
            f"{duration!r} is no duration", "write P90D, PT12H or P1DT6H", exit_code=2
        ) from error
    try:
        manifest = deployment.documents().publish(
            assistant,
            DocumentKind.SETTINGS,
            wanted.model_dump_json().encode(),
            rows=current.manifest.rows,
            schema=current.manifest.schema_name,
            author=caller(deployment),
            expected=current.manifest,
        )
    except PublicationConflict as error:
        raise CommandFailed("somebody changed the settings meanwhile", "say it again") from error
    before, after = (each.model_dump(mode="json") for each in (_settings(current), wanted))
    told = settings_changes(before, after)
    audit.tell(deployment, assistant, DocumentKind.SETTINGS, manifest, action="publish", changes=told)
    changed = _restamp(deployment, assistant, wanted)
    pause(SETTLING_SECONDS)
    return changed + _restamp(deployment, assistant, wanted)


def _restamp(deployment: Deployment, assistant: str, settings: OwnerSettings) -> int:
    dialogues = Dialogues(DialogueTable(deployment.client("dynamodb"), deployment.output("DialoguesTable")))
    days = restamp(dialogues, assistant, settings.retention, newest=datetime.now(UTC).date())
    return sum(day.items for day in days)


def _current(deployment: Deployment, assistant: str) -> Document:
    try:
        document: Document = deployment.documents().current(assistant, DocumentKind.SETTINGS)
    except DocumentError as error:
        raise CommandFailed(f"{assistant} has no settings here ({error.code})", "attendant up") from error
    return document


def _settings(document: Document) -> OwnerSettings:
    return OwnerSettings.model_validate(document.json_value())
