"""Which assistants there are, and how the platform is."""

from __future__ import annotations

from fastapi import APIRouter

from core.errors import DocumentMissing
from core.facts import DocumentKind
from core.spec import AssistantSpec
from lambdas.adapters.breaker import Availability, availability
from lambdas.api.access import Api, ApiOf
from lambdas.api.schemas import (
    AssistantHealthView,
    AssistantsView,
    BreakerView,
    CapacityView,
    HealthView,
    SnapshotView,
)
from lambdas.api.views import assistant_view

router = APIRouter(prefix="/v1", tags=["platform"])


@router.get("/assistants", operation_id="listAssistants")
async def list_assistants(api: ApiOf) -> AssistantsView:
    now = api.services.clock()
    specs = api.services.specs.values()
    return AssistantsView(assistants=[assistant_view(spec, api.settings.of(spec), now) for spec in specs])


@router.get("/health", operation_id="health")
async def health(api: ApiOf) -> HealthView:
    """The model comes first, then the stocks: `degraded` is one too old to be spoken of as current."""
    breaker, capacity = api.services.endpoint.status(), api.services.endpoint.capacity()
    assistants = [
        AssistantHealthView(id=spec.id, snapshot=snapshot_view(api, spec))
        for spec in api.services.specs.values()
    ]
    state = availability(breaker, capacity).value
    if state == Availability.AWAKE:
        fresh = all(each.snapshot is None or each.snapshot.fresh for each in assistants)
        state = "ok" if fresh else "degraded"
    return HealthView(
        state=state,
        breaker=BreakerView(state=breaker.state.value, since=breaker.since, reason=breaker.reason),
        capacity=CapacityView(status=capacity.status.value, changed_at=capacity.changed_at),
        assistants=assistants,
    )


def snapshot_view(api: Api, spec: AssistantSpec) -> SnapshotView | None:
    if spec.inventory is None:
        return None
    try:
        manifest = api.services.documents.manifest(spec.id, DocumentKind.SNAPSHOT)
    except DocumentMissing:
        return SnapshotView(version=None, exported_at=None, age_seconds=None, fresh=False)
    age = api.services.clock() - manifest.exported_at
    return SnapshotView(
        version=manifest.version,
        exported_at=manifest.exported_at,
        age_seconds=int(age.total_seconds()),
        fresh=age <= spec.inventory.max_age,
    )
