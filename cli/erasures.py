"""`attendant erasures replay`: what visitors erased is erased again, after a restore brought it back.

Knows which tables a deployment has. Refuses to know what belongs to a session (`lambdas/adapters/dialogues`).
"""

from __future__ import annotations

from cli.deployment import Deployment
from cli.failures import CommandFailed
from core.errors import StoreAway
from lambdas.adapters import erasures
from lambdas.adapters.dialogue_table import DialogueTable
from lambdas.adapters.dialogues import Dialogues


def replay(deployment: Deployment, table: str | None) -> str:
    """`table` is a restored one, None the deployment's own. Raises CommandFailed."""
    dynamodb = deployment.client("dynamodb")
    name = table or deployment.output("DialoguesTable")
    noted = erasures.Erasures(dynamodb, deployment.output("AuditTable"))
    try:
        sessions, items = erasures.replay(noted, Dialogues(DialogueTable(dynamodb, name)))
    except StoreAway as error:
        raise CommandFailed(
            f"the table {name} or the log of erasures does not answer", "say it again"
        ) from error
    return f"{sessions} erased sessions looked at, {items} items had come back and are gone"
