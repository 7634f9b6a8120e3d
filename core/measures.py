"""What the platform measures about itself: every number by name, unit, teller and reader.

A measure costs $0.30 a month for each set of dimensions, so it is here because an alarm or the dashboard
reads it; what only explains stands in a log line. Knows names. Refuses to know who carries the numbers
(`lambdas/adapters/telemetry.py`) and when they are bad (`infra/critical_alarms.py`, `infra/observability`).

    measure                  unit          told by           of         alarms
    TurnFailed               0 or 1        answer            each, all  failed-turns, assistant-failing
    AnswerMilliseconds       Milliseconds  answer            each, all  slow-answers
    FirstTextMilliseconds    Milliseconds  answer            each
    ModelTokens              Count         answer            each, all  tokens-per-hour
    GuardRejected            Count         answer            each, all  guard-rejections
    ModelUnavailable         Count         answer            all        model-unavailable
    QuestionShed             Count         api               all
    Rating                   1 to 10       api               each       falling-ratings
    OldestUnfinishedSeconds  Seconds       reconcile         all        oldest-turn, unfinished-turns
    SnapshotAgeSeconds       Seconds       inventory_export  each       snapshot-stale
    ExportRefused            0 or 1        inventory_export  each       export-refused
    EndpointHealthy          0 or 1        endpoint_breaker  all        endpoint-unhealthy
    CopiesReady              Count         endpoint_breaker  all
    UsdPerHour               US dollars    endpoint_breaker  all        money-per-hour, breaker-silent

"each" is {assistant, service}, "all" is {service}, over all assistants. The dashboard shows all of them.
TurnFailed is told once for each turn that a worker ends. EndpointHealthy is told only while copies are wanted
and have had the stage's time to start: asleep, stopped and warming up are no illness. UsdPerHour is told
every minute, also when it is 0. Beside them stands GpuCelsius where SageMaker runs the machine, without any
dimension: the machine's own, read from the log of its copies.
"""

from __future__ import annotations

from enum import Enum, StrEnum
from typing import Self


def namespace(stage: str) -> str:
    """Where the metrics of one stage stand: two stages may share an account, and must not share alarms."""
    return f"Attendant/{stage}"


class Of(Enum):
    """Over what a measure is added up: its sets of dimensions."""

    EACH = "each"
    ALL = "all"
    EACH_AND_ALL = "each, all"


class Measure(StrEnum):
    """The table above; the value is the metric's name."""

    unit: str
    service: str
    of: Of

    def __new__(cls, name: str, unit: str, service: str, of: Of) -> Self:
        measure = str.__new__(cls, name)
        measure._value_ = name
        measure.unit, measure.service, measure.of = unit, service, of
        return measure

    TURN_FAILED = "TurnFailed", "Count", "answer", Of.EACH_AND_ALL
    ANSWER_MILLISECONDS = "AnswerMilliseconds", "Milliseconds", "answer", Of.EACH_AND_ALL
    FIRST_TEXT_MILLISECONDS = "FirstTextMilliseconds", "Milliseconds", "answer", Of.EACH
    MODEL_TOKENS = "ModelTokens", "Count", "answer", Of.EACH_AND_ALL
    GUARD_REJECTED = "GuardRejected", "Count", "answer", Of.EACH_AND_ALL
    MODEL_UNAVAILABLE = "ModelUnavailable", "Count", "answer", Of.ALL
    QUESTION_SHED = "QuestionShed", "Count", "api", Of.ALL
    RATING = "Rating", "None", "api", Of.EACH
    OLDEST_UNFINISHED_SECONDS = "OldestUnfinishedSeconds", "Seconds", "reconcile", Of.ALL
    SNAPSHOT_AGE_SECONDS = "SnapshotAgeSeconds", "Seconds", "inventory_export", Of.EACH
    EXPORT_REFUSED = "ExportRefused", "Count", "inventory_export", Of.EACH
    ENDPOINT_HEALTHY = "EndpointHealthy", "None", "endpoint_breaker", Of.ALL
    COPIES_READY = "CopiesReady", "Count", "endpoint_breaker", Of.ALL
    USD_PER_HOUR = "UsdPerHour", "None", "endpoint_breaker", Of.ALL
