"""What people see of a stage: warnings to the operations topic, one dashboard, saved queries, the budget.

Knows what is watched. Refuses to act: nothing here shuts anything down (`infra/critical_alarms.py`).
"""

from __future__ import annotations

from typing import Any

from aws_cdk import CfnOutput, Stack
from aws_cdk.aws_cloudwatch_actions import SnsAction
from constructs import Construct

from infra.observability.budget import budget
from infra.observability.dashboard import dashboard
from infra.observability.log_queries import save_queries
from infra.observability.operations import OperationsTopic
from infra.observability.warning_alarms import warning_alarms
from infra.observability.watched import Watched
from infra.stages import Stage


class ObservabilityStack(Stack):
    def __init__(self, scope: Construct, id_: str, *, stage: Stage, watched: Watched, **stack: Any) -> None:
        super().__init__(scope, id_, **stack)
        operations = OperationsTopic(self, "Operations", stage=stage)
        warnings = warning_alarms(self, stage=stage, watched=watched)
        for warning in warnings:  # one message an incident: nobody is told that it is over
            warning.add_alarm_action(SnsAction(operations.topic))
        dashboard(self, stage=stage, watched=watched, warnings=warnings)
        save_queries(self, stage=stage, assistants=[line.assistant for line in watched.lines])
        if stage.budget_usd_per_month is not None:
            budget(self, stage=stage, usd=stage.budget_usd_per_month, operations=operations)

        CfnOutput(self, "OperationsTopicArn", value=operations.topic.topic_arn)
