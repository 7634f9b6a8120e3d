"""What an operator does to a deployed stack: export again, redrive, change the retention, read logs.

Knows outputs and AWS calls of one deployment, local or in an account. Refuses to know how turns and
documents are stored: `lambdas/adapters` and `jobs` do.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from operator import itemgetter
from pathlib import Path
from typing import Any

from cli.deployment import Deployment, title
from cli.failures import CommandFailed
from core.errors import ExportRefused

FOLLOW_SECONDS = 1.0


def export_inventory(deployment: Deployment, assistant: str, *, accept_shrink: bool) -> dict[str, Any]:
    """Runs one export and returns its result. Raises CommandFailed with the reason of a refusal."""
    check_has_stock(deployment, assistant)
    answer = deployment.client("lambda").invoke(
        FunctionName=deployment.output("InventoryExportFunction"),
        Payload=json.dumps({"assistant": assistant, "accept_shrink": accept_shrink}).encode(),
    )
    result: dict[str, Any] = json.loads(answer["Payload"].read() or b"{}")
    if answer.get("FunctionError"):
        raise CommandFailed(
            f"the export function failed ({result.get('errorType', 'unknown error')})",
            "attendant logs inventory_export --since 5m",
        )
    if result["state"] == "refused":
        way_out = "add --accept-shrink if the stock really shrank" if result["reason"] == "shrunk" else ""
        kept = "the old snapshot stays" if result.get("kept_version") else "there is no snapshot yet"
        raise CommandFailed(f"export refused ({result['reason']}): {result['detail']}; {kept}", way_out)
    return result


def check_has_stock(deployment: Deployment, assistant: str) -> None:
    """Raises CommandFailed when no source of that assistant's stock is deployed."""
    if f"SourceSecret{title(assistant)}" not in deployment.outputs:
        raise CommandFailed(
            f"no assistant {assistant!r} with a stock is deployed",
            "GET /v1/assistants names all of them",
            exit_code=2,
        )


def absolute_source(source: str | None) -> str | None:
    """The URL with the path of an SQLite file made absolute: the functions run elsewhere."""
    found = re.fullmatch(r"((?:\w+=)?sqlite(?:\+\w+)?:///)([^/:].*)", source or "")
    return source if found is None else f"{found[1]}{Path(found[2]).resolve()}"


def usable_source(source: str | None) -> str | None:
    """`absolute_source`, looked at before anything is started: its driver, and its file if it is one.

    Raises CommandFailed.
    """
    from lambdas.inventory_export.source import source_url  # noqa: PLC0415  brings SQLAlchemy along

    given = absolute_source(source)
    if given is None:
        return None
    name, separator, url = given.partition("=")
    url = url if separator and "://" not in name else given
    way_out = "write sqlite:////path/to/stock.db, postgresql://… or oracle://…, or ASSISTANT=URL"
    try:
        database = source_url(url)
    except ExportRefused as error:
        raise CommandFailed(f"--source cannot be used: {error}", way_out, exit_code=2) from error
    if database.get_backend_name() == "sqlite" and not Path(database.database or "").is_file():
        raise CommandFailed(f"--source: there is no file {database.database}", way_out, exit_code=2)
    return given


def set_source(deployment: Deployment, assistant: str, url: str) -> None:
    """Puts the URL of a source database into its secret. Raises CommandFailed."""
    check_has_stock(deployment, assistant)
    if not url.strip():
        raise CommandFailed("--source is empty", "name a database: sqlite:////path/to/stock.db", exit_code=2)
    deployment.client("secretsmanager").put_secret_value(
        SecretId=deployment.output(f"SourceSecret{title(assistant)}"), SecretString=absolute_source(url)
    )


def log_groups(deployment: Deployment) -> dict[str, str]:
    """Log groups of the functions by the short names that people use: api, answer_showroom, reconcile..."""
    names = {
        "api": "ApiFunction",
        "inventory_export": "InventoryExportFunction",
        "reconcile": "ReconcileFunction",
        "dialogue_export": "DialogueExportFunction",
        "endpoint_breaker": "EndpointBreakerFunction",
    }
    groups = {
        short: deployment.outputs[output] for short, output in names.items() if output in deployment.outputs
    }
    for output, function in deployment.outputs.items():
        if output.startswith("AnswerFunction"):
            name = re.sub(r"(?<!^)(?=[A-Z])", "_", output.removeprefix("AnswerFunction")).lower()
            groups[f"answer_{name}"] = function
    return {short: f"/aws/lambda/{function}" for short, function in groups.items()}


def logs(deployment: Deployment, function: str | None, since: datetime, *, follow: bool) -> Iterator[str]:
    """Log lines, oldest first; `follow` never ends by itself. Raises CommandFailed for a wrong name."""
    groups = log_groups(deployment)
    chosen = {short: group for short, group in groups.items() if function in (None, short)}
    if not chosen:
        raise CommandFailed(
            f"no function {function!r}", f"there are: {', '.join(sorted(groups))}", exit_code=2
        )
    after = dict.fromkeys(chosen, int(since.timestamp() * 1_000))
    seen: set[str] = set()
    while True:
        events = [
            (event["timestamp"], event.get("eventId", ""), short, event["message"].rstrip())
            for short, group in chosen.items()
            for event in _events(deployment, group, after[short])
        ]
        for timestamp, event_id, short, message in sorted(events, key=itemgetter(0)):
            key = event_id or f"{timestamp}{message}"
            if key not in seen:
                seen.add(key)
                after[short] = max(after[short], timestamp)
                moment = datetime.fromtimestamp(timestamp / 1_000, UTC)
                yield f"{moment:%H:%M:%S} {short:<18} {message}"
        if not follow:
            return
        time.sleep(FOLLOW_SECONDS)


def _events(deployment: Deployment, group: str, start: int) -> Iterator[dict[str, Any]]:
    client = deployment.client("logs")
    try:
        for page in client.get_paginator("filter_log_events").paginate(logGroupName=group, startTime=start):
            yield from page["events"]
    except client.exceptions.ResourceNotFoundException:
        return  # the function has not run yet
