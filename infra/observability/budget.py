"""The month's money: told when half, most and all of it is spent, and when the forecast passes it.

It looks at the whole account: a filter by tag counts nothing, silently, until somebody activates the tag for
cost allocation. Knows the steps. Refuses to stop anything: the cap of one hour is a critical alarm.
"""

from __future__ import annotations

from aws_cdk import aws_budgets as budgets
from constructs import Construct

from infra.observability.operations import OperationsTopic
from infra.stages import Stage

SPENT_PERCENT = (50, 80, 100)
FORECAST_PERCENT = 100


def budget(scope: Construct, *, stage: Stage, usd: int, operations: OperationsTopic) -> None:
    steps = [("ACTUAL", percent) for percent in SPENT_PERCENT] + [("FORECASTED", FORECAST_PERCENT)]
    made = budgets.CfnBudget(
        scope,
        "Budget",
        budget=budgets.CfnBudget.BudgetDataProperty(
            budget_name=f"attendant-{stage.name}",
            budget_type="COST",
            time_unit="MONTHLY",
            budget_limit=budgets.CfnBudget.SpendProperty(amount=usd, unit="USD"),
        ),
        notifications_with_subscribers=[_notice(kind, percent, operations) for kind, percent in steps],
    )
    made.node.add_dependency(operations)  # the topic's policy too: a budget asks whether it may write


def _notice(
    kind: str, percent: int, operations: OperationsTopic
) -> budgets.CfnBudget.NotificationWithSubscribersProperty:
    return budgets.CfnBudget.NotificationWithSubscribersProperty(
        notification=budgets.CfnBudget.NotificationProperty(
            notification_type=kind,
            comparison_operator="GREATER_THAN",
            threshold=percent,
            threshold_type="PERCENTAGE",
        ),
        subscribers=[
            budgets.CfnBudget.SubscriberProperty(subscription_type="SNS", address=operations.topic.topic_arn)
        ],
    )
