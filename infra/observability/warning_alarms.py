"""The alarms that only tell: each writes once to the operations topic when it begins to ring.

Knows thresholds and, alarm by alarm, how long it has to last and what silence means. Refuses to act, and to
repeat what a critical alarm tells: these ring before one, or of what no shut-down would help.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from aws_cdk import Duration
from aws_cdk import aws_apigatewayv2 as apigatewayv2
from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct

from core.measures import Measure
from core.spec import AssistantSpec, Capability, Inventory
from infra.alarms import FIVE_MINUTES, MINUTE, RUNBOOK, Alarms, Silence
from infra.answering import Answering
from infra.functions import PlatformFunction
from infra.observability.watched import Watched
from infra.stages import Stage

API_ERRORS = 5
MODEL_ERRORS = 5
MISSED_EXPORTS = 3
LOW_RATING = 6  # CSAT goes from 1 to 10
ENOUGH_RATINGS = 5
DAY = Duration.days(1)
NOBODY_ASKS = Silence(breaches=False, because="nobody asks at night")
UNUSED_QUEUE = Silence(breaches=False, because="SQS says nothing of a queue that is not used")


def warning_alarms(scope: Construct, *, stage: Stage, watched: Watched) -> tuple[cloudwatch.AlarmBase, ...]:
    alarms = Alarms(scope, stage)
    return (
        _api_errors(alarms, watched.http_api),
        _model_unavailable(alarms),
        _unfinished_turns(alarms),
        _breaker_silent(alarms),
        *(alarm for line in watched.lines for alarm in _of_line(alarms, line)),
        *(_failed_calls(alarms, function) for function in watched.clocked),
        *(
            _falling_ratings(alarms, line.assistant)
            for line in watched.lines
            if Capability.RATINGS in line.assistant.capabilities
        ),
    )


def _api_errors(alarms: Alarms, http_api: apigatewayv2.IHttpApi) -> cloudwatch.Alarm:
    return alarms.add(
        name="api-errors",
        meaning="The API answers with 5xx: visitors see errors.",
        metric=http_api.metric_server_error(period=FIVE_MINUTES, statistic="Sum"),
        limit=API_ERRORS,
        silence=NOBODY_ASKS,
    )


def _model_unavailable(alarms: Alarms) -> cloudwatch.Alarm:
    """As its callers see it; asleep and shut down do not count."""
    return alarms.add(
        name="model-unavailable",
        meaning="The model fails: answers are rendered facts without its phrasing.",
        metric=alarms.measured(Measure.MODEL_UNAVAILABLE, statistic="Sum", period=FIVE_MINUTES),
        limit=MODEL_ERRORS,
        silence=Silence(breaches=False, because="it is told only of calls that fail"),
    )


def _unfinished_turns(alarms: Alarms) -> cloudwatch.Alarm:
    return alarms.add(
        name="unfinished-turns",
        meaning="Questions wait half as long as shuts the endpoint down, or nobody looks after them.",
        metric=alarms.measured(Measure.OLDEST_UNFINISHED_SECONDS, statistic="Maximum", period=FIVE_MINUTES),
        limit=alarms.stage.breaker.oldest_turn_seconds / 2,
        silence=Silence(breaches=True, because="the reconciler tells it every minute, 0 when all is well"),
    )


def _breaker_silent(alarms: Alarms) -> cloudwatch.Alarm:
    return alarms.add(
        name="breaker-silent",
        meaning="The function that would shut the endpoint down does not run, or not to its end.",
        metric=alarms.measured(Measure.USD_PER_HOUR, statistic="SampleCount", period=FIVE_MINUTES),
        limit=1,
        below=True,
        silence=Silence(breaches=True, because="it tells what the endpoint costs every minute"),
    )


def _of_line(alarms: Alarms, line: Answering) -> Iterator[cloudwatch.Alarm]:
    spec = line.assistant
    yield alarms.add(
        name="assistant-failing",
        assistant=spec,
        meaning=f"Turns of {spec.id} end with an apology; of all turns too few to shut the endpoint down.",
        metric=alarms.measured(Measure.TURN_FAILED, assistant=spec, statistic="Sum", period=FIVE_MINUTES),
        limit=alarms.stage.breaker.failed_turns,
        silence=NOBODY_ASKS,
    )
    yield alarms.add(
        name="dead-letters",
        assistant=spec,
        meaning=f"Turns of {spec.id} were given up.",
        metric=line.dead_letters.metric_approximate_number_of_messages_visible(
            period=MINUTE, statistic="Maximum"
        ),
        limit=1,
        silence=UNUSED_QUEUE,
    )
    if spec.inventory is not None:
        yield from _of_stock(alarms, spec, spec.inventory)


def _of_stock(alarms: Alarms, spec: AssistantSpec, inventory: Inventory) -> Iterator[cloudwatch.Alarm]:
    per_export = partial(
        alarms.measured,
        assistant=spec,
        statistic="Maximum",
        period=Duration.minutes(inventory.schedule_minutes),
    )
    yield alarms.add(
        name="export-refused",
        assistant=spec,
        meaning=f"An export of the stock of {spec.id} was refused; the one before counts.",
        metric=per_export(Measure.EXPORT_REFUSED),
        limit=1,
        of=2,  # rings on until one succeeds, so that each refusal is not an incident of its own
        silence=Silence(breaches=False, because="an export that does not run rings as snapshot-stale"),
    )
    yield alarms.add(
        name="snapshot-stale",
        assistant=spec,
        meaning=f"The stock of {spec.id} is too old to be spoken of as current, or is not exported.",
        metric=per_export(Measure.SNAPSHOT_AGE_SECONDS),
        limit=inventory.max_age.total_seconds(),
        breaching=MISSED_EXPORTS,
        of=MISSED_EXPORTS,
        silence=Silence(breaches=True, because="every export tells the age"),
    )


def _failed_calls(alarms: Alarms, function: PlatformFunction) -> cloudwatch.Alarm:
    return alarms.add(
        name=f"failed-calls-{function.service.replace('_', '-')}",
        section="failed-calls",
        meaning=f"Calls of {function.service} that nobody waits for failed for good.",
        metric=function.failed_calls.metric_approximate_number_of_messages_visible(
            period=MINUTE, statistic="Maximum"
        ),
        limit=1,
        silence=UNUSED_QUEUE,
    )


def _falling_ratings(alarms: Alarms, spec: AssistantSpec) -> cloudwatch.CompositeAlarm:
    """Low on the average of a day, and not by one visitor's mood."""
    rated = partial(alarms.measured, Measure.RATING, assistant=spec, period=DAY)
    unrated = Silence(breaches=False, because="nobody has to rate")
    low = alarms.add(
        name="low-ratings",
        section="falling-ratings",
        assistant=spec,
        meaning=f"Visitors of {spec.id} rate their dialogues under {LOW_RATING} of 10 on a day's average.",
        metric=rated(statistic="Average"),
        limit=LOW_RATING,
        below=True,
        silence=unrated,
    )
    enough = alarms.add(
        name="ratings-count",
        section="falling-ratings",
        assistant=spec,
        meaning="So many ratings in a day that their average means something.",
        metric=rated(statistic="SampleCount"),
        limit=ENOUGH_RATINGS,
        silence=unrated,
    )
    is_ringing = [
        cloudwatch.AlarmRule.from_alarm(alarm, cloudwatch.AlarmState.ALARM) for alarm in (low, enough)
    ]
    return cloudwatch.CompositeAlarm(
        alarms.scope,
        f"FallingRatings{spec.title}",
        composite_alarm_name=f"attendant-{alarms.stage.name}-falling-ratings-{spec.id}",
        alarm_description=(
            f"Visitors of {spec.id} rate their dialogues lower than they did. {RUNBOOK}#falling-ratings"
        ),
        alarm_rule=cloudwatch.AlarmRule.all_of(*is_ringing),
    )
