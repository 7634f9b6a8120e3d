"""Visits of the salon's pages, counted in the table `control`: a day of UTC is one item, which only grows.

    key                                what
    visits#<assistant>#<day>           sums and steps of all visits, with the assistant and without
    visits#<assistant>#<day>#<name>    the same of those that came by this campaign

A write that was made though its answer got lost may count a visit twice. Refuses to know who was there.
"""

from __future__ import annotations

from datetime import date, timedelta

from core.visits import STEPS_SECONDS, Stays, Visit, VisitsOfDay
from lambdas.adapters import items
from lambdas.adapters.clock import to_iso, to_seconds
from lambdas.adapters.dialogue_table import DialogueTable

KEPT = timedelta(days=400)


class Visits:
    """Every method raises StoreAway."""

    def __init__(self, control: DialogueTable) -> None:
        self._control = control

    def count(self, assistant: str, visit: Visit, campaign: str | None = None) -> None:
        """Of the campaign too, where one is named."""
        now = self._control.clock()
        kind = _kind(visit.used_assistant)
        for name in {None, campaign}:
            self._control.write(
                self._control.update(
                    items.to_wire({"key": _key(assistant, to_iso(now)[:10], name)}),
                    f"ADD {kind}_count :one, {kind}_seconds :seconds, {kind}_squares :squares,"
                    f" {kind}_{visit.step} :one SET expires_at = :expires",
                    "",
                    {
                        ":one": 1,
                        ":seconds": visit.seconds,
                        ":squares": visit.seconds**2,
                        ":expires": to_seconds(now + KEPT),
                    },
                )
            )

    def of(self, assistant: str, day: date, campaign: str | None = None) -> VisitsOfDay:
        """What was counted on a day of UTC, of one campaign or of all visits."""
        item = self._control.read(items.to_wire({"key": _key(assistant, day.isoformat(), campaign)})) or {}
        return VisitsOfDay(day, *(_stays(item, _kind(used)) for used in (True, False)))


def _key(assistant: str, day: str, campaign: str | None) -> str:
    return "#".join(("visits", assistant, day, *([campaign] if campaign else [])))


def _kind(used_assistant: bool) -> str:
    return "with" if used_assistant else "without"


def _stays(item: items.Item, kind: str) -> Stays:
    count, seconds, squares = (int(item.get(f"{kind}_{name}", 0)) for name in ("count", "seconds", "squares"))
    return Stays(count, seconds, squares, tuple(int(item.get(f"{kind}_{step}", 0)) for step in STEPS_SECONDS))
