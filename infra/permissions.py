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
    return (
        allow(["s3:GetObject"], *_objects(bucket, assistants, kinds)),
        _tell_missing_from_forbidden(bucket),
    )


def overwrite_documents(
    bucket: IBucket, assistants: Iterable[str], *kinds: DocumentKind
) -> tuple[PolicyStatement, PolicyStatement]:
    """What is current is read before."""
    return (
        allow(["s3:GetObject", "s3:PutObject"], *_objects(bucket, assistants, kinds)),
        _tell_missing_from_forbidden(bucket),
    )


def look_back(bucket: IBucket, assistants: Iterable[str], *kinds: DocumentKind) -> PolicyStatement:
    """At what was overwritten, beside one of the other two."""
    return allow(["s3:GetObjectVersion"], *_objects(bucket, assistants, kinds))


def document_key(assistant: str, kind: DocumentKind) -> str:
    """As `lambdas/adapters/documents.py` has it."""
    return f"{assistant}/{kind}.json"


def _objects(bucket: IBucket, assistants: Iterable[str], kinds: Iterable[DocumentKind]) -> list[str]:
    kinds = tuple(kinds)
    return [bucket.arn_for_objects(document_key(name, kind)) for name in assistants for kind in kinds]


def _tell_missing_from_forbidden(bucket: IBucket) -> PolicyStatement:
    """Without the right to list, S3 answers for an object that is not there: you may not."""
    return allow(["s3:ListBucket"], bucket.bucket_arn)
