"""The inventory export as a whole: an event comes in, a result goes out, a refusal is no crash.

Knows what becomes of each outcome. Refuses to raise for a source in trouble: the schedule would only retry
what the next run tries anyway, and the refusal is already counted for the alarm.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

from pydantic import BaseModel, ConfigDict

from core.errors import ExportRefused, ManifestError, PublicationConflict
from core.facts import Manifest
from core.measures import Measure
from core.spec import AssistantSpec
from lambdas.adapters.telemetry import Telemetry
from lambdas.inventory_export.export import Export, Publisher, published, run_export
from lambdas.inventory_export.source import Timeouts

CONFLICT_ATTEMPTS = 2


class ExportRequest(BaseModel):
    """The event of the schedule or of the operator."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    assistant: str
    accept_shrink: bool = False


class SourceUrls(Protocol):
    def url(self, assistant: str) -> str: ...


class InventoryExport:
    """Runs exports. `specs` are the assistants by id, `now` gives aware UTC."""

    def __init__(
        self,
        *,
        specs: Mapping[str, AssistantSpec],
        sources: SourceUrls,
        documents: Publisher,
        telemetry: Telemetry,
        timeouts: Timeouts,
        now: Callable[[], datetime],
    ) -> None:
        self._specs = specs
        self._sources = sources
        self._documents = documents
        self._telemetry = telemetry
        self._timeouts = timeouts
        self._now = now

    def run(self, event: Mapping[str, Any]) -> dict[str, Any]:
        """Returns `{"state": "published" | "refused", ...}`.

        Raises pydantic.ValidationError for another event and ManifestError for an assistant without stock.
        """
        request = ExportRequest.model_validate(dict(event))
        spec = self._specs.get(request.assistant)
        if spec is None or spec.inventory is None:
            raise ManifestError("no assistant of that name has an inventory")
        try:
            manifest = self._publish(request, spec)
        except ExportRefused as refusal:
            return self._refused(spec.id, refusal)
        return self._published(spec.id, manifest)

    def _publish(self, request: ExportRequest, spec: AssistantSpec) -> Manifest:
        assert spec.inventory is not None
        for _ in range(CONFLICT_ATTEMPTS):
            export = Export(
                assistant=spec.id,
                inventory=spec.inventory,
                url=self._sources.url(spec.id),
                now=self._now(),
                accept_shrink=request.accept_shrink,
                timeouts=self._timeouts,
            )
            try:
                return run_export(export, self._documents)
            except PublicationConflict:
                self._telemetry.tell("export_overtaken", assistant=spec.id)
        raise ExportRefused("conflict", "other exports kept publishing meanwhile")

    def _published(self, assistant: str, manifest: Manifest) -> dict[str, Any]:
        self._telemetry.measure(Measure.EXPORT_REFUSED, 0, assistant=assistant)
        self._telemetry.measure(Measure.SNAPSHOT_AGE_SECONDS, 0, assistant=assistant)
        self._telemetry.tell(
            "export_published", assistant=assistant, version=manifest.version, rows=manifest.rows
        )
        return {
            "state": "published",
            "assistant": assistant,
            "version": manifest.version,
            "rows": manifest.rows,
            "exported_at": manifest.exported_at.isoformat(),
        }

    def _refused(self, assistant: str, refusal: ExportRefused) -> dict[str, Any]:
        """The refusal's sentence may be logged: it names places in the source, never what stands there."""
        before = published(assistant, self._documents)
        detail = str(refusal)
        self._telemetry.measure(Measure.EXPORT_REFUSED, 1, assistant=assistant)
        if before is not None:
            age = (self._now() - before.exported_at).total_seconds()
            self._telemetry.measure(Measure.SNAPSHOT_AGE_SECONDS, max(0.0, age), assistant=assistant)
        self._telemetry.alarm(
            "export_refused", refusal, assistant=assistant, reason=refusal.reason, detail=detail
        )
        return {
            "state": "refused",
            "assistant": assistant,
            "reason": refusal.reason,
            "detail": detail,
            "kept_version": before.version if before is not None else None,
        }
