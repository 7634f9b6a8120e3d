"""What owners changed, in the audit table, by subject.

Refuses to know what may be changed.
"""

from __future__ import annotations

from typing import Any

from lambdas.adapters.audit import AuditRecord, AuditTrail

LOOKED_AT = 200


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
