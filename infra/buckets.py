"""A bucket as every bucket here is: private, encrypted, TLS-only, and versioned but for one.

Knows how long an overwritten object and an access log are kept, and the three ways of keeping. Refuses to
know what else is in a bucket.
"""

from __future__ import annotations

from collections.abc import Sequence

from aws_cdk import CfnResource, Duration
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.stages import Stage

OVERWRITTEN_KEPT = Duration.days(90)
ACCESS_LOGS_KEPT = Duration.days(365)
OVERWRITTEN_GO = s3.LifecycleRule(noncurrent_version_expiration=OVERWRITTEN_KEPT)
UPLOADS_END = s3.LifecycleRule(abort_incomplete_multipart_upload_after=Duration.days(1))


class PrivateBucket(s3.Bucket):
    """`access_logs` is the bucket that receives the server's access log, None for that bucket itself.

    `key` encrypts with a key of the account's own. `kept` says what becomes of objects and overwritten
    versions; uploads that nobody finished go in any case. Not `versioned` is what is made of something else
    and must be gone when it is gone there.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        stage: Stage,
        access_logs: s3.IBucket | None,
        key: kms.IKey | None = None,
        kept: Sequence[s3.LifecycleRule] = (OVERWRITTEN_GO,),
        versioned: bool = True,
    ) -> None:
        super().__init__(
            scope,
            id_,
            versioned=versioned,
            encryption=s3.BucketEncryption.KMS if key else s3.BucketEncryption.S3_MANAGED,
            encryption_key=key,
            bucket_key_enabled=True if key else None,
            enforce_ssl=True,
            minimum_tls_version=1.2,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            removal_policy=stage.removal,
            server_access_logs_bucket=access_logs,
            server_access_logs_prefix=f"{id_.lower()}/" if access_logs is not None else None,
            lifecycle_rules=[UPLOADS_END, *kept],
        )
        if not versioned:
            _excuse(self, "CKV_AWS_21", "An older version would keep what a visitor has erased.")


def access_log_bucket(scope: Construct, id_: str, *, stage: Stage) -> PrivateBucket:
    """Where S3 writes who asked the other buckets for what; it does so under its own key alone."""
    kept = s3.LifecycleRule(expiration=ACCESS_LOGS_KEPT, noncurrent_version_expiration=OVERWRITTEN_KEPT)
    return PrivateBucket(scope, id_, stage=stage, access_logs=None, kept=[kept])


def _excuse(bucket: s3.Bucket, rule: str, reason: str) -> None:
    """Tells checkov."""
    resource = bucket.node.default_child
    assert isinstance(resource, CfnResource)
    resource.add_metadata("checkov", {"skip": [{"id": rule, "comment": reason}]})
