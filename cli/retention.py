"""`attendant retention`: how long dialogues are kept, shown and changed.

Knows the settings document. Refuses to know how items are re-stamped (`jobs/restamp_retention`).
"""

from __future__ import annotations

from cli.deployment import Deployment
from cli.failures import CommandFailed
from core.errors import DocumentError, PublicationConflict
from core.facts import Document, DocumentKind
from core.spec import OwnerSettings, iso_duration

AUTHOR = "attendant retention"


def show(deployment: Deployment, assistant: str) -> str:
    """The retention as an ISO duration. Raises CommandFailed."""
    return iso_duration(_settings(_current(deployment, assistant)).retention)


def change(deployment: Deployment, assistant: str, duration: str) -> int:
    """Publishes the settings with another retention and re-stamps what is stored; how many items that was.

    Raises CommandFailed.
    """
    from jobs.restamp_retention import restamp  # noqa: PLC0415  brings boto3 along

    current = _current(deployment, assistant)
    try:
        wanted = OwnerSettings.model_validate({**current.json_value(), "retention": duration})
    except ValueError as error:
        raise CommandFailed(
            f"{duration!r} is no duration", "write P90D, PT12H or P1DT6H", exit_code=2
        ) from error
    try:
        deployment.documents().publish(
            assistant,
            DocumentKind.SETTINGS,
            wanted.model_dump_json().encode(),
            rows=current.manifest.rows,
            schema=current.manifest.schema_name,
            author=AUTHOR,
            expected=current.manifest,
        )
    except PublicationConflict as error:
        raise CommandFailed("somebody changed the settings meanwhile", "say it again") from error
    return restamp(
        deployment.client("dynamodb"), deployment.output("DialoguesTable"), assistant, wanted.retention
    )


def _current(deployment: Deployment, assistant: str) -> Document:
    try:
        document: Document = deployment.documents().current(assistant, DocumentKind.SETTINGS)
    except DocumentError as error:
        raise CommandFailed(f"{assistant} has no settings here ({error.code})", "attendant up") from error
    return document


def _settings(document: Document) -> OwnerSettings:
    return OwnerSettings.model_validate(document.json_value())
