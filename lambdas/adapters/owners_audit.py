"""What was changed of what owners look after, in the audit table, by subject.

A published version is told in the same record whoever published it, an owner's page or a command. Refuses to
know what may be changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.facts import DocumentKind, Manifest
from lambdas.adapters.audit import AuditRecord, AuditTrail

LOOKED_AT = 200
NOTHING = "Без изменений."


def subject_of(assistant: str, kind: DocumentKind) -> str:
    return f"document#{assistant}/{kind.value}"


def published(manifest: Manifest, action: str, changes: Sequence[str]) -> AuditRecord:
    """`changes` in Russian, one a line: owners read them in the document's history."""
    return AuditRecord(
        at=manifest.exported_at,
        actor=manifest.author,
        action=action,
        before=manifest.previous or "",
        after=manifest.version,
        detail="\n".join(changes) or NOTHING,
    )


class OwnersAudit:
    """Every method raises StoreAway."""

    def __init__(self, dynamodb: Any, table: str) -> None:
        self._dynamodb = dynamodb
        self._table = table

    def append(self, subject: str, record: AuditRecord) -> None:
        AuditTrail(self._dynamodb, self._table, subject).append(record)

    def of(self, subject: str) -> list[AuditRecord]:
        """Newest first."""
        return AuditTrail(self._dynamodb, self._table, subject).newest(LOOKED_AT)
