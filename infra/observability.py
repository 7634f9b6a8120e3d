"""Who is told, and when: the operations topic and the alarms that write to it.

Knows thresholds and, alarm by alarm, what silence means. Refuses to act: these alarms only tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from aws_cdk import CfnOutput, Duration, Stack
from aws_cdk import aws_apigatewayv2 as apigatewayv2
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sns as sns
from aws_cdk.aws_cloudwatch_actions import SnsAction
from constructs import Construct

from core.spec import AssistantSpec
from infra.answering import Answering
from infra.functions import METRICS_NAMESPACE
from infra.stages import Stage

ALARMS = "cloudwatch.amazonaws.com"
EXPORT = "inventory_export"
RECONCILER = "reconcile"
UNFINISHED_SECONDS = 300
MISSED_EXPORTS = 3
API_ERRORS_IN_FIVE_MINUTES = 5
MODEL_ERRORS_IN_FIVE_MINUTES = 5
FIVE_MINUTES = Duration.minutes(5)
SILENCE_IS_FINE = cloudwatch.TreatMissingData.NOT_BREACHING
SILENCE_IS_BAD = cloudwatch.TreatMissingData.BREACHING


class ObservabilityStack(Stack):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        stage: Stage,
        lines: Sequence[Answering],
        http_api: apigatewayv2.HttpApi,
        endpoint_errors: cloudwatch.IMetric | None,
        **stack: Any,
    ) -> None:
        super().__init__(scope, id_, **stack)
        self.operations = self._operations_topic(stage)
        alarms = [
            self._api_errors(http_api),
            *self._unfinished(line.assistant for line in lines),
            *self._dead_letters(lines),
            *self._stock(line.assistant for line in lines),
            *self._model(lines, endpoint_errors),
        ]
        for alarm in alarms:
            alarm.add_alarm_action(SnsAction(self.operations))
            alarm.add_ok_action(SnsAction(self.operations))

        CfnOutput(self, "OperationsTopicArn", value=self.operations.topic_arn)

    def _operations_topic(self, stage: Stage) -> sns.Topic:
        key = None
        if stage.encrypt_notices:  # alarms cannot use the account's own key of SNS
            key = kms.Key(self, "NoticesKey", enable_key_rotation=True, removal_policy=stage.removal)
            key.add_to_resource_policy(self._for_alarms(["kms:Decrypt", "kms:GenerateDataKey"], "*"))
        topic = sns.Topic(self, "Operations", master_key=key, enforce_ssl=True)
        topic.add_to_resource_policy(self._for_alarms(["sns:Publish"], topic.topic_arn))
        return topic

    def _for_alarms(self, actions: list[str], resource: str) -> iam.PolicyStatement:
        return iam.PolicyStatement(
            principals=[iam.ServicePrincipal(ALARMS)],
            actions=actions,
            resources=[resource],
            conditions={"StringEquals": {"aws:SourceAccount": self.account}},
        )

    def _api_errors(self, http_api: apigatewayv2.HttpApi) -> cloudwatch.Alarm:
        return cloudwatch.Alarm(
            self,
            "ApiErrors",
            alarm_description="The API answers with 5xx: visitors see errors.",
            metric=http_api.metric_server_error(period=FIVE_MINUTES, statistic="Sum"),
            threshold=API_ERRORS_IN_FIVE_MINUTES,
            comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            evaluation_periods=1,
            treat_missing_data=SILENCE_IS_FINE,  # nobody asks at night
        )

    def _model(
        self, lines: Iterable[Answering], endpoint_errors: cloudwatch.IMetric | None
    ) -> Iterable[cloudwatch.Alarm]:
        """As its callers see it and, where it has a view of its own, as the endpoint does."""
        metrics = {
            f"ModelUnavailable{line.assistant.title}": _own_metric(
                "ModelUnavailable", line.assistant, service="answer", period=FIVE_MINUTES, statistic="Sum"
            )
            for line in lines
        }
        seen: dict[str, cloudwatch.IMetric] = {**metrics}
        if endpoint_errors is not None:
            seen["EndpointErrors"] = endpoint_errors
        for id_, metric in seen.items():
            yield cloudwatch.Alarm(
                self,
                id_,
                alarm_description="The model fails: answers are rendered facts without its phrasing.",
                metric=metric,
                threshold=MODEL_ERRORS_IN_FIVE_MINUTES,
                comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
                evaluation_periods=1,
                treat_missing_data=SILENCE_IS_FINE,  # nobody asks at night
            )

    def _unfinished(self, assistants: Iterable[AssistantSpec]) -> Iterable[cloudwatch.Alarm]:
        for spec in assistants:
            yield cloudwatch.Alarm(
                self,
                f"TurnsUnfinished{spec.title}",
                alarm_description=f"Turns of {spec.id} find no end, or nobody looks: attendant logs.",
                metric=_own_metric(
                    "OldestUnfinishedSeconds",
                    spec,
                    service=RECONCILER,
                    period=FIVE_MINUTES,
                    statistic="Maximum",
                ),
                threshold=UNFINISHED_SECONDS,
                comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
                evaluation_periods=1,
                treat_missing_data=SILENCE_IS_BAD,  # told every minute, 0 when all is well
            )

    def _dead_letters(self, lines: Iterable[Answering]) -> Iterable[cloudwatch.Alarm]:
        for line in lines:
            yield cloudwatch.Alarm(
                self,
                f"DeadLetters{line.assistant.title}",
                alarm_description=f"Turns of {line.assistant.id} were given up: attendant turns redrive.",
                metric=line.dead_letters.metric_approximate_number_of_messages_visible(
                    period=Duration.minutes(1), statistic="Maximum"
                ),
                threshold=1,
                comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
                evaluation_periods=1,
                treat_missing_data=SILENCE_IS_FINE,  # SQS says nothing about a queue that is not used
            )

    def _stock(self, assistants: Iterable[AssistantSpec]) -> Iterable[cloudwatch.Alarm]:
        for spec in assistants:
            if spec.inventory is None:
                continue
            yield cloudwatch.Alarm(
                self,
                f"ExportRefused{spec.title}",
                alarm_description=f"An export of the stock of {spec.id} was refused; the one before counts.",
                metric=_own_metric(
                    "ExportRefused", spec, service=EXPORT, period=FIVE_MINUTES, statistic="Sum"
                ),
                threshold=1,
                comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
                evaluation_periods=1,
                treat_missing_data=SILENCE_IS_FINE,  # no export is what the next alarm is for
            )
            yield cloudwatch.Alarm(
                self,
                f"SnapshotStale{spec.title}",
                alarm_description=f"The stock of {spec.id} is too old to be spoken of as current.",
                metric=_own_metric(
                    "SnapshotAgeSeconds",
                    spec,
                    service=EXPORT,
                    period=Duration.minutes(spec.inventory.schedule_minutes),
                    statistic="Maximum",
                ),
                threshold=spec.inventory.max_age.total_seconds(),
                comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
                evaluation_periods=MISSED_EXPORTS,
                datapoints_to_alarm=MISSED_EXPORTS,
                treat_missing_data=SILENCE_IS_BAD,  # every export tells the age: silence is a dead exporter
            )


def _own_metric(
    name: str, spec: AssistantSpec, *, service: str, period: Duration, statistic: str
) -> cloudwatch.Metric:
    """A metric that the functions write as embedded metric format, by assistant and service."""
    return cloudwatch.Metric(
        namespace=METRICS_NAMESPACE,
        metric_name=name,
        dimensions_map={"assistant": spec.id, "service": service},
        period=period,
        statistic=statistic,
    )
