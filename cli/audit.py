"""What a command publishes is told in the audit as what an owner publishes on the page.

Refuses to undo what was published where the audit cannot be written: it says so, and the document's manifest
still names its author.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from cli.deployment import Deployment
from core.errors import StoreAway
from core.facts import DocumentKind, Manifest
from lambdas.adapters.owners_audit import OwnersAudit, published, subject_of


def tell(
    deployment: Deployment,
    assistant: str,
    kind: DocumentKind,
    manifest: Manifest,
    *,
    action: str,
    changes: Sequence[str],
) -> None:
    """`changes` in Russian, one a line."""
    audit = OwnersAudit(deployment.client("dynamodb"), deployment.output("AuditTable"))
    try:
        audit.append(subject_of(assistant, kind), published(manifest, action, changes))
    except StoreAway as error:
        print(f"it is published, but the audit could not be told ({error})", file=sys.stderr)
