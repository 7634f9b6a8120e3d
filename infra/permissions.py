"""What a function may do, in exact actions on exact resources.

Knows which actions a way of using a store takes. Refuses CDK's `grant_*`, whose wildcards nobody reviewed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from aws_cdk.aws_dynamodb import ITable
from aws_cdk.aws_iam import PolicyStatement
from aws_cdk.aws_s3 import IBucket

from core.facts import DocumentKind


def allow(actions: Sequence[str], *resources: str) -> PolicyStatement:
    return PolicyStatement(actions=list(actions), resources=list(resources))


def items(table: ITable, *verbs: str) -> PolicyStatement:
    """`verbs` on single items, as in "GetItem". A transaction needs the verbs of its parts."""
    return allow([f"dynamodb:{verb}" for verb in verbs], table.table_arn)


def index(table: ITable, name: str) -> PolicyStatement:
    return allow(["dynamodb:Query"], f"{table.table_arn}/index/{name}")


def read_documents(
    bucket: IBucket, assistants: Iterable[str], *kinds: DocumentKind
) -> tuple[PolicyStatement, PolicyStatement]:
    """Listing is what makes S3 say "there is none" instead of "you may not"."""
    return (
        allow(["s3:GetObject"], *_documents(bucket, assistants, kinds)),
        allow(["s3:ListBucket"], bucket.bucket_arn),
    )


def publish_documents(
    bucket: IBucket, assistants: Iterable[str], *kinds: DocumentKind
) -> tuple[PolicyStatement, PolicyStatement]:
    return (
        allow(["s3:GetObject", "s3:PutObject"], *_documents(bucket, assistants, kinds)),
        allow(["s3:ListBucket"], bucket.bucket_arn),
    )


def _documents(bucket: IBucket, assistants: Iterable[str], kinds: Iterable[DocumentKind]) -> list[str]:
    folders = [f"{assistant}/{kind}" for assistant in assistants for kind in kinds]
    return [bucket.arn_for_objects(f"{folder}/*") for folder in folders]
