"""The alarms that shut the endpoint down. They tell nobody: the breaker joins them in one composite alarm.

All look over all assistants, because they share the endpoint. Knows for each where it begins to ring (the
limits are the stage's), how long it has to last, and what its silence means. Refuses to act.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct

from core.measures import Measure
from infra.alarms import FIVE_MINUTES, HOUR, MINUTE, Alarms, Silence
from infra.answering import Answering
from infra.endpoint import Endpoint
from infra.endpoint.interface import EndpointMetrics
from infra.stages import Stage

ENOUGH_ANSWERS = 10
"""In five minutes: the 95th percentile of fewer is one slow answer."""
NOBODY_ASKS = Silence(breaches=False, because="nobody asks at night")
NO_MACHINE = Silence(
    breaches=False,
    because="a machine that sleeps measures nothing, and one that died rings as endpoint-unhealthy",
)


@dataclass(frozen=True, kw_only=True)
class Critical:
    """Rings when `alarm` rings, together with `also` where there is one."""

    alarm: cloudwatch.Alarm
    also: cloudwatch.Alarm | None = None
    meaning: str


def critical_alarms(
    scope: Construct, *, stage: Stage, lines: Sequence[Answering], endpoint: Endpoint
) -> tuple[Critical, ...]:
    """Builds them in `scope`: those of the answers where there are any `lines`, those of the machine as far
    as the endpoint can be measured.
    """
    alarms = Alarms(scope, stage)
    return (
        *(_of_answers(alarms) if lines else ()),
        *_of_the_endpoint(alarms),
        *_of_the_machine(alarms, endpoint.metrics),
    )


def _critical(alarms: Alarms, *, meaning: str, also: cloudwatch.Alarm | None = None, **how: Any) -> Critical:
    return Critical(alarm=alarms.add(meaning=meaning, **how), also=also, meaning=meaning)


def _of_answers(alarms: Alarms) -> Iterator[Critical]:
    """Whether visitors are answered, how fast and how well, and what the model reads and writes for it."""
    limits = alarms.stage.breaker
    yield _failed_turns(alarms)
    yield _slow_answers(alarms)
    yield _critical(
        alarms,
        name="oldest-turn",
        meaning=f"A question has waited for {limits.oldest_turn_seconds} s: the workers do not keep up.",
        metric=alarms.measured(Measure.OLDEST_UNFINISHED_SECONDS, statistic="Maximum", period=MINUTE),
        limit=limits.oldest_turn_seconds,
        breaching=2,
        of=5,
        silence=Silence(
            breaches=False, because="then the reconciler stands still, which unfinished-turns tells"
        ),
    )
    yield _critical(
        alarms,
        name="guard-rejections",
        meaning=f"The guard threw away {limits.guard_rejections_per_hour} texts of the model in an hour.",
        metric=alarms.measured(Measure.GUARD_REJECTED, statistic="Sum", period=HOUR),
        limit=limits.guard_rejections_per_hour,
        silence=Silence(breaches=False, because="nobody asks at night, or the model says nothing wrong"),
    )
    yield _critical(
        alarms,
        name="tokens-per-hour",
        meaning=f"The model read and wrote {limits.tokens_per_hour} tokens in an hour.",
        metric=alarms.measured(Measure.MODEL_TOKENS, statistic="Sum", period=HOUR),
        limit=limits.tokens_per_hour,
        silence=NOBODY_ASKS,
    )


def _failed_turns(alarms: Alarms) -> Critical:
    """Share and count over the same window: a share of yesterday must not meet a count of today."""
    limits = alarms.stage.breaker
    return _critical(
        alarms,
        name="failed-turns",
        meaning=f"{limits.failed_percent:g} % of the turns and more end with an apology.",
        metric=alarms.measured(Measure.TURN_FAILED, statistic="Average", period=FIVE_MINUTES),
        limit=limits.failed_percent / 100,
        silence=NOBODY_ASKS,
        also=alarms.add(
            name="failed-turns-count",
            section="failed-turns",
            meaning="So many turns failed that their share means something.",
            metric=alarms.measured(Measure.TURN_FAILED, statistic="Sum", period=FIVE_MINUTES),
            limit=limits.failed_turns,
            silence=NOBODY_ASKS,
        ),
    )


def _slow_answers(alarms: Alarms) -> Critical:
    """Twice within a quarter of an hour: one burst after a cold start is no illness."""
    limits = alarms.stage.breaker
    return _critical(
        alarms,
        name="slow-answers",
        meaning=f"One answer in twenty takes {limits.p95_seconds:g} s and more.",
        metric=alarms.measured(Measure.ANSWER_MILLISECONDS, statistic="p95", period=FIVE_MINUTES),
        limit=limits.p95_seconds * 1_000,
        breaching=2,
        of=3,
        silence=NOBODY_ASKS,
        also=alarms.add(
            name="slow-answers-count",
            section="slow-answers",
            meaning="So many answers that a percentile of them means something.",
            metric=alarms.measured(Measure.ANSWER_MILLISECONDS, statistic="SampleCount", period=FIVE_MINUTES),
            limit=ENOUGH_ANSWERS,
            breaching=2,
            of=3,
            silence=NOBODY_ASKS,
        ),
    )


def _of_the_endpoint(alarms: Alarms) -> Iterator[Critical]:
    """What the breaker's function measures of it every minute."""
    limits = alarms.stage.breaker
    yield _critical(
        alarms,
        name="money-per-hour",
        meaning=f"The endpoint costs {limits.usd_per_hour:g} US dollars an hour and more.",
        metric=alarms.measured(Measure.USD_PER_HOUR, statistic="Maximum", period=MINUTE),
        limit=limits.usd_per_hour,
        breaching=3,
        of=5,
        silence=Silence(
            breaches=False,
            because="then the function that would shut down stands still, which breaker-silent tells",
        ),
    )
    yield _critical(
        alarms,
        name="endpoint-unhealthy",
        meaning="Copies of the model are wanted and none of them is well.",
        metric=alarms.measured(Measure.ENDPOINT_HEALTHY, statistic="Minimum", period=MINUTE),
        limit=1,
        below=True,
        breaching=3,
        of=5,
        silence=Silence(
            breaches=False, because="it is told only while copies are wanted and had time to start"
        ),
    )


def _of_the_machine(alarms: Alarms, metrics: EndpointMetrics) -> Iterator[Critical]:
    """In minutes: heat hurts at once, memory may peak, and processors may be busy for long."""
    limits = alarms.stage.breaker
    of_what = (
        ("gpu-memory", "The GPU's memory is full to {:g} %.", metrics.gpu_memory, limits.gpu_memory_percent),
        ("gpu-temperature", "The GPU is {:g} degrees hot.", metrics.gpu_temperature, limits.gpu_celsius),
        (
            "host-memory",
            "The host's memory is full to {:g} %.",
            metrics.host_memory,
            limits.host_memory_percent,
        ),
        ("cpu", "The processors are busy to {:g} %.", metrics.cpu, limits.cpu_percent),
    )
    lasting = {"gpu-memory": (5, 10), "gpu-temperature": (3, 5), "host-memory": (5, 10), "cpu": (10, 10)}
    for name, meaning, metric, limit in of_what:
        if metric is not None:
            breaching, of = lasting[name]
            yield _critical(
                alarms,
                name=name,
                meaning=meaning.format(limit),
                metric=metric,
                limit=limit,
                breaching=breaching,
                of=of,
                silence=NO_MACHINE,
            )
