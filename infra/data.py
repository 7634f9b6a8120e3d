"""What must survive: dialogues, the platform's state, published documents, the model's weights.

Knows keys, indexes and how long things are kept. Refuses to know who reads or writes them.
"""

from __future__ import annotations

from typing import Any

from aws_cdk import CfnOutput, Stack
from aws_cdk import aws_dynamodb as dynamodb
from constructs import Construct

from infra.buckets import PrivateBucket
from infra.stages import SageMakerEndpoint, Stage
from infra.unscopable import Unscopable

EXPIRY = "expires_at"
BY_ASSISTANT_DAY = "by_assistant_day"
UNFINISHED = "unfinished"


def _text(name: str) -> dynamodb.Attribute:
    return dynamodb.Attribute(name=name, type=dynamodb.AttributeType.STRING)


class DataStack(Stack):
    def __init__(self, scope: Construct, id_: str, *, stage: Stage, **stack: Any) -> None:
        super().__init__(scope, id_, **stack)
        self.dialogues = self._table("Dialogues", stage, partition="session_id", sort="item")
        self.dialogues.add_global_secondary_index(
            index_name=BY_ASSISTANT_DAY, partition_key=_text("assistant_day"), sort_key=_text("created_at")
        )
        self.dialogues.add_global_secondary_index(  # sparse: only turns that have not ended carry the keys
            index_name=UNFINISHED,
            partition_key=_text("unfinished"),
            sort_key=_text("unfinished_since"),
            projection_type=dynamodb.ProjectionType.KEYS_ONLY,  # each turn is read again from the table
        )
        self.control = self._table("Control", stage, partition="key")
        self.audit = self._table("Audit", stage, partition="subject", sort="at")
        self.unscopable = Unscopable(self, "Unscopable", stage=stage)

        self.access_logs = PrivateBucket(self, "AccessLogs", stage=stage, access_logs=None)
        self.published = PrivateBucket(self, "Published", stage=stage, access_logs=self.access_logs)
        self.models: PrivateBucket | None = None
        if isinstance(stage.endpoint, SageMakerEndpoint):
            self.models = PrivateBucket(self, "Models", stage=stage, access_logs=self.access_logs)
            CfnOutput(self, "ModelsBucket", value=self.models.bucket_name)

        CfnOutput(self, "DialoguesTable", value=self.dialogues.table_name)
        CfnOutput(self, "ControlTable", value=self.control.table_name)
        CfnOutput(self, "AuditTable", value=self.audit.table_name)
        CfnOutput(self, "PublishedBucket", value=self.published.bucket_name)

    def _table(self, id_: str, stage: Stage, *, partition: str, sort: str | None = None) -> dynamodb.Table:
        return dynamodb.Table(
            self,
            id_,
            partition_key=_text(partition),
            sort_key=_text(sort) if sort else None,
            billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
            time_to_live_attribute=EXPIRY,
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True
            ),
            deletion_protection=stage.keep_data,
            removal_policy=stage.removal,
        )
