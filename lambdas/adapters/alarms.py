"""The critical alarms as CloudWatch has them now: which ring, what they say, how long they may go on.

Knows names and DescribeAlarms. Refuses to know what is done about it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from lambdas.adapters.outages import told_as_store_away

RINGING = "ALARM"
MOST_NAMES = 100  # DescribeAlarms takes no more at once


@dataclass(frozen=True, kw_only=True)
class Ringing:
    """An alarm that rings. `figures` are CloudWatch's own words, `window` is what it looks back on."""

    name: str
    figures: str
    window: timedelta

    def quiet_by(self, quiet_since: datetime) -> datetime:
        """When it is quiet at the latest, if nothing bad has been measured since `quiet_since`.

        One period more than it looks back on, because CloudWatch's periods do not begin when we do.
        """
        return quiet_since + self.window


class CriticalAlarms:
    """`members` are names; one of several names rings only when all of them do. `joined` is the name of the
    composite alarm.
    """

    def __init__(self, cloudwatch: Any, members: Sequence[Sequence[str]], joined: str) -> None:
        self._cloudwatch = cloudwatch
        self._joined = joined
        self._members = [tuple(names) for names in members]

    def ringing(self) -> tuple[Ringing, ...]:
        """Those that ring this moment, in their order. Raises StoreAway."""
        names = sorted({name for member in self._members for name in member})
        found: dict[str, dict[str, Any]] = {}
        with told_as_store_away():
            for start in range(0, len(names), MOST_NAMES):
                answer = self._cloudwatch.describe_alarms(
                    AlarmNames=names[start : start + MOST_NAMES],
                    AlarmTypes=["MetricAlarm"],
                    MaxRecords=MOST_NAMES,
                )
                found |= {alarm["AlarmName"]: alarm for alarm in answer["MetricAlarms"]}
        return tuple(
            _ringing(found[member[0]])
            for member in self._members
            if all(found.get(name, {}).get("StateValue") == RINGING for name in member)
        )

    def muted(self) -> bool:
        """Whether somebody has disabled the actions of the composite alarm. Raises StoreAway."""
        with told_as_store_away():
            answer = self._cloudwatch.describe_alarms(
                AlarmNames=[self._joined], AlarmTypes=["CompositeAlarm"]
            )
        return any(not alarm["ActionsEnabled"] for alarm in answer["CompositeAlarms"])


def _ringing(alarm: dict[str, Any]) -> Ringing:
    looks_back = int(alarm.get("Period", 60)) * (int(alarm.get("EvaluationPeriods", 1)) + 1)
    return Ringing(
        name=alarm["AlarmName"],
        figures=str(alarm.get("StateReason", "")),
        window=timedelta(seconds=looks_back),
    )
