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
from core.spec import AssistantSpec
from lambdas.inventory_export.export import Export, Publisher, published, run_export
from lambdas.inventory_export.report import ExportReport
from lambdas.inventory_export.source import Timeouts

CONFLICT_ATTEMPTS = 2


class ExportRequest(BaseModel):
    """The event of the schedule or of the operator."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    assistant: str
    accept_shrink: bool = False


class Log(Protocol):
    """What of a logger is used: powertools' in the function, the standard one in tests."""

    def info(self, msg: object, *, extra: Mapping[str, object]) -> None: ...

    def warning(self, msg: object, *, extra: Mapping[str, object]) -> None: ...

    def error(self, msg: object, *, extra: Mapping[str, object]) -> None: ...


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
        report: ExportReport,
        timeouts: Timeouts,
        now: Callable[[], datetime],
        log: Log,
    ) -> None:
        self._specs = specs
        self._sources = sources
        self._documents = documents
        self._report = report
        self._timeouts = timeouts
        self._now = now
        self._log = log

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
        self._log.info("export published", extra={"assistant": spec.id, "rows": manifest.rows})
        return self._report.published(spec.id, manifest)

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
                self._log.warning("another export published meanwhile", extra={"assistant": spec.id})
        raise ExportRefused("conflict", "other exports kept publishing meanwhile")

    def _refused(self, assistant: str, refusal: ExportRefused) -> dict[str, Any]:
        before = published(assistant, self._documents)
        result = self._report.refused(assistant, refusal, before, self._now())
        self._log.error("export refused", extra={k: result[k] for k in ("assistant", "reason", "detail")})
        return result
