"""A bucket as every bucket here is: private, versioned, encrypted, TLS-only.

Knows how long an overwritten object and an access log are kept. Refuses to know what else is in it.
"""

from __future__ import annotations

from aws_cdk import Duration
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.stages import Stage

OVERWRITTEN_KEPT_DAYS = 90
ACCESS_LOGS_KEPT_DAYS = 365


class PrivateBucket(s3.Bucket):
    """`access_logs` is the bucket that receives the server's access log, None for that bucket itself."""

    def __init__(self, scope: Construct, id_: str, *, stage: Stage, access_logs: s3.IBucket | None) -> None:
        super().__init__(
            scope,
            id_,
            versioned=True,
            encryption=s3.BucketEncryption.S3_MANAGED,
            enforce_ssl=True,
            minimum_tls_version=1.2,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            removal_policy=stage.removal,
            server_access_logs_bucket=access_logs,
            server_access_logs_prefix=f"{id_.lower()}/" if access_logs is not None else None,
            lifecycle_rules=[
                s3.LifecycleRule(
                    expiration=Duration.days(ACCESS_LOGS_KEPT_DAYS) if access_logs is None else None,
                    noncurrent_version_expiration=Duration.days(OVERWRITTEN_KEPT_DAYS),
                    abort_incomplete_multipart_upload_after=Duration.days(1),
                )
            ],
        )
