"""Who looked at what people said and at what the model is: CloudTrail's data events.

Knows which stores are watched and where the trail is kept. Refuses to know who may look.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aws_cdk import Duration, Stack
from aws_cdk import aws_cloudtrail as cloudtrail
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.buckets import PrivateBucket

CLOUDTRAIL = "cloudtrail.amazonaws.com"
TRAIL_KEPT = s3.LifecycleRule(
    expiration=Duration.days(3 * 365),
    noncurrent_version_expiration=Duration.days(1),  # nothing is ever overwritten here
)


class DataTrail(Construct):
    """Every read and write of an object or an item in `buckets` and `tables`, told to `bucket`, which is one
    that keeps as TRAIL_KEPT says.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        bucket: PrivateBucket,
        key: kms.Key | None,
        buckets: Sequence[s3.IBucket],
        tables: Sequence[dynamodb.ITable],
    ) -> None:
        super().__init__(scope, id_)
        stack = Stack.of(self)
        arn = stack.format_arn(service="cloudtrail", resource="trail", resource_name=name)
        _let_cloudtrail_write(bucket, trail_arn=arn, account=stack.account)
        if key is not None:
            _let_cloudtrail_encrypt(key, trail_arn=arn)
        trail = cloudtrail.CfnTrail(
            self,
            "DataEvents",
            trail_name=name,
            is_logging=True,
            s3_bucket_name=bucket.bucket_name,
            kms_key_id=key.key_arn if key else None,
            enable_log_file_validation=True,
            is_multi_region_trail=True,  # nobody looks from another region without a trace
            include_global_service_events=True,
            advanced_event_selectors=list(_selectors(buckets, tables)),
        )
        assert bucket.policy is not None  # it was added to just now
        trail.node.add_dependency(bucket.policy)


def _selectors(
    buckets: Sequence[s3.IBucket], tables: Sequence[dynamodb.ITable]
) -> Iterator[cloudtrail.CfnTrail.AdvancedEventSelectorProperty]:
    if buckets:
        objects = [bucket.arn_for_objects("") for bucket in buckets]
        yield _selector("Objects", "AWS::S3::Object", starts_with=objects)
    if tables:
        yield _selector("Items", "AWS::DynamoDB::Table", equal_to=[table.table_arn for table in tables])


def _selector(
    name: str, resource_type: str, *, equal_to: list[str] | None = None, starts_with: list[str] | None = None
) -> cloudtrail.CfnTrail.AdvancedEventSelectorProperty:
    field = cloudtrail.CfnTrail.AdvancedFieldSelectorProperty
    return cloudtrail.CfnTrail.AdvancedEventSelectorProperty(
        name=name,
        field_selectors=[
            field(field="eventCategory", equal_to=["Data"]),
            field(field="resources.type", equal_to=[resource_type]),
            field(field="resources.ARN", equal_to=equal_to, starts_with=starts_with),
        ],
    )


def _let_cloudtrail_write(bucket: s3.Bucket, *, trail_arn: str, account: str) -> None:
    only_this_trail = {"aws:SourceArn": trail_arn}
    bucket.add_to_resource_policy(
        iam.PolicyStatement(
            principals=[iam.ServicePrincipal(CLOUDTRAIL)],
            actions=["s3:GetBucketAcl"],
            resources=[bucket.bucket_arn],
            conditions={"StringEquals": only_this_trail},
        )
    )
    bucket.add_to_resource_policy(
        iam.PolicyStatement(
            principals=[iam.ServicePrincipal(CLOUDTRAIL)],
            actions=["s3:PutObject"],
            resources=[bucket.arn_for_objects(f"AWSLogs/{account}/*")],
            conditions={"StringEquals": {**only_this_trail, "s3:x-amz-acl": "bucket-owner-full-control"}},
        )
    )


def _let_cloudtrail_encrypt(key: kms.Key, *, trail_arn: str) -> None:
    key.add_to_resource_policy(
        iam.PolicyStatement(
            sid="ForTheTrail",
            principals=[iam.ServicePrincipal(CLOUDTRAIL)],
            actions=["kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:DescribeKey"],
            resources=["*"],
            conditions={"StringEquals": {"aws:SourceArn": trail_arn}},
        )
    )
