"""Who may read and write the files of analytics, in a policy of its own beside what else a role may.

Knows the folders of the tables. Refuses to know what runs: `infra/analytics.py` and whoever reads.
"""

from __future__ import annotations

from aws_cdk import Stack
from aws_cdk import aws_iam as iam
from constructs import Construct

from core.analytics.rows import TABLES
from infra.acknowledgements import OBJECTS_OF_A_TABLE, acknowledge
from infra.data import DataStack
from infra.permissions import allow


def may_read_analytics(scope: Construct, role: iam.IRole, data: DataStack) -> iam.Policy:
    return _policy(scope, role, data, "s3:GetObject")


def may_write_analytics(scope: Construct, role: iam.IRole, data: DataStack) -> iam.Policy:
    """Whole objects, unread."""
    return _policy(scope, role, data, "s3:PutObject", "s3:DeleteObject")


def _policy(scope: Construct, role: iam.IRole, data: DataStack, *actions: str) -> iam.Policy:
    folders = [f"{table}/*" for table in TABLES]
    policy = iam.Policy(scope, "AnalyticsFiles", roles=[role])
    policy.add_statements(
        allow(actions, *(data.analytics.arn_for_objects(folder) for folder in folders)),
        iam.PolicyStatement(
            actions=["s3:ListBucket"],
            resources=[data.analytics.bucket_arn],
            conditions={"StringLike": {"s3:prefix": folders}},
        ),
    )
    bucket = Stack.of(scope).resolve(data.export_value(data.analytics.bucket_arn))["Fn::ImportValue"]
    for table in TABLES:
        acknowledge(policy, OBJECTS_OF_A_TABLE, bucket=bucket, table=table)
    return policy
