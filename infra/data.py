"""What must survive: dialogues, the platform's state, documents, owners' accounts, the model's weights.

Knows keys, indexes and how long things are kept. Refuses to know who reads or writes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from aws_cdk import CfnOutput, Duration, RemovalPolicy, Stack
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_ecr as ecr
from aws_cdk import aws_kms as kms
from aws_cdk import aws_logs as logs
from aws_cdk import aws_s3 as s3
from constructs import Construct, IConstruct

from core.facts import DocumentKind
from core.spec import AssistantSpec
from infra.buckets import OVERWRITTEN_GO, PrivateBucket, access_log_bucket
from infra.encryption import DataKey
from infra.log_archive import ARCHIVED, LogArchive
from infra.model_endpoints import GpuEndpoint
from infra.owner_accounts import OwnerAccounts
from infra.permissions import document_key
from infra.stages import Stage
from infra.trail import TRAIL_KEPT, DataTrail
from infra.unscopable import Unscopable

EXPIRY = "expires_at"
BY_ASSISTANT_DAY = "by_assistant_day"
UNFINISHED = "unfinished"
CALLBACKS = "callbacks_of"
SNAPSHOTS_KEPT = Duration.days(7)  # a new one comes every few minutes
OWNERS_VERSIONS_KEPT = 100
OWNERS_VERSIONS_KEPT_AT_LEAST = Duration.days(365)
IMAGES_KEPT = 10
QUERY_RESULTS = "results/"
QUERY_RESULTS_GO = s3.LifecycleRule(prefix=QUERY_RESULTS, expiration=Duration.days(1))


def _text(name: str) -> dynamodb.Attribute:
    return dynamodb.Attribute(name=name, type=dynamodb.AttributeType.STRING)


class DataStack(Stack):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        stage: Stage,
        assistants: Iterable[AssistantSpec],
        **stack: Any,
    ) -> None:
        super().__init__(scope, id_, **stack)
        self.key = DataKey(self, "Key", stage=stage) if stage.customer_key else None
        self._keys = {self.region: self.key}
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
        self.dialogues.add_global_secondary_index(  # sparse: only requests to be called back carry the key
            index_name=CALLBACKS, partition_key=_text("callbacks_of"), sort_key=_text("created_at")
        )
        self.control = self._table("Control", stage, partition="key")
        self.audit = self._table("Audit", stage, partition="subject", sort="at")
        self.owners = OwnerAccounts(self, "Owners", stage=stage)
        self.unscopable = Unscopable(self, "Unscopable", stage=stage)

        self.access_logs = access_log_bucket(self, "AccessLogs", stage=stage)
        self.analytics = PrivateBucket(
            self,
            "Analytics",
            stage=stage,
            access_logs=self.access_logs,
            key=self.key,
            kept=[QUERY_RESULTS_GO],
            versioned=False,
        )
        self.published = self._bucket("Published", stage, kept=list(_documents(assistants)))
        self.models: PrivateBucket | None = None
        self.images: ecr.Repository | None = None
        if isinstance(stage.endpoint, GpuEndpoint):
            self.models = self._bucket("Models", stage)
            self.images = self._images(stage.endpoint)
            CfnOutput(self, "ModelsBucket", value=self.models.bucket_name)
            CfnOutput(self, "ModelName", value=stage.endpoint.model_name)  # asked for by the first upload
            CfnOutput(self, "ImagesRepositoryUri", value=self.images.repository_uri)
        self.log_groups: list[logs.LogGroup] = []
        self._log_archive: LogArchive | None = None
        if stage.keep_data:
            self._log_archive = LogArchive(
                self, "Logs", bucket=self._bucket("LogArchive", stage, kept=[ARCHIVED])
            )
            DataTrail(
                self,
                "Trail",
                name=f"attendant-{stage.name}-data",
                bucket=self._bucket("TrailLogs", stage, kept=[TRAIL_KEPT]),
                key=self.key,
                buckets=[self.models] if self.models else [],
                tables=[self.dialogues],
            )

        CfnOutput(self, "DialoguesTable", value=self.dialogues.table_name)
        CfnOutput(self, "ControlTable", value=self.control.table_name)
        CfnOutput(self, "AuditTable", value=self.audit.table_name)
        CfnOutput(self, "AnalyticsBucket", value=self.analytics.bucket_name)
        CfnOutput(self, "PublishedBucket", value=self.published.bucket_name)

    def key_for(self, user: IConstruct) -> kms.IKey | None:
        """The account's own key in the region of `user`, where the stage asks for one."""
        return self._keys.get(Stack.of(user).region)

    def take_key(self, key: DataKey) -> None:
        """For its region: a key is of no use in another one."""
        self._keys[Stack.of(key).region] = key

    def know(self, log_group: logs.LogGroup) -> None:
        """From now on people may look at it and, where the stage has an archive, it is archived. What is in
        another region is not known here.
        """
        if self._is_near(log_group):
            self.log_groups.append(log_group)
            if self._log_archive is not None:
                self._log_archive.receive(log_group)

    def _is_near(self, construct: IConstruct) -> bool:
        return Stack.of(construct).region == self.region

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
            encryption=dynamodb.TableEncryption.CUSTOMER_MANAGED if self.key else None,
            encryption_key=self.key,
            deletion_protection=stage.keep_data,
            removal_policy=stage.removal,
        )

    def _bucket(
        self, id_: str, stage: Stage, *, kept: Sequence[s3.LifecycleRule] = (OVERWRITTEN_GO,)
    ) -> PrivateBucket:
        return PrivateBucket(self, id_, stage=stage, access_logs=self.access_logs, key=self.key, kept=kept)

    def _images(self, endpoint: GpuEndpoint) -> ecr.Repository:
        """Of the model's server. What is in it can be built again, so it goes with the stack."""
        return ecr.Repository(
            self,
            "Images",
            repository_name=endpoint.image.split(":")[0],
            image_tag_mutability=ecr.TagMutability.IMMUTABLE,
            image_scan_on_push=True,
            encryption=ecr.RepositoryEncryption.KMS if self.key else None,
            encryption_key=self.key,
            lifecycle_rules=[ecr.LifecycleRule(max_image_count=IMAGES_KEPT)],
            removal_policy=RemovalPolicy.DESTROY,
            empty_on_delete=True,
        )


def _documents(assistants: Iterable[AssistantSpec]) -> Iterator[s3.LifecycleRule]:
    """How long an overwritten version of a document is kept. What counts is the newest version of its key,
    which no such rule touches.
    """
    for spec in assistants:
        for kind in DocumentKind:
            key = document_key(spec.id, kind)
            if kind is DocumentKind.SNAPSHOT:
                yield s3.LifecycleRule(prefix=key, noncurrent_version_expiration=SNAPSHOTS_KEPT)
            else:
                yield s3.LifecycleRule(
                    prefix=key,
                    noncurrent_versions_to_retain=OWNERS_VERSIONS_KEPT,
                    noncurrent_version_expiration=OWNERS_VERSIONS_KEPT_AT_LEAST,
                )
