"""What a function may do, in exact actions on exact resources.

Knows which actions a way of using a store takes. Refuses CDK's `grant_*`, whose wildcards nobody reviewed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from aws_cdk.aws_dynamodb import ITable
from aws_cdk.aws_iam import PolicyStatement
from aws_cdk.aws_s3 import IBucket

from core.facts import DocumentKind

# where a published document keeps its parts
CURRENT = "current.json"
VERSIONS = "versions/*"
MANIFESTS = "manifests/*"


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
    return (
        allow(["s3:GetObject"], *_objects(bucket, assistants, kinds, CURRENT, VERSIONS)),
        _tell_missing_from_forbidden(bucket),
    )


def read_manifests(bucket: IBucket, assistants: Iterable[str], *kinds: DocumentKind) -> PolicyStatement:
    """Beside `read_documents` of the same bucket."""
    return allow(["s3:GetObject"], *_objects(bucket, assistants, kinds, CURRENT))


def publish_documents(
    bucket: IBucket, assistants: Sequence[str], *kinds: DocumentKind
) -> tuple[PolicyStatement, ...]:
    """Writing new versions and swapping the current one, which is read before."""
    return (
        allow(["s3:GetObject"], *_objects(bucket, assistants, kinds, CURRENT)),
        allow(["s3:PutObject"], *_objects(bucket, assistants, kinds, CURRENT, VERSIONS, MANIFESTS)),
        _tell_missing_from_forbidden(bucket),
    )


def _objects(
    bucket: IBucket, assistants: Iterable[str], kinds: Iterable[DocumentKind], *names: str
) -> list[str]:
    folders = [f"{assistant}/{kind}" for assistant in assistants for kind in kinds]
    return [bucket.arn_for_objects(f"{folder}/{name}") for folder in folders for name in names]


def _tell_missing_from_forbidden(bucket: IBucket) -> PolicyStatement:
    """Without the right to list, S3 answers for an object that is not there: you may not."""
    return allow(["s3:ListBucket"], bucket.bucket_arn)
