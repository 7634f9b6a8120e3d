"""One page for a stage, read from the top down.

Are visitors answered, how fast, is the stock fresh, is the GPU well, what does it cost.

Knows what is drawn. Refuses to know when a number is bad, apart from the lines that alarms draw themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from aws_cdk import ArnFormat, Duration, Stack
from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct

from core.measures import Measure
from core.spec import AssistantSpec
from infra.alarms import FIVE_MINUTES, HOUR, RUNBOOK, measured
from infra.observability.watched import Watched
from infra.stages import Stage

HEIGHT = 6
WIDE, HALF, THIRD = 24, 12, 8


def dashboard(
    scope: Construct, *, stage: Stage, watched: Watched, warnings: Sequence[cloudwatch.AlarmBase]
) -> None:
    page = _Page(scope, stage, watched)
    cloudwatch.Dashboard(
        scope,
        "Dashboard",
        dashboard_name=f"attendant-{stage.name}",
        default_interval=Duration.hours(12),
        widgets=[
            [_heading("Are visitors answered?")],
            [_status("Would shut the endpoint down", page.critical()), _status("Warnings", warnings)],
            [*page.are_visitors_answered()],
            [_heading("How fast?")],
            [*page.how_fast()],
            [_heading("Is the stock fresh?")],
            [*page.is_the_stock_fresh()],
            [_heading("Is the GPU well?")],
            [*page.is_the_gpu_well()],
            [_heading("What does it cost?")],
            [*page.what_does_it_cost()],
        ],
    )


@dataclass(frozen=True)
class _Page:
    scope: Construct
    stage: Stage
    watched: Watched

    @property
    def assistants(self) -> list[AssistantSpec]:
        return [line.assistant for line in self.watched.lines]

    def critical(self) -> list[cloudwatch.IAlarm]:
        """By their names: a reference would forbid the breaker's stack to let one go."""
        stack = Stack.of(self.scope)
        return [
            cloudwatch.Alarm.from_alarm_arn(
                self.scope,
                f"Critical{number}",
                stack.format_arn(
                    service="cloudwatch",
                    resource="alarm",
                    resource_name=name,
                    arn_format=ArnFormat.COLON_RESOURCE_NAME,
                ),
            )
            for number, name in enumerate(self.watched.critical)
        ]

    def are_visitors_answered(self) -> Iterator[cloudwatch.IWidget]:
        shed = self._measured(Measure.QUESTION_SHED, statistic="Sum", period=FIVE_MINUTES)
        errors = self.watched.http_api.metric_server_error(period=FIVE_MINUTES, statistic="Sum")
        in_time = cloudwatch.Stats.percentile_rank(0, self.stage.answer_deadline_seconds * 1_000)
        yield _graph("Turns that ended", self._each(Measure.TURN_FAILED, "SampleCount"))
        yield _graph("Ended with an apology, %", self._percent(Measure.TURN_FAILED))
        yield _graph("Answered within the deadline, %", self._each(Measure.ANSWER_MILLISECONDS, in_time))
        yield _graph("Turned away", [shed.with_(label="too many"), errors.with_(label="5xx")])
        yield _graph("Rating of a day, 1 to 10", self._each(Measure.RATING, "Average", Duration.days(1)))
        yield _graph("Thrown away by the guard", self._each(Measure.GUARD_REJECTED, "Sum", HOUR))

    def how_fast(self) -> Iterator[cloudwatch.IWidget]:
        waiting = self._measured(Measure.OLDEST_UNFINISHED_SECONDS, statistic="Maximum", period=FIVE_MINUTES)
        yield _graph(
            "Until the answer, ms (half and 95 of 100)",
            [
                *self._each(Measure.ANSWER_MILLISECONDS, "p50"),
                *self._each(Measure.ANSWER_MILLISECONDS, "p95"),
            ],
        )
        yield _graph("Until the first text, ms (half)", self._each(Measure.FIRST_TEXT_MILLISECONDS, "p50"))
        yield _graph("Oldest question without an end, s", [waiting.with_(label="oldest")])

    def is_the_stock_fresh(self) -> Iterator[cloudwatch.IWidget]:
        stocked = [spec for spec in self.assistants if spec.inventory is not None]
        ages = [self._of(spec, Measure.SNAPSHOT_AGE_SECONDS, "Maximum", HOUR) for spec in stocked]
        refused = [self._of(spec, Measure.EXPORT_REFUSED, "Sum", HOUR) for spec in stocked]
        yield _graph("Age of the stock at its export, s", ages, width=HALF)
        yield _graph("Exports refused in an hour", refused, width=HALF)

    def is_the_gpu_well(self) -> Iterator[cloudwatch.IWidget]:
        own = self.watched.endpoint
        failed = self._measured(Measure.MODEL_UNAVAILABLE, statistic="Sum", period=FIVE_MINUTES)
        healthy = self._measured(Measure.ENDPOINT_HEALTHY, statistic="Minimum", period=FIVE_MINUTES)
        copies = self._measured(Measure.COPIES_READY, statistic="Average", period=FIVE_MINUTES)
        yield _graph("Healthy (1) and copies", [healthy.with_(label="healthy"), copies.with_(label="copies")])
        yield _graph(
            "Calls that failed", [failed.with_(label="for a worker"), *_known(own.errors, own.unhealthy)]
        )
        full = _known(own.gpu_utilisation, own.gpu_memory, own.host_memory, own.cpu, own.disk)
        if full:
            yield _graph("Busy and full, %", full)
        if own.gpu_temperature is not None:
            yield _graph("GPU, degrees", [own.gpu_temperature])

    def what_does_it_cost(self) -> Iterator[cloudwatch.IWidget]:
        usd = self._measured(Measure.USD_PER_HOUR, statistic="Average", period=HOUR)
        turns = self._measured(Measure.TURN_FAILED, statistic="SampleCount", period=HOUR)
        per_thousand = cloudwatch.MathExpression(
            expression="1000 * usd / turns",
            using_metrics={"usd": usd, "turns": turns},
            label="for 1,000 turns",
            period=HOUR,
        )
        yield _graph("Endpoint, US dollars an hour", [usd.with_(label="an hour")])
        yield _graph("Endpoint, US dollars for 1,000 turns", [per_thousand])
        yield _graph("Tokens of the model in an hour", self._each(Measure.MODEL_TOKENS, "Sum", HOUR))

    def _measured(self, measure: Measure, *, statistic: str, period: Duration) -> cloudwatch.Metric:
        return measured(self.stage, measure, statistic=statistic, period=period)

    def _of(
        self, spec: AssistantSpec, measure: Measure, statistic: str, period: Duration
    ) -> cloudwatch.Metric:
        metric = measured(self.stage, measure, assistant=spec, statistic=statistic, period=period)
        return metric.with_(label=f"{spec.id} {statistic}" if statistic.startswith("p") else spec.id)

    def _each(
        self, measure: Measure, statistic: str, period: Duration = FIVE_MINUTES
    ) -> list[cloudwatch.IMetric]:
        return [self._of(spec, measure, statistic, period) for spec in self.assistants]

    def _percent(self, measure: Measure) -> list[cloudwatch.IMetric]:
        """The share of a measure that is told as 0 or 1."""
        return [
            cloudwatch.MathExpression(
                expression=f"100 * {spec.id}",
                using_metrics={spec.id: self._of(spec, measure, "Average", FIVE_MINUTES)},
                label=spec.id,
                period=FIVE_MINUTES,
            )
            for spec in self.assistants
        ]


def _known(*metrics: cloudwatch.IMetric | None) -> list[cloudwatch.IMetric]:
    return [metric for metric in metrics if metric is not None]


def _heading(question: str) -> cloudwatch.IWidget:
    return cloudwatch.TextWidget(
        markdown=f"## {question}\nWhat to do about it: `{RUNBOOK}`",
        width=WIDE,
        height=2,
        background=cloudwatch.TextWidgetBackground.TRANSPARENT,
    )


def _status(title: str, alarms: Iterable[cloudwatch.IAlarm]) -> cloudwatch.IWidget:
    return cloudwatch.AlarmStatusWidget(title=title, alarms=list(alarms), width=HALF, height=HEIGHT)


def _graph(title: str, metrics: Iterable[cloudwatch.IMetric], *, width: int = THIRD) -> cloudwatch.IWidget:
    return cloudwatch.GraphWidget(title=title, left=list(metrics), width=width, height=HEIGHT)
