"""Forbidden topics, knowledge and settings: read, published, looked back at, rolled back."""

# ruff: noqa: FAST003 - the assistant's id is read by the dependency `spec_of`

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Path

from core.errors import StoreAway
from core.facts import DocumentKind
from core.spec import AssistantSpec, OwnerSettings
from lambdas.adapters.owner_pool import Owner
from lambdas.adapters.owners_audit import published, subject_of
from lambdas.owner.access import Api, ApiOf, OwnerOf, SpecOf
from lambdas.owner.bodies import PublishDocument, RollBack
from lambdas.owner.publishing import Shown
from lambdas.owner.views import DocumentVersionView, DocumentView, HistoryView, PublishedView

router = APIRouter(prefix="/v1/owner", tags=["documents"])
UNTOLD = "Что изменилось, не записано."


class OwnersKind(StrEnum):
    """What an owner edits."""

    POLICY = DocumentKind.POLICY.value
    KNOWLEDGE = DocumentKind.KNOWLEDGE.value
    SETTINGS = DocumentKind.SETTINGS.value


Version = Annotated[str, Path(max_length=100)]


@router.get("/{assistant}/documents/{kind}", operation_id="readDocument")
async def read_document(api: ApiOf, spec: SpecOf, kind: OwnersKind) -> DocumentView:
    return _view(api.publishing.shown(spec, DocumentKind(kind)))


@router.put("/{assistant}/documents/{kind}", operation_id="publishDocument")
async def publish_document(
    api: ApiOf, spec: SpecOf, owner: OwnerOf, kind: OwnersKind, body: PublishDocument
) -> PublishedView:
    """In force within ten seconds, without a deploy. 422 says by field what is wrong, 409 that somebody else
    was quicker.
    """
    return _published(api, spec, owner, DocumentKind(kind), body.value, body.expected_version, "publish")


@router.get("/{assistant}/documents/{kind}/history", operation_id="documentHistory")
async def document_history(api: ApiOf, spec: SpecOf, kind: OwnersKind) -> HistoryView:
    """Newest first, as far as versions are kept."""
    subject = subject_of(spec.id, DocumentKind(kind))
    told = {record.after: record.detail for record in api.services.audit.of(subject)}
    versions = [
        DocumentVersionView(
            version=manifest.version,
            author=manifest.author,
            published_at=manifest.exported_at,
            summary=told.get(manifest.version, UNTOLD),
        )
        for manifest in api.publishing.history(spec, DocumentKind(kind))
    ]
    return HistoryView(versions=versions)


@router.get("/{assistant}/documents/{kind}/versions/{version}", operation_id="documentVersion")
async def document_version(api: ApiOf, spec: SpecOf, kind: OwnersKind, version: Version) -> DocumentView:
    return _view(api.publishing.version(spec, DocumentKind(kind), version))


@router.post("/{assistant}/documents/{kind}/rollback", operation_id="rollBack")
async def roll_back(
    api: ApiOf, spec: SpecOf, owner: OwnerOf, kind: OwnersKind, body: RollBack
) -> PublishedView:
    """An older version is published once more, if it is still sound."""
    older = api.publishing.version(spec, DocumentKind(kind), body.version)
    return _published(api, spec, owner, DocumentKind(kind), older.value, body.expected_version, "rollback")


def _published(  # noqa: PLR0917 - called by the two routes above
    api: Api,
    spec: AssistantSpec,
    owner: Owner,
    kind: DocumentKind,
    value: dict[str, Any],
    expected_version: str,
    action: str,
) -> PublishedView:
    done = api.publishing.publish(spec, kind, value, expected_version=expected_version, author=owner.email)
    api.record(subject_of(spec.id, kind), published(done.manifest, action, done.changes))
    if kind is DocumentKind.SETTINGS:
        _carry_over(api, spec, done.shown, value)
    api.services.telemetry.tell("document_published", assistant=spec.id, kind=kind.value, action=action)
    return PublishedView(version=done.manifest.version)


def _carry_over(api: Api, spec: AssistantSpec, before: Shown, value: dict[str, Any]) -> None:
    """Another retention counts for new items at once; those that are kept already are stamped anew."""
    retention = OwnerSettings.model_validate(value).retention
    if retention != OwnerSettings.model_validate(before.value).retention:
        try:
            api.services.later.restamp(spec.id)
        except StoreAway as error:  # it is published: DevOps carry it over (attendant retention)
            api.services.telemetry.alarm("restamp_not_started", error, assistant=spec.id)


def _view(shown: Shown) -> DocumentView:
    manifest = shown.manifest
    return DocumentView(
        version=shown.version,
        author=manifest.author if manifest else None,
        published_at=manifest.exported_at if manifest else None,
        value=shown.value,
    )
