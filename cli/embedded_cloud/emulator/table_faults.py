"""DynamoDB that throttles or loses its answers, on demand: off until a file `faults.json` lies in the state.

    {"until": 1795261299, "fault": "throttled", "operations": {"GetItem": 0.2}, "tables": ["one"], "seed": 7}

`operations` are shares of 0..1; all tables where none are named. `throttled` answers without doing it,
`lost` does it and answers 500. After `until` (epoch seconds) it is off again, whoever forgot it. Read again
when it changes; one that cannot be read is none. Refuses to know why somebody would want this.
"""

from __future__ import annotations

import json
import logging
import os
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ministack.core.responses import error_response_json
from ministack.services import dynamodb

from cli.embedded_cloud.emulator.seams import replace

logger = logging.getLogger("attendant.emulator")

THROTTLED, LOST = "throttled", "lost"
TRANSACTION = "TransactWriteItems"
_THROTTLED_CODE = "ProvisionedThroughputExceededException"
_THROTTLED_TEXT = "The level of configured provisioned throughput for the table was exceeded."


@dataclass
class TableFaults:
    """What the file says, and the dice."""

    file: Path
    clock: Callable[[], float] = time.time
    _seen: float = 0.0
    _wish: dict[str, Any] = field(default_factory=dict)
    _dice: random.Random = field(default_factory=random.Random)

    def hit(self, operation: str, body: bytes) -> str | None:
        """The fault that this request is to suffer."""
        self._look()
        if not self._wish or self.clock() >= self._wish["until"]:
            return None
        share = float(self._wish["operations"].get(operation, 0))
        if self._dice.random() >= share:
            return None
        chosen = self._wish["tables"]
        return None if chosen and chosen.isdisjoint(_tables(body)) else str(self._wish["fault"])

    def _look(self) -> None:
        try:
            changed = self.file.stat().st_mtime_ns
        except OSError:
            self._seen, self._wish = 0.0, {}
            return
        if changed == self._seen:
            return
        self._seen = changed
        try:
            wish = json.loads(self.file.read_text())
            self._wish = {"until": float(wish["until"]), "operations": dict(wish["operations"])}
            self._wish |= {"fault": wish["fault"], "tables": set(wish.get("tables", ()))}
            self._dice.seed(wish.get("seed"))
        except (OSError, ValueError, KeyError, TypeError):
            logger.warning("%s cannot be read: no table faults", self.file)
            self._wish = {}


def install() -> None:
    """Puts the dice before the emulator's DynamoDB."""
    faults = TableFaults(Path(os.environ["STATE_DIR"]).parent / "faults.json")

    async def handle(
        method: str, path: str, headers: dict[str, str], body: bytes, query_params: dict[str, Any]
    ) -> Any:
        operation = headers.get("x-amz-target", "").rpartition(".")[2]
        fault = faults.hit(operation, body)
        if fault == THROTTLED:
            return _throttled(operation, body)
        answer = await original(method, path, headers, body, query_params)
        if fault == LOST:
            return error_response_json("InternalServerError", "Internal server error", 500)
        return answer

    original = replace(
        dynamodb, "handle_request", handle, "method", "path", "headers", "body", "query_params"
    )


def _throttled(operation: str, body: bytes) -> Any:
    """A transaction is throttled as DynamoDB does it: cancelled, with the reason of each item."""
    if operation != TRANSACTION:
        return error_response_json(_THROTTLED_CODE, _THROTTLED_TEXT, 400)
    others = ["None"] * (len(json.loads(body)["TransactItems"]) - 1)
    codes = ["ThrottlingError", *others]
    reasons = [{"Code": code} for code in codes]
    text = (
        f"Transaction cancelled, please refer cancellation reasons for specific reasons [{', '.join(codes)}]"
    )
    return error_response_json("TransactionCanceledException", text, 400, {"CancellationReasons": reasons})


def _tables(body: bytes) -> list[str]:
    try:
        asked = json.loads(body)
        together = [write for each in asked.get("TransactItems", ()) for write in each.values()]
    except (ValueError, AttributeError):
        return []
    return [str(write.get("TableName")) for write in (asked, *together)]
