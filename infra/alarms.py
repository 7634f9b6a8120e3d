"""One alarm of the platform: what it watches, what it means, what silence means and where to read on.

Knows how the name, the description and the runbook's section belong together, and the metrics that the
functions tell. Refuses to know thresholds and who is told.
"""

from __future__ import annotations

from dataclasses import dataclass

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct

from core.measures import Measure, namespace
from core.spec import AssistantSpec
from infra.stages import Stage

RUNBOOK = "docs/runbook.md"
MINUTE = Duration.minutes(1)
FIVE_MINUTES = Duration.minutes(5)
HOUR = Duration.hours(1)


@dataclass(frozen=True, kw_only=True)
class Silence:
    """What it means when the metric has no data, and why."""

    breaches: bool
    because: str


@dataclass(frozen=True)
class Alarms:
    """Builds alarms of `stage` in `scope`."""

    scope: Construct
    stage: Stage

    def add(
        self,
        *,
        name: str,
        meaning: str,
        metric: cloudwatch.IMetric,
        limit: float,
        silence: Silence,
        breaching: int = 1,
        of: int = 1,
        below: bool = False,
        assistant: AssistantSpec | None = None,
        section: str | None = None,
    ) -> cloudwatch.Alarm:
        """`attendant-<stage>-<name>[-<assistant>]`, explained in the runbook's `section`, by itself the name.

        It rings when `breaching` of the last `of` periods are at the limit or above (`below`: under it), so
        it is quiet again only when the others have passed.
        """
        title = "".join(part.capitalize() for part in name.split("-"))
        data = "breaks the limit" if silence.breaches else "is fine"
        operator = cloudwatch.ComparisonOperator
        return cloudwatch.Alarm(
            self.scope,
            title + (assistant.title if assistant else ""),
            alarm_name="-".join(["attendant", self.stage.name, name, *([assistant.id] if assistant else [])]),
            alarm_description=f"{meaning} No data {data}: {silence.because}. {RUNBOOK}#{section or name}",
            metric=metric,
            threshold=limit,
            comparison_operator=(
                operator.LESS_THAN_THRESHOLD if below else operator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD
            ),
            evaluation_periods=of,
            datapoints_to_alarm=breaching,
            treat_missing_data=(
                cloudwatch.TreatMissingData.BREACHING
                if silence.breaches
                else cloudwatch.TreatMissingData.NOT_BREACHING
            ),
        )

    def measured(
        self,
        measure: Measure,
        *,
        statistic: str,
        period: Duration,
        assistant: AssistantSpec | None = None,
    ) -> cloudwatch.Metric:
        return measured(self.stage, measure, statistic=statistic, period=period, assistant=assistant)


def name_of(alarm: cloudwatch.Alarm) -> str:
    """The name as it is written: `alarm.alarm_name` is a reference, which would tie stacks together."""
    plain = alarm.node.default_child
    assert isinstance(plain, cloudwatch.CfnAlarm)
    assert plain.alarm_name is not None
    return plain.alarm_name


def measured(
    stage: Stage,
    measure: Measure,
    *,
    statistic: str,
    period: Duration,
    assistant: AssistantSpec | None = None,
) -> cloudwatch.Metric:
    """A metric of our own, of one assistant or over all."""
    whose = {"assistant": assistant.id} if assistant else {}
    return cloudwatch.Metric(
        namespace=namespace(stage.name),
        metric_name=measure.value,
        dimensions_map={**whose, "service": measure.service},
        statistic=statistic,
        period=period,
    )
