"""The topic of the people who look after the stage by day. Who is woken at night is another one.

Knows which services of AWS may write to it, and the addresses that the context `operations` names. Whoever
else wants to read subscribes (`aws sns subscribe`, docs/runbook.md). Refuses to know what about.
"""

from __future__ import annotations

from collections.abc import Iterator

from aws_cdk import Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sns as sns
from aws_cdk.aws_sns_subscriptions import EmailSubscription
from constructs import Construct

from infra.stage_context import listed
from infra.stages import Stage


class OperationsTopic(Construct):
    def __init__(self, scope: Construct, id_: str, *, stage: Stage) -> None:
        super().__init__(scope, id_)
        publishers = list(self._publishers(stage))
        key = None
        if stage.encrypt_notices:  # services cannot use the account's own key of SNS
            key = kms.Key(self, "Key", enable_key_rotation=True, removal_policy=stage.removal)
            for publisher in publishers:
                key.add_to_resource_policy(_may(publisher, ["kms:Decrypt", "kms:GenerateDataKey*"], "*"))
        self.topic = sns.Topic(self, "Topic", master_key=key, enforce_ssl=True)
        for publisher in publishers:
            self.topic.add_to_resource_policy(_may(publisher, ["sns:Publish"], self.topic.topic_arn))
        for address in listed(self.node.try_get_context("operations")):
            self.topic.add_subscription(EmailSubscription(address))

    def _publishers(self, stage: Stage) -> Iterator[iam.ServicePrincipal]:
        here = {"StringEquals": {"aws:SourceAccount": Stack.of(self).account}}
        yield iam.ServicePrincipal("cloudwatch.amazonaws.com", conditions=here)
        if stage.budget_usd_per_month is not None:
            yield iam.ServicePrincipal("budgets.amazonaws.com", conditions=here)


def _may(publisher: iam.ServicePrincipal, actions: list[str], resource: str) -> iam.PolicyStatement:
    return iam.PolicyStatement(principals=[publisher], actions=actions, resources=[resource])
