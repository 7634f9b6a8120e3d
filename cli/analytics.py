"""Numbers of a deployment's dialogues: the export is called, the files are fetched for one question.

Knows outputs of the stack. Refuses to know rows and numbers (`core/analytics`), and keeps no file: what a
visitor erases must not lie on an operator's disk.
"""

from __future__ import annotations

import json
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from cli.deployment import Deployment
from cli.failures import CommandFailed
from core.analytics.queries import query_names
from core.errors import StoreAway
from core.spec import all_specs
from lambdas.adapters.analytics import Answered, DuckDbMetrics
from lambdas.adapters.clock import utc_now
from lambdas.adapters.dialogue_table import DialogueTable
from lambdas.adapters.opened_dialogues import OpenedDialogues
from lambdas.adapters.owner_settings import OwnerSettingsReader
from lambdas.adapters.partitions import Partitions
from lambdas.adapters.published_words import Doors, PublishedWords


def export(deployment: Deployment, *, everything: bool) -> dict[str, Any]:
    """Runs one export and returns what it wrote. Raises CommandFailed."""
    answer = deployment.client("lambda").invoke(
        FunctionName=deployment.output("DialogueExportFunction"),
        Payload=json.dumps({"everything": everything}).encode(),
    )
    result: dict[str, Any] = json.loads(answer["Payload"].read() or b"{}")
    if answer.get("FunctionError"):
        raise CommandFailed(
            f"the export failed ({result.get('errorType', 'unknown error')})",
            "attendant logs dialogue_export --since 5m",
        )
    return result


def query(deployment: Deployment, name: str, assistant: str, days: int) -> Answered:
    """Raises CommandFailed."""
    if name not in query_names():
        raise CommandFailed(f"no query {name!r}", f"there are: {', '.join(query_names())}", exit_code=2)
    specs = {spec.id: spec for spec in all_specs()}
    if assistant not in specs:
        raise CommandFailed(f"no assistant {assistant!r}", f"there are: {', '.join(specs)}", exit_code=2)
    documents = deployment.documents()
    doors = Doors(OwnerSettingsReader(documents), PublishedWords(documents))
    door = doors.of(specs[assistant])
    with tempfile.TemporaryDirectory(prefix="analytics-") as folder:
        metrics = DuckDbMetrics(
            files=Partitions(deployment.client("s3"), deployment.output("AnalyticsBucket")),
            dialogues=OpenedDialogues(
                DialogueTable(deployment.client("dynamodb"), deployment.output("DialoguesTable"))
            ),
            door=lambda _assistant: door,
            folder=Path(folder),
        )
        last = door.today(utc_now())
        try:
            return metrics.ask(name, assistant, last - timedelta(days=days - 1), last)
        except StoreAway as error:
            raise CommandFailed(
                "the table or the files of analytics do not answer", "say it again"
            ) from error


def shown(value: Any) -> str:
    """One cell on a terminal: a text of several lines stays in its own."""
    if isinstance(value, float):
        return f"{value:.3f}"
    return "" if value is None else str(value).replace("\n", " ").replace("\t", " ")
