"""Alarms that evaluate themselves on every sweep, each over its own dimensions, period by period.

The emulator looks at an alarm when it is put or described, takes all dimensions together and ignores silence.
Periods are counted back from now (AWS aligns them to the clock; this way a test need not wait for the next
minute). Actions go to SNS through the emulator's own way. The judgement itself is in `verdict.py`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from ministack.services import cloudwatch

from cli.embedded_cloud.emulator.seams import replace, seam, store
from cli.embedded_cloud.emulator.sweeper import Sweep, in_scope, scoped_items
from cli.embedded_cloud.emulator.verdict import COMPARISONS, Breach, verdict


def install() -> Sweep:
    """Replaces the evaluation of one alarm; gives back the sweep over all of them."""
    evaluate = _evaluation()
    replace(cloudwatch, "_evaluate_alarm", evaluate, "alarm")
    alarms = store(cloudwatch, "_alarms")

    def evaluate_alarms() -> None:
        for account, region, _name, alarm in scoped_items(alarms):
            with in_scope(account, region):
                evaluate(alarm)

    return evaluate_alarms


def _evaluation() -> Callable[[dict[str, Any]], None]:
    record_history = seam(cloudwatch, "_record_history", "alarm_name", "old_state", "new_state", "reason")
    dispatch = seam(cloudwatch, "_dispatch_alarm_actions", "alarm", "old_state", "new_state", "reason")
    evaluate_parents = seam(cloudwatch, "_evaluate_parent_alarms", "child")
    one_at_a_time = threading.RLock()

    def evaluate(alarm: dict[str, Any]) -> None:
        if not alarm.get("Namespace") or not alarm.get("MetricName"):
            return
        with one_at_a_time:
            new_state, reason = verdict(alarm, _breaches(alarm))
            old_state = alarm["StateValue"]
            if new_state in {None, old_state}:
                return
            alarm.update(StateValue=new_state, StateReason=reason, StateUpdatedTimestamp=int(time.time()))
            record_history(alarm["AlarmName"], old_state, new_state, reason)
            dispatch(alarm, old_state, new_state, reason)
            evaluate_parents(alarm)

    return evaluate


def _breaches(alarm: dict[str, Any]) -> list[Breach]:
    """One entry a period, the newest first."""
    statistics = seam(cloudwatch, "_calc_stats", "points")
    pick = seam(cloudwatch, "_stat_value", "stats", "stat_name", "points")
    named = {d["Name"]: d["Value"] for d in alarm.get("Dimensions") or ()}
    key = (alarm["Namespace"], alarm["MetricName"], seam(cloudwatch, "_dims_key", "dims")(named))
    points = list(store(cloudwatch, "_metrics").get(key) or ())
    statistic = alarm.get("ExtendedStatistic") or alarm.get("Statistic") or "Average"
    compare = COMPARISONS[alarm["ComparisonOperator"]]
    period, now = alarm.get("Period", 60), time.time()
    breaches: list[Breach] = []
    for age in range(alarm.get("EvaluationPeriods", 1)):
        latest, earliest = now - age * period, now - (age + 1) * period
        inside = [p for p in points if earliest < p["Timestamp"] <= latest]
        value = pick(statistics(inside), statistic, inside) if inside else None
        breaches.append(None if value is None else compare(value, alarm["Threshold"]))
    return breaches
