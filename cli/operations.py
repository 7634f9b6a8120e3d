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

FOLLOW_SECONDS = 1.0


def export_inventory(deployment: Deployment, assistant: str, *, accept_shrink: bool) -> dict[str, Any]:
    """Runs one export and returns its result. Raises CommandFailed with the reason of a refusal."""
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


def absolute_source(source: str | None) -> str | None:
    """The URL with the path of an SQLite file made absolute: the functions run elsewhere."""
    found = re.fullmatch(r"((?:\w+=)?sqlite(?:\+\w+)?:///)([^/:].*)", source or "")
    return source if found is None else f"{found[1]}{Path(found[2]).resolve()}"


def set_source(deployment: Deployment, assistant: str, url: str) -> None:
    """Puts the URL of a source database into its secret."""
    deployment.client("secretsmanager").put_secret_value(
        SecretId=deployment.output(f"SourceSecret{title(assistant)}"), SecretString=absolute_source(url)
    )


def log_groups(deployment: Deployment) -> dict[str, str]:
    """Log groups of the functions by the short names that people use: api, answer_showroom, reconcile..."""
    names = {
        "api": "ApiFunction",
        "inventory_export": "InventoryExportFunction",
        "reconcile": "ReconcileFunction",
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
