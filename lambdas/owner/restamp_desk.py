"""A changed retention carried over to what is kept already, after the page has its answer.

By what is published when it begins, so that the last of two changes counts. Goes on in another call where
this one's time runs out. Refuses to know how items are stamped (`lambdas/adapters/restamping.py`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.spec import AssistantSpec
from lambdas.adapters.clock import Clock
from lambdas.adapters.owner_settings import OwnerSettingsReader
from lambdas.adapters.restamping import DAY, SETTLING_SECONDS, StampedDialogues, restamp
from lambdas.adapters.telemetry import Telemetry
from lambdas.owner.services import LaterCalls

ENOUGH_SECONDS = 60.0
"""A day's dialogues are stamped in less."""


@dataclass(frozen=True, kw_only=True)
class RestampDesk:
    specs: Mapping[str, AssistantSpec]
    dialogues: StampedDialogues
    settings: OwnerSettingsReader
    later: LaterCalls
    telemetry: Telemetry
    clock: Clock
    pause: Callable[[float], None] = time.sleep

    def run(self, order: Mapping[str, Any], seconds_left: Callable[[], float]) -> dict[str, Any]:
        """`order` is what `Later` sent. Raises StoreAway: then Lambda tries again."""
        spec = self.specs[str(order["assistant"])]
        self.pause(SETTLING_SECONDS)
        newest = date.fromisoformat(order["newest"]) if order.get("newest") else self.clock().date()
        retention, items = self.settings.of(spec).retention, 0
        for done in restamp(self.dialogues, spec.id, retention, newest=newest):
            items += done.items
            if seconds_left() < ENOUGH_SECONDS:
                self.later.restamp(spec.id, done.day - DAY)
                break
        self.telemetry.tell("retention_restamped", assistant=spec.id, items=items)
        return {"items": items}
