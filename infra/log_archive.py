"""Logs for the long term: every log group is copied to a bucket as it is written.

Knows the way (subscription -> Firehose -> S3) and how long the archive is kept. Refuses to change what
passes: the files are what CloudWatch sends, gzipped JSON (`zcat`).
"""

from __future__ import annotations

from aws_cdk import Duration, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kinesisfirehose as firehose
from aws_cdk import aws_logs as logs
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.buckets import PrivateBucket
from infra.permissions import allow

TO_GLACIER = Duration.days(90)  # by then CloudWatch has let go of them too
KEPT = Duration.days(3 * 365)
ARCHIVED = s3.LifecycleRule(
    transitions=[s3.Transition(storage_class=s3.StorageClass.GLACIER, transition_after=TO_GLACIER)],
    expiration=KEPT,
    noncurrent_version_expiration=Duration.days(1),  # nothing is ever overwritten here
)
BY_DAY = "logs/!{timestamp:yyyy/MM/dd}/"
UNDELIVERED = "undelivered/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/"
FILE_MB, FILE_SECONDS = 64, 900
Encryption = firehose.CfnDeliveryStream.DeliveryStreamEncryptionConfigurationInputProperty
Destination = firehose.CfnDeliveryStream.ExtendedS3DestinationConfigurationProperty
Buffering = firehose.CfnDeliveryStream.BufferingHintsProperty


class LogArchive(Construct):
    """`bucket` is one that keeps as ARCHIVED says."""

    def __init__(self, scope: Construct, id_: str, *, bucket: PrivateBucket) -> None:
        super().__init__(scope, id_)
        self._bucket = bucket
        self._stream = self._delivery_stream()
        self._role = self._subscribers_role()

    def receive(self, log_group: logs.LogGroup) -> None:
        """From now on everything in `log_group` is archived too."""
        logs.CfnSubscriptionFilter(
            log_group,
            "Archived",
            log_group_name=log_group.log_group_name,
            filter_pattern="",
            destination_arn=self._stream.attr_arn,
            role_arn=self._role.role_arn,
        )

    def _delivery_stream(self) -> firehose.CfnDeliveryStream:
        role = iam.Role(
            self,
            "DeliveryRole",
            assumed_by=iam.ServicePrincipal(
                "firehose.amazonaws.com",
                conditions={"StringEquals": {"sts:ExternalId": Stack.of(self).account}},
            ),
        )
        self._let_in(role)
        stream = firehose.CfnDeliveryStream(
            self,
            "Delivery",
            delivery_stream_type="DirectPut",
            delivery_stream_encryption_configuration_input=Encryption(key_type="AWS_OWNED_CMK"),
            extended_s3_destination_configuration=Destination(
                bucket_arn=self._bucket.bucket_arn,
                role_arn=role.role_arn,
                prefix=BY_DAY,
                error_output_prefix=UNDELIVERED,
                file_extension=".json.gz",
                compression_format="UNCOMPRESSED",  # CloudWatch has compressed it already
                buffering_hints=Buffering(interval_in_seconds=FILE_SECONDS, size_in_m_bs=FILE_MB),
            ),
        )
        assert self._bucket.policy is not None  # it was added to just now
        stream.node.add_dependency(self._bucket.policy)
        return stream

    def _let_in(self, role: iam.IRole) -> None:
        """By the bucket's own policy: Firehose names its objects by itself, and a role names no wildcard."""
        for actions, resource in (
            (["s3:PutObject", "s3:AbortMultipartUpload"], self._bucket.arn_for_objects("*")),
            (
                ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
                self._bucket.bucket_arn,
            ),
        ):
            self._bucket.add_to_resource_policy(
                iam.PolicyStatement(principals=[role], actions=actions, resources=[resource])
            )

    def _subscribers_role(self) -> iam.Role:
        stack = Stack.of(self)
        groups = f"arn:aws:logs:{stack.region}:{stack.account}:*"
        return iam.Role(
            self,
            "SubscribersRole",
            assumed_by=iam.ServicePrincipal(
                "logs.amazonaws.com", conditions={"StringLike": {"aws:SourceArn": groups}}
            ),
            inline_policies={
                "Deliver": iam.PolicyDocument(
                    statements=[
                        allow(["firehose:PutRecord", "firehose:PutRecordBatch"], self._stream.attr_arn)
                    ]
                )
            },
        )
